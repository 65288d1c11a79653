#include <algorithm>
#include <cmath>
#include <numbers>

#include "sketch/bust.h"
#include "sketch/skeleton.h"

namespace castboard::sketch {
namespace {

constexpr double kToRadians = std::numbers::pi / 180;

bool is_open_coat(Outfit outfit) {
  return outfit == Outfit::coat;
}

bool is_long(Outfit outfit) {
  return outfit == Outfit::robe || outfit == Outfit::kimono || outfit == Outfit::dress;
}

// In the torso's frame: the origin at the neck, the spine straight down.
void trace_torso(Brush& brush, const Skeleton& b, View view) {
  const double l = b.torso;
  if (view == View::side) {
    brush.spline({{-14, -6},
                  {10, -6},
                  {b.shoulder + 10, l * 0.26},
                  {b.shoulder + 6, l * 0.42},
                  {b.waist * 0.86, l * 0.66},
                  {b.hip * 0.84, l * 0.95},
                  {b.hip * 0.84, l * 0.95},
                  {-b.hip * 0.92, l * 0.95},
                  {-b.hip * 0.92, l * 0.95},
                  {-b.waist * 0.82, l * 0.66},
                  {-b.shoulder - 2, l * 0.34},
                  {-b.shoulder + 2, l * 0.12}},
                 true);
    return;
  }
  brush.move({-17, -4});
  brush.curve({-30, 8}, {-b.shoulder * 0.62, 10}, {-b.shoulder * 0.86, 20});
  brush.curve({-b.shoulder * 1.06, 28}, {-b.shoulder * 1.0, 62}, {-b.shoulder * 0.84, 84});
  brush.curve({-b.waist - 12, l * 0.5}, {-b.waist - 2, l * 0.58}, {-b.waist, l * 0.66});
  const double hem = l * 0.95;
  brush.curve({-b.waist, l * 0.76}, {-b.hip - 5, l * 0.82}, {-b.hip - 5, hem});
  brush.curve({-b.hip * 0.5, hem + 12}, {b.hip * 0.5, hem + 12}, {b.hip + 5, hem});
  brush.curve({b.hip + 5, l * 0.82}, {b.waist, l * 0.76}, {b.waist, l * 0.66});
  brush.curve({b.waist + 2, l * 0.58}, {b.waist + 12, l * 0.5}, {b.shoulder * 0.84, 84});
  brush.curve({b.shoulder * 1.0, 62}, {b.shoulder * 1.06, 28}, {b.shoulder * 0.86, 20});
  brush.curve({b.shoulder * 0.62, 10}, {30, 8}, {17, -4});
  brush.close();
}

// The bib of overalls goes down into the trousers; others wear a belt over the hem.
void draw_waistband(Brush& brush, const CharacterLook& look, const Skeleton& b) {
  const double l = b.torso;
  const double wide = b.hip + 40;
  if (look.clothes == Outfit::overalls) {
    brush.polygon({{-wide, l * 0.66}, {wide, l * 0.66}, {wide, l + 60}, {-wide, l + 60}});
    brush.fill(look.outfit);
    return;
  }
  const bool belted = look.clothes == Outfit::shirt || look.clothes == Outfit::armour ||
                      look.clothes == Outfit::coat || look.clothes == Outfit::uniform ||
                      look.clothes == Outfit::vneck || look.clothes == Outfit::tank;
  if (!belted) return;
  brush.polygon({{-wide, l * 0.84},
                 {0, l * 0.865},
                 {wide, l * 0.84},
                 {wide, l * 0.905},
                 {0, l * 0.93},
                 {-wide, l * 0.905}});
  brush.fill(rgb(0x3a2c22));
  brush.box(-11, l * 0.855, 22, 19, 3);
  brush.body(rgb(0xcfa64a), Material::metal);
}

void draw_back_details(Brush& brush, const CharacterLook& look, const Skeleton& b) {
  brush.move({0, 20});
  brush.line({0, b.torso * 0.9});
  brush.crease(0.5, 0.35);
  for (const double side : {-1.0, 1.0}) {
    brush.move({side * b.shoulder * 0.7, 60});
    brush.curve({side * b.shoulder * 0.5, 90}, {side * b.shoulder * 0.5, 120},
                {side * b.shoulder * 0.62, 140});
    brush.crease(0.5, 0.35);
  }
  if (look.clothes == Outfit::hoodie) {
    brush.spline({{-44, -8}, {44, -8}, {52, 44}, {0, 82}, {-52, 44}}, true);
    brush.body(shadow_of(look.outfit, 0.15), Material::cloth);
  } else if (look.clothes == Outfit::overalls) {
    brush.polygon({{-50, 4}, {-34, 4}, {30, b.torso * 0.6}, {14, b.torso * 0.6}});
    brush.polygon({{50, 4}, {34, 4}, {-30, b.torso * 0.6}, {-14, b.torso * 0.6}});
    brush.body(look.outfit, Material::cloth);
  }
}

void draw_side_details(Brush& brush, const CharacterLook& look, const Skeleton& b) {
  if (look.clothes == Outfit::overalls) {
    brush.polygon({{-b.hip - 12, b.torso * 0.62},
                   {b.hip + 12, b.torso * 0.56},
                   {b.hip + 12, b.torso + 60},
                   {-b.hip - 12, b.torso + 60}});
    brush.fill(look.outfit);
  } else {
    brush.move({b.shoulder + 2, 6});
    brush.curve({b.shoulder - 8, 60}, {b.waist, b.torso * 0.5}, {b.hip * 0.8, b.torso});
    brush.stroke(with_alpha(look.outfit_accent, 0.8), 7);
  }
}

void draw_neck_behind(Brush& brush, const CharacterLook& look, View view) {
  const Colour skin = look.being == Being::robot ? shadow_of(look.skin, 0.35) : look.skin;
  const double w = look.feminine ? 18 : 23;
  const double x = view == View::side ? 4 : 0;
  brush.capsule({x + (view == View::side ? 6 : 0), -58}, w, {x, 8}, w + 3);
  brush.body(shadow_of(skin, 0.1), Material::skin);
}

Colour hips_colour(const CharacterLook& look) {
  if (look.being == Being::robot) return shadow_of(look.skin, 0.3);
  if (look.clothes == Outfit::armour) return shadow_of(look.outfit, 0.45);
  if (look.clothes == Outfit::suit || look.clothes == Outfit::overalls ||
      look.clothes == Outfit::dress) {
    return look.outfit;
  }
  return look.skirt ? look.outfit_accent : look.trousers;
}

}  // namespace

// Fills between the legs' tops: without an outline, for it belongs to both of them.
void draw_hips(Brush& brush, const CharacterLook& look, const Skeleton& b, const Pose& pose) {
  const double k = pose.view == View::side ? 0.86 : 1;
  brush.scoped([&] {
    cairo_translate(brush.cairo(), b.pelvis.x, b.pelvis.y);
    cairo_rotate(brush.cairo(), pose.lean * kToRadians * 0.6);
    brush.spline({{-b.hip * k, -44},
                  {b.hip * k, -44},
                  {b.hip * k, -6},
                  {b.hip * 0.45 * k, 18},
                  {0, pose.low ? 12.0 : 26.0},
                  {-b.hip * 0.45 * k, 18},
                  {-b.hip * k, -6}},
                 true);
    brush.patch(hips_colour(look), Material::cloth);
    if (pose.view != View::side && !pose.low) {
      brush.move({0, 2});
      brush.line({0, 30});
      brush.crease(0.6, 0.6);
    }
  });
}

void draw_torso(Brush& brush, const CharacterLook& look, const Skeleton& b, const Pose& pose) {
  brush.scoped([&] {
    cairo_translate(brush.cairo(), b.neck.x, b.neck.y);
    cairo_rotate(brush.cairo(), pose.lean * kToRadians);
    const bool fronted = pose.view == View::front || pose.view == View::three_quarter;
    draw_neck_behind(brush, look, pose.view);
    const Colour base = look.clothes == Outfit::overalls ? look.outfit_accent : look.outfit;
    trace_torso(brush, b, pose.view);
    brush.body(base, look.clothes == Outfit::armour ? Material::metal : Material::cloth);
    brush.scoped([&] {
      trace_torso(brush, b, pose.view);
      brush.clip();
      if (fronted) {
        brush.scoped([&] {  // collar, buttons, plates: those of the portrait
          cairo_translate(brush.cairo(), pose.yaw * 0.35, 0);
          const double wide = pose.view == View::three_quarter ? 0.86 : 1;
          cairo_scale(brush.cairo(), kHeadScale * wide, kHeadScale);
          cairo_translate(brush.cairo(), 0, -kNeckInHead);
          draw_bust(brush, look, pose.yaw);
        });
      } else if (pose.view == View::back) {
        draw_back_details(brush, look, b);
      } else {
        draw_side_details(brush, look, b);
      }
      draw_waistband(brush, look, b);
    });
    if (fronted) {  // the neck stands out of the torso's outline
      brush.scoped([&] {
        brush.box(-70, -90, 140, 106);
        brush.clip();
        cairo_scale(brush.cairo(), kHeadScale, kHeadScale);
        cairo_translate(brush.cairo(), 0, -kNeckInHead);
        draw_bust(brush, look, pose.yaw);
      });
    }
  });
}

void draw_skirt(Brush& brush, const CharacterLook& look, const Skeleton& b, const Pose& pose) {
  const bool coat = is_open_coat(look.clothes);
  if (!coat && !is_long(look.clothes) && !look.skirt) return;
  if (coat && pose.low) return;  // it lies open on the ground behind
  if (pose.low) {                // drawn up over the thighs
    for (const Joints* leg : {&b.leg_right, &b.leg_left}) {
      brush.capsule(leg->root, 50 * b.girth, blend(leg->root, leg->middle, 0.8), 44 * b.girth);
      brush.body(is_long(look.clothes) ? look.outfit : look.outfit_accent, Material::cloth);
    }
    return;
  }
  const bool to_ankles = look.clothes == Outfit::robe || look.clothes == Outfit::kimono;
  const double reach = to_ankles ? 0.82 : coat ? 0.24 : 0.12;
  const auto hem = [&](const Joints& leg) {
    return to_ankles || coat ? blend(leg.middle, leg.end, reach)
                             : blend(leg.root, leg.middle, 0.92);
  };
  const Point left = hem(b.leg_left);
  const Point right = hem(b.leg_right);
  const Point hl = left.x <= right.x ? left : right;
  const Point hr = left.x <= right.x ? right : left;
  const double flare = look.clothes == Outfit::dress || look.skirt ? 58 : 38;
  const Point w = b.pelvis + Point{0, -b.torso * 0.16};
  brush.spline(
      {w + Point{-b.hip, 0}, w + Point{-b.hip, 0}, blend(w, hl, 0.5) + Point{-b.hip - 8, 0},
       hl + Point{-flare, 4}, hl + Point{-flare, 4}, blend(hl, hr, 0.5) + Point{0, 16},
       hr + Point{flare, 4}, hr + Point{flare, 4}, blend(w, hr, 0.5) + Point{b.hip + 8, 0},
       w + Point{b.hip, 0}, w + Point{b.hip, 0}},
      true);
  const Colour colour =
      look.skirt && !is_long(look.clothes) && !coat ? look.outfit_accent : look.outfit;
  brush.body(colour, Material::cloth);
  for (const double t : {0.2, 0.42, 0.64, 0.84}) {
    brush.move(w + Point{(t - 0.5) * b.hip, 30});
    brush.curve(blend(w, hl, 0.5) + Point{(t - 0.2) * 60, 20}, blend(hl, hr, t) + Point{0, -40},
                blend(hl, hr, t) + Point{(t - 0.5) * flare, 4});
    brush.crease(0.5, 0.4);
  }
  if (coat) {
    brush.move(w + Point{0, 10});
    brush.line(blend(hl, hr, 0.5) + Point{0, 14});
    brush.crease(0.9, 0.8);
  }
}

void draw_cape(Brush& brush, const CharacterLook& look, const Skeleton& b, const Pose& pose) {
  if (!look.cape) return;
  const Colour cape = mix(rgb(0x9c2b33), look.headwear_colour, 0.25);
  const double sway = pose.lift > 0 ? -130 : pose.key == "hero_shot" ? -110 : -16;
  const double low = std::min(-30.0, b.pelvis.y + 300);
  const Point n = b.neck;
  brush.spline({n + Point{-b.shoulder * 0.8, 14},
                n + Point{0, -8},
                n + Point{b.shoulder * 0.8, 14},
                n + Point{b.shoulder * 1.1 + sway * 0.2, 160},
                {b.shoulder * 1.4 + sway * 0.7, low},
                {b.shoulder * 1.4 + sway * 0.7, low},
                {sway * 0.8, low + 22},
                {-b.shoulder * 1.6 + sway, low - 6},
                {-b.shoulder * 1.6 + sway, low - 6},
                n + Point{-b.shoulder * 1.15 + sway * 0.3, 160}},
               true);
  brush.body(cape, Material::cloth);
  for (const double t : {-0.6, 0.0, 0.6}) {
    brush.move(n + Point{t * b.shoulder, 60});
    brush.curve(n + Point{t * b.shoulder * 1.2 + sway * 0.2, 180},
                {t * b.shoulder * 1.4 + sway * 0.6, low - 90},
                {t * b.shoulder * 1.5 + sway * 0.85, low});
    brush.crease(0.6, 0.4);
  }
}

}  // namespace castboard::sketch
