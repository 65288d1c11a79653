#include "sketch/backdrop.h"

#include <algorithm>
#include <cmath>

#include "sketch/look_words.h"

namespace castboard::sketch {
namespace {

struct Frame {
  double w, h, unit;  // unit: a hundredth of the short side
};

Frame frame_of(const Brush& brush) {
  const double w = brush.width();
  const double h = brush.height();
  return {w, h, std::min(w, h) / 100};
}

void draw_studio(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, light_of(base, 0.3), base, shadow_of(base, 0.22));
  const Point c{f.w / 2 + f.unit * dice.between(-6, 6), f.h * 0.44};
  paint_glow(brush, c, f.unit * 62, with_alpha(light_of(base, 0.75), 0.75));
  paint_vignette(brush, brush.style().adjust(shadow_of(base, 0.8)), 0.42);
}

// A set out of focus: a warm key light on one side, cool depth on the other.
void draw_bokeh(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  const Colour own = saturate(base, 2.1);
  const Colour deep = mix(shadow_of(own, 0.72), rgb(0x12314a), 0.5);
  paint_sky(brush, mix(deep, own, 0.22), mix(deep, own, 0.4), shadow_of(deep, 0.35));
  paint_glow(brush, {f.w * dice.between(0.1, 0.26), f.h * dice.between(0.2, 0.36)}, f.unit * 82,
             with_alpha(light_of(mix(own, rgb(0xffc27a), 0.62), 0.25), 0.85));
  paint_glow(brush, {f.w * 0.95, f.h * 0.55}, f.unit * 58,
             with_alpha(mix(own, rgb(0x4fa7c9), 0.6), 0.55));
  for (int i = 0; i < 30; ++i) {
    const double r = f.unit * dice.between(1.2, 7.5);
    const double x = dice.unit();
    const Colour tone =
        mix(light_of(own, 0.5), x > 0.55 ? rgb(0x8fdcf2) : rgb(0xffd08c), dice.between(0.4, 0.9));
    const Point p{x * f.w, dice.unit() * f.h};
    const double alpha = dice.between(0.06, 0.3);
    brush.ellipse(p, r, r);
    brush.raw_fill(with_alpha(brush.style().adjust(tone), alpha));
    brush.ellipse(p, r, r);
    cairo_set_source_rgba(brush.cairo(), 1, 1, 1, alpha * 0.6);
    cairo_set_line_width(brush.cairo(), f.unit * 0.25);
    cairo_stroke(brush.cairo());
  }
  paint_vignette(brush, rgb(0x060d14), 0.55);
}

void draw_anime_sky(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, mix(rgb(0x5aa9ec), base, 0.35), mix(rgb(0xa9d8fa), base, 0.4),
            mix(rgb(0xfdeef2), base, 0.25));
  for (int i = 0; i < 4; ++i) {
    paint_cloud(brush, {f.w * dice.unit(), f.h * dice.between(0.16, 0.85)},
                f.unit * dice.between(14, 26), with_alpha(rgb(0xffffff), 0.85), dice);
  }
  for (int i = 0; i < 16; ++i) {  // petals on the wind
    brush.ellipse({dice.unit() * f.w, dice.unit() * f.h}, f.unit * dice.between(0.7, 1.5),
                  f.unit * dice.between(0.35, 0.8), dice.between(-60, 60));
    brush.raw_fill(with_alpha(rgb(0xf9b6cb), dice.between(0.5, 0.95)));
  }
}

void draw_meadow(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, mix(rgb(0x6cb2de), base, 0.2), rgb(0xbfe0ec), rgb(0xeef4dc));
  paint_cloud(brush, {f.w * 0.2, f.h * 0.36}, f.unit * 26, rgb(0xfffdf4), dice);
  paint_cloud(brush, {f.w * 0.84, f.h * 0.24}, f.unit * 20, rgb(0xfffdf4), dice);
  paint_cloud(brush, {f.w * 0.64, f.h * 0.52}, f.unit * 14, with_alpha(rgb(0xfffdf4), 0.8), dice);
  paint_hills(brush, f.h * 0.74, f.h * 0.14, rgb(0x9dbf8f), Dice(dice.next(), "far"));
  paint_hills(brush, f.h * 0.84, f.h * 0.12, rgb(0x7fae63), Dice(dice.next(), "near"));
  for (int i = 0; i < 70; ++i) {
    const Point p{dice.unit() * f.w, f.h * dice.between(0.84, 1)};
    brush.ellipse(p, f.unit * 0.5, f.unit * 0.5);
    brush.raw_fill(i % 3 == 0 ? rgb(0xf7e08a) : i % 3 == 1 ? rgb(0xfdfaf0) : rgb(0xe9a0a0));
  }
}

