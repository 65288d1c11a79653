// Places named in words, drawn from layered silhouettes.
#include <algorithm>

#include "sketch/backdrop.h"

namespace castboard::sketch {
namespace {

struct Frame {
  double w, h, unit;
};

Frame frame_of(const Brush& brush) {
  const double w = brush.width();
  const double h = brush.height();
  return {w, h, std::min(w, h) / 100};
}

void draw_trees(Brush& brush, double y, double height, Colour colour, Dice dice) {
  const Frame f = frame_of(brush);
  for (double x = -f.unit * 6; x < f.w + f.unit * 6; x += f.unit * dice.between(7, 14)) {
    const double tall = height * dice.between(0.6, 1);
    const double half = tall * dice.between(0.16, 0.22);
    brush.box(x - f.unit * 0.7, y - tall * 0.3, f.unit * 1.4, f.h);
    brush.raw_fill(brush.style().adjust(shadow_of(colour, 0.4)));
    for (int i = 0; i < 4; ++i) {
      const double top = y - tall + tall * i * 0.2;
      const double wide = half * (0.45 + i * 0.24);
      brush.polygon({{x, top}, {x + wide, top + tall * 0.3}, {x - wide, top + tall * 0.3}});
    }
    brush.raw_fill(brush.style().adjust(colour));
  }
}

void draw_room(Brush& brush, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0x8f7a66), rgb(0xa98f76), rgb(0x6e5844));
  const double x = f.w * dice.between(0.08, 0.16);
  brush.box(x, f.h * 0.12, f.unit * 34, f.h * 0.46, f.unit);
  brush.raw_fill(brush.style().adjust(rgb(0xd9ecf2)));
  brush.box(x + f.unit * 16, f.h * 0.12, f.unit * 1.6, f.h * 0.46);
  brush.box(x, f.h * 0.34, f.unit * 34, f.unit * 1.6);
  brush.raw_fill(brush.style().adjust(rgb(0x5b4636)));
  for (int shelf = 0; shelf < 3; ++shelf) {
    const double y = f.h * (0.28 + shelf * 0.18);
    for (double bx = f.w * 0.66; bx < f.w * 0.97;) {
      const double wide = f.unit * dice.between(1.6, 3.6);
      const double tall = f.h * dice.between(0.08, 0.135);
      brush.box(bx, y - tall, wide, tall);
      brush.raw_fill(
          brush.style().adjust(hsl(dice.between(0, 360), 0.32, dice.between(0.32, 0.58))));
      bx += wide + f.unit * 0.3;
    }
    brush.box(f.w * 0.64, y, f.w * 0.36, f.unit * 1.4);
    brush.raw_fill(brush.style().adjust(rgb(0x4b382a)));
  }
  brush.box(0, f.h * 0.84, f.w, f.h * 0.16);
  brush.raw_fill(brush.style().adjust(rgb(0x57422f)));
  paint_glow(brush, {x + f.unit * 17, f.h * 0.34}, f.unit * 60, with_alpha(rgb(0xfff2cf), 0.5));
}

void draw_castle(Brush& brush, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0x2d2a36), rgb(0x45404c), rgb(0x2a2630));
  for (int row = 0; row < 14; ++row) {
    for (int column = -1; column < 14; ++column) {
      const double bw = f.w / 11;
      const double x = column * bw + (row % 2 == 0 ? 0 : bw / 2);
      brush.box(x + 2, f.h / 14 * row + 2, bw - 4, f.h / 14 - 4, f.unit);
      brush.raw_fill(with_alpha(brush.style().adjust(rgb(0x5a5460)), dice.between(0.25, 0.6)));
    }
  }
  for (const double x : {0.14, 0.86}) {
    brush.box(f.w * x - f.unit * 9, -9, f.unit * 18, f.h * 0.6);
    brush.polygon({{f.w * x - f.unit * 9, f.h * 0.58},
                   {f.w * x + f.unit * 9, f.h * 0.58},
                   {f.w * x, f.h * 0.68}});
    brush.raw_fill(brush.style().adjust(rgb(0x8a2733)));
    paint_glow(brush, {f.w * (x < 0.5 ? 0.3 : 0.7), f.h * 0.4}, f.unit * 34,
               with_alpha(rgb(0xffae52), 0.55));
  }
  paint_vignette(brush, rgb(0x0c0a10), 0.6);
}

