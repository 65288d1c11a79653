#pragma once

#include "sketch/head.h"

// A hair shape as measures in head units; the views (front, side, back) are drawn from these.
namespace castboard::sketch {

enum class HairExtra { none, bun, twin_buns, ponytail, pigtails, braids, crest, locs };

struct HairCut {
  double volume = 14;       // beyond the skull
  double side_length = 12;  // y where the hair beside the face ends
  double back_length = 0;   // y where the hair behind ends; 0: none to be seen
  double back_width = 104;  // half, at its end
  double flare = 0;         // outwards at the tips
  Texture texture = Texture::smooth;
  double amplitude = 0;
  double wave = 30;
  double cover = 1;  // 1 hair, less: shaved, the skin shows through
  HairExtra extra = HairExtra::none;
  Fringe fringe = Fringe::none;
};

HairCut hair_cut(const CharacterLook& look);

// The hairline from the right temple to the left one, as corner points of a smooth curve (a point
// twice is a corner).
std::vector<Point> fringe_line(const CharacterLook& look, Fringe fringe, double half_width,
                               double shift);

void draw_bun(Brush& brush, const CharacterLook& look, Point centre, double radius);
// A tail of hair from `root` along the curve, thick in the middle.
void draw_tail(Brush& brush, const CharacterLook& look, Point root, Point bend, Point tip,
               double width);
void draw_braid(Brush& brush, const CharacterLook& look, Point root, Point tip, double width);
void draw_crest(Brush& brush, const CharacterLook& look, double lean);

void draw_profile_hair(Brush& brush, const CharacterLook& look, const HairCut& cut);
void draw_rear_hair(Brush& brush, const CharacterLook& look, const HairCut& cut);
// Light and strands over the hair that the caller has clipped to.
void draw_hair_light(Brush& brush, const CharacterLook& look, double half_width, double top,
                     double lean);

}  // namespace castboard::sketch
