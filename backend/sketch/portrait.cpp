#include "sketch/portrait.h"

#include <algorithm>
#include <numbers>

#include "sketch/bust.h"

namespace castboard::sketch {
namespace {

constexpr double kHeadUnitsInShortSide = 470;

// The back of a listener's head and shoulder, out of focus, at the picture's left.
void draw_listener(Brush& brush, const CharacterLook& look, Dice dice) {
  const double w = brush.width();
  const double h = brush.height();
  const double unit = std::min(w, h) / 100;
  const Colour coat = mix(shadow_of(saturate(look.backdrop, 1.4), 0.86), rgb(0x1c222e), 0.5);
  const Colour hair = mix(rgb(0x1a1714), rgb(0x4a3426), dice.unit());
  brush.soft(brush.line_px() * 2.2, 1, [&](Brush& soft) {
    const double x = w * 0.5 - unit * 44;
    soft.spline({{x - 44 * unit, h + 60},
                 {x - 40 * unit, h - 34 * unit},
                 {x - 6 * unit, h - 47 * unit},
                 {x + 15 * unit, h - 41 * unit},
                 {x + 33 * unit, h - 27 * unit},
                 {x + 42 * unit, h + 60}},
                true);
    soft.fill(coat);
    soft.ellipse({x, h - 61 * unit}, 21 * unit, 25 * unit);
    soft.fill(hair);
    soft.ellipse({x + 19 * unit, h - 56 * unit}, 4 * unit, 6 * unit);
    soft.fill(mix(shadow_of(look.skin, 0.4), rgb(0x9c6b4c), 0.5));
    soft.ellipse({x + 4 * unit, h - 68 * unit}, 13 * unit, 14 * unit);
    soft.fill(with_alpha(light_of(hair, 0.2), 0.35));
  });
}

}  // namespace

void draw_portrait(Brush& brush, const CharacterLook& look, const Expression& expression,
                   const PortraitPose& pose, Dice dice) {
  const double side = std::min(brush.width(), brush.height());
  const double scale = side / kHeadUnitsInShortSide * pose.zoom;
  const HeadPose head{.view = View::front, .yaw = pose.yaw, .pitch = expression.pitch};
  const double roll = (pose.roll + expression.roll) * std::numbers::pi / 180;
  brush.set_line_px(std::max(1.0, side * 0.0054 * std::min(1.4, pose.zoom)));
  const auto with_head = [&](const std::function<void()>& draw) {
    brush.scoped([&] {  // heads turn on the neck
      cairo_translate(brush.cairo(), 0, 120);
      cairo_rotate(brush.cairo(), roll);
      cairo_translate(brush.cairo(), 0, -120);
      draw();
    });
  };
  brush.scoped([&] {
    cairo_translate(brush.cairo(), brush.width() / 2.0 + pose.offset.x * side,
                    brush.height() / 2.0 - side * 0.035 + pose.offset.y * side);
    cairo_scale(brush.cairo(), scale, scale);
    draw_bust_back(brush, look);
    with_head([&] { draw_head_back(brush, look, head); });
    draw_bust(brush, look, pose.yaw);
    with_head([&] { draw_head_front(brush, look, expression, head, dice); });
  });
  if (pose.shoulder_in_front) draw_listener(brush, look, dice);
}

}  // namespace castboard::sketch
