#pragma once

#include <optional>
#include <string>

#include "keymap.h"
#include "sheet_view.h"
#include "theme.h"

namespace castboard {

struct SheetBarInput {
  const Look& look;
  const Keymap& keymap;
  const SheetViewInput& view;
  std::string details;       // one quiet line about the picture
  float zoom = 1;            // as the view answered
  bool can_compare = false;  // there is something to compare with
};

struct SheetBarResult {
  bool compare = false;
};

// The height the bar takes.
float sheet_bar_height(const Look& look);

// One line under the sheet view: what it shows, or the knobs of what runs in it (rate of the
// flipbook, opacity and cells of the onion skin); at the right how it is looked at. What has no
// room shortens, the details first. Changes `state`, which is the view's.
SheetBarResult sheet_bar(const char* id, const SheetBarInput& input, SheetViewState& state);

}  // namespace castboard
