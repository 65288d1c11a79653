#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "castboard/model.h"
#include "sheet_view_layout.h"

// The borders of a sheet's nine cells as things to move: six upright ones (left and right of each
// column), six level ones, each for its three cells. The cells of a turned sheet have borders of
// their own: one cell's move alone too.
namespace castboard {

inline constexpr int kBordersPerAxis = 2 * kSheetColumns;
inline constexpr int kBorderCount = 2 * kBordersPerAxis;
inline constexpr int kSmallestCellSide = 3;  // pixels, as the library wants it

// 0..5 the upright ones from the left, 6..11 the level ones from the top.
struct CellBorder {
  int number = 0;

  [[nodiscard]] bool upright() const { return number < kBordersPerAxis; }
  [[nodiscard]] int line() const { return number / 2 % kSheetColumns; }  // its column or row
  [[nodiscard]] bool is_end() const { return number % 2 == 1; }          // right or lower border
  bool operator==(const CellBorder&) const = default;
};

inline bool is_beside(const CellBorder& border, std::size_t cell) {
  const int index = static_cast<int>(cell);
  return (border.upright() ? index % kSheetColumns : index / kSheetColumns) == border.line();
}

// Where one cell has this border.
inline int border_of(const PixelRect& box, const CellBorder& border) {
  const int start = border.upright() ? box.x : box.y;
  return start + (border.is_end() ? (border.upright() ? box.width : box.height) : 0);
}

// Where the three cells beside it have it, on average.
inline float border_at(const std::vector<PixelRect>& boxes, const CellBorder& border) {
  int sum = 0;
  for (std::size_t cell = 0; cell < boxes.size(); ++cell)
    if (is_beside(border, cell)) sum += border_of(boxes[cell], border);
  return static_cast<float>(sum) / kSheetColumns;
}

// How far something can go in pixels, against and with the axis.
struct MoveRange {
  int low = 0;
  int high = 0;

  [[nodiscard]] int nearest(int by) const { return low > high ? 0 : std::clamp(by, low, high); }
};

// Of one cell's border: the cell keeps its smallest side, stays in the picture, and never reaches
// into the next one.
inline MoveRange range_of(const std::vector<PixelRect>& boxes, const CellBorder& border,
                          std::size_t cell, int width, int height) {
  const int length = border.upright() ? width : height;
  const int step = border.upright() ? 1 : kSheetColumns;
  const int at = border_of(boxes[cell], border);
  const CellBorder other{border.number + (border.is_end() ? -1 : 1)};
  const int inner = border_of(boxes[cell], other);
  const int neighbour = static_cast<int>(cell) + (border.is_end() ? step : -step);
  const bool outermost = border.line() == (border.is_end() ? kSheetColumns - 1 : 0);
  const CellBorder next{border.number + (border.is_end() ? 1 : -1)};
  const int end = border.is_end() ? length : 0;
  const int limit = outermost ? end : border_of(boxes[static_cast<std::size_t>(neighbour)], next);
  if (border.is_end()) return {inner + kSmallestCellSide - at, std::max(0, limit - at)};
  return {std::min(0, limit - at), inner - kSmallestCellSide - at};
}

// How far the border of all three can really go when `by` pixels are wanted.
inline int allowed_move(const std::vector<PixelRect>& boxes, const CellBorder& border, int by,
                        int width, int height) {
  const int length = border.upright() ? width : height;
  MoveRange all{-length, length};
  for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
    if (!is_beside(border, cell)) continue;
    const MoveRange one = range_of(boxes, border, cell, width, height);
    all = {std::max(all.low, one.low), std::min(all.high, one.high)};
  }
  return all.nearest(by);
}

inline void move_border(PixelRect& box, const CellBorder& border, int by) {
  int& start = border.upright() ? box.x : box.y;
  int& side = border.upright() ? box.width : box.height;
  if (!border.is_end()) start += by;
  side += border.is_end() ? by : -by;
}

inline std::vector<PixelRect> with_border_moved(std::vector<PixelRect> boxes,
                                                const CellBorder& border, int by) {
  for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
    if (is_beside(border, cell)) move_border(boxes[cell], border, by);
  }
  return boxes;
}

// Where one cell is taken hold of: -1 its left or upper side, 1 its right or lower one, 0 neither;
// all of it where both are 0.
struct CellGrip {
  int x = 0;
  int y = 0;

  [[nodiscard]] bool whole() const { return x == 0 && y == 0; }
  bool operator==(const CellGrip&) const = default;
};

// The corners first: they lie over the sides. All of the cell last.
inline constexpr std::array<CellGrip, 9> kCellGrips{
    {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}, {0, 0}}};

// The border of this cell, `cell` from 0, on the side: -1 the first one of the axis, 1 the other.
inline CellBorder border_of_cell(std::size_t cell, bool upright, int side) {
  const int index = static_cast<int>(cell);
  const int line = upright ? index % kSheetColumns : index / kSheetColumns;
  return {(upright ? 0 : kBordersPerAxis) + 2 * line + (side > 0 ? 1 : 0)};
}

// One cell, from 0, pulled by its grip as far as it can go; the others stay.
inline std::vector<PixelRect> with_cell_moved(std::vector<PixelRect> boxes, std::size_t cell,
                                              CellGrip grip, int by_x, int by_y, int width,
                                              int height) {
  const std::vector<PixelRect> before = boxes;
  for (const bool upright : {true, false}) {
    const int by = upright ? by_x : by_y;
    const int side = upright ? grip.x : grip.y;
    const auto range = [&](int of) {
      return range_of(before, border_of_cell(cell, upright, of), cell, width, height);
    };
    if (grip.whole()) {
      (upright ? boxes[cell].x : boxes[cell].y) +=
          MoveRange{range(-1).low, range(1).high}.nearest(by);
    } else if (side != 0) {
      move_border(boxes[cell], border_of_cell(cell, upright, side), range(side).nearest(by));
    }
  }
  return boxes;
}

// What of the picture belongs to no cell, as rectangles that do not overlap, wherever the cells
// are.
inline std::vector<PixelRect> outside_cells(const std::vector<PixelRect>& boxes, int width,
                                            int height) {
  std::vector<int> levels{0, height};
  for (const PixelRect& box : boxes) {
    levels.push_back(std::clamp(box.y, 0, height));
    levels.push_back(std::clamp(box.y + box.height, 0, height));
  }
  std::sort(levels.begin(), levels.end());
  std::vector<PixelRect> row(boxes);
  std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
  std::vector<PixelRect> outside;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    const int top = levels[i];
    const int tall = levels[i + 1] - top;
    if (tall == 0) continue;
    int from = 0;
    const auto free_until = [&](int x) {
      if (x > from) outside.push_back({from, top, x - from, tall});
    };
    for (const PixelRect& box : row) {
      if (box.y > top || box.y + box.height < top + tall) continue;
      free_until(box.x);
      from = std::max(from, box.x + box.width);
    }
    free_until(width);
  }
  return outside;
}

// Nine exact thirds, which cover every pixel once.
inline std::vector<PixelRect> exact_thirds(int width, int height) {
  std::vector<PixelRect> boxes;
  for (int cell = 1; cell <= kCellsPerSheet; ++cell) boxes.push_back(third(cell, width, height));
  return boxes;
}

}  // namespace castboard
