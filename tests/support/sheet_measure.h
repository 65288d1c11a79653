#pragma once

#include <algorithm>
#include <cmath>

#include "imaging/sheet_split.h"
#include "support/sheet_maker.h"

namespace castboard::testing {

inline constexpr double kBorderTolerance = 0.015;  // of a cell's side
inline constexpr int kBordersPerSheet = 36;        // four of each cell

struct Misses {
  int borders = 0;
  int outer = 0;     // of them, those beside a margin or the sheet's edge
  int far = 0;       // of them, those that are off by more than twice the tolerance
  double worst = 0;  // share of a cell's side
};

inline Misses misses_of(const MadeSheet& sheet, const SheetSplit& split) {
  Misses misses;
  for (std::size_t cell = 0; cell < sheet.cells.size(); ++cell) {
    const TrueBox& truth = sheet.cells[cell];
    const PixelRect& found = split.cells[cell];
    const double width = truth.right - truth.left;
    const double height = truth.bottom - truth.top;
    const std::array<double, 4> offs{
        (found.x - truth.left) / width, (found.x + found.width - truth.right) / width,
        (found.y - truth.top) / height, (found.y + found.height - truth.bottom) / height};
    const std::array<bool, 4> outer{cell % 3 == 0, cell % 3 == 2, cell < 3, cell >= 6};
    for (std::size_t side = 0; side < 4; ++side) {
      const double off = std::abs(offs[side]);
      misses.worst = std::max(misses.worst, off);
      if (off <= kBorderTolerance) continue;
      ++misses.borders;
      misses.outer += outer[side] ? 1 : 0;
      misses.far += off > 2 * kBorderTolerance ? 1 : 0;
    }
  }
  return misses;
}

}  // namespace castboard::testing
