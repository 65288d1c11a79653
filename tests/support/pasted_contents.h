#pragma once

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>

#include "support/sheet_maker.h"

// What the maker of pasted sheets pastes: nine pictures of their cells, in three channels.
namespace castboard::testing::pasted {

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

inline Colour mixed(const Colour& a, const Colour& b, double share) {
  Colour colour;
  for (std::size_t i = 0; i < 3; ++i) colour[i] = std::lerp(a[i], b[i], share);
  return colour;
}

inline Colour shifted(const Colour& colour, double by) {
  Colour result = colour;
  for (double& channel : result) channel = std::clamp(channel + by, 0.0, 255.0);
  return result;
}

inline double light_of(const Colour& colour) {
  return 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2];
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

enum class Contents {
  waves,
  photographs,
  sketches,
  portraits,
  like_the_paper,
  line_art,
  vignettes
};
const char* name_of(Contents kind);

// The pictures for cells between these borders of columns and rows, on paper of this colour.
std::array<Canvas, 9> make_contents(Luck& luck, Contents kind, const CellPictures& pictures,
                                    const std::array<double, 6>& columns,
                                    const std::array<double, 6>& rows, const Colour& paper);

}  // namespace castboard::testing::pasted
