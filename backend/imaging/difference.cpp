#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "castboard/result.h"
#include "imaging/imaging.h"

namespace castboard {
namespace {

constexpr int kChannels = 4;

// `image` scaled to fit into the middle of a transparent picture of this size.
Image matched(const Image& image, int width, int height) {
  if (image.width == width && image.height == height) return image;
  const double factor = std::min(static_cast<double>(width) / image.width,
                                 static_cast<double>(height) / image.height);
  const auto side = [factor](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(length * factor)), 1, most);
  };
  Image scaled = scale_picture(image, side(image.width, width), side(image.height, height));
  if (scaled.width == width && scaled.height == height) return scaled;
  const auto stride = static_cast<std::size_t>(width) * kChannels;
  Image framed{width, height, std::vector<std::uint8_t>(stride * static_cast<std::size_t>(height))};
  const auto line = static_cast<std::size_t>(scaled.width) * kChannels;
  const auto left = static_cast<std::size_t>((width - scaled.width) / 2) * kChannels;
  const auto top = static_cast<std::size_t>((height - scaled.height) / 2);
  for (std::size_t y = 0; y < static_cast<std::size_t>(scaled.height); ++y)
    std::memcpy(framed.pixels.data() + (top + y) * stride + left, scaled.pixels.data() + y * line,
                line);
  return framed;
}

int over_black(int value, int alpha) {
  return (value * alpha + 127) / 255;
}

}  // namespace

Difference picture_difference(const Image& image, const Image& other, float gain) {
  if (image.empty() || other.empty())
    throw Failure(ErrorCode::internal, "an empty picture cannot be compared");
  const Image second = matched(other, image.width, image.height);
  Difference result;
  result.image = {image.width, image.height, std::vector<std::uint8_t>(image.pixels.size())};
  // One product for each possible difference instead of one for each pixel.
  std::uint8_t scaled[256];
  for (int value = 0; value < 256; ++value)
    scaled[value] = static_cast<std::uint8_t>(
        std::clamp(static_cast<float>(value) * gain + 0.5F, 0.0F, 255.0F));
  std::size_t differing = 0;
  const std::uint8_t* a = image.pixels.data();
  const std::uint8_t* b = second.pixels.data();
  std::uint8_t* to = result.image.pixels.data();
  for (std::size_t at = 0; at < image.pixels.size(); at += kChannels) {
    const int opacity = std::abs(a[at + 3] - b[at + 3]);
    int seen[3];
    for (std::size_t channel = 0; channel < 3; ++channel)
      seen[channel] =
          std::abs(over_black(a[at + channel], a[at + 3]) - over_black(b[at + channel], b[at + 3]));
    int most = std::max({seen[0], seen[1], seen[2]});
    // White that turned transparent over black, and black that did: both are differences.
    if (most == 0 && opacity != 0) seen[0] = seen[1] = seen[2] = most = opacity;
    if (most != 0) ++differing;
    for (std::size_t channel = 0; channel < 3; ++channel) to[at + channel] = scaled[seen[channel]];
    to[at + 3] = 255;
  }
  const auto pixels = static_cast<double>(image.pixels.size() / kChannels);
  result.differing = static_cast<float>(static_cast<double>(differing) / pixels);
  return result;
}

}  // namespace castboard
