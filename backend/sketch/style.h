#pragma once

#include <string_view>
#include <vector>

#include "sketch/colour.h"

// An art style as the numbers that drawing needs. Data only; `brush.*` and `finish.*` act on it.
namespace castboard::sketch {

enum class Line { none, ink, tinted, pencil };
enum class Shading { flat, cel, soft, clay, hatch };
enum class Finish { none, film, pixel, halftone, paper, oil, canvas, clay, noir, neon, pencil };
enum class Decor { studio, sky, meadow, bokeh, sparkle, city, burst, wash, sketchy, blank, blinds };

struct DrawingStyle {
  std::string_view key;
  Line line = Line::ink;
  double line_width = 1;  // times the picture's base width
  Colour ink = rgb(0x20242b);
  Shading shading = Shading::cel;
  double shade = 0.5;  // how dark shadows are
  double light = 0.5;  // how bright lights are
  Colour shade_tint = rgb(0x3a3560);
  Colour rim_left{1, 1, 1, 0};  // light from behind, alpha 0: none
  Colour rim_right{1, 1, 1, 0};
  double saturation = 1;
  double contrast = 1;
  Colour tint = rgb(0xffffff);
  double tint_amount = 0;
  double eye_scale = 1;
  double nose_scale = 1;
  double gloss = 0.4;  // highlights on hair, eyes, metal
  double blush = 0.6;
  Finish finish = Finish::none;
  Decor decor = Decor::studio;

  // The colour as this style's palette has it.
  [[nodiscard]] Colour adjust(Colour colour) const;
};

// By catalogue key; an unknown one (a studio's own) draws in the base style.
const DrawingStyle& find_drawing_style(std::string_view key);
const std::vector<DrawingStyle>& drawing_styles();

}  // namespace castboard::sketch
