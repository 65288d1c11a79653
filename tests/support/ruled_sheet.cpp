#include <algorithm>
#include <cmath>
#include <random>

#include "imaging/imaging.h"
#include "support/sheet_maker.h"

namespace castboard::testing {

namespace {

using Colour = std::array<double, 3>;

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed ^ 0x9e3779b97f4a7c15U) {}
  double operator()(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  bool one_in(double count) { return (*this)(0, count) < 1; }
  Colour colour(double low, double high) {
    return {(*this)(low, high), (*this)(low, high), (*this)(low, high)};
  }
  std::mt19937_64& engine() { return random_; }

 private:
  std::mt19937_64 random_;
};

// A border: where it crosses the middle of the sheet, and how far it leans on the way.
struct Border {
  double at = 0;
  double lean = 0;
  [[nodiscard]] double position(double along) const { return at + lean * along; }
};

struct CellPaint {
  const Image* picture = nullptr;
  double x = 0, y = 0, scale_x = 1, scale_y = 1;  // the part of it, in shares
  Colour tint{1, 1, 1};
  bool mirrored = false;
};

Colour sample(const CellPaint& paint, double u, double v) {
  const Image& image = *paint.picture;
  if (paint.mirrored) u = 1 - u;
  const double x =
      std::clamp((paint.x + u * paint.scale_x) * image.width - 0.5, 0.0, image.width - 1.001);
  const double y =
      std::clamp((paint.y + v * paint.scale_y) * image.height - 0.5, 0.0, image.height - 1.001);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  Colour colour{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = [&](int dx, int dy) -> double {
      return image
          .pixels[(static_cast<std::size_t>(top + dy) * static_cast<std::size_t>(image.width) +
                   static_cast<std::size_t>(left + dx)) *
                      4 +
                  i];
    };
    colour[i] = paint.tint[i] * std::lerp(std::lerp(value(0, 0), value(1, 0), x - left),
                                          std::lerp(value(0, 1), value(1, 1), x - left), y - top);
  }
  return colour;
}

struct Rule {
  std::array<Border, 6> columns;
  std::array<Border, 6> rows;
  Colour gutter{};
  double shade = 0;  // of the gutter, from one corner to the other
  double ripple = 0;
  Colour frame{};
  double frame_width = 0;
  double shadow = 0;
  double label = 0;  // height of a bar under every cell
  Colour label_colour{};
};

// The cell of a point and where in it, or -1.
int cell_of(const Rule& rule, double x, double y, double middle_x, double middle_y, double& u,
            double& v) {
  for (std::size_t row = 0; row < 3; ++row) {
    const double top = rule.rows[2 * row].position(x - middle_x);
    const double bottom = rule.rows[2 * row + 1].position(x - middle_x);
    if (y < top || y >= bottom) continue;
    for (std::size_t column = 0; column < 3; ++column) {
      const double left = rule.columns[2 * column].position(y - middle_y);
      const double right = rule.columns[2 * column + 1].position(y - middle_y);
      if (x < left || x >= right) continue;
      u = (x - left) / (right - left);
      v = (y - top) / (bottom - top);
      return static_cast<int>(row * 3 + column);
    }
  }
  return -1;
}

std::array<Border, 6> rule_borders(Chance& chance, double length, double gutter, double label,
                                   double lean, double own_lean, double gap_changes) {
  // Two borders somewhere near the thirds; each gutter its own width around them.
  const double cell = length / 3;
  const double shift = chance(-0.05, 0.05) * cell * (chance.one_in(2) ? 1 : 0);
  const double swing = chance.one_in(2) ? chance(0.0, 0.05) : 0;
  std::array<Border, 6> borders{};
  const double margin = chance.one_in(2) ? chance(0, 0.1) * cell * (gutter > 0 ? 1 : 0) : 0;
  const double far = chance.one_in(2) ? chance(0, 0.1) * cell * (gutter > 0 ? 1 : 0) : margin;
  borders[0].at = margin > 0 ? margin : 0;
  borders[5].at = length - far - label * cell;
  for (std::size_t i = 1; i < 3; ++i) {
    const double middle = borders[0].at + (borders[5].at - borders[0].at) * i / 3.0 + shift +
                          chance(-swing, swing) * cell;
    const double width = gutter * cell * chance(1 - gap_changes, 1 + gap_changes);
    const double tilt = lean + chance(-own_lean, own_lean);
    borders[2 * i - 1] = {middle - width / 2 - label * cell / 2, tilt};
    borders[2 * i] = {middle + width / 2 + label * cell / 2, tilt};
  }
  borders[0].lean = margin > 0 ? lean + chance(-own_lean, own_lean) : 0;
  borders[5].lean = far + label > 0 ? lean + chance(-own_lean, own_lean) : 0;
  return borders;
}

}  // namespace

