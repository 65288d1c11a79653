#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <random>

#include "imaging/imaging.h"
#include "support/sheet_maker.h"

namespace castboard::testing {

namespace {

using Colour = std::array<double, 3>;  // 0..255
using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

class Luck {
 public:
  explicit Luck(std::uint64_t seed) : random_(seed * 0x2545f4914f6cdd1dU + 99) {}
  double operator()(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  bool of(double share) { return (*this)(0, 1) < share; }
  int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  double normal() { return std::normal_distribution<double>(0, 1)(random_); }
  Colour colour() { return {(*this)(0, 255), (*this)(0, 255), (*this)(0, 255)}; }

 private:
  std::mt19937_64 random_;
};

Colour mixed(const Colour& a, const Colour& b, double share) {
  Colour colour;
  for (std::size_t i = 0; i < 3; ++i) colour[i] = std::lerp(a[i], b[i], share);
  return colour;
}

Colour shifted(const Colour& colour, double by) {
  Colour result = colour;
  for (double& channel : result) channel = std::clamp(channel + by, 0.0, 255.0);
  return result;
}

// Pixels of three channels, made by what is called for each.
struct Canvas {
  int width = 0;
  int height = 0;
  std::vector<Colour> pixels;

  [[nodiscard]] const Colour& at(int x, int y) const {
    return pixels[static_cast<std::size_t>(std::clamp(y, 0, height - 1)) *
                      static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(std::clamp(x, 0, width - 1))];
  }
  [[nodiscard]] Colour between(double x, double y) const {
    const double left = std::floor(x - 0.5);
    const double top = std::floor(y - 0.5);
    const int column = static_cast<int>(left);
    const int row = static_cast<int>(top);
    return mixed(mixed(at(column, row), at(column + 1, row), x - 0.5 - left),
                 mixed(at(column, row + 1), at(column + 1, row + 1), x - 0.5 - left),
                 y - 0.5 - top);
  }
};

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

// --- Contents -----------------------------------------------------------------------------------

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

// --- The page -----------------------------------------------------------------------------------

struct Paper {
  Colour colour{};
  Colour other{};  // what it fades to
  double turn = 0;
  bool faded = false;
  double grain = 0;
  [[nodiscard]] Colour at(double u, double v) const {
    if (!faded) return colour;
    const double along = 0.5 + (u - 0.5) * std::cos(turn) + (v - 0.5) * std::sin(turn);
    return mixed(colour, other, std::clamp(along, 0.0, 1.0));
  }
};

struct Layout {
  std::array<double, 6> columns{};
  std::array<double, 6> rows{};  // of the pictures, without their captions
  double angle = 0;
  double radius = 0;
  double frame = 0;
  double shadow = 0;
  double shadow_size = 0;
  double caption = 0;
  bool bars = false;
};

// Cells of about one size with gutters, offset as a whole, in a length.
std::array<double, 6> spread(Luck& luck, double length, double gutter, double before, double after,
                             double caption, double uneven, double offset) {
  const double unit = length / (3 + 2 * gutter + before + after + 3 * caption);
  std::array<double, 6> borders{};
  double at = (before + offset) * unit;
  std::array<double, 3> sizes{1 + luck(-uneven, uneven), 1 + luck(-uneven, uneven), 0};
  sizes[2] = std::clamp(3 - sizes[0] - sizes[1], 1 - uneven, 1 + uneven);
  for (std::size_t i = 0; i < 3; ++i) {
    borders[2 * i] = at;
    borders[2 * i + 1] = at + sizes[i] * unit;
    at += (sizes[i] + caption + gutter * (uneven > 0 ? luck(0.8, 1.2) : 1)) * unit;
  }
  return borders;
}

// How far inside of a rounded box a point is.
double depth(double x, double y, double left, double top, double right, double bottom,
             double radius) {
  const double dx = std::abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const double dy = std::abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return radius - std::hypot(std::max(dx, 0.0), std::max(dy, 0.0)) -
         std::min(std::max(dx, dy), 0.0);
}

double light_of(const Colour& colour) {
  return 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2];
}

constexpr const char* kWords[] = {"JOY",       "sadness",  "Anger",   "surprise!",        "Afraid",
                                  "disgusted", "Contempt", "5. calm", "Laughing out loud"};

// What is written on the page, one byte a pixel.
std::vector<std::uint8_t> written(const Layout& layout, Luck& luck, int width, int height) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
                        &cairo_surface_destroy);
  const Context cr(cairo_create(surface.get()), &cairo_destroy);
  static constexpr const char* kFaces[] = {"sans-serif", "serif", "monospace"};
  cairo_select_font_face(cr.get(), kFaces[luck.number(0, 2)], CAIRO_FONT_SLANT_NORMAL,
                         luck.of(0.5) ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  const double share = luck(0.4, 0.75);
  const bool left_bound = luck.of(0.25);
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  for (std::size_t cell = 0; cell < 9; ++cell) {
    const double left = layout.columns[cell % 3 * 2];
    const double right = layout.columns[cell % 3 * 2 + 1];
    cairo_set_font_size(cr.get(), layout.caption * share);
    cairo_text_extents_t extents;
    cairo_text_extents(cr.get(), kWords[cell], &extents);
    const double x = left_bound ? left + 0.04 * (right - left)
                                : (left + right - std::min(extents.width, right - left)) / 2;
    cairo_move_to(cr.get(), x,
                  layout.rows[cell / 3 * 2 + 1] + layout.caption * (0.5 + share * 0.36));
    cairo_show_text(cr.get(), kWords[cell]);
  }
  cairo_surface_flush(surface.get());
  std::vector<std::uint8_t> ink;
  const unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) ink.push_back(rows[y * stride + x * 4]);
  return ink;
}

