#pragma once

#include <functional>
#include <string>
#include <vector>

#include "castboard/events.h"
#include "sheet_view_layout.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// One of the nine parts of a sheet as the view names it.
struct SheetCell {
  std::string title;  // "Happy"; may be empty
  PixelRect box;      // in the picture
  std::string url;    // of its own file; empty: cut out of the sheet
  Status status = Status::none;
};

// What the view is drawn from; everything is only read.
struct SheetViewInput {
  const Look& look;
  std::string url;  // of the whole picture; empty: nothing to show
  int width = 0;    // of the whole picture in pixels; 0: not known until it is loaded
  int height = 0;
  std::string thumbnail_url;     // stands in while the picture loads; may be empty
  std::vector<SheetCell> cells;  // nine, or empty
  int cell = 0;                  // chosen one, 1..9; 0: none
  bool single = false;           // the chosen one fills the view
  std::function<Thumbnail(const PictureRequest&)> picture;
};

// What the caller keeps between frames.
struct SheetViewState {
  Viewpoint viewpoint;
  std::string shown;  // what the viewpoint belongs to
  // Keys the panel saw for this view; used up by the next frame.
  bool fit = false;
  bool full_size = false;
};

struct SheetViewResult {
  int choose_cell = 0;         // clicked; 0: none
  bool toggle_single = false;  // double click
  bool has_focus = false;
  float zoom = 1;  // screen pixels per picture pixel
};

// A large picture, its nine cells outlined, named and numbered, or one of them alone. Wheel zooms
// to the cursor, dragging pans. Fills the current region; the viewer and the preview share it.
SheetViewResult sheet_view(const char* id, const SheetViewInput& input, SheetViewState& state);

}  // namespace castboard
