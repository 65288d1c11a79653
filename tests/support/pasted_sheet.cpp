#include <numbers>

#include "imaging/imaging.h"
#include "support/pasted_contents.h"

namespace castboard::testing {

namespace {

using namespace pasted;

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

// The levels by which the ground of the cells differs from the paper beside it in the finished
// picture, at the middle one of the left, right and upper borders. The lower ones cut the figures.
double step_at_borders(const MadeSheet& sheet, double angle) {
  constexpr double kBeside = 2.5;  // pixels
  constexpr int kGround = 20;      // levels: more is no ground beside paper
  const Image& image = sheet.image;
  const double sine = std::sin(angle);
  const double cosine = std::cos(angle);
  const auto pixel = [&image](double x, double y) {
    return image.pixels.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
            static_cast<std::size_t>(x)) *
               4;
  };
  std::vector<double> steps;
  // From the middle of a border along it, with a unit vector out of the cell.
  const auto look = [&](double x, double y, double out_x, double out_y, double reach) {
    std::array<double, 3> sum{};
    int count = 0;
    for (double along = -reach; along <= reach; ++along) {
      const double at_x = x - out_y * along;
      const double at_y = y + out_x * along;
      const double most = kBeside + 1;
      if (at_x < most || at_y < most || at_x > image.width - most || at_y > image.height - most)
        continue;
      const std::uint8_t* outside = pixel(at_x + kBeside * out_x, at_y + kBeside * out_y);
      const std::uint8_t* inside = pixel(at_x - kBeside * out_x, at_y - kBeside * out_y);
      std::array<int, 3> step{};
      for (std::size_t i = 0; i < 3; ++i) step[i] = inside[i] - outside[i];
      if (std::any_of(step.begin(), step.end(), [](int one) { return std::abs(one) > kGround; }))
        continue;
      for (std::size_t i = 0; i < 3; ++i) sum[i] += step[i];
      ++count;
    }
    if (count < reach / 2) return;
    double most = 0;
    for (const double channel : sum) most = std::max(most, std::abs(channel) / count);
    steps.push_back(most);
  };
  for (const TrueBox& cell : sheet.cells) {
    const double x = (cell.left + cell.right) / 2;
    const double y = (cell.top + cell.bottom) / 2;
    const double height = 0.35 * (cell.bottom - cell.top);
    look(cell.left, y, -cosine, -sine, height);
    look(cell.right, y, cosine, sine, height);
    look(x, cell.top, sine, -cosine, 0.35 * (cell.right - cell.left));
  }
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

constexpr double kSeen = 2;  // levels of 255: nobody sees less

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
  const std::array<Canvas, 9> nine =
      make_contents(luck, kind, pictures, layout.columns, layout.rows, paper.colour);
  say(true, name_of(kind));
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
  // Grain and compression may leave nothing of a ground that hardly differs from the paper.
  if (kind == Contents::like_the_paper && layout.frame == 0 && layout.shadow == 0)
    sheet.unseen = step_at_borders(sheet, layout.angle) < kSeen;
  return sheet;
}

}  // namespace castboard::testing