#include "support/pasted_contents.h"

#include <functional>
#include <numbers>

#include "imaging/imaging.h"

namespace castboard::testing::pasted {

namespace {

Canvas canvas_of(const Image& image) {
  Canvas canvas{image.width, image.height, {}};
  for (std::size_t i = 0; i < image.pixels.size(); i += 4)
    canvas.pixels.push_back(
        {image.pixels[i] * 1.0, image.pixels[i + 1] * 1.0, image.pixels[i + 2] * 1.0});
  return canvas;
}

// What cairo draws on this ground, the unit square scaled to the size.
Canvas drawn(int width, int height, const Colour& ground,
             const std::function<void(cairo_t*)>& draw) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
                        &cairo_surface_destroy);
  const Context cr(cairo_create(surface.get()), &cairo_destroy);
  cairo_set_source_rgb(cr.get(), ground[0] / 255, ground[1] / 255, ground[2] / 255);
  cairo_paint(cr.get());
  cairo_scale(cr.get(), width, height);
  draw(cr.get());
  cairo_surface_flush(surface.get());
  Canvas canvas{width, height, {}};
  const unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const unsigned char* pixel = rows + y * stride + x * 4;
      canvas.pixels.push_back({pixel[2] * 1.0, pixel[1] * 1.0, pixel[0] * 1.0});
    }
  return canvas;
}

void use(cairo_t* cr, const Colour& colour, double alpha = 1) {
  cairo_set_source_rgba(cr, colour[0] / 255, colour[1] / 255, colour[2] / 255, alpha);
}

void oval(cairo_t* cr, double x, double y, double width, double height, double turn = 0) {
  cairo_save(cr);
  cairo_translate(cr, x, y);
  cairo_rotate(cr, turn);
  cairo_scale(cr, width, height);
  cairo_arc(cr, 0, 0, 1, 0, 2 * std::numbers::pi);
  cairo_restore(cr);
}

// Waves of all directions whose height falls with their frequency, as in photographs, before them
// things with sharp and with soft outlines; light falls off to the corners.
Canvas waves(Luck& luck, int width, int height) {
  struct Wave {
    double x, y, phase, size;
    Colour tone;
  };
  std::vector<Wave> all;
  const double slope = luck(0.8, 1.4);
  const Colour base = luck.colour();
  const Colour tone = luck.colour();
  for (int i = 0; i < 26; ++i) {
    const double frequency = 0.5 * std::pow(1.22, i);
    const double direction = luck(0, 2 * std::numbers::pi);
    all.push_back({2 * std::numbers::pi * frequency * std::cos(direction),
                   2 * std::numbers::pi * frequency * std::sin(direction), luck(0, 7),
                   60 / std::pow(frequency, slope), mixed(tone, luck.colour(), 0.3)});
  }
  struct Thing {
    double x, y, size, turn, soft;
    int corners;
    Colour colour;
  };
  std::vector<Thing> things;
  for (int i = luck.number(0, 6); i > 0; --i)
    things.push_back({luck(0, 1), luck(0, 1), luck(0.04, 0.35), luck(0, 6), luck(0.001, 0.1),
                      luck.number(3, 9), luck.colour()});
  const double vignette = luck.of(0.4) ? luck(0.2, 0.9) : 0;
  const double grain = luck.of(0.5) ? luck(0.5, 7) : 0;
  Canvas canvas{width, height, {}};
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column) {
      const double x = (column + 0.5) / width;
      const double y = (row + 0.5) / height;
      Colour colour = base;
      for (const Wave& wave : all) {
        const double value = wave.size * std::sin(wave.x * x + wave.y * y + wave.phase);
        for (std::size_t i = 0; i < 3; ++i) colour[i] += value * (wave.tone[i] / 255 - 0.2);
      }
      for (const Thing& thing : things) {
        const double angle = std::atan2(y - thing.y, x - thing.x) + thing.turn;
        const double edge = thing.size * (1 + 0.2 * std::sin(angle * thing.corners));
        const double inside = edge - std::hypot(x - thing.x, y - thing.y);
        const Colour lit = shifted(thing.colour, 80 * inside + 0.3 * (colour[1] - base[1]));
        colour = mixed(colour, lit, std::clamp(inside / thing.soft + 0.5, 0.0, 1.0));
      }
      const double away = (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5);
      const double speck = grain * luck.normal();
      for (double& channel : colour)
        channel = std::clamp(channel * (1 - vignette * 2 * away) + speck, 0.0, 255.0);
      canvas.pixels.push_back(colour);
    }
  return canvas;
}

