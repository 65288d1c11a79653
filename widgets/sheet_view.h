#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "castboard/events.h"
#include "sheet_view_layout.h"
#include "theme.h"
#include "zoomed_picture.h"

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
  PictureFn picture;

  [[nodiscard]] bool is_sheet() const { return cells.size() == kCellsPerSheet; }
};

// What the caller keeps between frames.
struct SheetViewState {
  Viewpoint viewpoint;
  bool enlarge_on_hover = true;
  bool pixel_grid = true;
  Flipbook flipbook;
  OnionSkin onion;
  // Keys the panel saw for this view; used up by the next frame.
  bool fit = false;
  bool full_size = false;
  bool toggle_flipbook = false;
  bool toggle_onion = false;
  float wanted_zoom = 0;  // 0: none

  // The widget's own.
  int last_cell = 0;
  bool last_single = false;
  bool opened_by_click = false;  // a double click goes on after the single one
  bool closed_by_click = false;  // the button that came back to all nine is still down
  MagnifierWait magnifier;
  std::array<ZoomedPictureState, kCellsPerSheet + 1> layers;  // the whole, then each cell
  ZoomedPictureState enlarged;
};

struct SheetViewResult {
  std::optional<int> show_cell;  // 1..9 shall fill the view; 0: all nine shall be seen
  int hovered_cell = 0;          // of all nine, under the pointer
  int magnified_cell = 0;        // shown enlarged beside the pointer
  int filling_cell = 0;          // the view shows this one alone, by choice or as a flipbook
  float zoom = 1;                // screen pixels per picture pixel
  double next_frame_in = -1;     // seconds until something moves by itself; negative: nothing does
};

// A large picture, its nine cells outlined, named and numbered, or one of them alone. Wheel zooms
// to the pointer, dragging pans, a click fills the view with a cell, a double click shows all nine
// again; resting on a cell shows it enlarged beside. The flipbook cycles the cells in place, the
// onion skin lays them over each other. Fills the current region with one item, "picture", which is
// the last one, so that a context menu can follow; the viewer and the preview share it.
SheetViewResult sheet_view(const char* id, const SheetViewInput& input, SheetViewState& state);

}  // namespace castboard
