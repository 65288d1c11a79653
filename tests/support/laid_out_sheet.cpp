#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <random>

#include "imaging/imaging.h"
#include "support/sheet_maker.h"

namespace castboard::testing {

namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

struct Colour {
  double r = 0, g = 0, b = 0, a = 1;
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  double between(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  bool chance(double share) { return between(0, 1) < share; }
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  Colour colour() { return {between(0, 1), between(0, 1), between(0, 1)}; }

 private:
  std::mt19937_64 random_;
};

Surface surface_of(const Image& image) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image.width, image.height),
                  &cairo_surface_destroy);
  cairo_surface_flush(surface.get());
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const std::uint8_t* from =
          image.pixels.data() + (static_cast<std::size_t>(y) * image.width + x) * 4;
      unsigned char* to = rows + y * stride + x * 4;
      for (int i = 0; i < 3; ++i) to[i] = static_cast<unsigned char>(from[2 - i] * from[3] / 255);
      to[3] = from[3];
    }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

Image image_of(cairo_surface_t* surface) {
  cairo_surface_flush(surface);
  Image image{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
  const unsigned char* rows = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const unsigned char* from = rows + y * stride + x * 4;
      for (int i = 2; i >= 0; --i)
        image.pixels.push_back(
            static_cast<std::uint8_t>(from[3] == 0 ? 0 : std::min(255, from[i] * 255 / from[3])));
      image.pixels.push_back(from[3]);
    }
  return image;
}

void set_colour(cairo_t* cr, const Colour& colour) {
  cairo_set_source_rgba(cr, colour.r, colour.g, colour.b, colour.a);
}

void ellipse(cairo_t* cr, double x, double y, double width, double height) {
  cairo_save(cr);
  cairo_translate(cr, x, y);
  cairo_scale(cr, width, height);
  cairo_new_sub_path(cr);
  cairo_arc(cr, 0, 0, 1, 0, 2 * std::numbers::pi);
  cairo_restore(cr);
}

// A face with shoulders cut by the lower border, on one flat or shaded colour; unit square.
void draw_face(cairo_t* cr, Dice& dice, const Colour& ground, const Colour& skin,
               const Colour& hair, const Colour& shirt, bool shaded) {
  if (shaded) {
    cairo_pattern_t* pattern = cairo_pattern_create_linear(0, 0, 0, 1);
    cairo_pattern_add_color_stop_rgb(pattern, 0, ground.r, ground.g, ground.b);
    cairo_pattern_add_color_stop_rgb(pattern, 1, ground.r * 0.7, ground.g * 0.7, ground.b * 0.75);
    cairo_set_source(cr, pattern);
    cairo_pattern_destroy(pattern);
  } else {
    set_colour(cr, ground);
  }
  cairo_paint(cr);
  const double x = 0.5 + dice.between(-0.04, 0.04);
  const double y = 0.45 + dice.between(-0.05, 0.05);
  set_colour(cr, shirt);
  ellipse(cr, x, 1.08, dice.between(0.3, 0.45), 0.3);
  cairo_fill(cr);
  set_colour(cr, hair);
  ellipse(cr, x, y - 0.05, 0.27, 0.32);
  cairo_fill(cr);
  set_colour(cr, skin);
  cairo_rectangle(cr, x - 0.07, y + 0.15, 0.14, 0.25);
  cairo_fill(cr);
  ellipse(cr, x, y + 0.03, 0.21, 0.27);
  cairo_fill(cr);
  cairo_set_source_rgb(cr, 0.1, 0.1, 0.12);
  for (const double side : {-1.0, 1.0}) {
    ellipse(cr, x + side * 0.09, y, 0.025, dice.between(0.01, 0.04));
    cairo_fill(cr);
  }
  cairo_set_line_width(cr, 0.015);
  cairo_move_to(cr, x - 0.08, y + 0.15);
  cairo_curve_to(cr, x - 0.03, y + dice.between(0.1, 0.2), x + 0.03, y + dice.between(0.1, 0.2),
                 x + 0.08, y + 0.15);
  cairo_stroke(cr);
}

// A part of a picture, perhaps mirrored, over the unit square.
void draw_part(cairo_t* cr, const Image& image, Dice& dice, double smallest) {
  const Surface surface = surface_of(image);
  const double share = dice.between(smallest, 1);
  const double width = image.width * share;
  const double height = image.height * share;
  cairo_save(cr);
  if (dice.chance(0.3)) {
    cairo_translate(cr, 1, 0);
    cairo_scale(cr, -1, 1);
  }
  cairo_scale(cr, 1 / width, 1 / height);
  cairo_set_source_surface(cr, surface.get(), -dice.between(0, image.width - width),
                           -dice.between(0, image.height - height));
  cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
  cairo_paint(cr);
  cairo_restore(cr);
}

