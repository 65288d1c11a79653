#include "screenshot.h"

#include <glad/gl.h>
#include <png.h>

#include <algorithm>
#include <stdexcept>

namespace castboard {

Screenshot read_framebuffer(const GladGLContext& gl, int width, int height) {
  Screenshot shot{width, height, {}};
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  shot.pixels.resize(row * static_cast<std::size_t>(height));
  gl.PixelStorei(GL_PACK_ALIGNMENT, 1);
  gl.ReadBuffer(GL_BACK);
  gl.ReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, shot.pixels.data());
  // OpenGL's rows run bottom to top.
  for (int y = 0; y < height / 2; ++y) {
    const auto top = shot.pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
    const auto bottom = shot.pixels.begin() + static_cast<std::ptrdiff_t>(row) * (height - 1 - y);
    std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), bottom);
  }
  return shot;
}

void save_png(const Screenshot& screenshot, const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(screenshot.width);
  image.height = static_cast<png_uint_32>(screenshot.height);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, path.c_str(), 0, screenshot.pixels.data(), 0, nullptr) == 0) {
    throw std::runtime_error("cannot write the screenshot " + path + ": " + image.message);
  }
}

}  // namespace castboard
