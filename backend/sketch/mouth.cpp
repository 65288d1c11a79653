#include <algorithm>
#include <cmath>

#include "sketch/head.h"

namespace castboard::sketch {
namespace {

struct Mouth {
  Point left, right;  // corners
  Point centre;       // between them
  double open;
};

Mouth measure(const CharacterLook& look, const Expression& e, const HeadPose& pose) {
  const double half = 31 * look.mouth_width * e.mouth_width;
  const double y = 83 - pose.pitch * 0.9;
  Mouth mouth{};
  mouth.left = {turned_x(-half, pose.yaw), y - e.corners * 0.55 + e.skew * 0.5};
  mouth.right = {turned_x(half, pose.yaw), y - e.corners * 0.55 - e.skew};
  mouth.centre = {turned_x(0, pose.yaw) * 1.04, y};
  mouth.open = e.mouth_open;
  return mouth;
}

Colour ink(const Brush& brush, const CharacterLook& look) {
  if (brush.style().shading == Shading::hatch) return brush.style().ink;
  return mix(rgb(0x2a1216), shadow_of(look.skin, 0.9), 0.25);
}

void draw_lip_shadow(Brush& brush, const CharacterLook& look, const Mouth& m, double drop) {
  if (brush.style().shading == Shading::hatch) return;
  brush.ellipse({m.centre.x, m.centre.y + drop + 9}, 15, 4);
  brush.raw_fill(with_alpha(shadow_of(brush.style().adjust(look.skin), 0.75), 0.3));
}

void draw_line_mouth(Brush& brush, const CharacterLook& look, const Expression& e, const Mouth& m) {
  const double sag = e.corners * 0.62;
  const Point c1{m.left.x + (m.centre.x - m.left.x) * 0.5, m.centre.y + sag};
  const Point c2{m.right.x + (m.centre.x - m.right.x) * 0.5, m.centre.y + sag - e.skew * 0.1};
  if (look.feminine && brush.style().shading != Shading::hatch) {
    // Closed lips: an upper bow and a fuller lower lip.
    brush.move(blend(m.left, m.centre, 0.22));
    brush.curve({m.centre.x - 12, m.centre.y + sag * 0.6 - 9},
                {m.centre.x - 6, m.centre.y + sag * 0.7 - 9},
                {m.centre.x, m.centre.y + sag * 0.7 - 5});
    brush.curve({m.centre.x + 6, m.centre.y + sag * 0.7 - 9},
                {m.centre.x + 12, m.centre.y + sag * 0.6 - 9}, blend(m.right, m.centre, 0.22));
    brush.curve({m.centre.x + 14, m.centre.y + sag + 12}, {m.centre.x - 14, m.centre.y + sag + 12},
                blend(m.left, m.centre, 0.22));
    brush.close();
    brush.fill(with_alpha(look.lips, 0.9));
    brush.ellipse({m.centre.x - 3, m.centre.y + sag * 0.8 + 4.5}, 7, 2.2);
    brush.raw_fill({1, 1, 1, 0.16 + 0.24 * brush.style().gloss});
  }
  brush.swelling(m.left, c1, c2, m.right, 2.6, look.feminine ? 4.2 : 5.6, 2.6, ink(brush, look));
  for (const double side : {-1.0, 1.0}) {  // the tucks at the corners carry the expression
    const Point corner = side < 0 ? m.left : m.right;
    const double lift = e.corners + (side > 0 ? e.skew : 0);
    if (std::abs(lift) < 3) continue;
    brush.swelling(corner + Point{side * 1.5, -4}, corner + Point{side * 4.5, -2},
                   corner + Point{side * 4.5, 2}, corner + Point{side * 1.5, 5}, 0.8, 4, 0.8,
                   shadow_of(look.skin, 0.75));
  }
  draw_lip_shadow(brush, look, m, sag * 0.75);
}

// Traces an opening between an upper and a lower lip line.
void trace_opening(Brush& brush, const Mouth& m, double upper, double lower) {
  const double dx = (m.right.x - m.left.x) * 0.28;
  brush.move(m.left);
  brush.curve({m.left.x + dx, m.centre.y + upper}, {m.right.x - dx, m.centre.y + upper}, m.right);
  brush.curve({m.right.x - dx * 0.35, m.centre.y + lower},
              {m.left.x + dx * 0.35, m.centre.y + lower}, m.left);
  brush.close();
}

void draw_open_mouth(Brush& brush, const CharacterLook& look, const Mouth& m, double upper,
                     double lower, double upper_teeth, double lower_teeth, bool tongue) {
  const bool paper = brush.style().shading == Shading::hatch;
  if (look.feminine && !paper) {
    brush.scoped([&] {
      trace_opening(brush, m, upper - 5, lower + 7);
      brush.fill(look.lips);
    });
  }
  brush.scoped([&] {
    trace_opening(brush, m, upper, lower);
    brush.raw_fill(paper ? brush.style().ink : brush.style().adjust(rgb(0x571c22)));
    trace_opening(brush, m, upper, lower);
    brush.clip();
    const double top = m.centre.y + upper * 0.75 + 0.25 * (m.left.y - m.centre.y);
    const double bottom = m.centre.y + lower * 0.75 + 0.25 * (m.left.y - m.centre.y);
    if (tongue) {
      brush.ellipse({m.centre.x, bottom + 3}, 22, (bottom - top) * 0.42);
      brush.raw_fill(paper ? rgb(0xffffff) : brush.style().adjust(rgb(0xd4656a)));
      brush.move({m.centre.x, bottom - (bottom - top) * 0.22});
      brush.line({m.centre.x, bottom});
      brush.crease(0.4, 0.35);
    }
    const Colour teeth = brush.style().adjust(rgb(0xf7f4ec));
    if (upper_teeth > 0) {
      brush.ellipse({m.centre.x, top - 30 + upper_teeth}, (m.right.x - m.left.x) * 0.62, 30);
      brush.raw_fill(teeth);
    }
    if (lower_teeth > 0) {
      brush.ellipse({m.centre.x, bottom + 30 - lower_teeth}, (m.right.x - m.left.x) * 0.5, 30);
      brush.raw_fill(teeth);
    }
    if (look.being == Being::vampire || look.being == Being::orc || look.being == Being::demon) {
      for (const double side : {-1.0, 1.0}) {
        const double x = m.centre.x + side * 14;
        const bool tusk = look.being == Being::orc;
        brush.polygon({{x - 4, tusk ? bottom : top - 2},
                       {x + 4, tusk ? bottom : top - 2},
                       {x, tusk ? bottom - 15 : top + 14}});
        brush.raw_fill(teeth);
      }
    }
  });
  trace_opening(brush, m, upper, lower);
  brush.stroke(ink(brush, look), 3.8);
  draw_lip_shadow(brush, look, m, lower * 0.8 + 4);
}

void draw_gritted(Brush& brush, const CharacterLook& look, const Expression& e, const Mouth& m) {
  const double h = e.mouth_open * 0.5;
  const auto trace = [&] {  // a trembling box: both lips wave
    const double w = m.right.x - m.left.x;
    const Point l{m.left.x, m.centre.y + 5};
    const Point r{m.right.x, m.centre.y + 5};
    brush.move(l);
    brush.curve({l.x + w * 0.12, l.y - h * 2.0}, {l.x + w * 0.3, l.y - h * 1.4},
                {l.x + w * 0.5, l.y - h * 1.7});
    brush.curve({l.x + w * 0.7, l.y - h * 2.1}, {l.x + w * 0.88, l.y - h * 1.6}, r);
    brush.curve({r.x - w * 0.06, r.y + h * 1.3}, {r.x - w * 0.3, r.y + h * 0.4},
                {l.x + w * 0.5, r.y + h * 0.8});
    brush.curve({l.x + w * 0.3, r.y + h * 1.2}, {l.x + w * 0.05, r.y + h * 1.1}, l);
    brush.close();
  };
  brush.scoped([&] {
    trace();
    brush.raw_fill(brush.style().adjust(rgb(0xf2efe8)));
    trace();
    brush.clip();
    const Colour gap = with_alpha(ink(brush, look), 0.5);
    brush.move({m.left.x, m.centre.y + 3});
    brush.curve({m.left.x + 14, m.centre.y - 1}, {m.right.x - 14, m.centre.y + 6},
                {m.right.x, m.centre.y + 2});
    brush.stroke(gap, 2.6);
    for (double x = m.left.x + 9; x < m.right.x; x += 11) {
      brush.move({x, m.centre.y - 20});
      brush.line({x, m.centre.y + 24});
      brush.stroke(gap, 1.6);
    }
  });
  trace();
  brush.stroke(ink(brush, look), 4.2);
}

void draw_wavy(Brush& brush, const CharacterLook& look, const Expression& e, const Mouth& m) {
  const double w = m.right.x - m.left.x;
  const double y = m.centre.y + 2;
  const Colour colour = ink(brush, look);
  // One side of the lip pulled up, the tongue shows a little.
  brush.move({m.left.x + w * 0.42, y + 1});
  brush.curve({m.left.x + w * 0.46, y + 22}, {m.left.x + w * 0.82, y + 22},
              {m.left.x + w * 0.86, y - 2});
  brush.close();
  brush.body(mix(look.lips, rgb(0xd05a66), 0.7), Material::plain);
  brush.swelling({m.left.x, y + 11}, {m.left.x + w * 0.16, y - 10}, {m.left.x + w * 0.34, y - 8},
                 {m.left.x + w * 0.5, y + 1}, 2.4, 5.6, 4.6, colour);
  brush.swelling({m.left.x + w * 0.5, y + 1}, {m.left.x + w * 0.66, y + 9},
                 {m.left.x + w * 0.8, y - 8 - e.skew}, {m.right.x + 2, y + 6 - e.skew * 0.4}, 4.6,
                 5.6, 2.4, colour);
}

}  // namespace

void draw_mouth(Brush& brush, const CharacterLook& look, const Expression& e,
                const HeadPose& pose) {
  Mouth m = measure(look, e, pose);
  if (look.beard == Beard::full || look.beard == Beard::braided) m.centre.y += 1;
  switch (e.mouth) {
    case MouthForm::line:
      draw_line_mouth(brush, look, e, m);
      break;
    case MouthForm::smile_open:
      draw_open_mouth(brush, look, m, e.corners * 0.35, e.corners * 0.35 + m.open * 1.25, 8, 0,
                      true);
      break;
    case MouthForm::grin:
      draw_open_mouth(brush, look, m, -2, m.open * 1.2, 12, 0, true);
      break;
    case MouthForm::frown_open:
      draw_open_mouth(brush, look, m, -m.open * 0.6, m.open * 0.4, 0, 0, true);
      break;
    case MouthForm::snarl:
      m.left.y += 3;
      m.right.y += 3;
      draw_open_mouth(brush, look, m, -m.open * 0.95, m.open * 0.72, 9, 6, false);
      break;
    case MouthForm::round: {
      const double ry = m.open * 0.55;
      const double rx = (m.right.x - m.left.x) * 0.5;
      const Point c{m.centre.x, m.centre.y + 8};
      if (look.feminine) {
        brush.ellipse(c, rx + 5, ry + 5);
        brush.fill(look.lips);
      }
      brush.scoped([&] {
        brush.ellipse(c, rx, ry);
        brush.raw_fill(brush.style().shading == Shading::hatch
                           ? brush.style().ink
                           : brush.style().adjust(rgb(0x501820)));
        brush.ellipse(c, rx, ry);
        brush.clip();
        brush.ellipse({c.x, c.y + ry * 0.95}, rx * 0.8, ry * 0.6);
        brush.fill(rgb(0xc9585f));
        brush.ellipse({c.x, c.y - ry * 1.35}, rx, ry * 0.6);
        brush.raw_fill(brush.style().adjust(rgb(0xf4f0e8)));
      });
      brush.ellipse(c, rx, ry);
      brush.stroke(ink(brush, look), 4);
      break;
    }
    case MouthForm::wavy:
      draw_wavy(brush, look, e, m);
      break;
    case MouthForm::gritted:
      draw_gritted(brush, look, e, m);
      break;
  }
}

}  // namespace castboard::sketch
