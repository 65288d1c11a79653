#pragma once

#include "compare_view.h"

namespace castboard {

struct CompareModesResult {
  bool swap = false;
  bool leave = false;
};

// The ways to compare as buttons, Swap and Close, right-aligned into `width` at the cursor; where
// they have no room, one button with a menu. One line as high as a control.
CompareModesResult compare_modes(const char* id, const Look& look, const Keymap& keymap,
                                 float width, CompareViewState& state);
// What they would take at their widest, for the title beside them.
float compare_modes_width(const Look& look, const Keymap& keymap);

}  // namespace castboard