void draw_space(Brush& brush, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0x070a1c), rgb(0x131437), rgb(0x2b1a4a));
  for (int i = 0; i < 5; ++i) {
    paint_glow(brush, {f.w * dice.unit(), f.h * dice.unit()}, f.unit * dice.between(25, 60),
               with_alpha(i % 2 == 0 ? rgb(0x7a3fc0) : rgb(0x2f7fd0), 0.34));
  }
  paint_specks(brush, 260, f.unit * 0.34, rgb(0xffffff), Dice(dice.next(), "stars"));
  const Point p{f.w * 0.8, f.h * 0.24};
  brush.ellipse(p, f.unit * 15, f.unit * 15);
  brush.raw_fill(brush.style().adjust(rgb(0xd99a5b)));
  brush.scoped([&] {
    brush.ellipse(p, f.unit * 15, f.unit * 15);
    brush.clip();
    for (int i = 0; i < 5; ++i) {
      brush.box(p.x - f.unit * 16, p.y + f.unit * (i * 6.0 - 15), f.unit * 32, f.unit * 2.6);
      brush.raw_fill(with_alpha(brush.style().adjust(rgb(0xa35f38)), 0.6));
    }
    brush.ellipse({p.x + f.unit * 8, p.y + f.unit * 7}, f.unit * 15, f.unit * 15);
    brush.raw_fill({0.03, 0.02, 0.1, 0.45});
  });
  brush.ellipse(p, f.unit * 25, f.unit * 5, -18);
  brush.crease(1.1, 0.0);
  brush.ellipse(p, f.unit * 25, f.unit * 5, -18);
  cairo_set_source_rgba(brush.cairo(), 0.93, 0.83, 0.66, 0.7);
  cairo_set_line_width(brush.cairo(), f.unit * 1.1);
  cairo_stroke(brush.cairo());
}

void draw_sunset(Brush& brush, Dice dice) {
  const Frame f = frame_of(brush);
  paint_sky(brush, rgb(0x3d3f7a), rgb(0xe8745a), rgb(0xffc76b));
  const Point sun{f.w * dice.between(0.28, 0.72), f.h * 0.6};
  paint_rays(brush, sun, 16, with_alpha(rgb(0xffe2a0), 0.3), dice);
  paint_glow(brush, sun, f.unit * 70, with_alpha(rgb(0xffe9b0), 0.9));
  brush.ellipse(sun, f.unit * 12, f.unit * 12);
  brush.raw_fill(brush.style().adjust(rgb(0xfff4cf)));
  for (int i = 0; i < 5; ++i) {
    brush.ellipse({f.w * dice.unit(), f.h * dice.between(0.14, 0.5)}, f.unit * dice.between(16, 34),
                  f.unit * dice.between(0.8, 2));
    brush.raw_fill(with_alpha(brush.style().adjust(rgb(0xffb48a)), 0.5));
  }
  paint_mountains(brush, f.h * 0.86, f.h * 0.26, rgb(0x5b3550), {1, 1, 1, 0},
                  Dice(dice.next(), "m"));
  paint_hills(brush, f.h * 0.92, f.h * 0.08, rgb(0x37223c), Dice(dice.next(), "h"));
}

}  // namespace

