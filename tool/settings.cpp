#include "settings.h"

#include <cstdlib>
#include <fstream>
#include <system_error>

namespace castboard {
namespace {

// Everything that is kept of a window, once: saving and loading cannot drift apart.
struct Saved {
  const char* name;
  int Placement::*member;
};
constexpr Saved kSaved[] = {{"x", &Placement::x},
                            {"y", &Placement::y},
                            {"width", &Placement::width},
                            {"height", &Placement::height}};
constexpr int kSmallest = 200;
constexpr int kLargest = 16384;

std::filesystem::path config_home() {
  // https://specifications.freedesktop.org/basedir-spec: relative paths count as unset.
  if (const char* set = std::getenv("XDG_CONFIG_HOME"); set != nullptr && *set == '/') return set;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return std::filesystem::path(home) / ".config";
  }
  return {};
}

}  // namespace

SettingsFiles settings_files() {
  const std::filesystem::path home = config_home();
  if (home.empty()) return {};
  const std::filesystem::path directory = home / "castboard";
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!std::filesystem::is_directory(directory, error)) return {};
  return {directory / "window.txt", directory / "layout.ini", directory / "panel.txt"};
}

std::optional<Placement> load_placement(const std::filesystem::path& file) {
  std::ifstream in(file);
  Placement placement;
  std::string name;
  int value = 0;
  while (in >> name >> value) {
    for (const Saved& saved : kSaved) {
      if (name == saved.name) placement.*saved.member = value;
    }
    if (name == "maximized") placement.maximized = value != 0;
    if (name == "light") placement.light = value != 0;
    placement.known = true;
  }
  const auto sane = [](int side) { return side >= kSmallest && side <= kLargest; };
  if (!placement.known || !sane(placement.width) || !sane(placement.height)) return std::nullopt;
  return placement;
}

void save_placement(const std::filesystem::path& file, const Placement& placement) {
  if (file.empty()) return;
  std::ofstream out(file);
  for (const Saved& saved : kSaved) out << saved.name << ' ' << placement.*saved.member << '\n';
  out << "maximized " << (placement.maximized ? 1 : 0) << '\n';
  out << "light " << (placement.light ? 1 : 0) << '\n';
}

}  // namespace castboard
