#pragma once

#include <filesystem>
#include <optional>

#include "window.h"

namespace castboard {

// The files of $XDG_CONFIG_HOME/castboard in which the window remembers itself. Nothing here fails:
// where they cannot be written, the window begins anew each time.
struct SettingsFiles {
  std::filesystem::path placement;  // where the window was
  std::filesystem::path layout;     // of Dear ImGui: panes, columns
  std::filesystem::path panel;      // of the panel: last used settings, splitters
};

// Makes the directory; empty paths when that cannot be done.
[[nodiscard]] SettingsFiles settings_files();

[[nodiscard]] std::optional<Placement> load_placement(const std::filesystem::path& file);
void save_placement(const std::filesystem::path& file, const Placement& placement);

}  // namespace castboard
