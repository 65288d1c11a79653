#include "commands/environment.h"

#include <cstdlib>

namespace castboard {
namespace {

std::filesystem::path base_directory(const char* variable, const char* below_home) {
  const std::filesystem::path value = environment(variable);
  if (value.is_absolute()) return value;
  return std::filesystem::path(environment("HOME")) / below_home;
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::filesystem::path user_data_directory() {
  return base_directory("XDG_DATA_HOME", ".local/share");
}
std::filesystem::path user_state_directory() {
  return base_directory("XDG_STATE_HOME", ".local/state");
}
}  // namespace castboard
