#pragma once

#include <optional>
#include <string>

#include "keymap.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct KeySheetState {
  std::string search;
  std::optional<Action> asking;  // waits for the keys this one shall have
};

struct KeySheetResult {
  bool changed = false;
  bool text_active = false;
  bool close = false;  // Esc, and nothing was being asked
};

// All actions with their keys, in groups; a click on a key asks for another one, and keys that two
// actions share are marked. Draws into the current region.
KeySheetResult key_sheet(const char* id, Keymap& keymap, KeySheetState& state, const Look& look);

}  // namespace castboard