enum class Contents {
  waves,
  photographs,
  sketches,
  portraits,
  like_the_paper,
  line_art,
  vignettes
};
constexpr const char* kContents[] = {"waves",     "photographs",          "sketches",
                                     "portraits", "ground as the gutter", "line art",
                                     "vignettes"};

std::array<Canvas, 9> contents(Luck& luck, Contents kind, const CellPictures& pictures,
                               const Layout& layout, const Paper& paper, MadeSheet& sheet) {
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
    const int width =
        std::max(8, static_cast<int>(layout.columns[column + 1] - layout.columns[column]));
    const int height = std::max(8, static_cast<int>(layout.rows[row + 1] - layout.rows[row]));
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
        ground = shifted(paper.colour, light_of(paper.colour) > 128 ? -unlike / 4 : unlike / 4);
      else if (kind == Contents::line_art)
        ground = {255, 255, 255};
      else if (one_ground)
        ground = shifted(shared, luck(-unlike, unlike));
      const bool plain = kind == Contents::like_the_paper || kind == Contents::line_art;
      nine[cell] = drawn(width, height, ground, [&](cairo_t* cr) {
        if (!plain) draw_ground(cr, luck, person.pattern, ground);
        draw_portrait(cr, luck, person, kind == Contents::line_art);
      });
      if (kind == Contents::vignettes) darken_corners(nine[cell], paper.colour, strength);
    }
  }
  sheet.kinds.push_back(kContents[static_cast<std::size_t>(kind)]);
  return nine;
}

}  // namespace

