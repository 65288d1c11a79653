#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"  // a static copy leaves most of it unused
#include <stb_image_resize.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cmath>
#include <cstring>

#include "castboard/result.h"
#include "imaging/imaging.h"

namespace castboard {

namespace {

constexpr int kChannels = 4;
constexpr int kAlphaChannel = 3;

}  // namespace

Image scale_picture(const Image& image, int width, int height) {
  if (image.empty() || width < 1 || height < 1)
    throw Failure(ErrorCode::internal, "a picture can be scaled to 1 x 1 pixels at least");
  if (width == image.width && height == image.height) return image;
  Image scaled{width, height, {}};
  scaled.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                       kChannels);
  if (stbir_resize_uint8_generic(image.pixels.data(), image.width, image.height, 0,
                                 scaled.pixels.data(), width, height, 0, kChannels, kAlphaChannel,
                                 0, STBIR_EDGE_CLAMP, STBIR_FILTER_DEFAULT, STBIR_COLORSPACE_SRGB,
                                 nullptr) == 0)
    throw Failure(ErrorCode::internal, "out of memory while scaling a picture");
  return scaled;
}

Image magnify_picture(const Image& image, int width, int height) {
  if (image.empty() || width < 1 || height < 1)
    throw Failure(ErrorCode::internal, "a picture can be scaled to 1 x 1 pixels at least");
  const auto stride = static_cast<std::size_t>(width) * kChannels;
  Image magnified{width, height,
                  std::vector<std::uint8_t>(stride * static_cast<std::size_t>(height))};
  std::vector<std::size_t> from(static_cast<std::size_t>(width));
  for (int x = 0; x < width; ++x)
    from[static_cast<std::size_t>(x)] =
        static_cast<std::size_t>(std::int64_t{x} * image.width / width) * kChannels;
  std::int64_t row_shown = -1;
  for (int y = 0; y < height; ++y) {
    const std::int64_t row = std::int64_t{y} * image.height / height;
    std::uint8_t* to = magnified.pixels.data() + stride * static_cast<std::size_t>(y);
    if (row == row_shown) {
      std::memcpy(to, to - stride, stride);
      continue;
    }
    row_shown = row;
    const std::uint8_t* line = image.pixels.data() + static_cast<std::size_t>(row) *
                                                         static_cast<std::size_t>(image.width) *
                                                         kChannels;
    for (const std::size_t at : from) {
      std::memcpy(to, line + at, kChannels);
      to += kChannels;
    }
  }
  return magnified;
}

Image scale_to_fit(const Image& image, int max_width, int max_height) {
  double factor = 1;
  if (max_width > 0) factor = std::min(factor, static_cast<double>(max_width) / image.width);
  if (max_height > 0) factor = std::min(factor, static_cast<double>(max_height) / image.height);
  const auto side = [factor](int length) {
    return std::max(1, static_cast<int>(std::lround(length * factor)));
  };
  return scale_picture(image, side(image.width), side(image.height));
}

}  // namespace castboard
