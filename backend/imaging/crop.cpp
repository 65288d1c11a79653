#include <algorithm>
#include <cstring>

#include "castboard/result.h"
#include "imaging/imaging.h"

namespace castboard {

namespace {

constexpr std::size_t kChannels = 4;
constexpr int kThirds = 3;

int third(int length, int index) {
  return static_cast<int>(std::int64_t{length} * index / kThirds);
}

}  // namespace

bool is_opaque(const Image& image) {
  for (std::size_t at = kChannels - 1; at < image.pixels.size(); at += kChannels)
    if (image.pixels[at] != 255) return false;
  return true;
}

Image crop_picture(const Image& image, PixelRect box) {
  const std::int64_t left = std::clamp<std::int64_t>(box.x, 0, image.width);
  const std::int64_t top = std::clamp<std::int64_t>(box.y, 0, image.height);
  const std::int64_t right =
      std::clamp(std::int64_t{box.x} + box.width, left, std::int64_t{image.width});
  const std::int64_t bottom =
      std::clamp(std::int64_t{box.y} + box.height, top, std::int64_t{image.height});
  Image part{static_cast<int>(right - left), static_cast<int>(bottom - top), {}};
  const std::size_t row = static_cast<std::size_t>(part.width) * kChannels;
  if (row == 0 || part.height == 0)
    throw Failure(ErrorCode::internal, "a crop lies outside of its picture");
  part.pixels.resize(row * static_cast<std::size_t>(part.height));
  for (int y = 0; y < part.height; ++y) {
    const auto source = static_cast<std::size_t>((top + y) * image.width + left) * kChannels;
    std::memcpy(part.pixels.data() + row * static_cast<std::size_t>(y),
                image.pixels.data() + source, row);
  }
  return part;
}

std::vector<PixelRect> sheet_thirds(int width, int height) {
  std::vector<PixelRect> boxes;
  for (int row = 0; row < kThirds; ++row) {
    for (int column = 0; column < kThirds; ++column) {
      const int x = third(width, column);
      const int y = third(height, row);
      boxes.push_back({x, y, third(width, column + 1) - x, third(height, row + 1) - y});
    }
  }
  return boxes;
}

PixelRect centred_crop(int width, int height, int ratio_width, int ratio_height) {
  if (width < 1 || height < 1 || ratio_width < 1 || ratio_height < 1)
    throw Failure(ErrorCode::internal, "a crop needs a size and a ratio above zero");
  PixelRect box{0, 0, width, height};
  if (std::int64_t{width} * ratio_height > std::int64_t{height} * ratio_width)
    box.width = static_cast<int>(std::int64_t{height} * ratio_width / ratio_height);
  else
    box.height = static_cast<int>(std::int64_t{width} * ratio_height / ratio_width);
  box.width = std::max(box.width, 1);
  box.height = std::max(box.height, 1);
  box.x = (width - box.width) / 2;
  box.y = (height - box.height) / 2;
  return box;
}

}  // namespace castboard
