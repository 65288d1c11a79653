#pragma once

#include "sketch/stage.h"

// Scene shots: a dramatic place, light and weather around a posed figure.
namespace castboard::sketch {

// Paints everything: backdrop (a picture, a place named in words, or the scene's own), figure,
// light in front.
void draw_scene(Brush& brush, const CharacterLook& look, const Staging& staging,
                const std::function<void()>& backdrop);

}  // namespace castboard::sketch