MadeSheet make_pasted_sheet(const CellPictures& pictures, std::uint64_t seed) {
  Luck luck(seed);
  MadeSheet sheet;
  const auto say = [&sheet](bool so, const char* kind) {
    if (so) sheet.kinds.push_back(kind);
  };
  static constexpr int kSides[] = {512, 600, 768, 900, 1024, 1024, 1280, 1536, 2048};
  const int height = kSides[luck.number(0, 8)];
  const int width =
      luck.of(0.6) ? height : std::min(2048, static_cast<int>(height * luck(0.6, 1.7)));
  sheet.gutterless = luck.of(0.13);
  const double gutter = sheet.gutterless ? 0 : luck(0.003, 0.06);

  Paper paper;
  paper.colour = luck.of(0.4) ? luck.colour() : Colour{};
  if (paper.colour == Colour{} && luck.of(0.6)) paper.colour = {255, 255, 255};
  paper.faded = luck.of(0.15);
  paper.turn = luck(0, 6);
  paper.other = shifted(paper.colour, luck.of(0.5) ? luck(10, 70) : -luck(10, 70));
  paper.grain = luck.of(0.2) ? luck(1, 8) : 0;

  Layout layout;
  const double uneven = luck.of(0.5) ? luck(0.005, 0.05) : 0;
  const double offset_x = luck.of(0.4) ? luck(-0.05, 0.05) : 0;
  const double offset_y = luck.of(0.4) ? luck(-0.05, 0.05) : 0;
  std::array<double, 4> margins{};
  if (!sheet.gutterless && luck.of(0.6))
    for (double& margin : margins) margin = luck.of(0.6) ? luck(0, 0.15) : 0;
  double caption = 0;
  if (!sheet.gutterless && luck.of(0.25)) {
    caption = luck(0.06, 0.2);
    layout.bars = luck.of(0.4);
  }
  layout.columns = spread(luck, width, gutter, margins[0], margins[1], 0, uneven, offset_x);
  layout.rows = spread(luck, height, gutter, margins[2], margins[3], caption, uneven, offset_y);
  const double cell = std::min(width, height) / 3.0;
  layout.caption = caption * (layout.rows[3] - layout.rows[2]);
  layout.angle = luck.of(0.4) ? luck(-2, 2) * std::numbers::pi / 180 : 0;
  if (!sheet.gutterless) {
    layout.radius = luck.of(0.15) ? luck(0.01, 0.1) * cell : 0;
    layout.frame = luck.of(0.2) ? luck(0.8, 0.01 * cell) : 0;
    layout.shadow = luck.of(0.15) ? luck(0.2, 0.7) : 0;
    layout.shadow_size = luck(0.005, 0.03) * cell;
  }
  const Colour frame = luck.of(0.7) ? Colour{20, 20, 20} : luck.colour();
  const Colour bar = luck.colour();
  Contents kind = static_cast<Contents>(luck.number(0, 6));
  if (sheet.gutterless && (kind == Contents::like_the_paper || kind == Contents::line_art ||
                           kind == Contents::vignettes))
    kind = Contents::portraits;
  say(caption > 0 && layout.bars, "caption bars");
  say(caption > 0 && !layout.bars, "captions");
  say(uneven > 0, "uneven");
  say(offset_x != 0 || offset_y != 0, "off-centre");
  say(margins != std::array<double, 4>{}, "margins");
  say(layout.angle != 0, "rotated");
  say(layout.radius > 0, "rounded");
  say(layout.frame > 0, "framed");
  say(layout.shadow > 0, "shadows");
  say(paper.faded, "shaded gutter");
  say(paper.grain > 0, "grained gutter");
  sheet.unseen = kind == Contents::line_art && paper.colour == Colour{255, 255, 255} &&
                 !paper.faded && layout.frame == 0 && layout.shadow == 0;
  const std::array<Canvas, 9> nine = contents(luck, kind, pictures, layout, paper, sheet);
  const std::vector<std::uint8_t> ink =
      caption > 0 ? written(layout, luck, width, height) : std::vector<std::uint8_t>{};
  const Colour pen =
      light_of(layout.bars ? bar : paper.colour) > 128 ? Colour{10, 10, 10} : Colour{245, 245, 245};

  const double sine = std::sin(layout.angle);
  const double cosine = std::cos(layout.angle);
  constexpr double kClear = 2;  // pixels from every border: nothing to smooth
  const auto colour_at = [&](double page_x, double page_y, bool& clear) {
    const double dx = page_x - width / 2.0;
    const double dy = page_y - height / 2.0;
    const double x = width / 2.0 + dx * cosine + dy * sine;
    const double y = height / 2.0 - dx * sine + dy * cosine;
    double dark = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      const double left = layout.columns[i % 3 * 2];
      const double right = layout.columns[i % 3 * 2 + 1];
      const double top = layout.rows[i / 3 * 2];
      const double bottom = layout.rows[i / 3 * 2 + 1];
      if (x < left - 0.1 * cell || x > right + 0.1 * cell || y < top - 0.1 * cell ||
          y > bottom + 0.1 * cell + layout.caption)
        continue;
      const double inside = depth(x, y, left, top, right, bottom, layout.radius);
      if (inside >= 0) {
        if (inside < layout.frame) return frame;
        clear = inside > layout.frame + kClear;
        const Canvas& canvas = nine[i];
        return canvas.between((x - left) / (right - left) * canvas.width,
                              (y - top) / (bottom - top) * canvas.height);
      }
      if (layout.bars && x >= left && x < right && y >= bottom && y < bottom + layout.caption)
        dark = -1;
      else if (layout.shadow > 0 && dark >= 0)
        dark = std::max(
            dark, layout.shadow *
                      std::clamp(0.7 + depth(x - layout.shadow_size / 2, y - layout.shadow_size / 2,
                                             left, top, right, bottom, layout.radius) /
                                           layout.shadow_size,
                                 0.0, 1.0));
    }
    Colour colour = dark < 0 ? bar : paper.at(x / width, y / height);
    for (double& channel : colour) channel *= 1 - std::max(dark, 0.0);
    if (!ink.empty() && x >= 0 && y >= 0 && x < width && y < height) {
      const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                             static_cast<std::size_t>(x);
      colour = mixed(colour, pen, ink[at] / 255.0);
    }
    if (paper.grain > 0 && dark >= 0) colour = shifted(colour, paper.grain * luck.normal());
    return colour;
  };
  const double grain = luck.of(0.25) ? luck(1, 8) : 0;
  Image& image = sheet.image;
  image = {width, height, {}};
  image.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      bool clear = false;
      Colour sum = colour_at(x + 0.5, y + 0.5, clear);
      if (!clear) {
        sum = {};
        for (const double sub_y : {0.25, 0.75})
          for (const double sub_x : {0.25, 0.75}) {
            const Colour colour = colour_at(x + sub_x, y + sub_y, clear);
            for (std::size_t i = 0; i < 3; ++i) sum[i] += colour[i] / 4;
          }
      }
      const double speck = grain > 0 ? grain * luck.normal() : 0;
      for (const double channel : sum)
        image.pixels.push_back(static_cast<std::uint8_t>(std::clamp(channel + speck, 0.0, 255.0)));
      image.pixels.push_back(255);
    }
  say(grain > 0, "grain");
  if (luck.of(0.15)) {
    sheet.kinds.push_back("enlarged");
    const double share = luck(0.5, 0.8);
    image = scale_picture(
        scale_picture(image, static_cast<int>(width * share), static_cast<int>(height * share)),
        width, height);
  }
  if (luck.of(0.4)) {
    sheet.kinds.push_back("JPEG");
    image = decode_picture(encode_jpeg(image, luck.number(50, 95)));
  }
  for (std::size_t i = 0; i < 9; ++i) {
    const double left = layout.columns[i % 3 * 2] - width / 2.0;
    const double right = layout.columns[i % 3 * 2 + 1] - width / 2.0;
    const double top = layout.rows[i / 3 * 2] - height / 2.0;
    const double bottom = layout.rows[i / 3 * 2 + 1] - height / 2.0;
    const double middle_x = (left + right) / 2;
    const double middle_y = (top + bottom) / 2;
    const auto across = [&](double x) {
      return std::clamp(width / 2.0 + x * cosine - middle_y * sine, 0.0, width * 1.0);
    };
    const auto down = [&](double y) {
      return std::clamp(height / 2.0 + middle_x * sine + y * cosine, 0.0, height * 1.0);
    };
    sheet.cells[i] = {across(left), down(top), across(right), down(bottom)};
  }
  return sheet;
}

}  // namespace castboard::testing
