#pragma once

#include <string_view>

#include "sketch/brush.h"

// What is behind the character: the backdrop of an art style, or a place named in words.
namespace castboard::sketch {

enum class Place {
  none,
  sunset,
  forest,
  city,
  night,
  sea,
  snow,
  space,
  desert,
  mountains,
  room,
  castle,
  rain,
  fire
};

// The first place that is named; none when nothing is.
Place find_place(std::string_view words);

// Paints the whole surface. `base` is the character's own backdrop colour.
void draw_style_backdrop(Brush& brush, Colour base, Dice dice);
void draw_place(Brush& brush, Place place, Dice dice);

// A picture as the backdrop: covers the surface, softened so that the character stands out.
void draw_picture_backdrop(Brush& brush, cairo_surface_t* picture, double blur_px);

// --- pieces for scenes -----------------------------------------------------------------------
void paint_sky(Brush& brush, Colour top, Colour middle, Colour horizon);
void paint_glow(Brush& brush, Point centre, double radius, Colour colour);
// Rays from a point; `spread` is the number of them.
void paint_rays(Brush& brush, Point from, int spread, Colour colour, Dice dice);
void paint_hills(Brush& brush, double y, double height, Colour colour, Dice dice);
void paint_mountains(Brush& brush, double y, double height, Colour colour, Colour snow, Dice dice);
void paint_skyline(Brush& brush, double y, double height, Colour colour, Colour windows, Dice dice);
void paint_cloud(Brush& brush, Point centre, double size, Colour colour, Dice dice);
void paint_vignette(Brush& brush, Colour colour, double strength);
void paint_specks(Brush& brush, int count, double size, Colour colour, Dice dice);
void paint_rain(Brush& brush, int count, Colour colour, Dice dice);

}  // namespace castboard::sketch
