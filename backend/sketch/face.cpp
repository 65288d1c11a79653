// Nose, cheeks, marks of a face seen from the front.
#include <algorithm>
#include <cmath>

#include "sketch/head.h"

namespace castboard::sketch {
namespace {

Colour line_colour(const Brush& brush, const CharacterLook& look) {
  return brush.style().line == Line::ink ? mix(brush.style().ink, look.skin, 0.08)
                                         : shadow_of(look.skin, 0.82);
}

void draw_nose(Brush& brush, const CharacterLook& look, const Expression& expression,
               const HeadPose& pose) {
  const double x = turned_x(0, pose.yaw) * 1.12;
  const double y = 52 - pose.pitch * 1.2;
  const double size = look.nose_size * brush.style().nose_scale;
  const double lean = pose.yaw < -2 ? -1 : 1;
  const Colour dark = line_colour(brush, look);
  if (brush.style().shading != Shading::hatch) {  // the shadow side gives it a form
    brush.move({x + lean * 3, y - 46});
    brush.curve({x + lean * 8, y - 20}, {x + lean * 24 * size, y - 8},
                {x + lean * 17 * size, y + 4});
    brush.curve({x + lean * 8, y + 12}, {x, y + 9}, {x - 2, y + 4});
    brush.close();
    brush.raw_fill(with_alpha(shadow_of(brush.style().adjust(look.skin), 0.75), 0.22));
    brush.ellipse({x - lean * 4, y - 8}, 6 * size, 9 * size);
    brush.raw_fill({1, 1, 1, 0.1 + 0.22 * brush.style().gloss});
  }
  const auto stroke = [&](Point a, Point c1, Point c2, Point b) {
    brush.swelling(a, c1, c2, b, 0.8, 4.6, 1.2, dark);
  };
  switch (brush.style().nose_scale < 0.7 ? Nose::button : look.nose) {
    case Nose::button:
      stroke({x - 11 * size, y}, {x - 9, y + 9 * size}, {x + 9, y + 9 * size}, {x + 11 * size, y});
      break;
    case Nose::broad:
      stroke({x - 12, y + 3}, {x - 5, y + 10}, {x + 5, y + 10}, {x + 12, y + 3});
      stroke({x - 19 * size, y - 8}, {x - 27 * size, y}, {x - 22 * size, y + 8},
             {x - 13 * size, y + 5});
      stroke({x + 19 * size, y - 8}, {x + 27 * size, y}, {x + 22 * size, y + 8},
             {x + 13 * size, y + 5});
      break;
    case Nose::hooked:
      stroke({x - lean * 5, y - 42}, {x + lean * 16, y - 26}, {x + lean * 24 * size, y - 2},
             {x + lean * 3, y + 8});
      stroke({x + lean * 3, y + 8}, {x - 2, y + 9}, {x - lean * 10, y + 7}, {x - lean * 13, y});
      break;
    case Nose::pointed:
      stroke({x + lean, y - 34}, {x + lean * 5, y - 18}, {x + lean * 22 * size, y},
             {x + lean * 12 * size, y + 5});
      stroke({x + lean * 12 * size, y + 5}, {x + lean * 4, y + 8}, {x - 2, y + 8},
             {x - lean * 8, y + 4});
      break;
    case Nose::straight:
      stroke({x - lean * 2, y - 28}, {x, y - 14}, {x + lean * 13 * size, y - 4},
             {x + lean * 11 * size, y + 4});
      stroke({x + lean * 11 * size, y + 4}, {x + 5, y + 10}, {x - 5, y + 10},
             {x - lean * 10 * size, y + 4});
      break;
  }
  if (expression.nose_wrinkled) {
    for (const double side : {-1.0, 1.0}) {
      stroke({x + side * 12, y - 34}, {x + side * 8, y - 30}, {x + side * 9, y - 24},
             {x + side * 15, y - 20});
      stroke({x + side * 22 * size, y - 6}, {x + side * 32, y + 2}, {x + side * 40, y + 14},
             {x + side * 42, y + 28});
    }
    stroke({x - 8, y - 30}, {x - 3, y - 27}, {x + 3, y - 27}, {x + 8, y - 30});
  }
}

void draw_cheeks(Brush& brush, const CharacterLook& look, const Expression& expression,
                 const HeadPose& pose) {
  const double strength = expression.blush * brush.style().blush;
  if (strength <= 0.02 || look.being == Being::robot) return;
  const Colour red = mix(look.skin, rgb(0xe8403c), 0.62);
  brush.soft(brush.line_px() * 3, std::min(0.75, 0.42 * strength), [&](Brush& soft) {
    for (const double side : {-1.0, 1.0}) {
      const double x = turned_x(side * 56, pose.yaw);
      soft.ellipse({x, 46 - pose.pitch}, 22 * turned_scale(side * 56, pose.yaw), 13);
      soft.fill(red);
    }
  });
  if (brush.style().decor == Decor::sky && strength > 0.5) {  // the drawn hatches of anime
    for (const double side : {-1.0, 1.0}) {
      for (int i = -1; i <= 1; ++i) {
        const double x = turned_x(side * 58 + i * 8, pose.yaw);
        brush.move({x + 3, 41 - pose.pitch});
        brush.line({x - 3, 51 - pose.pitch});
        brush.stroke(mix(look.skin, rgb(0xd8303c), 0.7), 2.4);
      }
    }
  }
}

void draw_marks(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  const Colour dark = line_colour(brush, look);
  const double dy = -pose.pitch;
  if (look.freckles) {
    Dice dice(7, "freckles");
    for (int i = 0; i < 16; ++i) {
      const double side = i % 2 == 0 ? -1 : 1;
      const double x = turned_x(side * dice.between(16, 66), pose.yaw);
      brush.ellipse({x, 34 + dy + dice.between(-7, 16)}, 2.3, 2.1);
      brush.fill(with_alpha(mix(look.skin, rgb(0x9a4a20), 0.6), 0.65));
    }
  }
  if (look.mole) {
    brush.ellipse({turned_x(38, pose.yaw), 66 + dy}, 3, 3);
    brush.fill(shadow_of(look.skin, 0.85));
  }
  if (look.scar) {
    const double x = turned_x(-50, pose.yaw);
    const Colour pale = mix(look.skin, rgb(0xd9605a), 0.45);
    brush.swelling({x + 8, -52 + dy}, {x + 2, -20 + dy}, {x - 2, 20 + dy}, {x - 12, 58 + dy}, 2, 8,
                   2, pale);
    for (const double y : {-36.0, 30.0, 44.0}) {
      brush.swelling({x - 12, y + dy}, {x - 4, y - 2 + dy}, {x + 2, y - 2 + dy}, {x + 8, y + dy}, 1,
                     3, 1, shadow_of(pale, 0.5));
    }
  }
  if (look.tattoo) {
    const double x = turned_x(60, pose.yaw);
    for (int i = 0; i < 3; ++i) {
      brush.swelling({x - 16 + i * 5, 26 + i * 11 + dy}, {x - 4, 22 + i * 11 + dy},
                     {x + 8, 26 + i * 11 + dy}, {x + 16 - i * 3, 20 + i * 11 + dy}, 1, 5, 1,
                     rgb(0x27405f));
    }
  }
  if (look.age == Age::old) {
    for (const double side : {-1.0, 1.0}) {
      const double x = turned_x(side * 40, pose.yaw);
      brush.swelling({turned_x(side * 26, pose.yaw), 50 + dy}, {x, 58 + dy},
                     {x + side * 5, 68 + dy}, {x + side * 3, 82 + dy}, 0.6, 3.4, 0.6, dark);
      const double e = turned_x(side * 74, pose.yaw);
      for (const double k : {-1.0, 0.0, 1.0}) {
        brush.swelling({e, 6 + k * 7 + dy}, {e + side * 3, 5 + k * 9 + dy},
                       {e + side * 6, 5 + k * 10 + dy}, {e + side * 10, 5 + k * 12 + dy}, 0.6, 2.4,
                       0.6, dark);
      }
      const double b = turned_x(side * 42, pose.yaw);
      brush.swelling({b - 18, 28 + dy}, {b - 8, 35 + dy}, {b + 8, 35 + dy}, {b + 18, 27 + dy}, 0.6,
                     2.4, 0.6, dark);
    }
    for (const double y : {-62.0, -74.0}) {
      brush.swelling({-34, y + dy}, {-14, y - 5 + dy}, {14, y + 3 + dy}, {34, y - 2 + dy}, 0.6, 2.6,
                     0.6, mix(look.skin, dark, 0.6));
    }
  }
  if (look.being == Being::robot) {
    for (const double side : {-1.0, 1.0}) {
      const double x = turned_x(side * 62, pose.yaw);
      brush.move({x, 30 + dy});
      brush.line({x, 62 + dy});
      brush.line({x - side * 18, 92 + dy});
      brush.crease(0.5, 0.55);
      brush.ellipse({turned_x(side * 72, pose.yaw), 40 + dy}, 3.4, 3.4);
      brush.fill(shadow_of(look.skin, 0.7));
    }
    brush.move({turned_x(0, pose.yaw), -124});
    brush.line({turned_x(0, pose.yaw), -44 + dy});
    brush.crease(0.5, 0.5);
  }
}

void draw_drop(Brush& brush, Point top, double size) {
  brush.move(top);
  brush.curve({top.x + size * 0.3, top.y + size}, {top.x + size, top.y + size * 1.5},
              {top.x + size * 0.9, top.y + size * 2.1});
  brush.curve({top.x + size * 0.8, top.y + size * 2.9}, {top.x - size * 0.8, top.y + size * 2.9},
              {top.x - size * 0.9, top.y + size * 2.1});
  brush.curve({top.x - size, top.y + size * 1.5}, {top.x - size * 0.3, top.y + size}, top);
  brush.close();
  brush.body(rgb(0x8fd3f4), Material::plain);
  brush.ellipse({top.x - size * 0.3, top.y + size * 1.9}, size * 0.22, size * 0.4);
  brush.raw_fill({1, 1, 1, 0.9});
}

void draw_tears_and_sweat(Brush& brush, const Expression& expression, const HeadPose& pose) {
  const double dy = -pose.pitch;
  if (expression.tears >= 1) {
    draw_drop(brush, {turned_x(-50, pose.yaw), 34 + dy}, 7);
    draw_drop(brush, {turned_x(-57, pose.yaw), 66 + dy}, 5);
    draw_drop(brush, {turned_x(52, pose.yaw), 40 + dy}, 5.5);
  } else if (expression.tears > 0) {
    draw_drop(brush, {turned_x(-78, pose.yaw), 8 + dy}, 4.5);
    draw_drop(brush, {turned_x(78, pose.yaw), 8 + dy}, 4.5);
  }
  if (expression.sweat > 0) {
    draw_drop(brush, {turned_x(72, pose.yaw), -42 + dy}, 7);
    draw_drop(brush, {turned_x(-76, pose.yaw), -16 + dy}, 5);
  }
}

}  // namespace

void draw_features(Brush& brush, const CharacterLook& look, const Expression& expression,
                   const HeadPose& pose) {
  draw_cheeks(brush, look, expression, pose);
  draw_marks(brush, look, pose);
  draw_eyes(brush, look, expression, pose);
  draw_nose(brush, look, expression, pose);
  draw_beard(brush, look, expression, pose);
  draw_mouth(brush, look, expression, pose);
  draw_tears_and_sweat(brush, expression, pose);
}

}  // namespace castboard::sketch
