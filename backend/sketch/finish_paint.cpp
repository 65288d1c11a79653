// Finishes with a grain of their own: paper, clay, pencil, oil paint.
#include <algorithm>
#include <array>
#include <cmath>

#include "sketch/brush.h"
#include "sketch/finish.h"
#include "sketch/pixels.h"

namespace castboard::sketch {
namespace {

unsigned char to_byte(double value) {
  return static_cast<unsigned char>(std::clamp(value, 0.0, 255.0));
}

}  // namespace

// Wobbling edges, pigment in clouds, the tooth of the paper, a bare margin.
void finish_paper(cairo_surface_t* surface, std::uint64_t seed, double strength) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField wobble_x(w, h, side / 46, seed + 1);
  const NoiseField wobble_y(w, h, side / 46, seed + 2);
  const NoiseField cloud(w, h, side / 9, seed + 3);
  const NoiseField tooth(w, h, std::max(1.6, side / 420), seed + 4);
  const std::vector<unsigned char> before = pixels.copy();
  const double reach = side / 170 * strength;
  const double paper[3] = {236, 246, 250};
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int sx = std::clamp(
          x + static_cast<int>((wobble_x.at(x, y) - 0.5F) * 2 * static_cast<float>(reach)), 0,
          w - 1);
      const int sy = std::clamp(
          y + static_cast<int>((wobble_y.at(x, y) - 0.5F) * 2 * static_cast<float>(reach)), 0,
          h - 1);
      const unsigned char* from =
          before.data() + static_cast<std::ptrdiff_t>(sy) * pixels.stride() + sx * 4;
      const double margin = std::min({x, y, w - 1 - x, h - 1 - y}) / side;
      const double ragged = (0.012 + 0.03 * wobble_x.at(x, y)) * strength;
      const double bare =
          strength > 0.5 ? 1 - std::clamp((margin - ragged) / 0.018, 0.0, 1.0) : 0.0;
      const double thin = std::clamp((cloud.at(x, y) - 0.4) * 0.34 * strength + bare, 0.0, 1.0);
      const double grain = 1 - (tooth.at(x, y) - 0.5) * 0.075 * strength;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) {
        p[c] = to_byte((from[c] + (paper[c] - from[c]) * thin) * grain);
      }
    }
  }
}

// Thumb prints and dents, lit from the upper left.
void finish_clay(cairo_surface_t* surface, std::uint64_t seed) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField dents(w, h, side / 17, seed + 1);
  const NoiseField fine(w, h, std::max(2.0, side / 170), seed + 2);
  const NoiseField mask(w, h, side / 7, seed + 3);
  const int step = std::max(1, static_cast<int>(side / 340));
  const double ridge = side / 150;
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int nx = std::min(w - 1, x + step);
      const int ny = std::min(h - 1, y + step);
      const double slope = dents.at(nx, ny) - dents.at(x, y);
      const double grain = fine.at(nx, ny) - fine.at(x, y);
      // Finger ridges follow the dents' contour lines, where the mask lets them.
      const double print = std::sin(dents.at(x, y) * 60 + (x + y) / ridge * 0.35) *
                           std::max(0.0, mask.at(x, y) - 0.55);
      const double light = 1 + slope * 0.85 + grain * 0.1 + print * 0.1;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte(p[c] * light);
    }
  }
}

// Toned paper that shows at the rim, the tooth of the sheet in every tone.
void finish_pencil(cairo_surface_t* surface, std::uint64_t seed) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField tooth(w, h, std::max(1.6, side / 460), seed + 1);
  const NoiseField edge(w, h, side / 20, seed + 2);
  const double paper[3] = {188, 201, 208};
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const double margin = std::min({x, y, w - 1 - x, h - 1 - y}) / side;
      const double bare = 1 - std::clamp((margin - 0.02 - edge.at(x, y) * 0.07) / 0.05, 0.0, 1.0);
      const double grain = 1 - (tooth.at(x, y) - 0.5) * 0.12;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte((p[c] + (paper[c] - p[c]) * bare * 0.85) * grain);
    }
  }
}

