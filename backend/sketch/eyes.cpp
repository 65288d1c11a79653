#include <algorithm>
#include <cmath>

#include "sketch/head.h"

namespace castboard::sketch {
namespace {

constexpr double kEyeX = 42;  // centre of an eye, half an interocular distance
constexpr double kEyeY = 8;

struct Eye {
  Point centre;
  double half;  // half width
  double up;    // height of the upper lid over the centre line
  double down;
  double tilt;  // outer corner up, degrees, already signed for its side
  double side;  // -1 the picture's left
};

Eye measure(const CharacterLook& look, const Expression& e, const HeadPose& pose,
            double style_scale, double side) {
  const double x = side * kEyeX * look.eye_gap;
  const double scale = look.eye_size * (0.35 + 0.65 * style_scale);
  Eye eye{};
  eye.centre = {turned_x(x, pose.yaw), kEyeY - pose.pitch};
  eye.half = 25.5 * scale * turned_scale(x, pose.yaw);
  const double height = 17.5 * scale * (0.35 + 0.65 * style_scale);
  eye.up = height * e.eye_open;
  eye.down = height * 0.72 * std::min(1.12, 0.45 + 0.6 * e.eye_open) * (1 - e.lower_lid * 0.75);
  eye.tilt = -side * look.eye_tilt;
  eye.side = side;
  return eye;
}

void trace_eye(Brush& brush, const Eye& eye) {
  const double inner = -eye.side * eye.half;
  const double outer = eye.side * eye.half;
  brush.move({inner, 4});
  brush.curve({inner * 0.55, -eye.up * 1.22}, {outer * 0.55, -eye.up * 1.3}, {outer, -2});
  brush.curve({outer * 0.7, eye.down * 1.15}, {inner * 0.4, eye.down * 1.25}, {inner, 4});
  brush.close();
}

void draw_iris(Brush& brush, const CharacterLook& look, const Expression& e, const Eye& eye) {
  const DrawingStyle& style = brush.style();
  const double radius = std::min(15.5 * look.eye_size, eye.half * 0.66) *
                        (0.55 + 0.45 * style.eye_scale) * (0.9 + 0.1 * e.pupil);
  const double tall = style.eye_scale > 1.25 ? 1.18 : 1.0;
  const Point c{e.gaze_x * eye.half * 0.42, -eye.up * 0.16 + e.gaze_y * 9 + (eye.down - 10) * 0.2};
  const bool glows = look.being == Being::robot;
  const Colour iris = look.iris;
  if (style.shading == Shading::hatch) {
    brush.ellipse(c, radius, radius * tall);
    brush.raw_fill({1, 1, 1, 1});
    brush.ellipse(c, radius, radius * tall);
    brush.crease(0.7);
    for (int i = 0; i < 14; ++i) {
      const Point ray = polar(i * 360.0 / 14, radius);
      brush.move(c + ray * 0.6);
      brush.line(c + ray * 0.92);
      brush.crease(0.35, 0.7);
    }
  } else {
    brush.ellipse(c, radius, radius * tall);
    brush.fill(shadow_of(iris, 0.85));
    brush.ellipse(c, radius * 0.86, radius * tall * 0.86);
    brush.fill(iris);
    brush.scoped([&] {
      brush.ellipse(c, radius * 0.86, radius * tall * 0.86);
      brush.clip();
      brush.box(c.x - radius, c.y - radius * tall, radius * 2, radius * tall * 0.8);
      brush.raw_fill(with_alpha(shadow_of(style.adjust(iris), 0.9), 0.45));
      brush.ellipse({c.x, c.y + radius * 0.72 * tall}, radius * 0.66, radius * 0.55);
      brush.raw_fill(with_alpha(light_of(style.adjust(iris), 0.55), 0.75));
    });
  }
  const double pupil = radius * 0.46 * e.pupil;
  brush.ellipse(c, pupil, pupil * tall * (look.being == Being::cat ? 1.5 : 1));
  brush.raw_fill(glows ? light_of(iris, 0.8) : mix(style.ink, rgb(0x0a0a0e), 0.6));
  const double glint = 0.3 + 0.08 * style.gloss;
  brush.ellipse({c.x - radius * 0.36, c.y - radius * 0.42 * tall}, radius * glint,
                radius * glint * tall);
  brush.raw_fill({1, 1, 1, 0.96});
  brush.ellipse({c.x + radius * 0.38, c.y + radius * 0.4 * tall}, radius * glint * 0.5,
                radius * glint * 0.5);
  brush.raw_fill({1, 1, 1, 0.45 + 0.4 * style.gloss});
}

void draw_lids(Brush& brush, const CharacterLook& look, const Expression& e, const Eye& eye) {
  const DrawingStyle& style = brush.style();
  const Colour lash = style.shading == Shading::hatch
                          ? style.ink
                          : mix(rgb(0x1d1a20), shadow_of(look.skin, 0.9), 0.18);
  const double inner = -eye.side * eye.half;
  const double outer = eye.side * eye.half;
  const double weight = look.feminine ? 9.5 : 7.5;
  brush.swelling({inner * 1.02, 5}, {inner * 0.55, -eye.up * 1.24}, {outer * 0.55, -eye.up * 1.32},
                 {outer * 1.1, -4}, 1.6, weight, look.feminine ? 6.0 : 3.4, lash);
  if (look.feminine) {
    for (int i = 0; i < 3; ++i) {
      const double t = 1.06 - i * 0.16;
      const Point root{outer * t, -4 - i * eye.up * 0.24};
      brush.swelling(root, root + Point{eye.side * 4, -2}, root + Point{eye.side * 8, -5},
                     root + Point{eye.side * (13 - i * 2.5), -10 - i * 2.0}, 4.6, 3.4, 0.4, lash);
    }
  }
  const Colour soft = shadow_of(look.skin, 0.72);
  brush.swelling({inner * 0.8, -eye.up * 0.72 - 9}, {inner * 0.4, -eye.up * 1.16 - 8},
                 {outer * 0.5, -eye.up * 1.24 - 8}, {outer * 1.06, -eye.up * 0.3 - 9}, 0.5, 3.0,
                 0.8, soft);
  brush.swelling({inner * 0.5, eye.down * 0.86 + 2}, {inner * 0.1, eye.down * 1.08 + 2},
                 {outer * 0.5, eye.down * 1.02 + 2}, {outer * 0.98, 1}, 0.5, 2.6, 1.4, soft);
  if (e.lower_lid > 0.15) {
    brush.swelling({inner * 0.7, eye.down + 10}, {inner * 0.2, eye.down + 13},
                   {outer * 0.4, eye.down + 13}, {outer * 0.86, eye.down + 8}, 0.5, 3.0, 0.5, soft);
  }
}

// ^ ^ : eyes squeezed shut by laughing.
void draw_laughing_eye(Brush& brush, const CharacterLook& look, const Eye& eye) {
  const Colour lash = mix(rgb(0x1d1a20), shadow_of(look.skin, 0.9), 0.15);
  const double inner = -eye.side * eye.half;
  const double outer = eye.side * eye.half;
  brush.swelling({inner, 9}, {inner * 0.5, -16}, {outer * 0.5, -18}, {outer * 1.06, 7}, 2.5, 9.5,
                 3.0, lash);
  if (look.feminine) {
    brush.swelling({outer * 0.96, 2}, {outer + eye.side * 4, 0}, {outer + eye.side * 8, -2},
                   {outer + eye.side * 13, -6}, 5, 4, 0.5, lash);
  }
  brush.swelling({inner * 0.6, 18}, {inner * 0.2, 14}, {outer * 0.5, 14}, {outer * 0.9, 19}, 0.5, 3,
                 0.5, shadow_of(look.skin, 0.7));
}

void draw_eye(Brush& brush, const CharacterLook& look, const Expression& e, const Eye& eye) {
  const DrawingStyle& style = brush.style();
  const bool paper = style.shading == Shading::hatch;
  if (!paper) {  // the socket's shadow sets the eye into the face
    brush.ellipse({0, -4}, eye.half * 1.22, eye.up + 12);
    brush.raw_fill(with_alpha(shadow_of(style.adjust(look.skin), 0.6), 0.13));
  }
  if (e.eyes_laughing) {
    draw_laughing_eye(brush, look, eye);
    return;
  }
  brush.scoped([&] {
    trace_eye(brush, eye);
    const Colour white = look.being == Being::robot   ? rgb(0x1d2830)
                         : look.being == Being::demon ? rgb(0x2a1a1c)
                                                      : rgb(0xf6f4f0);
    if (paper) {
      brush.raw_fill({1, 1, 1, 1});
    } else {
      brush.fill(white);
    }
    trace_eye(brush, eye);
    brush.clip();
    draw_iris(brush, look, e, eye);
    if (!paper) {  // the upper lid's shadow
      brush.ellipse({0, -eye.up * 1.15}, eye.half * 1.2, eye.up * 0.62);
      brush.raw_fill(with_alpha(rgb(0x2a2440), 0.26));
    }
  });
  draw_lids(brush, look, e, eye);
}

}  // namespace

void draw_eyes(Brush& brush, const CharacterLook& look, const Expression& expression,
               const HeadPose& pose) {
  const double style_scale = brush.style().eye_scale;
  for (const double side : {-1.0, 1.0}) {
    if (look.glasses == Glasses::patch && side > 0) continue;
    const Eye eye = measure(look, expression, pose, style_scale, side);
    brush.scoped([&] {
      cairo_translate(brush.cairo(), eye.centre.x, eye.centre.y);
      cairo_rotate(brush.cairo(), eye.tilt * 3.14159265 / 180);
      draw_eye(brush, look, expression, eye);
    });
  }
}

void draw_brows(Brush& brush, const CharacterLook& look, const Expression& e,
                const HeadPose& pose) {
  if (look.being == Being::robot && look.hair_shape == HairShape::bald) return;
  const Colour colour = brush.style().shading == Shading::hatch
                            ? brush.style().ink
                            : shadow_of(look.hair, luminance(look.hair) > 0.5 ? 0.5 : 0.42);
  const double weight = look.brows == Brows::thick ? 15 : look.brows == Brows::flat ? 12 : 9.5;
  const double thin = look.feminine ? 0.78 : 1.08;
  for (const double side : {-1.0, 1.0}) {
    const double raise = e.brow_skew * (side > 0 ? 1 : -0.25);
    const double lift = 6 * (brush.style().eye_scale - 1) * 3;
    const double y = -30 - pose.pitch - lift - 0.35 * std::max(0.0, e.eye_open - 1) * 30 - raise;
    const double squeeze = e.brow_furrowed ? 5 : 0;
    const Point inner{turned_x(side * (19 - squeeze), pose.yaw), y - e.brow_inner + 2};
    const Point outer{turned_x(side * 72 * look.eye_gap, pose.yaw), y - e.brow_outer + 4};
    const double arch = look.brows == Brows::arched ? 15 : look.brows == Brows::flat ? 3 : 9;
    const Point c1 = blend(inner, outer, 0.35) + Point{0, -arch};
    const Point c2 = blend(inner, outer, 0.7) + Point{0, -arch * 0.95};
    brush.swelling(inner, c1, c2, outer, weight * thin * 0.75, weight * thin, weight * 0.22,
                   colour);
    if (e.brow_furrowed) {
      brush.swelling(
          {side * 7 + turned_x(0, pose.yaw), y + 14}, {side * 5 + turned_x(0, pose.yaw), y + 6},
          {side * 6 + turned_x(0, pose.yaw), y - 2}, {side * 10 + turned_x(0, pose.yaw), y - 9},
          0.6, 3.4, 0.6, shadow_of(look.skin, 0.8));
    }
  }
}

}  // namespace castboard::sketch
