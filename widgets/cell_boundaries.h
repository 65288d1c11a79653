#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cell_boundaries_layout.h"
#include "theme.h"
#include "zoomed_picture.h"

namespace castboard {

// What the view is drawn from; everything is only read.
struct CellBoundariesInput {
  const Look& look;
  std::string url;
  int width = 0;  // of the picture in pixels
  int height = 0;
  std::string thumbnail_url;     // stands in while the picture loads; may be empty
  std::vector<PixelRect> boxes;  // nine, as they are stored
  PictureFn picture;
  bool has_keyboard = false;  // the arrow keys are this view's
};

// What the caller keeps between frames.
struct CellBoundariesState {
  int chosen = -1;  // the border that arrow keys move; -1: none
  int cell = 0;     // 1..9, the one that is moved alone; 0: none
  Viewpoint viewpoint;
  // Keys the panel saw for this view; used up by the next frame.
  bool fit = false;
  bool full_size = false;

  // The widget's own.
  std::vector<PixelRect> moved;   // nine, until what is stored has followed
  std::vector<PixelRect> before;  // what was stored then
  bool dragging = false;
  float dragged_x = 0;  // picture pixels since the button went down
  float dragged_y = 0;
  bool nudging = false;
  ZoomedPictureState picture;
};

struct CellBoundariesResult {
  // The user let a border or cell go somewhere else, or the arrow keys did: to be stored.
  std::optional<std::vector<PixelRect>> store;
  float zoom = 1;  // screen pixels per picture pixel
};

// A sheet with its twelve borders to drag: both sides of each seam and the outer ones. A click on a
// cell chooses it: its sides, its corners and all of it can be dragged then, for itself. What is
// dragged goes with the pointer and is to be stored when it is let go; what is chosen moves with
// the arrow keys by a pixel, with Shift by ten. The wheel zooms, dragging elsewhere pans. Fills the
// current region.
CellBoundariesResult cell_boundaries(const char* id, const CellBoundariesInput& input,
                                     CellBoundariesState& state);

}  // namespace castboard
