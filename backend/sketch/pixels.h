#pragma once

#include <cairo.h>

#include <cstddef>
#include <cstdint>
#include <vector>

// Direct access to an ARGB32 surface (cairo: native-endian 0xAARRGGBB words), for finishes.
namespace castboard::sketch {

// Flushes when made, marks dirty when gone. Use on one thread.
class Pixels {
 public:
  explicit Pixels(cairo_surface_t* surface) : surface_(surface) {
    cairo_surface_flush(surface);
    width_ = cairo_image_surface_get_width(surface);
    height_ = cairo_image_surface_get_height(surface);
    stride_ = cairo_image_surface_get_stride(surface);
    data_ = cairo_image_surface_get_data(surface);
  }
  ~Pixels() { cairo_surface_mark_dirty(surface_); }
  Pixels(const Pixels&) = delete;
  Pixels& operator=(const Pixels&) = delete;

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  // Bytes B, G, R, A.
  [[nodiscard]] unsigned char* at(int x, int y) const {
    return data_ + static_cast<std::ptrdiff_t>(y) * stride_ + static_cast<std::ptrdiff_t>(x) * 4;
  }
  [[nodiscard]] std::vector<unsigned char> copy() const {
    return {data_, data_ + static_cast<std::ptrdiff_t>(height_) * stride_};
  }
  [[nodiscard]] int stride() const { return stride_; }

 private:
  cairo_surface_t* surface_;
  int width_ = 0;
  int height_ = 0;
  int stride_ = 0;
  unsigned char* data_ = nullptr;
};

// Smooth noise, 0..1, one wave about `period` pixels long; made once for a whole picture.
class NoiseField {
 public:
  NoiseField(int width, int height, double period, std::uint64_t seed);
  [[nodiscard]] float at(int x, int y) const {
    return values_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                   static_cast<std::size_t>(x)];
  }

 private:
  int width_;
  std::vector<float> values_;
};

}  // namespace castboard::sketch
