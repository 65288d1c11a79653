#pragma once

#include "sketch/sketch_picture.h"
#include "sketch/stage.h"

// Nine expressions in a grid with gutters, clean or with the flaws that were asked for.
namespace castboard::sketch {

SurfacePtr draw_sheet(const CharacterLook& look, const Staging& staging, const SheetFlaws& flaws,
                      int width, int height);

}  // namespace castboard::sketch