constexpr int kWavesSide = 220;  // pixels; enlarged as a camera's are

// What all nine portraits of a sheet have in common.
struct Person {
  Colour skin{}, hair{}, coat{};
  double hair_width = 0.25, coat_width = 0.4, neck = 0.1;
  int pattern = 0;  // of the ground: plain, shaded, stripes, dots, bokeh, a room
};

void draw_ground(cairo_t* cr, Luck& luck, int pattern, const Colour& ground) {
  const Colour second = shifted(ground, ground[1] > 128 ? -luck(10, 60) : luck(10, 60));
  if (pattern == 1) {
    cairo_pattern_t* fade = cairo_pattern_create_radial(0.5, 0.4, 0.1, 0.5, 0.5, luck(0.6, 0.9));
    cairo_pattern_add_color_stop_rgb(fade, 0, ground[0] / 255, ground[1] / 255, ground[2] / 255);
    cairo_pattern_add_color_stop_rgb(fade, 1, second[0] / 255, second[1] / 255, second[2] / 255);
    cairo_set_source(cr, fade);
    cairo_paint(cr);
    cairo_pattern_destroy(fade);
  } else if (pattern == 2) {
    use(cr, second);
    const bool upright = luck.of(0.5);
    const int count = luck.number(3, 9);
    for (int i = 0; i < count; ++i) {
      const double at = (i + 0.25) / count;
      cairo_rectangle(cr, upright ? at : 0, upright ? 0 : at, upright ? 0.5 / count : 1,
                      upright ? 1 : 0.5 / count);
      cairo_fill(cr);
    }
  } else if (pattern == 3 || pattern == 4) {
    for (int i = 0; i < 24; ++i) {
      use(cr, pattern == 3 ? second : mixed(ground, luck.colour(), 0.5), pattern == 3 ? 1 : 0.4);
      const double size = pattern == 3 ? 0.03 : luck(0.03, 0.14);
      oval(cr, luck(0, 1), luck(0, 1), size, size);
      cairo_fill(cr);
    }
  } else if (pattern == 5) {
    use(cr, second);
    cairo_rectangle(cr, 0, luck(0.6, 0.8), 1, 1);
    cairo_fill(cr);
    use(cr, shifted(second, 30));
    cairo_rectangle(cr, luck(0, 0.6), luck(0, 0.2), luck(0.2, 0.4), luck(0.2, 0.4));
    cairo_fill(cr);
  }
}

void draw_portrait(cairo_t* cr, Luck& luck, const Person& person, bool lines_only) {
  const double x = 0.5 + luck(-0.05, 0.05);
  const double y = 0.42 + luck(-0.04, 0.04);
  const double turn = luck(-0.12, 0.12);
  const auto paint = [&](const Colour& colour) {
    if (!lines_only) {
      use(cr, colour);
      cairo_fill_preserve(cr);
    } else {
      cairo_set_source_rgb(cr, 1, 1, 1);
      cairo_fill_preserve(cr);
    }
    use(cr, {25, 22, 30});
    cairo_set_line_width(cr, 0.008);
    if (lines_only || person.pattern % 2 == 0) cairo_stroke(cr);
    cairo_new_path(cr);
  };
  cairo_move_to(cr, x - person.coat_width, 1.02);
  cairo_curve_to(cr, x - person.coat_width, 0.8, x - 0.15, 0.78, x - person.neck, 0.74);
  cairo_line_to(cr, x + person.neck, 0.74);
  cairo_curve_to(cr, x + 0.15, 0.78, x + person.coat_width, 0.8, x + person.coat_width, 1.02);
  paint(person.coat);
  cairo_rectangle(cr, x - person.neck, y + 0.15, 2 * person.neck, 0.25);
  paint(person.skin);
  oval(cr, x, y - 0.04, person.hair_width, person.hair_width * 1.15, turn);
  paint(person.hair);
  oval(cr, x, y + 0.03, 0.18, 0.24, turn);
  paint(person.skin);
  for (const double side : {-0.075, 0.075}) {
    oval(cr, x + side, y, 0.03, luck(0.008, 0.03), turn);
    paint({250, 250, 250});
  }
  cairo_move_to(cr, x - 0.07, y + 0.14);
  cairo_curve_to(cr, x - 0.02, y + luck(0.08, 0.2), x + 0.02, y + luck(0.08, 0.2), x + 0.07,
                 y + 0.14);
  use(cr, {60, 20, 20});
  cairo_set_line_width(cr, 0.014);
  cairo_stroke(cr);
}

