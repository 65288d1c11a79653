#pragma once

#include <array>
#include <vector>

#include "castboard/image.h"

// Finds the nine cells of a generated 3x3 expression sheet. Pure, no files; takes some tens of
// milliseconds, so for worker threads.
namespace castboard {

// One border of a column or row of cells. `at` is where it crosses the middle of the picture, in
// pixels from its left (top); `lean` how far it moves to the right (down) with every pixel on.
struct SheetBorder {
  double at = 0;
  double lean = 0;
};

struct SheetSplit {
  std::vector<PixelRect> cells;        // nine, row by row
  std::array<SheetBorder, 6> columns;  // left and right border of each column
  std::array<SheetBorder, 6> rows;     // upper and lower border of each row
  bool found = false;                  // false: exact thirds, there was nothing to find
  double confidence = 0;               // 0..1: how far the picture bears the borders out
};

// Gutters may have any colour or none, and be off-centre, uneven, turned by up to 2 degrees; a
// caption belongs to no cell. Pictures too small to tell give exact thirds.
SheetSplit split_sheet(const Image& sheet);
SheetSplit split_by_thirds(int width, int height);

}  // namespace castboard
