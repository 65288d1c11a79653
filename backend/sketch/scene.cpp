#include "sketch/scene.h"

#include <algorithm>
#include <cmath>

#include "sketch/figure.h"

namespace castboard::sketch {
namespace {

struct Set {
  double w, h, unit;
  double floor;  // y where figures stand
};

Set set_of(const Brush& brush) {
  const double w = brush.width();
  const double h = brush.height();
  return {w, h, std::min(w, h) / 100, h * 0.9};
}

void paint_floor(Brush& brush, double y, Colour colour) {
  brush.box(0, y, brush.width(), brush.height() - y);
  brush.raw_fill(brush.style().adjust(colour));
}

// --- what is behind ---------------------------------------------------------------------------

void hero_behind(Brush& brush, const CharacterLook& look, Dice dice) {
  const Set s = set_of(brush);
  paint_sky(brush, rgb(0x24407f), rgb(0xe0825a), rgb(0xffd27f));
  const Point sun{s.w * 0.5, s.h * 0.52};
  paint_rays(brush, sun, 22, with_alpha(rgb(0xfff0b8), 0.42), dice);
  paint_glow(brush, sun, s.unit * 66, with_alpha(rgb(0xfff2c4), 0.95));
  paint_skyline(brush, s.h * 0.98, s.h * 0.26, mix(rgb(0x5a3b60), look.backdrop, 0.1),
                with_alpha(rgb(0xffe0a0), 0.7), Dice(dice.next(), "city"));
  brush.polygon({{s.w * 0.1, s.h + 9},
                 {s.w * 0.22, s.h * 0.945},
                 {s.w * 0.36, s.h * 0.9},
                 {s.w * 0.5, s.h * 0.885},
                 {s.w * 0.66, s.h * 0.9},
                 {s.w * 0.8, s.h * 0.95},
                 {s.w * 0.93, s.h + 9}});
  brush.body(rgb(0x43323f), Material::cloth);
}

void villain_behind(Brush& brush, Dice dice) {
  const Set s = set_of(brush);
  paint_sky(brush, rgb(0x0c0810), rgb(0x1c0c16), rgb(0x0a070c));
  const double half = s.unit * 30;
  const double cx = s.w / 2;
  brush.move({cx - half, s.floor});
  brush.line({cx - half, s.h * 0.3});
  brush.curve({cx - half, s.h * 0.02}, {cx + half, s.h * 0.02}, {cx + half, s.h * 0.3});
  brush.line({cx + half, s.floor});
  brush.close();
  brush.raw_fill(brush.style().adjust(rgb(0xc22b2b)));
  paint_glow(brush, {cx, s.h * 0.42}, s.unit * 52, with_alpha(rgb(0xff9a5a), 0.85));
  paint_rays(brush, {cx, s.h * 0.36}, 18, with_alpha(rgb(0xff5a3c), 0.4), dice);
  for (const double side : {-1.0, 1.0}) {
    const double x = cx + side * s.unit * 38;
    brush.box(x - s.unit * 5, 0, s.unit * 10, s.floor, s.unit);
    brush.body(rgb(0x2a1a24), Material::cloth);
  }
  paint_floor(brush, s.floor, rgb(0x1a0d12));
  brush.polygon({{cx - half, s.floor},
                 {cx + half, s.floor},
                 {cx + half * 2.1, s.h + 9},
                 {cx - half * 2.1, s.h + 9}});
  brush.raw_fill(with_alpha(brush.style().adjust(rgb(0xd0402f)), 0.55));
}

void breakdown_behind(Brush& brush, Dice dice) {
  const Set s = set_of(brush);
  paint_sky(brush, rgb(0x1d2a3c), rgb(0x34465c), rgb(0x4a5b6e));
  paint_skyline(brush, s.h * 0.86, s.h * 0.56, rgb(0x26344a), with_alpha(rgb(0xf2c777), 0.35),
                Dice(dice.next(), "city"));
  paint_floor(brush, s.h * 0.78, rgb(0x2c3a4d));
  brush.soft(s.unit * 8, 0.8, [&](Brush& soft) {  // the pool of a street lamp
    soft.ellipse({s.w * 0.5, s.floor}, s.unit * 44, s.unit * 9);
    soft.fill(rgb(0xa9bccf));
  });
  brush.polygon({{s.w * 0.5 - s.unit * 6, -9},
                 {s.w * 0.5 + s.unit * 6, -9},
                 {s.w * 0.5 + s.unit * 42, s.floor},
                 {s.w * 0.5 - s.unit * 42, s.floor}});
  brush.raw_fill({0.85, 0.92, 1, 0.13});
  for (int i = 0; i < 7; ++i) {
    brush.ellipse({s.w * dice.unit(), s.h * dice.between(0.83, 0.99)}, s.unit * dice.between(6, 14),
                  s.unit * dice.between(0.8, 1.6));
    brush.raw_fill({0.6, 0.72, 0.85, 0.3});
  }
}

void victory_behind(Brush& brush, Dice dice) {
  const Set s = set_of(brush);
  paint_sky(brush, rgb(0x2f8fd8), rgb(0x9fdcf5), rgb(0xfff0b0));
  paint_rays(brush, {s.w * 0.5, s.h * 0.46}, 20, with_alpha(rgb(0xfffbe0), 0.75), dice);
  paint_mountains(brush, s.h * 0.92, s.h * 0.36, rgb(0x7f97c0), rgb(0xffffff),
                  Dice(dice.next(), "peaks"));
  const double cx = s.w / 2;
  paint_floor(brush, s.h * 0.95, rgb(0x56803f));
  brush.box(cx - s.unit * 27, s.floor, s.unit * 54, s.h, s.unit);
  brush.body(rgb(0xe2b23c), Material::metal);
  for (const double side : {-1.0, 1.0}) {
    brush.box(cx + side * s.unit * 27 - (side < 0 ? s.unit * 20 : 0), s.h * 0.955, s.unit * 20, s.h,
              s.unit);
    brush.body(rgb(0xb9c0c9), Material::metal);
  }
}

void defeat_behind(Brush& brush, Dice dice) {
  const Set s = set_of(brush);
  paint_sky(brush, rgb(0x262029), rgb(0x53392f), rgb(0xa8542c));
  paint_glow(brush, {s.w * 0.86, s.h * 0.7}, s.unit * 60, with_alpha(rgb(0xff9440), 0.7));
  for (int i = 0; i < 6; ++i) {  // broken walls
    const double x = s.w * (0.04 + 0.17 * i);
    const double tall = s.h * dice.between(0.14, 0.46) * (i == 0 ? 1.7 : 1);
    const double wide = s.unit * dice.between(12, 20);
    brush.polygon({{x - wide / 2, s.floor + 4},
                   {x - wide / 2, s.floor - tall},
                   {x - wide * 0.2, s.floor - tall * dice.between(0.82, 0.95)},
                   {x + wide * 0.1, s.floor - tall * dice.between(0.95, 1.06)},
                   {x + wide / 2, s.floor - tall * dice.between(0.6, 0.8)},
                   {x + wide / 2, s.floor + 4}});
    brush.body(mix(rgb(0x3a2c30), rgb(0x5d4038), dice.unit()), Material::cloth);
  }
  paint_floor(brush, s.h * 0.84, rgb(0x33262a));
  for (int i = 0; i < 18; ++i) {
    const double r = s.unit * dice.between(0.8, 3.2);
    brush.ellipse({s.w * dice.unit(), s.h * dice.between(0.86, 0.98)}, r * 1.5, r * 0.7);
    brush.fill(rgb(0x4f3d40));
  }
}

// --- what is in front -------------------------------------------------------------------------

void confetti(Brush& brush, Dice dice) {
  const Set s = set_of(brush);
  constexpr std::uint32_t kColours[] = {0xf25f5c, 0xffe066, 0x50c878, 0x4aa3f0, 0xb678e0, 0xff9f43};
  for (int i = 0; i < 110; ++i) {
    const Point p{s.w * dice.unit(), s.h * dice.between(0, 0.92)};
    const double size = s.unit * dice.between(0.7, 1.7);
    brush.scoped([&] {
      cairo_translate(brush.cairo(), p.x, p.y);
      cairo_rotate(brush.cairo(), dice.unit() * 6.28);
      brush.box(-size / 2, -size / 4, size, size / 2);
      brush.fill(rgb(kColours[dice.below(6)]));
    });
  }
}

// Darkness from above, with the light of the door left on the edges.
void villain_gloom(Brush& brush) {
  const Set s = set_of(brush);
  paint_vignette(brush, rgb(0x050206), 0.9);
  for (int i = 0; i < 7; ++i) {  // low fog
    brush.soft(s.unit * 6, 0.32, [&](Brush& soft) {
      soft.ellipse({s.w * (i / 6.0), s.h * (0.95 + 0.02 * (i % 2))}, s.unit * 26, s.unit * 5);
      soft.raw_fill(rgb(0x8a3a38));
    });
  }
}

}  // namespace

void draw_scene(Brush& brush, const CharacterLook& look, const Staging& staging,
                const std::function<void()>& backdrop) {
  const Set s = set_of(brush);
  const Pose& pose = find_pose(staging.shot);
  Dice dice(staging.seed, "scene");
  const bool own_place = staging.backdrop_picture == nullptr &&
                         find_place(staging.words) == Place::none &&
                         brush.style().decor != Decor::blank;
  CharacterLook actor = look;
  if (!own_place) {
    backdrop();
  } else if (pose.key == "hero_shot") {
    actor.cape = true;
    hero_behind(brush, look, dice);
  } else if (pose.key == "villain_reveal") {
    villain_behind(brush, dice);
  } else if (pose.key == "emotional_breakdown") {
    breakdown_behind(brush, dice);
  } else if (pose.key == "victory_pose") {
    victory_behind(brush, dice);
  } else if (pose.key == "defeated_exhausted") {
    defeat_behind(brush, dice);
  } else {
    backdrop();
  }
  if (pose.key == "villain_reveal") {
    actor.cape = true;
    for (Colour* colour : {&actor.skin, &actor.hair, &actor.outfit, &actor.trousers, &actor.shoes,
                           &actor.outfit_accent}) {
      *colour = mix(*colour, rgb(0x2a0d18), 0.42);
    }
    actor.iris = rgb(0xff5a30);
  }
  FigureFrame frame = fit_figure(pose, look, brush.width(), brush.height());
  frame.ground.y = s.floor + s.unit * 1.5;
  frame.scale *= pose.key == "hero_shot" ? 0.99 : 0.94;
  const Expression* face = find_expression(pose.expression);
  draw_figure(brush, actor, pose, face != nullptr ? *face : neutral_expression(), frame, dice);
  if (pose.key == "villain_reveal") villain_gloom(brush);
  if (pose.key == "victory_pose") confetti(brush, Dice(staging.seed, "confetti"));
  if (pose.key == "emotional_breakdown") {
    paint_rain(brush, 170, with_alpha(rgb(0xe2ecf6), 0.65), Dice(staging.seed, "rain"));
    paint_vignette(brush, rgb(0x0a1018), 0.55);
  }
  if (pose.key == "defeated_exhausted") {
    paint_specks(brush, 70, s.unit * 0.55, rgb(0xffb060), Dice(staging.seed, "embers"));
    paint_vignette(brush, rgb(0x0e0808), 0.5);
  }
}

}  // namespace castboard::sketch
