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
  double worst = 0;  // share of a cell's side
};

inline Misses misses_of(const MadeSheet& sheet, const SheetSplit& split) {
  Misses misses;
  for (std::size_t cell = 0; cell < sheet.cells.size(); ++cell) {
    const TrueBox& truth = sheet.cells[cell];
    const PixelRect& found = split.cells[cell];
    const double width = truth.right - truth.left;
    const double height = truth.bottom - truth.top;
    for (const double off :
         {(found.x - truth.left) / width, (found.x + found.width - truth.right) / width,
          (found.y - truth.top) / height, (found.y + found.height - truth.bottom) / height}) {
      misses.worst = std::max(misses.worst, std::abs(off));
      misses.borders += std::abs(off) > kBorderTolerance ? 1 : 0;
    }
  }
  return misses;
}

}  // namespace castboard::testing
