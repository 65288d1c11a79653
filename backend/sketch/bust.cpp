#include "sketch/bust.h"

#include <algorithm>

#include "sketch/garment.h"

namespace castboard::sketch {
namespace {

constexpr double kBottom = kBustBottom;

Bust measure(const CharacterLook& look) {
  Bust b{};
  b.neck = (look.feminine ? 31 : 40) * (0.6 + 0.4 * look.build);
  b.reach = (look.feminine ? 158 : 182) * look.build;
  b.drop = look.feminine ? 236 : 228;
  if (look.age == Age::child) {
    b.neck *= 0.86;
    b.reach *= 0.82;
  }
  return b;
}

void draw_neck(Brush& brush, const CharacterLook& look, const Bust& b, double yaw) {
  const bool robot = look.being == Being::robot;
  const HeadShape s = head_shape(look);
  const double shift = turned_x(0, yaw) * 0.25;
  const auto trace = [&] {
    brush.move({-b.neck + shift, 84});
    brush.curve({-b.neck + shift * 0.5, 130}, {-b.neck + 1, 156}, {-b.neck - 8, 172});
    brush.curve({-b.neck - 30, 192}, {-b.reach * 0.6, 198}, {-b.reach * 0.92, b.drop});
    brush.line({-b.reach * 0.9, 420});
    brush.line({b.reach * 0.9, 420});
    brush.line({b.reach * 0.92, b.drop});
    brush.curve({b.reach * 0.6, 198}, {b.neck + 30, 192}, {b.neck + 8, 172});
    brush.curve({b.neck - 1, 156}, {b.neck + shift * 0.5, 130}, {b.neck + shift, 84});
    brush.close();
  };
  trace();
  brush.body(robot ? shadow_of(look.skin, 0.35) : look.skin,
             robot ? Material::metal : Material::skin);
  brush.scoped([&] {
    trace();
    brush.clip();
    if (brush.style().shading != Shading::hatch) {  // the chin's shadow
      brush.ellipse({8 + shift, s.chin_y - 22}, s.jaw + 6, 62);
      brush.raw_fill(with_alpha(
          mix(shadow_of(brush.style().adjust(look.skin), 0.7), brush.style().shade_tint, 0.25),
          0.32 + 0.2 * brush.style().shade));
    }
    if (robot) {
      for (double y = s.chin_y + 12; y < 190; y += 13) {
        brush.move({-60, y});
        brush.curve({-20, y + 6}, {20, y + 6}, {60, y});
        brush.crease(0.6, 0.6);
      }
    } else {
      for (const double side : {-1.0, 1.0}) {  // collar bones
        brush.swelling({side * 14, 204}, {side * 34, 200}, {side * 70, 204}, {side * 104, 196}, 1,
                       3.6, 0.5, with_alpha(shadow_of(look.skin, 0.7), 0.7));
      }
    }
  });
}

void draw_scarf(Brush& brush, const CharacterLook& look, const Bust& b) {
  const Colour colour = mix(look.outfit_accent, rgb(0xb5403c), 0.45);
  brush.polygon({{24, 190}, {66, 190}, {80, 352}, {36, 356}});
  brush.body(colour, Material::cloth);
  brush.spline({{-b.neck - 30, 156},
                {0, 142},
                {b.neck + 30, 156},
                {b.neck + 38, 194},
                {0, 222},
                {-b.neck - 38, 194}},
               true);
  brush.body(colour, Material::cloth);
  for (const double y : {164.0, 184.0}) {
    brush.move({-b.neck - 26, y - 4});
    brush.curve({-20, y + 16}, {20, y + 16}, {b.neck + 26, y - 4});
    brush.crease(0.5, 0.45);
  }
}

}  // namespace

void draw_bust_back(Brush& brush, const CharacterLook& look) {
  const Bust b = measure(look);
  if (look.cape) {
    const Colour cape = mix(rgb(0x9c2b33), look.headwear_colour, 0.25);
    brush.spline({{-b.reach * 0.7, 176},
                  {0, 150},
                  {b.reach * 0.7, 176},
                  {b.reach * 1.34, 300},
                  {b.reach * 1.5, kBottom},
                  {-b.reach * 1.5, kBottom},
                  {-b.reach * 1.34, 300}},
                 true);
    brush.body(cape, Material::cloth);
  }
  if (look.clothes == Outfit::hoodie) {
    brush.spline({{-108, 206}, {-96, 120}, {0, 92}, {96, 120}, {108, 206}, {0, 240}}, true);
    brush.body(shadow_of(look.outfit, 0.3), Material::cloth);
  }
}

void draw_bust(Brush& brush, const CharacterLook& look, double yaw) {
  const Bust b = measure(look);
  draw_neck(brush, look, b, yaw);
  draw_garment(brush, look, b);
  if (look.scarf) draw_scarf(brush, look, b);
}

}  // namespace castboard::sketch
