#pragma once

#include <cairo.h>

#include <cstdint>

#include "sketch/style.h"

// What a style does to the whole picture once it is drawn: paper, paint, print, film. Works on
// opaque ARGB32 surfaces in place; pure.
namespace castboard::sketch {

void finish_picture(cairo_surface_t* surface, const DrawingStyle& style, std::uint64_t seed);

// --- the single finishes (finish_*.cpp) ------------------------------------------------------
void finish_film(cairo_surface_t* surface);
void finish_noir(cairo_surface_t* surface);
void finish_neon(cairo_surface_t* surface);
void finish_halftone(cairo_surface_t* surface, Colour ink);
void finish_paper(cairo_surface_t* surface, std::uint64_t seed, double strength);
void finish_clay(cairo_surface_t* surface, std::uint64_t seed);
void finish_pencil(cairo_surface_t* surface, std::uint64_t seed);
void finish_oil(cairo_surface_t* surface, std::uint64_t seed);
// Few colours, clear steps; for surfaces drawn small.
void finish_pixels(cairo_surface_t* surface);

}  // namespace castboard::sketch
