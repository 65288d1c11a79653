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

// `scale`: of the font to the design's. Two columns at the design's width of 312, and still two
// in a small window; one when narrow.
inline GridLayout lay_out_grid(float width, float scale) {
  constexpr float kMinTile = 122;
  constexpr float kMinTileOfTwo = 98;
  constexpr float kSpacing = 10;
  constexpr float kFooter = 34;
  constexpr float kPictureAspect = 122.0F / 145.0F;  // height to width: room for a face
  GridLayout layout;
  layout.spacing = std::round(kSpacing * scale);
  const float step = kMinTile * scale + layout.spacing;
  layout.columns = std::max(1, static_cast<int>((width + layout.spacing) / step));
  if (layout.columns == 1 && width >= 2 * kMinTileOfTwo * scale + layout.spacing) {
    layout.columns = 2;
  }
  const auto columns = static_cast<float>(layout.columns);
  layout.tile_width =
      std::max(1.0F, std::floor((width - layout.spacing * (columns - 1)) / columns));
  layout.picture_height = std::round(layout.tile_width * kPictureAspect);
  layout.tile_height = layout.picture_height + std::round(kFooter * scale);
  return layout;
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

// The index an arrow key leads to; stays inside.
inline int grid_neighbour(const GridLayout& layout, int index, int count, int by_x, int by_y) {
  if (count == 0) return -1;
  const int next = index + by_x + by_y * layout.columns;
  return next < 0 || next >= count ? index : next;
}

}  // namespace castboard
