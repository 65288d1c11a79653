#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "castboard/image.h"
#include "castboard/result.h"

namespace castboard::testing {

inline Image filled(int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue,
                    std::uint8_t alpha = 255) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    image.pixels.insert(image.pixels.end(), {red, green, blue, alpha});
  return image;
}

// Smooth shapes with some detail, a different picture for each `kind`.
inline Image drawing(int width, int height, int kind = 0) {
  Image image{width, height, {}};
  const auto shade = [](double value) {
    return static_cast<std::uint8_t>(127.5 + 127.0 * std::sin(value));
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = static_cast<double>(x) / width;
      const double v = static_cast<double>(y) / height;
      image.pixels.insert(image.pixels.end(), {shade(u * 9 + kind), shade(v * 7 - kind * 2),
                                               shade(u * v * 20 + kind), std::uint8_t{255}});
    }
  }
  return image;
}

inline const std::uint8_t* pixel(const Image& image, int x, int y) {
  return image.pixels.data() +
         (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
          static_cast<std::size_t>(x)) *
             4;
}

// A file of tests/data/pictures.
inline std::vector<std::uint8_t> picture_file(const std::string& name) {
  std::ifstream file(std::filesystem::path(CASTBOARD_SOURCE_DIR) / "tests/data/pictures" / name,
                     std::ios::binary);
  EXPECT_TRUE(file) << name;
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return {bytes.begin(), bytes.end()};
}

// The Failure that `action` throws; a test failure when it throws none.
template <class Action>
Error failure_of(Action&& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.error();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

}  // namespace castboard::testing
