#pragma once

#include <cstddef>
#include <span>

namespace castboard {

// How many messages, newest first, are shown in `room`: all of them, or as many as leave room for
// the line that tells about the others; one always. Heights in pixels, `gap` between two of them.
inline std::size_t toasts_that_fit(std::span<const float> heights, float room, float gap,
                                   float rest_height) {
  float used = 0;
  std::size_t fit = 0;        // with the line below which the others are
  std::size_t fit_alone = 0;  // without it
  for (const float height : heights) {
    used += height + (fit_alone == 0 ? 0 : gap);
    if (used > room) break;
    ++fit_alone;
    if (used + gap + rest_height <= room) fit = fit_alone;
  }
  if (fit_alone == heights.size()) return fit_alone;
  return fit == 0 ? 1 : fit;
}

}  // namespace castboard
