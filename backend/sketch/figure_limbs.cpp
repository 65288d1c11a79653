#include <algorithm>
#include <cmath>

#include "sketch/skeleton.h"

namespace castboard::sketch {
namespace {

enum class Sleeve { none, brief, full, wide, plated };

Sleeve sleeve_of(const CharacterLook& look) {
  switch (look.clothes) {
    case Outfit::tank:
    case Outfit::dress:
      return Sleeve::none;
    case Outfit::tee:
    case Outfit::vneck:
    case Outfit::overalls:
      return Sleeve::brief;
    case Outfit::robe:
    case Outfit::kimono:
      return Sleeve::wide;
    case Outfit::armour:
      return Sleeve::plated;
    default:
      return Sleeve::full;
  }
}

Colour shade(Colour colour, bool shaded) {
  return shaded ? shadow_of(colour, 0.28) : colour;
}

Colour skin_of(const CharacterLook& look) {
  return look.being == Being::robot ? shadow_of(look.skin, 0.12) : look.skin;
}

Material skin_material(const CharacterLook& look) {
  return look.being == Being::robot ? Material::metal : Material::skin;
}

double direction(Point from, Point to) {
  return std::atan2(to.x - from.x, to.y - from.y) * 180 / 3.14159265358979;
}

// One outline around both halves of a limb; a sharply bent one is two bars.
void trace_two(Brush& brush, const Joints& j, double r0, double r1, double r2, double share = 1) {
  const Point end = blend(j.middle, j.end, share);
  const double r_end = r1 + (r2 - r1) * share;
  const double upper = direction(j.root, j.middle);
  const double bend = std::remainder(direction(j.middle, j.end) - upper, 360);
  if (std::abs(bend) > 96) {
    brush.capsule(j.root, r0, j.middle, r1);
    brush.capsule(j.middle, r1, end, r_end);
    return;
  }
  const double lower = upper + bend;
  const double between = upper + bend / 2;
  std::vector<Point> outline = {j.root + polar(upper + 180, r0)};
  for (const double side : {90.0, -90.0}) {
    std::vector<Point> edge = {j.root + polar(upper + side, r0),
                               blend(j.root, j.middle, 0.5) + polar(upper + side, (r0 + r1) * 0.52),
                               j.middle + polar(between + side, r1),
                               blend(j.middle, end, 0.4) + polar(lower + side, (r1 + r_end) * 0.53),
                               end + polar(lower + side, r_end)};
    if (side < 0) {
      outline.push_back(end + polar(lower, r_end * 0.8));
      std::reverse(edge.begin(), edge.end());
    }
    outline.insert(outline.end(), edge.begin(), edge.end());
  }
  brush.spline(outline, true);
}

void draw_fingers(Brush& brush, Point wrist, double angle, double side, double g, Hand hand) {
  const Point palm = wrist + polar(angle, 17 * g);
  switch (hand) {
    case Hand::open:
      for (int i = -2; i <= 1; ++i) {
        const double a = angle + side * (i * 15.0 + 6);
        brush.capsule(palm + polar(a, 8 * g), 5.6 * g, palm + polar(a, 32 * g), 4.6 * g);
      }
      brush.capsule(palm, 6 * g, palm + polar(angle + side * 62, 24 * g), 5 * g);
      break;
    case Hand::pointing:
      brush.capsule(palm, 6 * g, palm + polar(angle, 42 * g), 5 * g);
      brush.capsule(palm, 7 * g, palm + polar(angle + side * 80, 15 * g), 5.5 * g);
      break;
    case Hand::fist:
      break;
    case Hand::relaxed:
      brush.capsule(palm, 12 * g, palm + polar(angle - side * 6, 23 * g), 8 * g);
      brush.capsule(palm, 6 * g, palm + polar(angle - side * 44, 20 * g), 5 * g);
      break;
  }
  brush.ellipse(palm, (hand == Hand::fist ? 17 : 15) * g, (hand == Hand::fist ? 17 : 16) * g);
}

void draw_hand(Brush& brush, const CharacterLook& look, const Joints& arm, Hand hand, double side,
               double g, bool shaded) {
  const double angle = direction(arm.middle, arm.end);
  const bool gloved = look.clothes == Outfit::armour && look.being != Being::robot;
  const Colour colour = gloved ? rgb(0x5b4636) : skin_of(look);
  draw_fingers(brush, arm.end, angle, side, g, hand);
  brush.body(shade(colour, shaded), gloved ? Material::leather : skin_material(look));
  if (hand == Hand::fist) {
    const Point palm = arm.end + polar(angle, 17 * g);
    for (const double k : {-9.0, 0.0, 9.0}) {
      const Point across = polar(angle + 90, k * g);
      brush.move(palm + across + polar(angle, 5 * g));
      brush.line(palm + across + polar(angle, 14 * g));
      brush.crease(0.5, 0.5);
    }
  }
}

void draw_shoe(Brush& brush, const CharacterLook& look, const Joints& leg, double toe, double g,
               bool shaded) {
  const Point along = polar(toe, 1);
  // A foot that points at the viewer is short and round, one from the side long and flat.
  const double length = 26 + 40 * std::abs(std::sin(toe * 3.14159265358979 / 180));
  const Point heel = leg.end + Point{0, 6} - along * 10;
  const Point tip = leg.end + Point{0, 8} + along * length;
  const bool flat = std::abs(std::sin(toe * 3.14159265358979 / 180)) > 0.6;
  brush.capsule(heel, 19 * g, tip, (flat ? 13 : 18) * g);
  brush.capsule(leg.end - Point{0, 12}, 19 * g, heel, 18 * g);
  const bool metal = look.clothes == Outfit::armour;
  brush.body(shade(metal ? shadow_of(look.outfit, 0.25) : look.shoes, shaded),
             metal ? Material::metal : Material::leather);
}

}  // namespace

void draw_leg(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Joints& leg,
              double toe, bool shaded) {
  const double g = bones.girth;
  const bool bare = look.clothes == Outfit::dress || look.skirt;
  const bool armoured = look.clothes == Outfit::armour;
  draw_shoe(brush, look, leg, toe, g, shaded);
  trace_two(brush, leg, 44 * g, 31 * g, bare ? 19 * g : 25 * g);
  if (bare) {
    brush.body(shade(skin_of(look), shaded), skin_material(look));
  } else if (armoured && look.being == Being::robot) {
    brush.body(shade(skin_of(look), shaded), Material::metal);
  } else {
    const Colour cloth = look.clothes == Outfit::suit       ? look.outfit
                         : look.clothes == Outfit::overalls ? look.outfit
                                                            : look.trousers;
    brush.body(shade(cloth, shaded), Material::cloth);
  }
  const Point in = blend(leg.root, leg.middle, 0.86);
  brush.move(in + polar(direction(leg.root, leg.middle) + 90, 20 * g));
  brush.line(leg.middle + polar(direction(leg.root, leg.middle) - 90, 3));
  brush.crease(0.5, 0.3);
  if (armoured) {
    brush.capsule(blend(leg.middle, leg.end, 0.16), 34 * g, blend(leg.middle, leg.end, 0.92),
                  26 * g);
    brush.body(shade(look.outfit, shaded), Material::metal);
    brush.ellipse(leg.middle, 33 * g, 31 * g);
    brush.body(shade(light_of(look.outfit, 0.12), shaded), Material::metal);
  } else if (look.boots) {
    brush.capsule(blend(leg.middle, leg.end, 0.42), 33 * g, blend(leg.middle, leg.end, 1.0),
                  24 * g);
    brush.body(shade(look.shoes, shaded), Material::leather);
  }
}

void draw_arm(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Joints& arm,
              Hand hand, double side, bool shaded) {
  const double g = bones.girth;
  const Sleeve sleeve = sleeve_of(look);
  draw_hand(brush, look, arm, hand, side, g, shaded);
  trace_two(brush, arm, 25 * g, 20 * g, 14 * g);
  brush.body(shade(skin_of(look), shaded), skin_material(look));
  const Colour cloth =
      shade(look.clothes == Outfit::overalls ? look.outfit_accent : look.outfit, shaded);
  switch (sleeve) {
    case Sleeve::none:
      break;
    case Sleeve::brief:
      brush.capsule(arm.root, 29 * g, blend(arm.root, arm.middle, 0.6), 29 * g);
      brush.body(cloth, Material::cloth);
      break;
    case Sleeve::full:
      trace_two(brush, arm, 29 * g, 25 * g, 21 * g, 0.94);
      brush.body(cloth, look.clothes == Outfit::jacket ? Material::leather : Material::cloth);
      brush.move(blend(arm.root, arm.middle, 0.9) +
                 polar(direction(arm.root, arm.middle) + 90, 18));
      brush.line(arm.middle + polar(direction(arm.root, arm.middle) - 90, 4));
      brush.crease(0.5, 0.4);
      break;
    case Sleeve::wide: {
      const double angle = direction(arm.middle, arm.end);
      brush.capsule(arm.root, 34 * g, arm.middle, 34 * g);
      brush.capsule(arm.middle, 34 * g, blend(arm.middle, arm.end, 0.7), 42 * g);
      brush.body(cloth, Material::cloth);
      const Point cuff = blend(arm.middle, arm.end, 0.98);
      brush.move(cuff + polar(angle + 90, 38 * g));
      brush.line(cuff + polar(angle - 90, 38 * g));
      brush.stroke(look.outfit_accent, 9);
      break;
    }
    case Sleeve::plated:
      if (look.being != Being::robot) {
        trace_two(brush, arm, 29 * g, 24 * g, 19 * g, 0.95);
        brush.body(shade(shadow_of(look.outfit, 0.55), shaded), Material::cloth);
      }
      brush.capsule(blend(arm.middle, arm.end, 0.2), 28 * g, blend(arm.middle, arm.end, 0.86),
                    22 * g);
      brush.body(shade(look.outfit, shaded), Material::metal);
      brush.ellipse(blend(arm.root, arm.middle, 0.08), 40 * g, 36 * g);
      brush.body(shade(light_of(look.outfit, 0.08), shaded), Material::metal);
      break;
  }
}

}  // namespace castboard::sketch
