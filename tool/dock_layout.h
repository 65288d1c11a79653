#pragma once

namespace castboard {

// Whether this Dear ImGui can dock windows.
[[nodiscard]] bool has_docking();

// Fills the main window with a dockspace; the first time the panel's windows are put where the look
// has them: cast left, viewer over versions in the middle, form right, jobs along the bottom.
void draw_dockspace();

}  // namespace castboard
