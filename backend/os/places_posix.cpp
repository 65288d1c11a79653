#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "castboard/result.h"
#include "os/files.h"

// Where things are: the executable, the XDG directories, the studio's directories.
namespace castboard {

namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

fs::path home() {
  if (fs::path path = environment("HOME"); path.is_absolute()) return path;
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> buffer(16384);
  if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 &&
      found != nullptr && fs::path(found->pw_dir).is_absolute())
    return found->pw_dir;
  throw Failure(ErrorCode::configuration, "no home directory: HOME is not set",
                "set HOME, or name the library with --library");
}

// XDG Base Directory Specification: a relative path in the variable is to be ignored.
fs::path xdg_home(const char* variable, const char* fallback) {
  fs::path base = environment(variable);
  if (!base.is_absolute()) base = home() / fallback;
  return base / "castboard";
}

}  // namespace

fs::path executable_path() {
  return fs::read_symlink("/proc/self/exe");
}

fs::path data_home() {
  return xdg_home("XDG_DATA_HOME", ".local/share");
}
fs::path config_home() {
  return xdg_home("XDG_CONFIG_HOME", ".config");
}
fs::path state_home() {
  return xdg_home("XDG_STATE_HOME", ".local/state");
}

fs::path temporary_home() {
  std::error_code error;
  fs::path base = fs::temp_directory_path(error);
  if (error) base = "/tmp";
  return base / ("castboard-" + std::to_string(::geteuid()));
}

std::vector<fs::path> studio_directories() {
  std::vector<fs::path> directories;
  const std::string list = environment("CASTBOARD_PATH");
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(':', begin), list.size());
    if (end > begin) directories.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return directories;
}

}  // namespace castboard