namespace {

// Sums over rectangles in constant time: three channels and the square of the lightness.
class Sums {
 public:
  explicit Sums(const Pixels& pixels)
      : width_(pixels.width() + 1),
        cells_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(pixels.height() + 1)) {
    for (int y = 0; y < pixels.height(); ++y) {
      Cell row{};
      for (int x = 0; x < pixels.width(); ++x) {
        const unsigned char* p = pixels.at(x, y);
        const float light = 0.114F * p[0] + 0.587F * p[1] + 0.299F * p[2];
        const double add[4] = {double{1} * p[0], double{1} * p[1], double{1} * p[2],
                               double{1} * light * light};
        for (std::size_t c = 0; c < 4; ++c) {
          row[c] += add[c];
          cell(x + 1, y + 1)[c] = cell(x + 1, y)[c] + row[c];
        }
      }
    }
  }

  using Cell = std::array<double, 4>;
  // Of the pixels x0..x1-1, y0..y1-1.
  [[nodiscard]] Cell of(int x0, int y0, int x1, int y1) const {
    Cell sum{};
    for (std::size_t c = 0; c < 4; ++c) {
      sum[c] = cell(x1, y1)[c] - cell(x0, y1)[c] - cell(x1, y0)[c] + cell(x0, y0)[c];
    }
    return sum;
  }

 private:
  Cell& cell(int x, int y) {
    return cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                  static_cast<std::size_t>(x)];
  }
  [[nodiscard]] const Cell& cell(int x, int y) const {
    return cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                  static_cast<std::size_t>(x)];
  }

  int width_;
  std::vector<Cell> cells_;
};

// Every pixel takes the mean of the calmest of the four squares it is a corner of (Kuwahara's
// filter): flat dabs of paint with firm edges.
void dab(const Pixels& pixels, int radius) {
  const Sums sums(pixels);
  const int w = pixels.width();
  const int h = pixels.height();
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      double calmest = 1e18;
      Sums::Cell best{};
      double best_count = 1;
      for (int corner = 0; corner < 4; ++corner) {
        const int x0 = std::max(0, corner % 2 == 0 ? x - radius : x);
        const int x1 = std::min(w, (corner % 2 == 0 ? x : x + radius) + 1);
        const int y0 = std::max(0, corner < 2 ? y - radius : y);
        const int y1 = std::min(h, (corner < 2 ? y : y + radius) + 1);
        const double count = double{1} * (x1 - x0) * (y1 - y0);
        const Sums::Cell sum = sums.of(x0, y0, x1, y1);
        const double mean = (0.114 * sum[0] + 0.587 * sum[1] + 0.299 * sum[2]) / count;
        const double unrest = sum[3] / count - mean * mean;
        if (unrest < calmest) {
          calmest = unrest;
          best = sum;
          best_count = count;
        }
      }
      unsigned char* p = pixels.at(x, y);
      for (std::size_t c = 0; c < 3; ++c) p[c] = to_byte(best[c] / best_count);
    }
  }
}

}  // namespace

// Dabs of paint, laid on along wandering strokes whose bristles catch the light.
void finish_oil(cairo_surface_t* surface, std::uint64_t seed) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField wander(w, h, side / 60, seed + 1);
  const NoiseField turn(w, h, side / 7, seed + 2);
  const NoiseField bristle(w, h, std::max(2.0, side / 330), seed + 3);
  {
    const std::vector<unsigned char> before = pixels.copy();
    const double reach = side / 110;
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) {
        const double push = (wander.at(x, y) - 0.5) * reach;
        const int sx = std::clamp(x + static_cast<int>(push), 0, w - 1);
        const int sy = std::clamp(y - static_cast<int>(push * 0.7), 0, h - 1);
        std::copy_n(before.data() + static_cast<std::ptrdiff_t>(sy) * pixels.stride() + sx * 4, 3,
                    pixels.at(x, y));
      }
    }
  }
  dab(pixels, std::max(2, static_cast<int>(side / 190)));
  constexpr double kSlant = 0.55;      // radians; a right-handed painter's hatching
  constexpr double kStrokeRatio = 14;  // a stroke is so much longer than a bristle is wide
  const double sine = std::sin(kSlant);
  const double cosine = std::cos(kSlant);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const double bend = (turn.at(x, y) - 0.5) * side * 0.12;
      const int across = static_cast<int>(x * sine + y * cosine + bend + side);
      const int along = static_cast<int>((x * cosine - y * sine + 2.0 * h) / kStrokeRatio);
      const double light = 1 + (bristle.at(across % w, along % h) - 0.5) * 0.15;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte(p[c] * light);
    }
  }
}

}  // namespace castboard::sketch
