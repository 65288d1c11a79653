#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "sketch/backdrop.h"

namespace castboard::sketch {
namespace {

using PatternPtr = std::unique_ptr<cairo_pattern_t, decltype(&cairo_pattern_destroy)>;

void stop(cairo_pattern_t* pattern, double offset, Colour c) {
  cairo_pattern_add_color_stop_rgba(pattern, offset, c.r, c.g, c.b, c.a);
}

Colour shown(const Brush& brush, Colour colour) {
  return brush.style().adjust(colour);
}

}  // namespace

void paint_sky(Brush& brush, Colour top, Colour middle, Colour horizon) {
  const PatternPtr sky(cairo_pattern_create_linear(0, 0, 0, brush.height()),
                       &cairo_pattern_destroy);
  stop(sky.get(), 0, shown(brush, top));
  stop(sky.get(), 0.5, shown(brush, middle));
  stop(sky.get(), 1, shown(brush, horizon));
  cairo_set_source(brush.cairo(), sky.get());
  cairo_paint(brush.cairo());
}

void paint_glow(Brush& brush, Point c, double radius, Colour colour) {
  const PatternPtr glow(cairo_pattern_create_radial(c.x, c.y, 0, c.x, c.y, radius),
                        &cairo_pattern_destroy);
  const Colour tone = shown(brush, colour);
  stop(glow.get(), 0, tone);
  stop(glow.get(), 0.35, with_alpha(tone, tone.a * 0.55));
  stop(glow.get(), 1, with_alpha(tone, 0));
  cairo_set_source(brush.cairo(), glow.get());
  cairo_paint(brush.cairo());
}

void paint_rays(Brush& brush, Point from, int spread, Colour colour, Dice dice) {
  const double reach = 1.6 * std::hypot(brush.width(), brush.height());
  const PatternPtr fade(cairo_pattern_create_radial(from.x, from.y, 0, from.x, from.y, reach * 0.6),
                        &cairo_pattern_destroy);
  const Colour tone = shown(brush, colour);
  stop(fade.get(), 0, tone);
  stop(fade.get(), 1, with_alpha(tone, 0));
  const double turn = dice.unit() * 20;
  for (int i = 0; i < spread; ++i) {
    const double angle = turn + i * 360.0 / spread;
    const double half = 360.0 / spread * dice.between(0.16, 0.3);
    brush.polygon({from, from + polar(angle - half, reach), from + polar(angle + half, reach)});
    cairo_set_source(brush.cairo(), fade.get());
    cairo_fill(brush.cairo());
  }
}

void paint_hills(Brush& brush, double y, double height, Colour colour, Dice dice) {
  const double w = brush.width();
  std::vector<Point> ridge = {{-40, y}};
  for (int i = 0; i <= 6; ++i) ridge.push_back({w * i / 6, y - height * dice.between(0.1, 1)});
  ridge.push_back({w + 40, y});
  brush.spline(ridge, false);
  brush.line({w + 40, static_cast<double>(brush.height()) + 9});
  brush.line({-40, static_cast<double>(brush.height()) + 9});
  brush.close();
  brush.raw_fill(shown(brush, colour));
}

void paint_mountains(Brush& brush, double y, double height, Colour colour, Colour snow, Dice dice) {
  const double w = brush.width();
  double x = -w * 0.15;
  while (x < w * 1.1) {
    const double half = w * dice.between(0.14, 0.24);
    const double tall = height * dice.between(0.55, 1);
    const Point peak{x + half, y - tall};
    brush.polygon({{x - half * 0.3, y + 4}, peak, {x + half * 2.3, y + 4}});
    brush.raw_fill(shown(brush, colour));
    brush.polygon({peak,
                   {x + half * 2.3, y + 4},
                   {x + half * 1.1, y + 4},
                   {x + half * 1.25, y - tall * 0.5}});
    brush.raw_fill(with_alpha(shown(brush, shadow_of(colour, 0.4)), 0.55));
    if (snow.a > 0) {
      const double k = tall * 0.3;
      const double slope = half * 1.3 / tall;
      brush.polygon({peak, peak + Point{k * slope, k}, peak + Point{k * slope * 0.4, k * 0.7},
                     peak + Point{0, k * 1.1}, peak + Point{-k * slope * 0.45, k * 0.72},
                     peak + Point{-k * slope, k}});
      brush.raw_fill(shown(brush, snow));
    }
    x += half * dice.between(0.9, 1.5);
  }
  brush.box(0, y, w, brush.height() - y);
  brush.raw_fill(shown(brush, colour));
}

void paint_skyline(Brush& brush, double y, double height, Colour colour, Colour windows,
                   Dice dice) {
  const double w = brush.width();
  const double unit = std::min(w, static_cast<double>(brush.height())) / 100;
  for (double x = -unit * 4; x < w;) {
    const double wide = unit * dice.between(7, 15);
    const double tall = height * dice.between(0.35, 1);
    brush.box(x, y - tall, wide, brush.height() - y + tall + 9);
    brush.raw_fill(shown(brush, colour));
    if (dice.chance(0.3)) {
      brush.box(x + wide * 0.45, y - tall - unit * 6, unit * 0.6, unit * 6);
      brush.raw_fill(shown(brush, colour));
    }
    for (double wy = y - tall + unit * 2; wy < brush.height() && windows.a > 0; wy += unit * 3) {
      for (double wx = x + unit * 1.2; wx < x + wide - unit * 1.6; wx += unit * 2.3) {
        if (!dice.chance(0.42)) continue;
        brush.box(wx, wy, unit * 1.1, unit * 1.5);
        brush.raw_fill(with_alpha(shown(brush, windows), windows.a * dice.between(0.3, 1)));
      }
    }
    x += wide + unit * dice.between(-1, 2);
  }
}

void paint_cloud(Brush& brush, Point centre, double size, Colour colour, Dice dice) {
  const Colour tone = shown(brush, colour);
  brush.scoped([&] {
    brush.box(centre.x - size * 2, centre.y - size * 2, size * 4, size * 2 + size * 0.08);
    brush.clip();
    const auto puffs = [&](double dx, double dy, Colour paint, Dice local) {
      for (int i = 0; i < 11; ++i) {
        const double t = i / 10.0 * 2 - 1;
        const double high = (1 - t * t) * local.between(0.6, 1.1);
        const double r = size * (0.1 + 0.22 * (1 - t * t)) * local.between(0.8, 1.2);
        brush.ellipse({centre.x + t * size + dx, centre.y - high * size * 0.26 + dy}, r, r * 0.86);
      }
      brush.raw_fill(paint);
    };
    puffs(size * 0.03, size * 0.05, with_alpha(mix(tone, rgb(0x8fa4cf), 0.4), tone.a), dice);
    puffs(0, -size * 0.03, tone, dice);
  });
}

void paint_vignette(Brush& brush, Colour colour, double strength) {
  const double w = brush.width();
  const double h = brush.height();
  const PatternPtr edge(cairo_pattern_create_radial(w / 2, h * 0.45, std::min(w, h) * 0.36, w / 2,
                                                    h * 0.5, std::hypot(w, h) * 0.58),
                        &cairo_pattern_destroy);
  stop(edge.get(), 0, with_alpha(colour, 0));
  stop(edge.get(), 1, with_alpha(colour, strength));
  cairo_set_source(brush.cairo(), edge.get());
  cairo_paint(brush.cairo());
}

void paint_specks(Brush& brush, int count, double size, Colour colour, Dice dice) {
  for (int i = 0; i < count; ++i) {
    const double r = size * dice.between(0.3, 1);
    brush.ellipse({dice.unit() * brush.width(), dice.unit() * brush.height()}, r, r);
    brush.raw_fill(with_alpha(shown(brush, colour), colour.a * dice.between(0.3, 1)));
  }
}

void paint_rain(Brush& brush, int count, Colour colour, Dice dice) {
  const double unit = std::min(brush.width(), brush.height()) / 100.0;
  for (int i = 0; i < count; ++i) {
    const Point p{dice.unit() * brush.width() * 1.2, dice.unit() * brush.height()};
    const double length = unit * dice.between(4, 10);
    brush.move(p);
    brush.line(p + Point{-length * 0.22, length});
    const Colour tone = with_alpha(shown(brush, colour), colour.a * dice.between(0.3, 1));
    cairo_set_source_rgba(brush.cairo(), tone.r, tone.g, tone.b, tone.a);
    cairo_set_line_width(brush.cairo(), unit * 0.28);
    cairo_stroke(brush.cairo());
  }
}

}  // namespace castboard::sketch
