// Finishes with a grain of their own: paper, clay, pencil, oil paint.
#include <algorithm>
#include <cmath>

#include "sketch/brush.h"
#include "sketch/finish.h"
#include "sketch/pixels.h"

namespace castboard::sketch {
namespace {

unsigned char to_byte(double value) {
  return static_cast<unsigned char>(std::clamp(value, 0.0, 255.0));
}

}  // namespace

// Wobbling edges, pigment in clouds, the tooth of the paper, a bare margin.
void finish_paper(cairo_surface_t* surface, std::uint64_t seed, double strength) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField wobble_x(w, h, side / 46, seed + 1);
  const NoiseField wobble_y(w, h, side / 46, seed + 2);
  const NoiseField cloud(w, h, side / 9, seed + 3);
  const NoiseField tooth(w, h, std::max(1.6, side / 420), seed + 4);
  const std::vector<unsigned char> before = pixels.copy();
  const double reach = side / 130 * strength;
  const double paper[3] = {236, 246, 250};
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int sx = std::clamp(
          x + static_cast<int>((wobble_x.at(x, y) - 0.5F) * 2 * static_cast<float>(reach)), 0,
          w - 1);
      const int sy = std::clamp(
          y + static_cast<int>((wobble_y.at(x, y) - 0.5F) * 2 * static_cast<float>(reach)), 0,
          h - 1);
      const unsigned char* from =
          before.data() + static_cast<std::ptrdiff_t>(sy) * pixels.stride() + sx * 4;
      const double margin = std::min({x, y, w - 1 - x, h - 1 - y}) / side;
      const double ragged = (0.012 + 0.03 * wobble_x.at(x, y)) * strength;
      const double bare =
          strength > 0.5 ? 1 - std::clamp((margin - ragged) / 0.018, 0.0, 1.0) : 0.0;
      const double thin = std::clamp((cloud.at(x, y) - 0.35) * 0.42 * strength + bare, 0.0, 1.0);
      const double grain = 1 - (tooth.at(x, y) - 0.5) * 0.11 * strength;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) {
        p[c] = to_byte((from[c] + (paper[c] - from[c]) * thin) * grain);
      }
    }
  }
}

// Thumb prints and dents, lit from the upper left.
void finish_clay(cairo_surface_t* surface, std::uint64_t seed) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField dents(w, h, side / 26, seed + 1);
  const NoiseField fine(w, h, std::max(2.0, side / 170), seed + 2);
  const NoiseField mask(w, h, side / 7, seed + 3);
  const int step = std::max(1, static_cast<int>(side / 340));
  const double ridge = side / 150;
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const int nx = std::min(w - 1, x + step);
      const int ny = std::min(h - 1, y + step);
      const double slope = dents.at(nx, ny) - dents.at(x, y);
      const double grain = fine.at(nx, ny) - fine.at(x, y);
      // Finger ridges follow the dents' contour lines, where the mask lets them.
      const double print = std::sin(dents.at(x, y) * 60 + (x + y) / ridge * 0.35) *
                           std::max(0.0, mask.at(x, y) - 0.55);
      const double light = 1 + slope * 1.5 + grain * 0.16 + print * 0.14;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte(p[c] * light);
    }
  }
}

// Toned paper that shows at the rim, the tooth of the sheet in every tone.
void finish_pencil(cairo_surface_t* surface, std::uint64_t seed) {
  const Pixels pixels(surface);
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const NoiseField tooth(w, h, std::max(1.6, side / 460), seed + 1);
  const NoiseField edge(w, h, side / 20, seed + 2);
  const double paper[3] = {188, 201, 208};
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const double margin = std::min({x, y, w - 1 - x, h - 1 - y}) / side;
      const double bare = 1 - std::clamp((margin - 0.02 - edge.at(x, y) * 0.07) / 0.05, 0.0, 1.0);
      const double grain = 1 - (tooth.at(x, y) - 0.5) * 0.12;
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte((p[c] + (paper[c] - p[c]) * bare * 0.85) * grain);
    }
  }
}

