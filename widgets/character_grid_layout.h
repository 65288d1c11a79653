#pragma once

#include <algorithm>
#include <cmath>

// The arithmetic of the character grid, without ImGui. Lengths are in pixels.
namespace castboard {

struct GridLayout {
  int columns = 1;
  float tile_width = 0;
  float tile_height = 0;
  float picture_height = 0;  // the rest of the tile is its footer
  float spacing = 0;

  [[nodiscard]] int rows(int count) const { return (count + columns - 1) / columns; }
  [[nodiscard]] float row_height() const { return tile_height + spacing; }
  [[nodiscard]] float height(int count) const {
    return std::max(0.0F, static_cast<float>(rows(count)) * row_height() - spacing);
  }
  [[nodiscard]] float x(int index) const {
    return static_cast<float>(index % columns) * (tile_width + spacing);
  }
  [[nodiscard]] float y(int index) const {
    return static_cast<float>(index / columns) * row_height();
  }
};

inline constexpr float kDefaultTile = 122;  // least width of a tile, design pixels
inline constexpr float kSmallestTile = 56;
inline constexpr float kLargestTile = 480;
inline constexpr int kMostTilesInView = 199;

namespace grid_detail {

inline void set_columns(GridLayout& layout, int columns, float width, float scale) {
  constexpr float kFooter = 34;
  constexpr float kPictureAspect = 122.0F / 145.0F;  // height to width: room for a face
  layout.columns = std::max(1, columns);
  const auto count = static_cast<float>(layout.columns);
  layout.tile_width = std::max(1.0F, std::floor((width - layout.spacing * (count - 1)) / count));
  layout.picture_height = std::round(layout.tile_width * kPictureAspect);
  layout.tile_height = layout.picture_height + std::round(kFooter * scale);
}

}  // namespace grid_detail

// `scale`: of the font to the design's; `tile`: the least width of a tile in design pixels. By
// default two columns at the design's width of 312, and still two in a small window; one when
// narrow. Never so many that more than kMostTilesInView stand in a view `height` pixels high.
inline GridLayout lay_out_grid(float width, float scale, float tile = kDefaultTile,
                               float height = 0) {
  constexpr float kSpacing = 10;
  constexpr float kLeastOfTwo = 0.8F;  // two columns may be so much narrower than wished for
  GridLayout layout;
  layout.spacing = std::round(kSpacing * scale);
  int columns = static_cast<int>((width + layout.spacing) / (tile * scale + layout.spacing));
  if (columns < 2 && width >= 2 * kLeastOfTwo * tile * scale + layout.spacing) columns = 2;
  grid_detail::set_columns(layout, columns, width, scale);
  const auto in_view = [&] {
    return (static_cast<int>(std::ceil(height / layout.row_height())) + 1) * layout.columns;
  };
  while (layout.columns > 1 && in_view() > kMostTilesInView) {
    grid_detail::set_columns(layout, layout.columns - 1, width, scale);
  }
  return layout;
}

// The wish for a tile's width that makes the grid one column narrower (`by` 1: larger tiles) or
// wider (-1).
inline float zoomed_tile(float width, float scale, float tile, int by) {
  const GridLayout now = lay_out_grid(width, scale, tile);
  const int columns = std::max(1, now.columns - by);
  if (columns == now.columns) return tile;
  const float whole =
      columns == 1 ? width
                   : (width + now.spacing) / static_cast<float>(columns) - now.spacing - 0.5F;
  return std::clamp(whole / scale, kSmallestTile, kLargestTile);
}

// Where a tile's width stands on a slider, 0..1, and back; equal steps look equal.
inline float slider_of_tile(float tile) {
  return std::log(tile / kSmallestTile) / std::log(kLargestTile / kSmallestTile);
}
inline float tile_of_slider(float at) {
  return kSmallestTile * std::pow(kLargestTile / kSmallestTile, std::clamp(at, 0.0F, 1.0F));
}

// Items [first, last) that touch the visible part of a scrolled grid.
struct ItemRange {
  int first = 0;
  int last = 0;

  bool operator==(const ItemRange&) const = default;
};

inline ItemRange visible_items(const GridLayout& layout, int count, float scroll, float height) {
  const auto first_row = static_cast<int>(std::floor(std::max(0.0F, scroll) / layout.row_height()));
  const auto last_row =
      static_cast<int>(std::ceil((std::max(0.0F, scroll) + height) / layout.row_height()));
  const int first = std::clamp(first_row * layout.columns, 0, count);
  return {first, std::clamp(last_row * layout.columns, first, count)};
}

// The scroll position nearest to `scroll` at which an item is wholly visible.
inline float scroll_to_item(const GridLayout& layout, int index, float scroll, float height) {
  const float top = layout.y(index);
  const float bottom = top + layout.tile_height;
  if (top < scroll) return top;
  if (bottom > scroll + height) return bottom - height;
  return scroll;
}

// What the keyboard asks of the grid.
struct GridStep {
  int x = 0;      // columns
  int y = 0;      // rows
  int pages = 0;  // of rows that are wholly in view
  bool home = false;
  bool end = false;

  [[nodiscard]] bool any() const { return x != 0 || y != 0 || pages != 0 || home || end; }
};

// The index an arrow key leads to; stays inside.
inline int grid_neighbour(const GridLayout& layout, int index, int count, int by_x, int by_y) {
  if (count == 0) return -1;
  const int next = index + by_x + by_y * layout.columns;
  return next < 0 || next >= count ? index : next;
}

// The index a step leads to; -1 where there is nothing. A page keeps the column.
inline int grid_target(const GridLayout& layout, int index, int count, float height,
                       const GridStep& step) {
  if (count == 0) return -1;
  if (step.home) return 0;
  if (step.end) return count - 1;
  if (step.pages == 0) return grid_neighbour(layout, index, count, step.x, step.y);
  const int rows = std::max(1, static_cast<int>((height + layout.spacing) / layout.row_height()));
  const int last_row = (count - 1) / layout.columns;
  const int row = std::clamp(index / layout.columns + step.pages * rows, 0, last_row);
  return std::min(count - 1, row * layout.columns + index % layout.columns);
}

}  // namespace castboard
