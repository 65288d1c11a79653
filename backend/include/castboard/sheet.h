#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/image.h"

// What is known of a 3x3 sheet as a picture: where its cells are and what may be wrong with them.
namespace castboard {

enum class SheetFindingKind {
  seam_elsewhere,  // a seam is not at a third of the picture
  empty_cell,
  twins,     // two cells show nearly the same
  odd_size,  // the size is not divisible by 3
  cut_off,   // what a cell shows goes on beyond its upper border
};
std::string_view to_string(SheetFindingKind kind);  // "seam_elsewhere", ...

struct SheetFinding {
  SheetFindingKind kind = SheetFindingKind::seam_elsewhere;
  std::vector<int> cells = {};  // 1..9, those it is about; empty: the whole sheet
  std::string message = {};     // "Cell 5 (fear) is empty"

  bool operator==(const SheetFinding&) const = default;
};

// The cells of a sheet as they were found, checked. Borders are where they cross the middle of the
// picture, in pixels from its left or top: left and right of each column, top and bottom of each
// row. Cells of a turned sheet are not all on them.
struct SheetReport {
  int width = 0;
  int height = 0;
  std::vector<PixelRect> cells = {};  // nine, row by row
  std::array<double, 6> columns{};
  std::array<double, 6> rows{};
  bool found = false;                  // false: exact thirds, there was nothing to find
  double confidence = 0;               // 0..1
  std::vector<PixelRect> stored = {};  // nine of a version's cells as the library has them, or none
  std::vector<SheetFinding> findings =
      {};  // about `stored` where there are any, else about `cells`
};

}  // namespace castboard
