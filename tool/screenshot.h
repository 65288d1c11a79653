#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct GladGLContext;

namespace castboard {

// A picture of the window: RGB, 8 bits, rows top to bottom, tightly packed.
struct Screenshot {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

// What the current context has drawn into its back buffer; before the buffers are swapped.
Screenshot read_framebuffer(const GladGLContext& gl, int width, int height);

// Writes a PNG. Throws std::runtime_error with the file and the reason.
void save_png(const Screenshot& screenshot, const std::string& path);

}  // namespace castboard
