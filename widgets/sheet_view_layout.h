#pragma once

#include <algorithm>
#include <cmath>

#include "castboard/events.h"
#include "castboard/model.h"
#include "picture_fit.h"

// The arithmetic of the large view, without ImGui: zoom, pan, cells, and which pixels to ask for.
namespace castboard {

// Where one looks at a picture: `zoom` 0 fits it into the view, else screen pixels per picture
// pixel; the centre is the point of the picture, in its pixels, in the middle of the view.
struct Viewpoint {
  float zoom = 0;
  float centre_x = 0;
  float centre_y = 0;

  [[nodiscard]] bool fits() const { return zoom <= 0; }
};

inline constexpr float kMaxZoom = 16;

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

// One picture pixel is one screen pixel, the middle of the view kept.
inline Viewpoint at_full_size(const Viewpoint& at, float width, float height, const FitBox& view) {
  Viewpoint result = at;
  if (at.fits()) {
    result.centre_x = width / 2;
    result.centre_y = height / 2;
  }
  result.zoom = 1;
  return clamped(result, width, height, view);
}

// A cell as exact thirds, for pictures whose borders nobody has found.
inline PixelRect third(int cell, int width, int height) {
  const int column = (cell - 1) % kSheetColumns;
  const int row = (cell - 1) / kSheetColumns;
  const int left = width * column / kSheetColumns;
  const int top = height * row / kSheetRows;
  return {left, top, width * (column + 1) / kSheetColumns - left,
          height * (row + 1) / kSheetRows - top};
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

// What to ask for so that the pixels come at display size, and where that part belongs.
struct PictureWish {
  PixelRect region;  // empty: all of it
  int max_width = 0;
  int max_height = 0;
};

inline PictureWish wish_for(float width, float height, const FitBox& view, const FitBox& box) {
  const float zoom = width > 0 ? box.width / width : 1;
  const auto side = [](float pixels) { return std::max(1, static_cast<int>(std::ceil(pixels))); };
  const float shown = std::min(zoom, 1.0F);
  PictureWish wish;
  if (std::max(width, height) * shown <= kLargestWholeSide) {
    wish.max_width = side(width * shown);
    wish.max_height = side(height * shown);
    return wish;
  }
  // In steps, so that panning does not ask for a new part at every pixel.
  constexpr float kStep = 512;
  const auto down = [](float v) { return std::floor(v / kStep) * kStep; };
  const auto up = [](float v) { return std::ceil(v / kStep) * kStep; };
  const float left = std::clamp(down((view.x - box.x) / zoom), 0.0F, width);
  const float top = std::clamp(down((view.y - box.y) / zoom), 0.0F, height);
  const float right = std::clamp(up((view.x + view.width - box.x) / zoom), 0.0F, width);
  const float bottom = std::clamp(up((view.y + view.height - box.y) / zoom), 0.0F, height);
  wish.region = {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
                 static_cast<int>(bottom - top)};
  wish.max_width = side((right - left) * shown);
  wish.max_height = side((bottom - top) * shown);
  return wish;
}

}  // namespace castboard