MadeSheet make_ruled_sheet(const CellPictures& pictures, std::uint64_t seed) {
  Chance chance(seed);
  MadeSheet sheet;
  static constexpr int kLengths[] = {600, 720, 800, 960, 1024, 1200, 1400, 1792};
  const int height = kLengths[static_cast<std::size_t>(chance(0, 8))];
  const double ratio = chance.one_in(2) ? 1 : chance(0.7, 1.5);
  const int width = static_cast<int>(height * ratio);
  const double middle_x = width / 2.0;
  const double middle_y = height / 2.0;

  Rule rule;
  sheet.gutterless = chance.one_in(7);
  const double gutter = sheet.gutterless ? 0 : chance(0.003, 0.06);
  if (!sheet.gutterless && chance.one_in(5)) {
    rule.label = chance(0.06, 0.14);
    sheet.kinds.push_back("label bars");
  }
  double lean = 0;
  double own_lean = 0;
  if (chance.one_in(3)) {
    lean = chance(-0.035, 0.035);
    sheet.kinds.push_back("rotated");
  } else if (chance.one_in(4)) {
    own_lean = 0.015;
    sheet.kinds.push_back("borders that lean by themselves");
  }
  rule.columns = rule_borders(chance, width, gutter, 0, -lean, own_lean, 0.3);
  rule.rows = rule_borders(chance, height, gutter, rule.label, lean, own_lean, 0.3);
  rule.gutter = chance.colour(0, 255);
  if (chance.one_in(2)) rule.gutter.fill(chance.one_in(2) ? 255 : chance(0, 60));
  rule.shade = chance.one_in(5) ? chance(-40, 40) : 0;
  rule.ripple = chance.one_in(4) ? chance(0, 6) : 0;
  if (!sheet.gutterless && chance.one_in(6)) {
    rule.frame_width = chance(1, 0.012 * height / 3);
    rule.frame = chance.colour(0, 90);
    sheet.kinds.push_back("framed");
  }
  if (!sheet.gutterless && chance.one_in(8)) {
    rule.shadow = chance(0.1, 0.4);
    sheet.kinds.push_back("shadows");
  }
  rule.label_colour = chance.one_in(2) ? rule.gutter : chance.colour(0, 255);

  // Contents: parts of one scene, photographs of the same kind, or a character.
  std::array<CellPaint, 9> paints;
  const double kind = chance(0, 3);
  const auto pick = [&chance](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(chance.engine());
  };
  const std::size_t scene = pick(pictures.photographs.size());
  const std::size_t person = pick(pictures.drawings.size());
  sheet.kinds.push_back(kind < 1   ? "parts of one photograph"
                        : kind < 2 ? "photographs"
                                   : "drawings");
  for (std::size_t i = 0; i < 9; ++i) {
    CellPaint& paint = paints[i];
    paint.picture = kind < 1   ? &pictures.photographs[scene]
                    : kind < 2 ? &pictures.photographs[pick(pictures.photographs.size())]
                               : &pictures.drawings[person][i];
    const double share = kind < 2 ? chance(0.35, 0.8) : chance(0.85, 1);
    paint.scale_x = paint.scale_y = share;
    paint.x = chance(0, 1 - share);
    paint.y = kind < 2 ? chance(0, 1 - share) : 1 - share;
    paint.mirrored = chance.one_in(3);
    if (kind < 2) paint.tint = chance.colour(0.75, 1);
    const double x = (rule.columns[i % 3 * 2].at + rule.columns[i % 3 * 2 + 1].at) / 2 - middle_x;
    const double y = (rule.rows[i / 3 * 2].at + rule.rows[i / 3 * 2 + 1].at) / 2 - middle_y;
    sheet.cells[i] = {std::clamp(rule.columns[i % 3 * 2].position(y), 0.0, width * 1.0),
                      std::clamp(rule.rows[i / 3 * 2].position(x), 0.0, height * 1.0),
                      std::clamp(rule.columns[i % 3 * 2 + 1].position(y), 0.0, width * 1.0),
                      std::clamp(rule.rows[i / 3 * 2 + 1].position(x), 0.0, height * 1.0)};
  }

  const double grain = chance.one_in(3) ? chance(1, 6) : 0;
  std::normal_distribution<double> normal(0, 1);
  Image& image = sheet.image;
  image = {width, height, {}};
  image.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  const auto colour_at = [&](double x, double y) {
    double u = 0;
    double v = 0;
    const int cell = cell_of(rule, x, y, middle_x, middle_y, u, v);
    if (cell >= 0) {
      const double near_x = std::min(u, 1 - u) * (rule.columns[1].at - rule.columns[0].at);
      const double near_y = std::min(v, 1 - v) * (rule.rows[1].at - rule.rows[0].at);
      if (std::min(near_x, near_y) < rule.frame_width) return rule.frame;
      return sample(paints[static_cast<std::size_t>(cell)], u, v);
    }
    Colour colour = rule.gutter;
    double a = 0;
    double b = 0;
    if (rule.label > 0 &&
        cell_of(rule, x, y - rule.label * height / 3 * 0.98, middle_x, middle_y, a, b) >= 0) {
      colour = rule.label_colour;
      // Strokes as of letters.
      if (std::abs(a - 0.5) < 0.25 && b > 1 - rule.label * 0.75 && b < 1 - rule.label * 0.25 &&
          std::fmod(a * 60, 2) < 1)
        colour = {255 - colour[0], 255 - colour[1], 255 - colour[2]};
      return colour;
    }
    if (rule.shadow > 0 && cell_of(rule, x - 4, y - 4, middle_x, middle_y, a, b) >= 0)
      for (double& channel : colour) channel *= 1 - rule.shadow;
    for (double& channel : colour)
      channel +=
          rule.shade * (x / width - y / height) + rule.ripple * std::sin(x * 0.11 + y * 0.07);
    return colour;
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      double u = 0;
      double v = 0;
      const int cell = cell_of(rule, x, y, middle_x, middle_y, u, v);
      const bool inside =
          cell >= 0 && cell == cell_of(rule, x + 1, y + 1, middle_x, middle_y, u, v);
      Colour sum{};
      if (inside) {
        sum = colour_at(x + 0.5, y + 0.5);
      } else {
        for (const double dy : {0.25, 0.75})
          for (const double dx : {0.25, 0.75}) {
            const Colour colour = colour_at(x + dx, y + dy);
            for (std::size_t i = 0; i < 3; ++i) sum[i] += colour[i] / 4;
          }
      }
      const double speck = grain > 0 ? grain * normal(chance.engine()) : 0;
      for (const double channel : sum)
        image.pixels.push_back(static_cast<std::uint8_t>(std::clamp(channel + speck, 0.0, 255.0)));
      image.pixels.push_back(255);
    }
  }
  if (chance.one_in(3)) {
    sheet.kinds.push_back("JPEG");
    image = decode_picture(encode_jpeg(image, static_cast<int>(chance(60, 95))));
  }
  return sheet;
}

}  // namespace castboard::testing
