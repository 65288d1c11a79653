#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "castboard/model.h"
#include "sheet_view_layout.h"

// The borders of a sheet's nine cells as things to move: six upright ones (left and right of each
// column), six level ones. The cells of a turned sheet have borders of their own; they move
// together.
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

// How far the border can really go when `by` pixels are wanted: cells keep their smallest side,
// stay in the picture, and never reach into the next one.
inline int allowed_move(const std::vector<PixelRect>& boxes, const CellBorder& border, int by,
                        int width, int height) {
  const int length = border.upright() ? width : height;
  const int step = border.upright() ? 1 : kSheetColumns;
  int low = -length;
  int high = length;
  for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
    if (!is_beside(border, cell)) continue;
    const int at = border_of(boxes[cell], border);
    const CellBorder other{border.number + (border.is_end() ? -1 : 1)};
    const int inner = border_of(boxes[cell], other);
    const int neighbour = static_cast<int>(cell) + (border.is_end() ? step : -step);
    const bool outermost = border.line() == (border.is_end() ? kSheetColumns - 1 : 0);
    const CellBorder next{border.number + (border.is_end() ? 1 : -1)};
    if (border.is_end()) {
      const int limit =
          outermost ? length : border_of(boxes[static_cast<std::size_t>(neighbour)], next);
      low = std::max(low, inner + kSmallestCellSide - at);
      high = std::min(high, std::max(0, limit - at));
    } else {
      const int limit = outermost ? 0 : border_of(boxes[static_cast<std::size_t>(neighbour)], next);
      low = std::max(low, std::min(0, limit - at));
      high = std::min(high, inner - kSmallestCellSide - at);
    }
  }
  return low > high ? 0 : std::clamp(by, low, high);
}

inline std::vector<PixelRect> with_border_moved(std::vector<PixelRect> boxes,
                                                const CellBorder& border, int by) {
  for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
    if (!is_beside(border, cell)) continue;
    PixelRect& box = boxes[cell];
    int& start = border.upright() ? box.x : box.y;
    int& side = border.upright() ? box.width : box.height;
    if (!border.is_end()) start += by;
    side += border.is_end() ? by : -by;
  }
  return boxes;
}

// Nine exact thirds, which cover every pixel once.
inline std::vector<PixelRect> exact_thirds(int width, int height) {
  std::vector<PixelRect> boxes;
  for (int cell = 1; cell <= kCellsPerSheet; ++cell) boxes.push_back(third(cell, width, height));
  return boxes;
}

}  // namespace castboard
