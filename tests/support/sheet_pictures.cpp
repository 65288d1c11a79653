#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "sketch/expression.h"
#include "sketch/sketch_picture.h"
#include "support/sheet_maker.h"

namespace castboard::testing {

namespace {

constexpr int kSide = 384;

class Noise {
 public:
  explicit Noise(std::uint64_t seed) : random_(seed) {
    for (double& value : lattice_) value = std::uniform_real_distribution<double>(-1, 1)(random_);
  }

  // Several octaves of smooth value noise, about -1..1.
  [[nodiscard]] double at(double x, double y, int octaves, double persistence) const {
    double sum = 0;
    double size = 1;
    double total = 0;
    for (int i = 0; i < octaves; ++i) {
      sum += size * smooth(x + i * 17.3, y + i * 9.7);
      total += size;
      x *= 2;
      y *= 2;
      size *= persistence;
    }
    return sum / total;
  }

 private:
  static constexpr int kPeriod = 64;
  std::mt19937_64 random_;
  std::array<double, kPeriod * kPeriod> lattice_{};

  [[nodiscard]] double knot(int x, int y) const {
    return lattice_[static_cast<std::size_t>((y & (kPeriod - 1)) * kPeriod + (x & (kPeriod - 1)))];
  }
  [[nodiscard]] double smooth(double x, double y) const {
    const int left = static_cast<int>(std::floor(x));
    const int top = static_cast<int>(std::floor(y));
    double u = x - left;
    double v = y - top;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    return std::lerp(std::lerp(knot(left, top), knot(left + 1, top), u),
                     std::lerp(knot(left, top + 1), knot(left + 1, top + 1), u), v);
  }
};

struct Shape {
  double x, y, width, height, angle, shade;
  bool box;
};

// Soft light over rough ground, a horizon, some things in focus, grain: no photograph, but as hard
// to tell borders in.
Image photograph(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto between = [&random](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  const Noise noise(seed * 31 + 5);
  std::array<double, 3> low{};
  std::array<double, 3> high{};
  for (std::size_t i = 0; i < 3; ++i) {
    low[i] = between(0, 110);
    high[i] = between(110, 255);
  }
  std::vector<Shape> shapes;
  for (int i = static_cast<int>(between(2, 14)); i > 0; --i)
    shapes.push_back({between(0, 1), between(0, 1), between(0.03, 0.3), between(0.03, 0.3),
                      between(0, std::numbers::pi), between(-0.8, 0.8), between(0, 1) < 0.4});
  const double scale = between(2, 9);
  const double persistence = between(0.4, 0.8);
  const double horizon = between(0, 1) < 0.5 ? between(0.3, 0.8) : 9;
  const double tilt = between(-0.1, 0.1);
  const double vignette = between(0, 0.6);
  const double grain = between(0, 9);
  std::normal_distribution<double> normal(0, 1);
  Image image{kSide, kSide, {}};
  image.pixels.reserve(std::size_t{kSide} * kSide * 4);
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      const double x = (column + 0.5) / kSide;
      const double y = (row + 0.5) / kSide;
      double value = 0.5 + 0.45 * noise.at(x * scale, y * scale, 6, persistence);
      if (y > horizon + tilt * (x - 0.5)) value = 0.35 * value + 0.1;
      for (const Shape& shape : shapes) {
        const double dx = x - shape.x;
        const double dy = y - shape.y;
        const double u = (dx * std::cos(shape.angle) + dy * std::sin(shape.angle)) / shape.width;
        const double v = (dy * std::cos(shape.angle) - dx * std::sin(shape.angle)) / shape.height;
        const bool inside = shape.box ? std::max(std::abs(u), std::abs(v)) < 1 : u * u + v * v < 1;
        if (inside) value += shape.shade * (shape.box ? 0.6 : 0.9 - 0.5 * (u + v));
      }
      value *= 1 - vignette * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)) * 2;
      const double speck = grain * normal(random);
      for (std::size_t i = 0; i < 3; ++i)
        image.pixels.push_back(static_cast<std::uint8_t>(
            std::clamp(std::lerp(low[i], high[i], value) + speck, 0.0, 255.0)));
      image.pixels.push_back(255);
    }
  }
  return image;
}

}  // namespace

CellPictures make_cell_pictures(int characters, int photographs, std::uint64_t seed) {
  static constexpr const char* kStyles[] = {
      "anime",      "cinematic_realistic", "watercolor",   "pixar_3d",
      "line_art",   "comic_book",          "noir",         "ghibli",
      "claymation", "pixel_art",           "oil_painting", "cyberpunk"};
  CellPictures pictures;
  for (int i = 0; i < characters; ++i) {
    std::array<Image, 9> nine;
    for (std::size_t cell = 0; cell < 9; ++cell) {
      sketch::SketchRequest request;
      request.character_name = "Person " + std::to_string(seed) + "." + std::to_string(i);
      request.template_type = "expression_sheet";
      request.shot = sketch::sheet_expressions()[cell].key;
      request.art_style = kStyles[static_cast<std::size_t>(i) % std::size(kStyles)];
      request.seed = seed + static_cast<std::uint64_t>(i);
      request.width = request.height = kSide;
      nine[cell] = sketch::sketch_picture(request);
    }
    pictures.drawings.push_back(std::move(nine));
  }
  for (int i = 0; i < photographs; ++i)
    pictures.photographs.push_back(photograph(seed * 1000 + static_cast<std::uint64_t>(i)));
  return pictures;
}

}  // namespace castboard::testing