void draw_place(Brush& brush, Place place, Dice dice) {
  const Frame f = frame_of(brush);
  switch (place) {
    case Place::none:
      break;
    case Place::sunset:
      draw_sunset(brush, dice);
      break;
    case Place::space:
      draw_space(brush, dice);
      break;
    case Place::room:
      draw_room(brush, dice);
      break;
    case Place::castle:
      draw_castle(brush, dice);
      break;
    case Place::forest:
      paint_sky(brush, rgb(0xcfe3b8), rgb(0xa9cf9c), rgb(0x5f8f66));
      paint_rays(brush, {f.w * 0.2, -f.h * 0.1}, 20, with_alpha(rgb(0xfdfbd0), 0.35), dice);
      draw_trees(brush, f.h * 0.86, f.h * 0.7, rgb(0x86b58c), Dice(dice.next(), "far"));
      draw_trees(brush, f.h * 0.95, f.h * 0.8, rgb(0x3f7450), Dice(dice.next(), "near"));
      paint_hills(brush, f.h * 0.95, f.h * 0.06, rgb(0x2f5a3d), dice);
      break;
    case Place::city:
      paint_sky(brush, rgb(0x8fb4d6), rgb(0xc9dbe6), rgb(0xf2e6d2));
      paint_skyline(brush, f.h * 0.95, f.h * 0.7, rgb(0xa3b6c8), with_alpha(rgb(0xffffff), 0.35),
                    Dice(dice.next(), "far"));
      paint_skyline(brush, f.h, f.h * 0.5, rgb(0x66788e), with_alpha(rgb(0xffe6a8), 0.7),
                    Dice(dice.next(), "near"));
      break;
    case Place::night:
      paint_sky(brush, rgb(0x0d1430), rgb(0x1d2a55), rgb(0x3c4d80));
      paint_specks(brush, 160, f.unit * 0.3, rgb(0xffffff), Dice(dice.next(), "stars"));
      paint_glow(brush, {f.w * 0.76, f.h * 0.22}, f.unit * 34, with_alpha(rgb(0xe8ecff), 0.6));
      brush.ellipse({f.w * 0.76, f.h * 0.22}, f.unit * 8, f.unit * 8);
      brush.raw_fill(brush.style().adjust(rgb(0xf7f4e2)));
      paint_hills(brush, f.h * 0.88, f.h * 0.12, rgb(0x162145), dice);
      break;
    case Place::sea:
      paint_sky(brush, rgb(0x6db5e2), rgb(0xbfe3f2), rgb(0xf6ecd2));
      paint_cloud(brush, {f.w * 0.24, f.h * 0.26}, f.unit * 20, rgb(0xffffff), dice);
      brush.box(0, f.h * 0.6, f.w, f.h * 0.26);
      brush.raw_fill(brush.style().adjust(rgb(0x3f8fb5)));
      for (int i = 0; i < 40; ++i) {
        brush.ellipse({f.w * dice.unit(), f.h * dice.between(0.61, 0.85)},
                      f.unit * dice.between(2, 7), f.unit * 0.3);
        brush.raw_fill({1, 1, 1, 0.5});
      }
      paint_hills(brush, f.h * 0.88, f.h * 0.04, rgb(0xe8d3a2), dice);
      break;
    case Place::snow:
      paint_sky(brush, rgb(0x9fbfd8), rgb(0xd3e2ec), rgb(0xf2f5f7));
      paint_mountains(brush, f.h * 0.8, f.h * 0.5, rgb(0x8fa6bd), rgb(0xffffff), dice);
      paint_hills(brush, f.h * 0.86, f.h * 0.08, rgb(0xf0f4f7), Dice(dice.next(), "h"));
      paint_specks(brush, 150, f.unit * 0.9, rgb(0xffffff), Dice(dice.next(), "flakes"));
      break;
    case Place::desert:
      paint_sky(brush, rgb(0x79b6d2), rgb(0xf2dcae), rgb(0xf6d28a));
      paint_glow(brush, {f.w * 0.3, f.h * 0.2}, f.unit * 40, with_alpha(rgb(0xfff8d8), 0.9));
      paint_hills(brush, f.h * 0.74, f.h * 0.16, rgb(0xe0ae68), Dice(dice.next(), "a"));
      paint_hills(brush, f.h * 0.88, f.h * 0.14, rgb(0xc98e4b), Dice(dice.next(), "b"));
      break;
    case Place::mountains:
      paint_sky(brush, rgb(0x6fa8d6), rgb(0xc4dcea), rgb(0xf3ead4));
      paint_mountains(brush, f.h * 0.78, f.h * 0.55, rgb(0x8a9bb5), rgb(0xf4f6f8), dice);
      paint_hills(brush, f.h * 0.88, f.h * 0.14, rgb(0x6d8f68), Dice(dice.next(), "h"));
      break;
    case Place::rain:
      paint_sky(brush, rgb(0x39465a), rgb(0x5a6b80), rgb(0x75828f));
      paint_skyline(brush, f.h, f.h * 0.55, rgb(0x3a4658), with_alpha(rgb(0xffd98a), 0.5),
                    Dice(dice.next(), "city"));
      paint_rain(brush, 220, with_alpha(rgb(0xdfeaf5), 0.7), dice);
      break;
    case Place::fire:
      paint_sky(brush, rgb(0x2a1014), rgb(0x9c2f1a), rgb(0xffa63c));
      paint_glow(brush, {f.w * 0.5, f.h}, f.unit * 90, with_alpha(rgb(0xffd060), 0.8));
      paint_hills(brush, f.h * 0.9, f.h * 0.2, rgb(0x2a1216), Dice(dice.next(), "h"));
      paint_specks(brush, 90, f.unit * 0.8, rgb(0xffd27a), Dice(dice.next(), "embers"));
      break;
  }
}

}  // namespace castboard::sketch
