#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "imaging/imaging.h"

namespace castboard {

namespace {

constexpr std::size_t kSide = 32;        // of the picture the transform sees
constexpr std::size_t kFrequencies = 8;  // kept in each direction

using Luma = std::array<double, kSide * kSide>;
using Basis = std::array<std::array<double, kSide>, kFrequencies>;

// Rec. 601 luma over white: transparent parts look like an empty page.
Luma luma_of(const Image& image) {
  const Image small = scale_picture(image, kSide, kSide);
  Luma luma{};
  for (std::size_t i = 0; i < luma.size(); ++i) {
    const std::uint8_t* pixel = small.pixels.data() + i * 4;
    const double value = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
    const double alpha = pixel[3] / 255.0;
    luma[i] = value * alpha + 255.0 * (1.0 - alpha);
  }
  return luma;
}

Basis cosine_basis() {
  Basis basis{};
  for (std::size_t frequency = 0; frequency < kFrequencies; ++frequency)
    for (std::size_t at = 0; at < kSide; ++at)
      basis[frequency][at] =
          std::cos(std::numbers::pi * (2.0 * static_cast<double>(at) + 1.0) *
                   static_cast<double>(frequency) / (2.0 * static_cast<double>(kSide)));
  return basis;
}

// The low corner of the two-dimensional DCT-II (unscaled: only the order of values matters).
std::array<double, kFrequencies * kFrequencies> low_frequencies(const Luma& luma) {
  const Basis basis = cosine_basis();
  std::array<double, kFrequencies * kFrequencies> result{};
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t u = 0; u < kFrequencies; ++u) {
      double row = 0;
      for (std::size_t x = 0; x < kSide; ++x) row += luma[y * kSide + x] * basis[u][x];
      for (std::size_t v = 0; v < kFrequencies; ++v)
        result[v * kFrequencies + u] += row * basis[v][y];
    }
  }
  return result;
}

}  // namespace

std::uint64_t perceptual_hash(const Image& image) {
  const auto values = low_frequencies(luma_of(image));
  // The median without the first value, the mean brightness, which says nothing of the drawing.
  std::array<double, kFrequencies * kFrequencies - 1> sorted{};
  std::copy(values.begin() + 1, values.end(), sorted.begin());
  const auto middle = sorted.begin() + sorted.size() / 2;
  std::nth_element(sorted.begin(), middle, sorted.end());
  std::uint64_t hash = 0;
  for (double value : values) hash = (hash << 1) | (value > *middle ? 1U : 0U);
  return hash;
}

int hash_distance(std::uint64_t a, std::uint64_t b) {
  return std::popcount(a ^ b);
}

}  // namespace castboard