namespace {

struct Pass {
  double length, width;  // of a stroke, shares of the short side
  double detail;         // strokes only where the picture varies by more than this
  double spacing;
};

// Brush strokes along the contours, in the colour underneath, the way paint is laid on.
void lay_strokes(cairo_t* cr, const Pixels& pixels, const std::vector<unsigned char>& before,
                 const Pass& pass, Dice& dice) {
  const int w = pixels.width();
  const int h = pixels.height();
  const double side = std::min(w, h);
  const double gap = std::max(2.0, pass.spacing * side);
  const int reach = std::max(2, static_cast<int>(pass.width * side * 0.7));
  const auto at = [&](int x, int y) {
    return before.data() + static_cast<std::ptrdiff_t>(std::clamp(y, 0, h - 1)) * pixels.stride() +
           std::clamp(x, 0, w - 1) * 4;
  };
  const auto light = [&](int x, int y) {
    const unsigned char* p = at(x, y);
    return 0.114 * p[0] + 0.587 * p[1] + 0.299 * p[2];
  };
  for (double gy = 0; gy < h; gy += gap) {
    for (double gx = 0; gx < w; gx += gap) {
      const double x = gx + dice.between(-0.5, 0.5) * gap;
      const double y = gy + dice.between(-0.5, 0.5) * gap;
      const int ix = static_cast<int>(x);
      const int iy = static_cast<int>(y);
      const double dx = light(ix + reach, iy) - light(ix - reach, iy);
      const double dy = light(ix, iy + reach) - light(ix, iy - reach);
      const double slope = std::hypot(dx, dy);
      const double jitter = dice.between(-0.25, 0.25);
      const double tone = dice.between(0.94, 1.07);
      if (slope < pass.detail) continue;
      const double angle = slope < 6 ? 0.8 + jitter * 2.4 : std::atan2(dx, -dy) + jitter;
      const double half = pass.length * side * 0.5 * (slope > 60 ? 0.6 : 1);
      const unsigned char* p = at(ix, iy);
      cairo_set_source_rgba(cr, p[2] / 255.0 * tone, p[1] / 255.0 * tone, p[0] / 255.0 * tone,
                            0.92);
      cairo_set_line_width(cr, pass.width * side);
      cairo_move_to(cr, x - std::cos(angle) * half, y - std::sin(angle) * half);
      cairo_line_to(cr, x + std::cos(angle) * half, y + std::sin(angle) * half);
      cairo_stroke(cr);
    }
  }
}

// Light on the ridges of the paint.
void emboss(const Pixels& pixels) {
  const std::vector<unsigned char> before = pixels.copy();
  for (int y = 1; y < pixels.height(); ++y) {
    const unsigned char* row = before.data() + static_cast<std::ptrdiff_t>(y) * pixels.stride();
    const unsigned char* up = row - pixels.stride();
    for (int x = 1; x < pixels.width(); ++x) {
      const int relief = row[x * 4 + 1] - up[(x - 1) * 4 + 1];
      const double light = std::clamp(relief * 0.32, -9.0, 9.0);
      unsigned char* p = pixels.at(x, y);
      for (int c = 0; c < 3; ++c) p[c] = to_byte(p[c] + light);
    }
  }
}

}  // namespace

void finish_oil(cairo_surface_t* surface, std::uint64_t seed) {
  Dice dice(seed, "oil");
  constexpr Pass kPasses[] = {{0.036, 0.014, 0, 0.0125}, {0.018, 0.0062, 20, 0.0056}};
  for (const Pass& pass : kPasses) {
    std::vector<unsigned char> before;
    {
      const Pixels pixels(surface);
      before = pixels.copy();
    }
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(surface),
                                                                &cairo_destroy);
    cairo_set_line_cap(cr.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_antialias(cr.get(), CAIRO_ANTIALIAS_FAST);
    if (&pass == &kPasses[0]) {
      lay_strokes(cr.get(), Pixels(surface), before, pass, dice);
      // The drawing comes back through the coarse layer, so that faces keep their features.
      const SurfacePtr under = make_surface(cairo_image_surface_get_width(surface),
                                            cairo_image_surface_get_height(surface));
      {
        const Pixels target(under.get());
        std::copy(before.begin(), before.end(), target.at(0, 0));
      }
      cairo_set_source_surface(cr.get(), under.get(), 0, 0);
      cairo_paint_with_alpha(cr.get(), 0.5);
    } else {
      lay_strokes(cr.get(), Pixels(surface), before, pass, dice);
    }
  }
  emboss(Pixels(surface));
}

}  // namespace castboard::sketch