void rounded_rectangle(cairo_t* cr, double x, double y, double width, double height,
                       double radius) {
  if (radius <= 0) return cairo_rectangle(cr, x, y, width, height);
  const double right = std::numbers::pi / 2;
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + width - radius, y + radius, radius, -right, 0);
  cairo_arc(cr, x + width - radius, y + height - radius, radius, 0, right);
  cairo_arc(cr, x + radius, y + height - radius, radius, right, 2 * right);
  cairo_arc(cr, x + radius, y + radius, radius, 2 * right, 3 * right);
  cairo_close_path(cr);
}

struct Side {
  int width, height;
};
constexpr Side kSizes[] = {{512, 512},   {640, 640},   {768, 768},   {1000, 1000}, {1024, 1024},
                           {1024, 1024}, {1152, 864},  {1024, 1536}, {864, 1152},  {1280, 720},
                           {1344, 768},  {1536, 1536}, {1920, 1080}, {2048, 2048}};

constexpr const char* kPoses[] = {"Happy",   "Sad",     "Angry", "Surprised", "Fear",
                                  "Disgust", "Neutral", "Smirk", "Laugh"};

enum class Content { photographs, drawings, faces, mixed };

struct Recipe {
  Content content = Content::photographs;
  double gutter = 0;  // shares of a cell's side
  double margin[4] = {};
  double caption = 0;
  bool caption_over = false;
  double uneven = 0;
  double off_x = 0, off_y = 0;
  double angle = 0;
  double radius = 0;
  double frame = 0;
  Colour gutter_colour, margin_colour, ground;
  bool shaded_gutter = false;
  bool one_ground = false;
};

Colour some_gutter(Dice& dice, std::string& name) {
  switch (dice.below(6)) {
    case 0:
    case 1:
      name = "white gutter";
      return {1, 1, 1};
    case 2:
      name = "black gutter";
      return {0, 0, 0};
    case 3: {
      name = "grey gutter";
      const double grey = dice.between(0.1, 0.9);
      return {grey, grey, grey};
    }
    default:
      name = "coloured gutter";
      return dice.colour();
  }
}

Recipe some_recipe(Dice& dice, MadeSheet& sheet) {
  Recipe recipe;
  recipe.content = static_cast<Content>(dice.below(4));
  sheet.kinds.push_back(recipe.content == Content::photographs ? "photographs"
                        : recipe.content == Content::drawings  ? "drawings"
                        : recipe.content == Content::faces     ? "flat faces"
                                                               : "mixed contents");
  sheet.gutterless = dice.chance(0.14);
  if (!sheet.gutterless) recipe.gutter = dice.between(0.004, 0.06);
  std::string name;
  recipe.gutter_colour = some_gutter(dice, name);
  if (!sheet.gutterless) sheet.kinds.push_back(name);
  recipe.margin_colour = recipe.gutter_colour;
  if (dice.chance(0.5)) {
    const double most = sheet.gutterless ? 0 : 0.12;
    const bool equal = dice.chance(0.5);
    recipe.margin[0] = dice.between(0, most);
    for (int i = 1; i < 4; ++i) recipe.margin[i] = equal ? recipe.margin[0] : dice.between(0, most);
    if (most > 0) sheet.kinds.push_back("margins");
    if (most > 0 && dice.chance(0.3)) {
      recipe.margin_colour = dice.colour();
      sheet.kinds.push_back("margins of another colour");
    }
  } else if (!sheet.gutterless && dice.chance(0.6)) {
    for (double& margin : recipe.margin) margin = recipe.gutter / (dice.chance(0.5) ? 1 : 2);
  }
  if (!sheet.gutterless && dice.chance(0.22)) {
    recipe.caption = dice.between(0.07, 0.16);
    recipe.caption_over = dice.chance(0.25);
    sheet.kinds.push_back("captions");
  }
  if (dice.chance(0.5)) {
    recipe.uneven = dice.between(0.01, 0.06);
    sheet.kinds.push_back("uneven");
  }
  if (dice.chance(0.45)) {
    recipe.off_x = dice.between(-0.05, 0.05);
    recipe.off_y = dice.between(-0.05, 0.05);
    sheet.kinds.push_back("off-centre");
  }
  if (dice.chance(0.4)) {
    recipe.angle = dice.between(-2, 2);
    sheet.kinds.push_back("rotated");
  }
  if (!sheet.gutterless && dice.chance(0.1)) {
    recipe.radius = dice.between(0.02, 0.1);
    sheet.kinds.push_back("rounded");
  }
  if (!sheet.gutterless && dice.chance(0.15)) {
    recipe.frame = dice.between(0.003, 0.012);
    sheet.kinds.push_back("framed");
  }
  recipe.shaded_gutter = !sheet.gutterless && dice.chance(0.1);
  if (recipe.shaded_gutter) sheet.kinds.push_back("shaded gutter");
  if (recipe.content == Content::faces) {
    recipe.one_ground = dice.chance(0.5);
    recipe.ground = dice.colour();
    if (!sheet.gutterless && dice.chance(0.3)) {
      // As good as the gutter's own colour, and never quite.
      const auto near = [&dice](double value) {
        const double step = dice.between(5, 14) / 255;
        return value > 0.5 ? value - step : value + step;
      };
      recipe.one_ground = true;
      recipe.ground = {near(recipe.gutter_colour.r), near(recipe.gutter_colour.g),
                       near(recipe.gutter_colour.b)};
      sheet.kinds.push_back("ground like the gutter");
    }
  }
  return recipe;
}

}  // namespace