Canvas part_of(const Image& image, Luck& luck, double least) {
  const double share = luck(least, 1);
  const PixelRect box{static_cast<int>(luck(0, image.width * (1 - share))),
                      static_cast<int>(luck(0, image.height * (1 - share))),
                      static_cast<int>(image.width * share),
                      static_cast<int>(image.height * share)};
  return canvas_of(crop_picture(image, box));
}

void darken_corners(Canvas& canvas, const Colour& to, double strength) {
  for (int y = 0; y < canvas.height; ++y)
    for (int x = 0; x < canvas.width; ++x) {
      const double u = (x + 0.5) / canvas.width - 0.5;
      const double v = (y + 0.5) / canvas.height - 0.5;
      Colour& pixel =
          canvas.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(canvas.width) +
                        static_cast<std::size_t>(x)];
      pixel = mixed(pixel, to, std::clamp(strength * 2.2 * (u * u + v * v), 0.0, 0.97));
    }
}

constexpr const char* kContents[] = {"waves",     "photographs",          "sketches",
                                     "portraits", "ground as the gutter", "line art",
                                     "vignettes"};

}  // namespace

const char* name_of(Contents kind) {
  return kContents[static_cast<std::size_t>(kind)];
}

std::array<Canvas, 9> make_contents(Luck& luck, Contents kind, const CellPictures& pictures,
                                    const std::array<double, 6>& columns,
                                    const std::array<double, 6>& rows, const Colour& paper) {
  Person person{luck.colour(),   luck.colour(),    luck.colour(),    luck(0.2, 0.3),
                luck(0.3, 0.55), luck(0.06, 0.12), luck.number(0, 5)};
  const Colour shared = luck.colour();
  const bool one_ground = luck.of(0.5);
  const double unlike = luck(4, 30);
  const int drawings = luck.number(0, static_cast<int>(pictures.drawings.size()) - 1);
  const double strength = luck(0.6, 1.4);
  std::array<Canvas, 9> nine;
  for (std::size_t cell = 0; cell < 9; ++cell) {
    const std::size_t column = cell % 3 * 2;
    const std::size_t row = cell / 3 * 2;
    const int width = std::max(8, static_cast<int>(columns[column + 1] - columns[column]));
    const int height = std::max(8, static_cast<int>(rows[row + 1] - rows[row]));
    if (kind == Contents::waves) {
      nine[cell] = waves(luck, std::min(width, kWavesSide), std::min(height, kWavesSide));
    } else if (kind == Contents::photographs) {
      nine[cell] = part_of(pictures.photographs[static_cast<std::size_t>(
                               luck.number(0, static_cast<int>(pictures.photographs.size()) - 1))],
                           luck, 0.5);
    } else if (kind == Contents::sketches) {
      nine[cell] = part_of(pictures.drawings[static_cast<std::size_t>(drawings)][cell], luck, 0.9);
    } else {
      Colour ground = luck.colour();
      if (kind == Contents::like_the_paper)
        ground = shifted(paper, light_of(paper) > 128 ? -unlike / 4 : unlike / 4);
      else if (kind == Contents::line_art)
        ground = {255, 255, 255};
      else if (one_ground)
        ground = shifted(shared, luck(-unlike, unlike));
      const bool plain = kind == Contents::like_the_paper || kind == Contents::line_art;
      nine[cell] = drawn(width, height, ground, [&](cairo_t* cr) {
        if (!plain) draw_ground(cr, luck, person.pattern, ground);
        draw_portrait(cr, luck, person, kind == Contents::line_art);
      });
      if (kind == Contents::vignettes) darken_corners(nine[cell], paper, strength);
    }
  }
  return nine;
}

}  // namespace castboard::testing::pasted