void draw_sparkle(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, mix(rgb(0x4b5fb8), base, 0.25), mix(rgb(0xa58fd8), base, 0.35),
            mix(rgb(0xffd9b0), base, 0.2));
  paint_glow(brush, {f.w / 2, f.h * 0.42}, f.unit * 70, with_alpha(rgb(0xfff3cf), 0.8));
  for (int i = 0; i < 34; ++i) {
    const Point p{dice.unit() * f.w, dice.unit() * f.h};
    const double r = f.unit * dice.between(0.6, 2.6);
    for (const double turn : {0.0, 90.0}) {
      brush.polygon({p + polar(turn, r), p + polar(turn + 90, r * 0.16), p + polar(turn + 180, r),
                     p + polar(turn + 270, r * 0.16)});
    }
    brush.raw_fill({1, 1, 0.92, dice.between(0.4, 0.95)});
  }
}

void draw_neon_city(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  const Colour hue = mix(rgb(0x6a1fd0), base, 0.12);
  paint_sky(brush, rgb(0x080618), mix(rgb(0x1c0d46), hue, 0.25), rgb(0xb01e8e));
  paint_glow(brush, {f.w * 0.5, f.h * 0.78}, f.unit * 70, with_alpha(rgb(0xff2e9a), 0.6));
  paint_skyline(brush, f.h * 0.92, f.h * 0.66, rgb(0x150f3c), with_alpha(rgb(0x35d8ff), 0.55),
                Dice(dice.next(), "far"));
  paint_skyline(brush, f.h * 1.0, f.h * 0.46, rgb(0x0a0722), with_alpha(rgb(0xff4fd0), 0.85),
                Dice(dice.next(), "near"));
  for (int i = 0; i < 5; ++i) {
    const double x = f.w * (i % 2 == 0 ? dice.between(0.02, 0.2) : dice.between(0.76, 0.94));
    const double y = f.h * dice.between(0.2, 0.62);
    const Colour tone = i % 2 == 0 ? rgb(0x18f0ff) : rgb(0xff2bd6);
    paint_glow(brush, {x + f.unit * 2, y + f.unit * 5}, f.unit * 13, with_alpha(tone, 0.4));
    brush.box(x, y, f.unit * 4, f.unit * 11, f.unit);
    cairo_set_source_rgba(brush.cairo(), tone.r, tone.g, tone.b, 0.95);
    cairo_set_line_width(brush.cairo(), f.unit * 0.6);
    cairo_stroke(brush.cairo());
  }
}

void draw_burst(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  const Colour tone = saturate(base, 3.2);
  paint_sky(brush, tone, tone, tone);
  const Point c{f.w * 0.5, f.h * 0.46};
  const double reach = std::hypot(f.w, f.h);
  const double turn = dice.unit() * 20;
  for (int i = 0; i < 18; ++i) {
    brush.polygon({c, c + polar(turn + i * 20, reach), c + polar(turn + i * 20 + 10, reach)});
    brush.raw_fill(with_alpha(brush.style().adjust(light_of(tone, 0.55)), 0.85));
  }
}

void draw_wash(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  brush.box(0, 0, f.w, f.h);
  brush.raw_fill(rgb(0xfbf8f1));
  for (int i = 0; i < 16; ++i) {  // wet in wet, leaving white paper at the edges
    const Point c{f.w * dice.between(0.2, 0.8), f.h * dice.between(0.16, 0.76)};
    const double r = f.unit * dice.between(12, 30);
    std::vector<Point> blob;
    for (int k = 0; k < 12; ++k) blob.push_back(c + polar(k * 30, r * dice.between(0.7, 1.15)));
    const Colour tone =
        mix(saturate(base, 1.7), i % 3 == 0 ? rgb(0xe9a98f) : rgb(0x86b4cf), dice.between(0, 0.5));
    brush.spline(blob, true);
    brush.raw_fill(with_alpha(tone, 0.2));
    brush.spline(blob, true);
    const Colour rim = shadow_of(tone, 0.3);
    cairo_set_source_rgba(brush.cairo(), rim.r, rim.g, rim.b, 0.12);
    cairo_set_line_width(brush.cairo(), f.unit * 0.5);
    cairo_stroke(brush.cairo());
  }
  for (int i = 0; i < 26; ++i) {
    const double r = f.unit * dice.between(0.2, 0.9);
    brush.ellipse({f.w * dice.unit(), f.h * dice.unit()}, r, r);
    brush.raw_fill(with_alpha(shadow_of(saturate(base, 1.8), 0.25), 0.4));
  }
}

void draw_sketchy(Brush& brush, Colour base, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0xd8d3c8), rgb(0xcfc9bd), rgb(0xbdb7ac));
  for (int i = 0; i < 46; ++i) {  // broad marker strokes of tone
    const double y = f.h * dice.between(0.12, 0.92);
    const double x = f.w * dice.between(0.02, 0.5);
    const Colour tone = mix(saturate(base, 1.3), rgb(0x46586a), dice.between(0.1, 0.75));
    brush.swelling({x, y}, {x + f.w * 0.15, y - f.unit * 3}, {x + f.w * 0.3, y + f.unit * 2},
                   {x + f.w * dice.between(0.3, 0.6), y - f.unit * dice.between(0, 6)},
                   f.unit * 2.5, f.unit * dice.between(3, 7), f.unit * 1.5, with_alpha(tone, 0.16));
  }
  const Point c{f.w / 2, f.h * 0.44};
  for (const double k : {0.0, 1.0}) {  // construction lines left standing
    brush.ellipse(c, f.unit * (33 + k), f.unit * (38 - k), 4 * k);
    brush.crease(0.45, 0.28);
  }
  brush.move({f.w * 0.5, f.unit * 4});
  brush.line({f.w * 0.5 + f.unit, f.h - f.unit * 4});
  brush.crease(0.4, 0.25);
  for (const double y : {0.34, 0.45, 0.6}) {
    brush.move({f.w * 0.1, f.h * y});
    brush.line({f.w * 0.9, f.h * y - f.unit});
    brush.crease(0.4, 0.22);
  }
}

