#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "picture_fit.h"

// The arithmetic of comparing two pictures, without ImGui. Lengths are screen pixels.
namespace castboard {

enum class CompareMode { wipe, side_by_side, difference, overlay };
inline constexpr int kCompareModes = 4;

inline CompareMode next_mode(CompareMode mode) {
  return static_cast<CompareMode>((static_cast<int>(mode) + 1) % kCompareModes);
}

// Which way the line between A and B lies.
enum class WipeAxis { upright, level };

// What of the picture in sight shows A and what B.
struct WipeParts {
  FitBox a;
  FitBox b;
};

// `position` 0..1 of the picture in sight; A is left of the line, or above it.
inline WipeParts wipe_parts(const FitBox& seen, float position, WipeAxis axis) {
  const float at = std::clamp(position, 0.0F, 1.0F);
  if (axis == WipeAxis::upright) {
    const float width = std::round(seen.width * at);
    return {{seen.x, seen.y, width, seen.height},
            {seen.x + width, seen.y, seen.width - width, seen.height}};
  }
  const float height = std::round(seen.height * at);
  return {{seen.x, seen.y, seen.width, height},
          {seen.x, seen.y + height, seen.width, seen.height - height}};
}

// The position that puts the line under the pointer.
inline float wipe_position(const FitBox& seen, float x, float y, WipeAxis axis) {
  const float room = axis == WipeAxis::upright ? seen.width : seen.height;
  const float along = axis == WipeAxis::upright ? x - seen.x : y - seen.y;
  return room > 0 ? std::clamp(along / room, 0.0F, 1.0F) : 0.5F;
}

// The two views of side by side: beside or above each other, whichever shows a picture of this
// shape larger. Both have the same size, so one viewpoint shows the same part in both.
struct LinkedViews {
  FitBox a;
  FitBox b;
};

inline LinkedViews linked_views(const FitBox& view, float width, float height, float gap) {
  const FitBox left{view.x, view.y, std::floor((view.width - gap) / 2), view.height};
  const FitBox upper{view.x, view.y, view.width, std::floor((view.height - gap) / 2)};
  const auto scale = [&](const FitBox& box) {
    return width > 0 && height > 0 ? std::min(box.width / width, box.height / height) : 0;
  };
  if (scale(left) >= scale(upper)) {
    return {left, {view.x + view.width - left.width, view.y, left.width, view.height}};
  }
  return {upper, {view.x, view.y + view.height - upper.height, view.width, upper.height}};
}

// Where the pointer of one linked view would be in the other.
inline float linked(float at, float from, float to) {
  return at - from + to;
}

// Gains that are offered: each twice the one before.
inline constexpr int kMaxGainStep = 6;
inline float gain_of_step(int step) {
  return static_cast<float>(1 << std::clamp(step, 0, kMaxGainStep));
}

// One thing a picture was made with, ready for the screen.
struct PictureSetting {
  std::string name;   // "Seed"
  std::string value;  // "41"; empty: none

  bool operator==(const PictureSetting&) const = default;
};

struct DifferingSetting {
  std::string name;
  std::string a;
  std::string b;

  bool operator==(const DifferingSetting&) const = default;
};

// What differs, in the order of `a`, then what only `b` has.
inline std::vector<DifferingSetting> differing_settings(std::span<const PictureSetting> a,
                                                        std::span<const PictureSetting> b) {
  const auto value_in = [](std::span<const PictureSetting> settings, const std::string& name) {
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const PictureSetting& s) { return s.name == name; });
    return found == settings.end() ? nullptr : &found->value;
  };
  std::vector<DifferingSetting> differing;
  for (const PictureSetting& setting : a) {
    const std::string* other = value_in(b, setting.name);
    const std::string value = other != nullptr ? *other : std::string();
    if (value != setting.value) differing.push_back({setting.name, setting.value, value});
  }
  for (const PictureSetting& setting : b) {
    if (value_in(a, setting.name) == nullptr && !setting.value.empty())
      differing.push_back({setting.name, "", setting.value});
  }
  return differing;
}

}  // namespace castboard
