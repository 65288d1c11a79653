#pragma once

#include "sketch/head.h"

// Neck, shoulders and collar in head units (see head.h), down to y = 460.
namespace castboard::sketch {

// Behind the neck: hoods, high collars, capes.
void draw_bust_back(Brush& brush, const CharacterLook& look);
void draw_bust(Brush& brush, const CharacterLook& look, double yaw);

}  // namespace castboard::sketch