void draw_blinds(Brush& brush, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0x2c2d31), rgb(0x1d1e22), rgb(0x0c0c0e));
  const double lean = f.w * 0.2;
  const double shift = f.unit * dice.between(-4, 4);
  for (int i = 0; i < 11; ++i) {
    const double y = f.h * (0.02 + i * 0.078) + shift;
    brush.polygon({{f.w * 0.06, y + lean * 0.3},
                   {f.w * 0.94, y - lean * 0.16},
                   {f.w * 0.94, y - lean * 0.16 + f.h * 0.036},
                   {f.w * 0.06, y + lean * 0.3 + f.h * 0.036}});
    brush.raw_fill({0.85, 0.86, 0.88, 0.5});
  }
  paint_vignette(brush, rgb(0x000000), 0.85);
}

}  // namespace

void draw_style_backdrop(Brush& brush, Colour base, Dice dice) {
  switch (brush.style().decor) {
    case Decor::studio:
      draw_studio(brush, base, dice);
      break;
    case Decor::sky:
      draw_anime_sky(brush, base, dice);
      break;
    case Decor::meadow:
      draw_meadow(brush, base, dice);
      break;
    case Decor::bokeh:
      draw_bokeh(brush, base, dice);
      break;
    case Decor::sparkle:
      draw_sparkle(brush, base, dice);
      break;
    case Decor::city:
      draw_neon_city(brush, base, dice);
      break;
    case Decor::burst:
      draw_burst(brush, base, dice);
      break;
    case Decor::wash:
      draw_wash(brush, base, dice);
      break;
    case Decor::sketchy:
      draw_sketchy(brush, base, dice);
      break;
    case Decor::blinds:
      draw_blinds(brush, dice);
      break;
    case Decor::blank:
      brush.box(0, 0, brush.width(), brush.height());
      brush.raw_fill(rgb(0xfdfdfb));
      break;
  }
}

void draw_picture_backdrop(Brush& brush, cairo_surface_t* picture, double blur_px) {
  const double pw = cairo_image_surface_get_width(picture);
  const double ph = cairo_image_surface_get_height(picture);
  if (pw < 1 || ph < 1) return;
  const SurfacePtr layer = make_surface(brush.width(), brush.height());
  const double scale = std::max(brush.width() / pw, brush.height() / ph);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> on(cairo_create(layer.get()),
                                                              &cairo_destroy);
  cairo_translate(on.get(), (brush.width() - pw * scale) / 2, (brush.height() - ph * scale) / 2);
  cairo_scale(on.get(), scale, scale);
  cairo_set_source_surface(on.get(), picture, 0, 0);
  cairo_pattern_set_extend(cairo_get_source(on.get()), CAIRO_EXTEND_PAD);
  cairo_paint(on.get());
  blur_surface(layer.get(), blur_px);
  cairo_set_source_surface(brush.cairo(), layer.get(), 0, 0);
  cairo_paint(brush.cairo());
  const Colour tint = brush.style().tint;
  cairo_set_source_rgba(brush.cairo(), tint.r, tint.g, tint.b, brush.style().tint_amount * 0.8);
  cairo_paint(brush.cairo());
}

Place find_place(std::string_view text) {
  const Words words(text);
  const auto any = [&](std::initializer_list<std::string_view> list) { return words.any(list); };
  if (any({"sunset", "sunrise", "dawn", "dusk", "golden hour"})) return Place::sunset;
  if (any({"space", "stars", "galaxy", "planet", "spaceship", "cosmos"})) return Place::space;
  if (any({"forest", "woods", "jungle", "tree", "garden"})) return Place::forest;
  if (any({"snow", "snowy", "winter", "ice", "frozen"})) return Place::snow;
  if (any({"beach", "sea", "ocean", "lake", "ship", "harbour", "harbor"})) return Place::sea;
  if (any({"desert", "dune", "sand", "canyon"})) return Place::desert;
  if (any({"rain", "rainy", "storm"})) return Place::rain;
  if (any({"fire", "flame", "burning", "lava", "battlefield"})) return Place::fire;
  if (any({"castle", "throne", "dungeon", "ruin", "temple"})) return Place::castle;
  if (any({"night", "moon", "moonlight", "midnight"})) return Place::night;
  if (any({"city", "street", "skyline", "rooftop", "town", "downtown"})) return Place::city;
  if (any({"mountain", "cliff", "valley", "peak"})) return Place::mountains;
  if (any({"room", "office", "indoor", "kitchen", "library", "tavern", "house"}))
    return Place::room;
  return Place::none;
}

}  // namespace castboard::sketch
