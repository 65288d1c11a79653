#pragma once

#include <algorithm>
#include <cmath>

namespace castboard {

// Columns of a contact sheet in a window, and how large its tiles are, in pixels.
struct ContactColumns {
  int columns = 1;
  float tile = 0;
};

// As many columns of about `wanted` pixels as `room` has, `gap` around each; the tiles take what is
// left over, so that no strip stays empty beside them.
inline ContactColumns fill_with_columns(float room, float wanted, float gap) {
  const int columns = std::max(1, static_cast<int>((room - gap) / (wanted + gap)));
  const float tile = std::floor((room - gap) / static_cast<float>(columns) - gap);
  return {columns, std::max(wanted, tile)};
}

}  // namespace castboard
