#pragma once

#include "sketch/brush.h"
#include "sketch/look.h"

// What is worn on neck and shoulders, in head units (see bust.h).
namespace castboard::sketch {

inline constexpr double kBustBottom = 520;  // y; out of sight

struct Bust {
  double neck;   // half width
  double reach;  // half width of the shoulders
  double drop;   // y of the shoulder's end
};

void draw_garment(Brush& brush, const CharacterLook& look, const Bust& bust);

}  // namespace castboard::sketch
