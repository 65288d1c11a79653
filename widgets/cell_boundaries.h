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
};

// What the caller keeps between frames.
struct CellBoundariesState {
  int chosen = -1;  // the border that arrow keys move; -1: none

  // The widget's own.
  std::vector<PixelRect> moved;   // nine, until what is stored has followed
  std::vector<PixelRect> before;  // what was stored then
  float dragged = 0;              // picture pixels since the button went down
  bool nudging = false;
  ZoomedPictureState picture;
};

struct CellBoundariesResult {
  // The user let a border go somewhere else, or the arrow keys did: to be stored.
  std::optional<std::vector<PixelRect>> store;
};

// A sheet with its twelve borders to drag: both sides of each seam and the outer ones. A border
// goes with the pointer and is to be stored when it is let go; a chosen one moves with the arrow
// keys by a pixel, with Shift by ten. Fills the current region.
CellBoundariesResult cell_boundaries(const char* id, const CellBoundariesInput& input,
                                     CellBoundariesState& state);

}  // namespace castboard
