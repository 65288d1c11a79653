#pragma once

#include <algorithm>
#include <cmath>

#include "castboard/events.h"
#include "picture_fit.h"

// Where one looks at a large picture, and which pixels to ask for, without ImGui. Lengths on the
// screen are in screen pixels, those of the picture in its own.
namespace castboard {

// Where one looks at a picture: `zoom` 0 fits it into the view, else screen pixels per picture
// pixel; the centre is the point of the picture, in its pixels, in the middle of the view.
struct Viewpoint {
  float zoom = 0;
  float centre_x = 0;
  float centre_y = 0;

  [[nodiscard]] bool fits() const { return zoom <= 0; }
};

inline constexpr float kMaxZoom = 32;

// Screen pixels per picture pixel at which all of it is seen.
inline float fit_zoom(float width, float height, const FitBox& view) {
  if (width <= 0 || height <= 0) return 1;
  return std::min(view.width / width, view.height / height);
}

// Where the picture lies on the screen.
inline FitBox picture_on_screen(float width, float height, const FitBox& view,
                                const Viewpoint& at) {
  if (at.fits()) return contain(width, height, view);
  return {view.x + view.width / 2 - at.centre_x * at.zoom,
          view.y + view.height / 2 - at.centre_y * at.zoom, width * at.zoom, height * at.zoom};
}

// Keeps the picture in sight: a picture larger than the view covers it, a smaller one is centred.
inline Viewpoint clamped(Viewpoint at, float width, float height, const FitBox& view) {
  if (at.fits()) return at;
  const auto keep = [&at](float centre, float size, float room) {
    const float half = room / at.zoom / 2;
    return size <= 2 * half ? size / 2 : std::clamp(centre, half, size - half);
  };
  at.centre_x = keep(at.centre_x, width, view.width);
  at.centre_y = keep(at.centre_y, height, view.height);
  return at;
}

// Zooms by `factor` so that the point of the picture under (x, y) stays there. Back to fitting when
// it gets smaller than that.
inline Viewpoint zoomed(const Viewpoint& at, float factor, float x, float y, float width,
                        float height, const FitBox& view) {
  const float fit = fit_zoom(width, height, view);
  const float now = at.fits() ? fit : at.zoom;
  const float next = std::min(now * factor, std::max(kMaxZoom, fit));
  if (next <= fit) return {};
  const FitBox box = picture_on_screen(width, height, view, at);
  const float picture_x = (x - box.x) / now;
  const float picture_y = (y - box.y) / now;
  Viewpoint result;
  result.zoom = next;
  result.centre_x = picture_x - (x - view.x - view.width / 2) / next;
  result.centre_y = picture_y - (y - view.y - view.height / 2) / next;
  return clamped(result, width, height, view);
}

// At this zoom, the middle of the view kept.
inline Viewpoint zoomed_to(const Viewpoint& at, float zoom, float width, float height,
                           const FitBox& view) {
  Viewpoint result = at;
  if (at.fits()) {
    result.centre_x = width / 2;
    result.centre_y = height / 2;
  }
  result.zoom = std::min(zoom, kMaxZoom);
  return clamped(result, width, height, view);
}

// One picture pixel is one screen pixel.
inline Viewpoint at_full_size(const Viewpoint& at, float width, float height, const FitBox& view) {
  return zoomed_to(at, 1, width, height, view);
}

// A part of the picture on the screen.
inline FitBox part_on_screen(const PixelRect& part, float width, float height, const FitBox& box) {
  const float sx = width > 0 ? box.width / width : 0;
  const float sy = height > 0 ? box.height / height : 0;
  return {box.x + static_cast<float>(part.x) * sx, box.y + static_cast<float>(part.y) * sy,
          static_cast<float>(part.width) * sx, static_cast<float>(part.height) * sy};
}

// Largest side of a texture that is asked for whole; beyond it only what is in sight is loaded.
inline constexpr float kLargestWholeSide = 4096;

// From this zoom on pixels are blocks; between 100 % and it they are smoothed, because blocks of
// one and of two screen pixels beside each other distort a drawing.
inline constexpr float kBlocksFrom = 2;

// From this zoom on lines are drawn between pixels.
inline constexpr float kPixelGridFrom = 8;

// What to ask for so that the pixels come at display size: never scaled by the renderer.
struct PictureWish {
  PixelRect detail;  // empty: all of it
  int max_width = 0;
  int max_height = 0;
  Enlarging enlarging = Enlarging::never;
};

namespace viewpoint_detail {

inline int side(float pixels) {
  return std::max(1, static_cast<int>(std::lround(pixels)));
}

// What is in sight and a margin around it, in steps, so that panning asks for a new part now and
// then and has it before it is needed. `step` and `margin` in picture pixels.
inline PixelRect in_sight(float width, float height, const FitBox& view, const FitBox& box,
                          float zoom, float step, float margin) {
  const auto down = [step](float v) { return std::floor(v / step) * step; };
  const auto up = [step](float v) { return std::ceil(v / step) * step; };
  const float left = std::clamp(down((view.x - box.x) / zoom - margin), 0.0F, width);
  const float top = std::clamp(down((view.y - box.y) / zoom - margin), 0.0F, height);
  const float right = std::clamp(up((view.x + view.width - box.x) / zoom + margin), left, width);
  const float bottom = std::clamp(up((view.y + view.height - box.y) / zoom + margin), top, height);
  const int x = std::min(static_cast<int>(left), static_cast<int>(width) - 1);
  const int y = std::min(static_cast<int>(top), static_cast<int>(height) - 1);
  return {x, y, std::max(1, static_cast<int>(right) - x),
          std::max(1, static_cast<int>(bottom) - y)};
}

}  // namespace viewpoint_detail

// All of a picture no larger than it is and no larger than `box`: what stands in while one looks
// closer.
inline PictureWish wish_for_whole(float width, float height, const FitBox& box) {
  const float zoom = width > 0 ? std::min(box.width / width, 1.0F) : 1;
  const float most =
      std::min(1.0F, kLargestWholeSide / std::max({width * zoom, height * zoom, 1.0F}));
  PictureWish wish;
  wish.max_width = viewpoint_detail::side(width * zoom * most);
  wish.max_height = viewpoint_detail::side(height * zoom * most);
  return wish;
}

inline PictureWish wish_for(float width, float height, const FitBox& view, const FitBox& box) {
  using viewpoint_detail::in_sight;
  using viewpoint_detail::side;
  const float zoom = width > 0 ? box.width / width : 1;
  const bool smaller = zoom <= 1;
  if (smaller && std::max(box.width, box.height) <= kLargestWholeSide) {
    return wish_for_whole(width, height, box);
  }
  constexpr float kStep = 512;
  // A quarter of what is in sight; whole pixels, or the parts of two steps would not meet.
  const float quarter = std::ceil(std::max(view.width, view.height) / zoom / 4);
  PictureWish wish;
  wish.detail = smaller ? in_sight(width, height, view, box, zoom, kStep, 0)
                        : in_sight(width, height, view, box, zoom, quarter, quarter / 2);
  wish.max_width = side(static_cast<float>(wish.detail.width) * zoom);
  wish.max_height = side(static_cast<float>(wish.detail.height) * zoom);
  if (!smaller) wish.enlarging = zoom < kBlocksFrom ? Enlarging::smooth : Enlarging::blocks;
  return wish;
}

// The lines between pixels that are in sight: `first` on the screen, then every `step`, `count`.
struct GridLines {
  float first = 0;
  float step = 1;
  int count = 0;
};

// Along one side of the view (from `from`, `room` long) over a picture of `pixels` from `start`.
inline GridLines pixel_grid(float from, float room, float start, int pixels, float zoom) {
  GridLines lines;
  lines.step = zoom;
  if (zoom < kPixelGridFrom) return lines;
  const float before = std::ceil((from - start) / zoom);
  const float first = std::clamp(before, 0.0F, static_cast<float>(pixels));
  const float last =
      std::clamp(std::floor((from + room - start) / zoom), -1.0F, static_cast<float>(pixels));
  lines.first = start + first * zoom;
  lines.count = std::max(0, static_cast<int>(last - first) + 1);
  return lines;
}

}  // namespace castboard
