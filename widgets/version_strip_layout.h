#pragma once

#include <algorithm>
#include <cmath>

// The arithmetic of the version strip, without ImGui. Lengths are in pixels.
namespace castboard {

struct StripLayout {
  float thumb = 0;    // side of the square thumbnail
  float label = 0;    // height of the line below it
  float spacing = 0;  // between items

  [[nodiscard]] float step() const { return thumb + spacing; }
  [[nodiscard]] float width(int count) const {
    return std::max(0.0F, static_cast<float>(count) * step() - spacing);
  }
  [[nodiscard]] float x(int index) const { return static_cast<float>(index) * step(); }
};

// Into a region of this height, scrollbar not counted.
inline StripLayout lay_out_strip(float height, float scale) {
  constexpr float kLabel = 22;
  constexpr float kSpacing = 11;
  constexpr float kMinThumb = 64;
  constexpr float kMaxThumb = 180;
  StripLayout layout;
  layout.label = std::round(kLabel * scale);
  layout.spacing = std::round(kSpacing * scale);
  layout.thumb =
      std::round(std::clamp(height - layout.label, kMinThumb * scale, kMaxThumb * scale));
  return layout;
}

// The scroll position nearest to `scroll` at which an item is wholly visible, with a glimpse of the
// neighbour that tells there is more.
inline float scroll_to_item(const StripLayout& layout, int index, float scroll, float width) {
  const float glimpse = layout.thumb / 3;
  const float left = layout.x(index) - glimpse;
  const float right = layout.x(index) + layout.thumb + glimpse;
  if (left < scroll) return std::max(0.0F, left);
  if (right > scroll + width) return right - width;
  return scroll;
}

struct StripRange {
  int first = 0;
  int last = 0;
};

inline StripRange visible_versions(const StripLayout& layout, int count, float scroll,
                                   float width) {
  const auto first = static_cast<int>(std::floor(std::max(0.0F, scroll) / layout.step()));
  const auto last = static_cast<int>(std::ceil((std::max(0.0F, scroll) + width) / layout.step()));
  const int clamped = std::clamp(first, 0, count);
  return {clamped, std::clamp(last, clamped, count)};
}

}  // namespace castboard
