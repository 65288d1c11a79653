#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace castboard {

// A decoded picture: `width * height * 4` bytes, RGBA, 8 bits a channel, sRGB-encoded, straight
// alpha, rows top to bottom, tightly packed.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels = {};

  [[nodiscard]] bool empty() const { return pixels.empty(); }
  [[nodiscard]] std::size_t byte_size() const { return pixels.size(); }
};

// A rectangle in pixels of a picture, origin top left.
struct PixelRect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  bool operator==(const PixelRect&) const = default;
};

// Limits on pictures that come from outside (product: 16384 px a side, 100 megapixels, 64 MiB).
inline constexpr int kMaxPictureSide = 16384;
inline constexpr std::int64_t kMaxPicturePixels = 100'000'000;
inline constexpr std::size_t kMaxPictureBytes = std::size_t{64} * 1024 * 1024;

}  // namespace castboard
