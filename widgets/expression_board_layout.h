#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

// The arithmetic of the expression board, without ImGui: rows are characters, columns are poses.
// Lengths are in pixels.
namespace castboard {

struct BoardLayout {
  int columns = 0;
  float name_width = 0;  // of the column of names, which stays when the rest is scrolled sideways
  float cell_width = 0;
  float cell_height = 0;
  float gap = 0;
  float header_height = 0;  // stays when rows are scrolled

  [[nodiscard]] float row_height() const { return cell_height + gap; }
  [[nodiscard]] float x(int column) const {
    return name_width + static_cast<float>(column) * (cell_width + gap);
  }
  [[nodiscard]] float y(int row) const { return static_cast<float>(row) * row_height(); }
  [[nodiscard]] float width() const { return x(columns) - (columns > 0 ? gap : 0); }
  [[nodiscard]] float height(int rows) const {
    return std::max(0.0F, static_cast<float>(rows) * row_height() - gap);
  }
};

// As wide as the room; where the cells would be too small to judge a face, it is scrolled.
inline BoardLayout lay_out_board(float width, float scale, int columns) {
  constexpr float kName = 128;
  constexpr float kNarrowName = 92;
  constexpr float kNarrowBelow = 760;
  constexpr float kMinCell = 72;
  constexpr float kMaxCell = 190;
  constexpr float kGap = 6;
  constexpr float kHeader = 26;
  constexpr float kAspect = 0.8F;  // height to width: room for a face
  BoardLayout layout;
  layout.columns = columns;
  layout.gap = std::round(kGap * scale);
  layout.header_height = std::round(kHeader * scale);
  layout.name_width = std::round((width < kNarrowBelow * scale ? kNarrowName : kName) * scale);
  const auto count = static_cast<float>(std::max(1, columns));
  const float room = width - layout.name_width - layout.gap * (count - 1);
  layout.cell_width = std::clamp(std::floor(room / count), kMinCell * scale, kMaxCell * scale);
  layout.cell_height = std::round(layout.cell_width * kAspect);
  return layout;
}

// Rows [first, last) that touch the visible part.
inline std::pair<int, int> visible_rows(const BoardLayout& layout, int rows, float scroll,
                                        float height) {
  const float step = layout.row_height();
  if (step <= 0) return {0, 0};
  const int first = static_cast<int>(std::floor(std::max(0.0F, scroll) / step));
  const int last = static_cast<int>(std::ceil((std::max(0.0F, scroll) + height) / step));
  return {std::clamp(first, 0, rows), std::clamp(last, 0, rows)};
}

// The scroll position nearest to `scroll` at which [from, from + length) is inside `room`.
inline float scroll_to_span(float from, float length, float scroll, float room) {
  if (from < scroll || length > room) return from;
  if (from + length > scroll + room) return from + length - room;
  return scroll;
}

// Where the keyboard is: a cell, or the name before it (column -1).
struct BoardPlace {
  int row = 0;
  int column = 0;

  bool operator==(const BoardPlace&) const = default;
};

// Where an arrow key leads; stays inside.
inline BoardPlace board_neighbour(BoardPlace place, int by_x, int by_y, int rows, int columns) {
  if (rows == 0) return {0, std::clamp(place.column, -1, std::max(-1, columns - 1))};
  return {std::clamp(place.row + by_y, 0, rows - 1),
          std::clamp(place.column + by_x, -1, columns - 1)};
}

}  // namespace castboard
