#include "sketch/finish.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sketch/brush.h"
#include "sketch/pixels.h"

namespace castboard::sketch {
namespace {

unsigned char to_byte(double value) {
  return static_cast<unsigned char>(std::clamp(value, 0.0, 255.0));
}

double luma(const unsigned char* p) {
  return 0.114 * p[0] + 0.587 * p[1] + 0.299 * p[2];
}

using Curve = std::array<unsigned char, 256>;

template <class F>
Curve make_curve(F f) {
  Curve curve{};
  for (std::size_t i = 0; i < 256; ++i) curve[i] = to_byte(255 * f(static_cast<double>(i) / 255));
  return curve;
}

double s_curve(double t, double strength) {
  return t + strength * (t * t * (3 - 2 * t) - t);
}

}  // namespace

NoiseField::NoiseField(int width, int height, double period, std::uint64_t seed) : width_(width) {
  values_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const auto columns = static_cast<int>(width / period) + 3;
  const auto rows = static_cast<int>(height / period) + 3;
  std::vector<float> knots(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  Dice dice(seed, "noise");
  for (float& knot : knots) knot = static_cast<float>(dice.unit());
  const auto knot_at = [&](int x, int y) {
    return knots[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(x)];
  };
  const auto ease = [](double t) { return static_cast<float>(t * t * (3 - 2 * t)); };
  std::size_t index = 0;
  for (int y = 0; y < height; ++y) {
    const int ky = static_cast<int>(y / period);
    const float ty = ease(y / period - ky);
    for (int x = 0; x < width; ++x) {
      const int kx = static_cast<int>(x / period);
      const float tx = ease(x / period - kx);
      const float top = knot_at(kx, ky) + (knot_at(kx + 1, ky) - knot_at(kx, ky)) * tx;
      const float low = knot_at(kx, ky + 1) + (knot_at(kx + 1, ky + 1) - knot_at(kx, ky + 1)) * tx;
      values_[index++] = top + (low - top) * ty;
    }
  }
}

// Teal shadows, warm lights, a gentle contrast curve.
void finish_film(cairo_surface_t* surface) {
  const Pixels pixels(surface);
  const Curve red = make_curve([](double t) { return s_curve(t, 0.28) * 1.015 - 0.008 * (1 - t); });
  const Curve green = make_curve([](double t) { return s_curve(t, 0.25); });
  const Curve blue = make_curve([](double t) { return s_curve(t, 0.2) * 0.965 + 0.028 * (1 - t); });
  for (int y = 0; y < pixels.height(); ++y) {
    unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < pixels.width(); ++x, p += 4) {
      p[0] = blue[p[0]];
      p[1] = green[p[1]];
      p[2] = red[p[2]];
    }
  }
}

void finish_noir(cairo_surface_t* surface) {
  const Pixels pixels(surface);
  const Curve curve = make_curve([](double t) { return s_curve(std::pow(t, 1.12), 0.9); });
  for (int y = 0; y < pixels.height(); ++y) {
    unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < pixels.width(); ++x, p += 4) {
      const unsigned char grey = curve[to_byte(luma(p))];
      p[0] = p[1] = p[2] = grey;
    }
  }
}

