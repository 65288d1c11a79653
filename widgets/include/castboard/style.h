#pragma once

#include <imgui.h>

namespace castboard {

// Sets colours, rounding and spacing of a style of one's own, as the standalone program looks. For
// programs without a style: the panel itself never touches its host's. `scale`: 1 at 100 %.
void apply_theme(ImGuiStyle& style, bool dark, float scale);

}  // namespace castboard
