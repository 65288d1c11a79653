#pragma once

#include <algorithm>

// How a picture goes into a box without being stretched: pure arithmetic, no ImGui.
namespace castboard {

// The part of a picture that is shown, in 0..1 of its width and height.
struct CropUv {
  float left = 0;
  float top = 0;
  float right = 1;
  float bottom = 1;
};

// Faces are in the upper middle: of the height that does not fit, this part is cut off above.
inline constexpr float kCutAboveFace = 0.12F;

// Fills `box` completely and cuts what hangs over: equally at the sides, mostly below.
inline CropUv crop_to_face(float width, float height, float box_width, float box_height) {
  CropUv crop;
  if (width <= 0 || height <= 0 || box_width <= 0 || box_height <= 0) return crop;
  const float scale = std::max(box_width / width, box_height / height);
  const float shown_x = box_width / (width * scale);
  const float shown_y = box_height / (height * scale);
  crop.left = (1 - shown_x) / 2;
  crop.right = crop.left + shown_x;
  crop.top = (1 - shown_y) * kCutAboveFace;
  crop.bottom = crop.top + shown_y;
  return crop;
}

struct FitBox {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  [[nodiscard]] bool contains(float px, float py) const {
    return px >= x && py >= y && px < x + width && py < y + height;
  }
};

// What lies in both; without width or height where nothing does.
inline FitBox intersection(const FitBox& a, const FitBox& b) {
  const float left = std::max(a.x, b.x);
  const float top = std::max(a.y, b.y);
  return {left, top, std::max(0.0F, std::min(a.x + a.width, b.x + b.width) - left),
          std::max(0.0F, std::min(a.y + a.height, b.y + b.height) - top)};
}

// The largest centred rectangle of the picture's shape inside `box`.
inline FitBox contain(float width, float height, const FitBox& box) {
  if (width <= 0 || height <= 0) return {box.x, box.y, 0, 0};
  const float scale = std::min(box.width / width, box.height / height);
  const float w = width * scale;
  const float h = height * scale;
  return {box.x + (box.width - w) / 2, box.y + (box.height - h) / 2, w, h};
}

}  // namespace castboard