// Bright parts bleed, colours split towards the rim, the screen shows its lines.
void finish_neon(cairo_surface_t* surface) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  constexpr int kShrink = 4;
  const SurfacePtr bloom = make_surface(w / kShrink + 1, h / kShrink + 1);
  {
    const Pixels low(bloom.get());
    for (int y = 0; y < low.height(); ++y) {
      for (int x = 0; x < low.width(); ++x) {
        const unsigned char* p =
            pixels.at(std::min(x * kShrink, w - 1), std::min(y * kShrink, h - 1));
        const int top = std::max({p[0], p[1], p[2]});
        const int low_channel = std::min({p[0], p[1], p[2]});
        const double glow = top > 190 && top - low_channel > 90 ? 0.9 : 0;
        unsigned char* out = low.at(x, y);
        for (int c = 0; c < 3; ++c) out[c] = to_byte(p[c] * glow);
        out[3] = 255;
      }
    }
  }
  blur_surface(bloom.get(), std::min(w, h) * 0.012);
  const Pixels low(bloom.get());
  const std::vector<unsigned char> before = pixels.copy();
  const int split = std::max(1, std::min(w, h) / 420);
  for (int y = 0; y < h; ++y) {
    const unsigned char* row = before.data() + static_cast<std::ptrdiff_t>(y) * pixels.stride();
    const double line = y % 4 == 3 ? 0.9 : 1.0;
    for (int x = 0; x < w; ++x) {
      unsigned char* p = pixels.at(x, y);
      const unsigned char* g = low.at(x / kShrink, y / kShrink);
      const double blue = row[std::max(0, x - split) * 4];
      const double red = row[std::min(w - 1, x + split) * 4 + 2];
      p[0] = to_byte((blue + g[0] * 0.8) * line);
      p[1] = to_byte((p[1] + g[1] * 0.8) * line);
      p[2] = to_byte((red + g[2] * 0.8) * line);
    }
  }
}

// Printed dots, larger where it is darker, on a screen turned by 45 degrees.
void finish_halftone(cairo_surface_t* surface, Colour ink) {
  const Pixels pixels(surface);
  const double cell = std::max(4.0, std::min(pixels.width(), pixels.height()) / 128.0);
  const double k = 0.70710678 / cell;
  for (int y = 0; y < pixels.height(); ++y) {
    unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < pixels.width(); ++x, p += 4) {
      const double light = luma(p) / 255;
      if (light > 0.8 || light < 0.12) continue;
      const double u = (x + y) * k;
      const double v = (x - y) * k;
      const double du = u - std::floor(u) - 0.5;
      const double dv = v - std::floor(v) - 0.5;
      const double radius = 0.56 * std::sqrt(std::max(0.0, 0.86 - light));
      const double edge =
          std::clamp((radius - std::sqrt(du * du + dv * dv)) * cell + 0.5, 0.0, 1.0);
      if (edge <= 0) continue;
      const double amount = edge * 0.3;
      p[0] = to_byte(p[0] * (1 - amount) + 255 * ink.b * amount);
      p[1] = to_byte(p[1] * (1 - amount) + 255 * ink.g * amount);
      p[2] = to_byte(p[2] * (1 - amount) + 255 * ink.r * amount);
    }
  }
}

void finish_pixels(cairo_surface_t* surface) {
  const Pixels pixels(surface);
  constexpr double kSteps = 7;  // levels a channel
  constexpr double kBayer[2][2] = {{-0.25, 0.25}, {0.5, 0.0}};
  for (int y = 0; y < pixels.height(); ++y) {
    unsigned char* p = pixels.at(0, y);
    for (int x = 0; x < pixels.width(); ++x, p += 4) {
      for (int c = 0; c < 3; ++c) {
        const double level = p[c] / 255.0 * kSteps + kBayer[y % 2][x % 2] * 0.22;
        p[c] = to_byte(std::round(level) / kSteps * 255);
      }
    }
  }
}

void finish_picture(cairo_surface_t* surface, const DrawingStyle& style, std::uint64_t seed) {
  switch (style.finish) {
    case Finish::none:
      break;
    case Finish::film:
      finish_film(surface);
      break;
    case Finish::noir:
      finish_noir(surface);
      break;
    case Finish::neon:
      finish_neon(surface);
      break;
    case Finish::halftone:
      finish_halftone(surface, style.ink);
      break;
    case Finish::paper:
      finish_paper(surface, seed, 1);
      break;
    case Finish::canvas:
      finish_paper(surface, seed, 0.28);
      break;
    case Finish::clay:
      finish_clay(surface, seed);
      break;
    case Finish::pencil:
      finish_pencil(surface, seed);
      break;
    case Finish::oil:
      finish_oil(surface, seed);
      break;
    case Finish::pixel:
      finish_pixels(surface);
      break;
  }
}

}  // namespace castboard::sketch