MadeSheet make_laid_out_sheet(const CellPictures& pictures, std::uint64_t seed) {
  Dice dice(seed);
  MadeSheet sheet;
  const Recipe recipe = some_recipe(dice, sheet);
  const Side side = kSizes[dice.below(std::size(kSizes))];
  const double width = side.width;
  const double height = side.height;
  // In units of a cell: margins, three cells with captions, two gutters make up the picture.
  const double unit_x = width / (3 + 2 * recipe.gutter + recipe.margin[0] + recipe.margin[2]);
  const double unit_y =
      height / (3 * (1 + recipe.caption) + 2 * recipe.gutter + recipe.margin[1] + recipe.margin[3]);
  const auto borders = [&](double start, double unit, double caption) {
    std::array<double, 3> share{};
    double total = 0;
    for (double& one : share) total += one = 1 + dice.between(-recipe.uneven, recipe.uneven);
    std::array<double, 6> at{};
    double place = start;
    for (std::size_t i = 0; i < 3; ++i) {
      const double size = unit * share[i] * 3 / total;
      at[2 * i] = place + (recipe.caption_over ? caption * unit : 0);
      at[2 * i + 1] = at[2 * i] + size;
      place += size + (caption + recipe.gutter) * unit;
    }
    return at;
  };
  const auto columns = borders((recipe.margin[0] + recipe.off_x) * unit_x, unit_x, 0);
  const auto rows = borders((recipe.margin[1] + recipe.off_y) * unit_y, unit_y, recipe.caption);

  const Surface canvas(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side.width, side.height),
                       &cairo_surface_destroy);
  const Context cr(cairo_create(canvas.get()), &cairo_destroy);
  if (sheet.gutterless || !dice.chance(0.06)) {
    set_colour(cr.get(), recipe.margin_colour);
    cairo_paint(cr.get());
  } else {
    sheet.kinds.push_back("transparent gutter");
  }
  const bool transparent = !sheet.kinds.empty() && sheet.kinds.back() == "transparent gutter";
  cairo_translate(cr.get(), width / 2, height / 2);
  cairo_rotate(cr.get(), recipe.angle * std::numbers::pi / 180);
  cairo_translate(cr.get(), -width / 2, -height / 2);
  if (!transparent && recipe.gutter > 0) {
    set_colour(cr.get(), recipe.gutter_colour);
    if (recipe.shaded_gutter) {
      cairo_pattern_t* pattern = cairo_pattern_create_linear(0, 0, width, height);
      const Colour& c = recipe.gutter_colour;
      cairo_pattern_add_color_stop_rgb(pattern, 0, c.r, c.g, c.b);
      cairo_pattern_add_color_stop_rgb(pattern, 1, c.r * 0.75, c.g * 0.8, c.b * 0.85);
      cairo_set_source(cr.get(), pattern);
      cairo_pattern_destroy(pattern);
    }
    const double edge = recipe.margin_colour.r == recipe.gutter_colour.r &&
                                recipe.margin_colour.g == recipe.gutter_colour.g
                            ? 4000
                            : recipe.caption * unit_y;
    cairo_rectangle(cr.get(), columns[0] - (edge > 100 ? edge : 0), rows[0] - edge,
                    columns[5] - columns[0] + (edge > 100 ? 2 * edge : 0),
                    rows[5] - rows[0] + 2 * edge);
    cairo_fill(cr.get());
  }

  const Colour skin = dice.colour();
  const Colour hair = dice.colour();
  const Colour shirt = dice.colour();
  const bool shaded = dice.chance(0.3);
  const std::size_t person = dice.below(pictures.drawings.size());
  const double radians = recipe.angle * std::numbers::pi / 180;
  for (std::size_t i = 0; i < 9; ++i) {
    const double left = columns[i % 3 * 2];
    const double right = columns[i % 3 * 2 + 1];
    const double top = rows[i / 3 * 2];
    const double bottom = rows[i / 3 * 2 + 1];
    cairo_save(cr.get());
    rounded_rectangle(cr.get(), left, top, right - left, bottom - top,
                      recipe.radius * std::min(unit_x, unit_y));
    cairo_clip(cr.get());
    cairo_translate(cr.get(), left, top);
    cairo_scale(cr.get(), right - left, bottom - top);
    Content content = recipe.content;
    if (content == Content::mixed) content = static_cast<Content>(dice.below(3));
    if (content == Content::photographs) {
      draw_part(cr.get(), pictures.photographs[dice.below(pictures.photographs.size())], dice, 0.4);
    } else if (content == Content::drawings) {
      draw_part(cr.get(), pictures.drawings[person][i], dice, 0.9);
    } else {
      draw_face(cr.get(), dice, recipe.one_ground ? recipe.ground : dice.colour(), skin, hair,
                shirt, shaded && sheet.kinds.back() != "ground like the gutter");
    }
    cairo_restore(cr.get());
    if (recipe.frame > 0) {
      const double line = std::max(1.0, recipe.frame * std::min(unit_x, unit_y));
      cairo_set_source_rgb(cr.get(), 0.06, 0.06, 0.08);
      cairo_set_line_width(cr.get(), line);
      rounded_rectangle(cr.get(), left + line / 2, top + line / 2, right - left - line,
                        bottom - top - line, recipe.radius * std::min(unit_x, unit_y));
      cairo_stroke(cr.get());
    }
    if (recipe.caption > 0) {
      const double light = recipe.gutter_colour.r * 0.3 + recipe.gutter_colour.g * 0.6 +
                           recipe.gutter_colour.b * 0.1;
      const double ink = light > 0.5 && !transparent ? 0 : 1;
      cairo_set_source_rgb(cr.get(), ink, ink, ink);
      cairo_select_font_face(cr.get(), "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                             CAIRO_FONT_WEIGHT_BOLD);
      cairo_set_font_size(cr.get(), recipe.caption * unit_y * 0.6);
      cairo_text_extents_t extents;
      cairo_text_extents(cr.get(), kPoses[i], &extents);
      const double middle = recipe.caption * unit_y * (recipe.caption_over ? -0.3 : 0.7);
      cairo_move_to(cr.get(), (left + right - extents.width) / 2,
                    (recipe.caption_over ? top : bottom) + middle);
      cairo_show_text(cr.get(), kPoses[i]);
    }
    const auto turned_x = [&](double x, double y) {
      return width / 2 + (x - width / 2) * std::cos(radians) - (y - height / 2) * std::sin(radians);
    };
    const auto turned_y = [&](double x, double y) {
      return height / 2 + (x - width / 2) * std::sin(radians) +
             (y - height / 2) * std::cos(radians);
    };
    const double centre_x = (left + right) / 2;
    const double centre_y = (top + bottom) / 2;
    sheet.cells[i] = {std::clamp(turned_x(left, centre_y), 0.0, width),
                      std::clamp(turned_y(centre_x, top), 0.0, height),
                      std::clamp(turned_x(right, centre_y), 0.0, width),
                      std::clamp(turned_y(centre_x, bottom), 0.0, height)};
  }
  sheet.image = image_of(canvas.get());
  if (!transparent && dice.chance(0.4)) {
    sheet.kinds.push_back("JPEG");
    sheet.image = decode_picture(encode_jpeg(sheet.image, static_cast<int>(dice.between(55, 95))));
  }
  return sheet;
}

}  // namespace castboard::testing
