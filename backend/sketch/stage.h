#pragma once

#include <cairo.h>

#include <string_view>

#include "sketch/backdrop.h"
#include "sketch/expression.h"
#include "sketch/look.h"

// One picture without a grid: backdrop, character, finish.
namespace castboard::sketch {

struct Staging {
  const DrawingStyle* style = nullptr;
  std::string_view template_type;
  std::string_view shot;
  std::string_view words;  // additional description: places, light, things worn
  cairo_surface_t* backdrop_picture = nullptr;  // not owned; nullptr: drawn
  std::uint64_t seed = 0;
};

// A finished picture of that size in pixels.
SurfacePtr stage_picture(const CharacterLook& look, const Staging& staging, int width, int height);

}  // namespace castboard::sketch
