#include "sketch/brush.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace castboard::sketch {
namespace {

constexpr double kPi = std::numbers::pi;

}  // namespace

Point blend(Point a, Point b, double t) {
  return a + (b - a) * t;
}

Point polar(double degrees, double length) {
  const double radians = degrees * kPi / 180;
  return {std::sin(radians) * length, std::cos(radians) * length};
}

SurfacePtr make_surface(int width, int height) {
  return {cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height), &cairo_surface_destroy};
}

Brush::Brush(cairo_surface_t* surface, const DrawingStyle& style, double line_px)
    : cairo_(cairo_create(surface), &cairo_destroy),
      style_(style),
      line_px_(line_px),
      width_(cairo_image_surface_get_width(surface)),
      height_(cairo_image_surface_get_height(surface)) {
  cairo_set_line_join(cairo(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo(), CAIRO_LINE_CAP_ROUND);
  if (style.finish == Finish::pixel) cairo_set_antialias(cairo(), CAIRO_ANTIALIAS_NONE);
}

void Brush::scoped(const std::function<void()>& draw) {
  cairo_save(cairo());
  draw();
  cairo_restore(cairo());
}

void Brush::move(Point p) {
  cairo_move_to(cairo(), p.x, p.y);
}
void Brush::line(Point p) {
  cairo_line_to(cairo(), p.x, p.y);
}
void Brush::curve(Point c1, Point c2, Point to) {
  cairo_curve_to(cairo(), c1.x, c1.y, c2.x, c2.y, to.x, to.y);
}
void Brush::close() {
  cairo_close_path(cairo());
}

void Brush::ellipse(Point centre, double rx, double ry, double degrees) {
  scoped([&] {
    cairo_new_sub_path(cairo());
    cairo_translate(cairo(), centre.x, centre.y);
    cairo_rotate(cairo(), degrees * kPi / 180);
    cairo_scale(cairo(), std::max(rx, 1e-3), std::max(ry, 1e-3));
    cairo_arc(cairo(), 0, 0, 1, 0, 2 * kPi);
    cairo_close_path(cairo());
  });
}

void Brush::box(double x, double y, double w, double h, double radius) {
  const double r = std::min({radius, w / 2, h / 2});
  if (r <= 0) {
    cairo_rectangle(cairo(), x, y, w, h);
    return;
  }
  cairo_new_sub_path(cairo());
  cairo_arc(cairo(), x + w - r, y + r, r, -kPi / 2, 0);
  cairo_arc(cairo(), x + w - r, y + h - r, r, 0, kPi / 2);
  cairo_arc(cairo(), x + r, y + h - r, r, kPi / 2, kPi);
  cairo_arc(cairo(), x + r, y + r, r, kPi, 1.5 * kPi);
  cairo_close_path(cairo());
}

void Brush::polygon(const std::vector<Point>& points) {
  if (points.empty()) return;
  move(points.front());
  for (std::size_t i = 1; i < points.size(); ++i) line(points[i]);
  close();
}

namespace {

Point at(const std::vector<Point>& points, int index, bool closed) {
  const int count = static_cast<int>(points.size());
  const int wrapped = closed ? (index % count + count) % count : std::clamp(index, 0, count - 1);
  return points[static_cast<std::size_t>(wrapped)];
}

bool same(Point a, Point b) {
  return a.x == b.x && a.y == b.y;
}

}  // namespace

void Brush::spline(const std::vector<Point>& points, bool closed) {
  const int count = static_cast<int>(points.size());
  if (count < 2) return;
  if (!closed && cairo_has_current_point(cairo()) != 0) {
    line(points.front());
  } else {
    move(points.front());
  }
  for (int i = 0; i < (closed ? count : count - 1); ++i) {
    const Point p0 = at(points, i - 1, closed);
    const Point p1 = at(points, i, closed);
    const Point p2 = at(points, i + 1, closed);
    const Point p3 = at(points, i + 2, closed);
    if (same(p1, p2)) continue;  // a point given twice is a corner: no tangent there
    const Point c1 = same(p0, p1) ? p1 : p1 + (p2 - p0) * (1.0 / 6);
    const Point c2 = same(p2, p3) ? p2 : p2 - (p3 - p1) * (1.0 / 6);
    curve(c1, c2, p2);
  }
  if (closed) close();
}

namespace {

std::vector<Point> sample_spline(const std::vector<Point>& points, bool closed) {
  constexpr int kStepsPerSpan = 24;
  std::vector<Point> samples;
  const int count = static_cast<int>(points.size());
  for (int i = 0; i < (closed ? count : count - 1); ++i) {
    const Point p0 = at(points, i - 1, closed);
    const Point p1 = at(points, i, closed);
    const Point p2 = at(points, i + 1, closed);
    const Point p3 = at(points, i + 2, closed);
    if (same(p1, p2)) continue;
    for (int step = 0; step < kStepsPerSpan; ++step) {
      const double t = static_cast<double>(step) / kStepsPerSpan;
      const Point a = p1 * 2;
      const Point b = p2 - p0;
      const Point c = p0 * 2 - p1 * 5 + p2 * 4 - p3;
      const Point d = p1 * 3 - p0 - p2 * 3 + p3;
      samples.push_back((a + b * t + c * (t * t) + d * (t * t * t)) * 0.5);
    }
  }
  if (!closed) samples.push_back(points.back());
  return samples;
}

// Points about a wave apart along the outline.
std::vector<Point> mark_waves(const std::vector<Point>& outline, double wave, Dice& dice) {
  std::vector<Point> marks;
  double walked = 0;
  double next_mark = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const Point a = outline[i];
    const Point b = outline[(i + 1) % outline.size()];
    if (walked >= next_mark) {
      marks.push_back(a);
      next_mark = walked + wave * dice.between(0.75, 1.25);
    }
    walked += std::hypot(b.x - a.x, b.y - a.y);
  }
  return marks;
}

double signed_area(const std::vector<Point>& points) {
  double area = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i];
    const Point b = points[(i + 1) % points.size()];
    area += a.x * b.y - b.x * a.y;
  }
  return area;
}

}  // namespace

void Brush::textured(const std::vector<Point>& points, Texture texture, double amplitude,
                     double wave, Dice& dice) {
  const std::vector<Point> outline = sample_spline(points, true);
  const std::vector<Point> marks = mark_waves(outline, wave, dice);
  if (texture == Texture::smooth || marks.size() < 3) {
    spline(points, true);
    return;
  }
  move(marks.front());
  break_up(marks, true, texture, amplitude, signed_area(outline) > 0 ? 1 : -1, dice);
  close();
}

void Brush::edge(const std::vector<Point>& points, Texture texture, double amplitude, double wave,
                 Dice& dice) {
  std::vector<Point> marks = mark_waves(sample_spline(points, false), wave, dice);
  if (texture == Texture::smooth || marks.size() < 3) {
    spline(points, false);
    return;
  }
  marks.back() = points.back();  // a short last wave would be a needle
  const Point last = points.back() - marks[marks.size() - 2];
  if (marks.size() > 3 && std::hypot(last.x, last.y) < wave * 0.5) {
    marks.erase(marks.end() - 2);
  }
  if (cairo_has_current_point(cairo()) != 0) {
    line(marks.front());
  } else {
    move(marks.front());
  }
  break_up(marks, false, texture, amplitude, 1, dice);
}

// Gives every wave its own little curve, lock or curl.
void Brush::break_up(const std::vector<Point>& marks, bool closed, Texture texture,
                     double amplitude, double turn, Dice& dice) {
  const std::size_t count = closed ? marks.size() : marks.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Point a = marks[i];
    const Point b = marks[(i + 1) % marks.size()];
    const double length = std::max(1e-6, std::hypot(b.x - a.x, b.y - a.y));
    const Point along = (b - a) * (1 / length);
    const Point out = Point{along.y, -along.x} * (turn * amplitude * dice.between(0.7, 1.2));
    if (texture == Texture::curly) {
      curve(a + out * 1.3 - along * (length * 0.15), b + out * 1.3 + along * (length * 0.15), b);
    } else if (texture == Texture::spiky) {
      const Point tip = blend(a, b, 0.62) + out * 1.5;
      curve(blend(a, tip, 0.5) + along * (length * 0.06), tip, tip);
      curve(tip, blend(tip, b, 0.5) - along * (length * 0.12), b);
    } else {
      const Point half = i % 2 == 0 ? out * 0.8 : out * -0.35;
      curve(blend(a, b, 0.33) + half, blend(a, b, 0.66) + half, b);
    }
  }
}

void Brush::capsule(Point a, double ra, Point b, double rb) {
  const double angle = std::atan2(b.y - a.y, b.x - a.x);
  cairo_new_sub_path(cairo());
  cairo_arc(cairo(), a.x, a.y, ra, angle + kPi / 2, angle + 1.5 * kPi);
  const Point n{std::cos(angle - kPi / 2), std::sin(angle - kPi / 2)};
  const double swell = 0.08 * (ra + rb);
  curve(blend(a, b, 0.33) + n * (ra * 0.67 + rb * 0.33 + swell),
        blend(a, b, 0.66) + n * (ra * 0.33 + rb * 0.67 + swell * 0.5), b + n * rb);
  cairo_arc(cairo(), b.x, b.y, rb, angle - kPi / 2, angle + kPi / 2);
  const Point m = n * -1;
  curve(blend(b, a, 0.33) + m * (rb * 0.67 + ra * 0.33 + swell * 0.5),
        blend(b, a, 0.66) + m * (rb * 0.33 + ra * 0.67 + swell), a + m * ra);
  close();
}

void Brush::source(Colour colour) {
  cairo_set_source_rgba(cairo(), colour.r, colour.g, colour.b, colour.a);
}

void Brush::fill(Colour colour) {
  if (style_.shading == Shading::hatch) {
    // Line art keeps darks as ink and lets the rest be paper.
    raw_fill(luminance(colour) < 0.16 ? style_.ink : with_alpha(rgb(0xffffff), colour.a));
    return;
  }
  raw_fill(style_.adjust(colour));
}

void Brush::raw_fill(Colour colour) {
  source(colour);
  cairo_fill(cairo());
}

void Brush::clip() {
  cairo_clip(cairo());
}

void Brush::stroke(Colour colour, double width) {
  const bool paper = style_.shading == Shading::hatch;
  source(paper ? with_alpha(style_.ink, colour.a) : style_.adjust(colour));
  cairo_set_line_width(cairo(), width);
  cairo_stroke(cairo());
}

void Brush::crease(double weight, double alpha) {
  cairo_save(cairo());
  cairo_identity_matrix(cairo());
  cairo_set_line_width(cairo(), std::max(1.0, line_px_ * weight));
  source(with_alpha(style_.ink, alpha));
  cairo_stroke(cairo());
  cairo_restore(cairo());
}

void Brush::swelling(Point from, Point c1, Point c2, Point to, double w0, double w1, double w2,
                     Colour colour) {
  const double length = std::max(1e-6, std::hypot(to.x - from.x, to.y - from.y));
  const Point n = Point{-(to.y - from.y), to.x - from.x} * (1 / length);
  move(from - n * (w0 / 2));
  curve(c1 - n * (w1 / 2), c2 - n * (w1 / 2), to - n * (w2 / 2));
  line(to + n * (w2 / 2));
  curve(c2 + n * (w1 / 2), c1 + n * (w1 / 2), from + n * (w0 / 2));
  close();
  raw_fill(style_.shading == Shading::hatch ? style_.ink : style_.adjust(colour));
}

void blur_surface(cairo_surface_t* surface, double radius_px) {
  const int radius = static_cast<int>(radius_px / 2 + 0.5);
  if (radius < 1) return;
  cairo_surface_flush(surface);
  const int width = cairo_image_surface_get_width(surface);
  const int height = cairo_image_surface_get_height(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  unsigned char* data = cairo_image_surface_get_data(surface);
  std::vector<unsigned char> row(static_cast<std::size_t>(std::max(width, height)) * 4);
  const auto pass = [&](int lines, int length, int line_step, int step) {
    for (int l = 0; l < lines; ++l) {
      unsigned char* base = data + static_cast<std::ptrdiff_t>(l) * line_step;
      int sums[4] = {0, 0, 0, 0};
      for (int i = -radius; i <= radius; ++i) {
        const unsigned char* p =
            base + static_cast<std::ptrdiff_t>(std::clamp(i, 0, length - 1)) * step;
        for (int c = 0; c < 4; ++c) sums[c] += p[c];
      }
      const int count = 2 * radius + 1;
      for (int i = 0; i < length; ++i) {
        unsigned char* out = row.data() + static_cast<std::ptrdiff_t>(i) * 4;
        const unsigned char* add =
            base + static_cast<std::ptrdiff_t>(std::min(i + radius + 1, length - 1)) * step;
        const unsigned char* drop =
            base + static_cast<std::ptrdiff_t>(std::max(i - radius, 0)) * step;
        for (int c = 0; c < 4; ++c) {
          out[c] = static_cast<unsigned char>(sums[c] / count);
          sums[c] += add[c] - drop[c];
        }
      }
      for (int i = 0; i < length; ++i) {
        std::copy_n(row.data() + static_cast<std::ptrdiff_t>(i) * 4, 4,
                    base + static_cast<std::ptrdiff_t>(i) * step);
      }
    }
  };
  for (int i = 0; i < 2; ++i) {
    pass(height, width, stride, 4);
    pass(width, height, 4, stride);
  }
  cairo_surface_mark_dirty(surface);
}

void Brush::soft(double radius_px, double alpha, const std::function<void(Brush&)>& draw) {
  // A quarter-size layer is soft already and sixteen times cheaper.
  constexpr int kShrink = 4;
  const SurfacePtr layer = make_surface(width_ / kShrink + 2, height_ / kShrink + 2);
  Brush soft_brush(layer.get(), style_, line_px_ / kShrink);
  cairo_matrix_t matrix;
  cairo_get_matrix(cairo(), &matrix);
  cairo_scale(soft_brush.cairo(), 1.0 / kShrink, 1.0 / kShrink);
  cairo_transform(soft_brush.cairo(), &matrix);
  draw(soft_brush);
  blur_surface(layer.get(), radius_px / kShrink);
  scoped([&] {
    cairo_identity_matrix(cairo());
    cairo_scale(cairo(), kShrink, kShrink);
    cairo_set_source_surface(cairo(), layer.get(), 0, 0);
    cairo_paint_with_alpha(cairo(), alpha);
  });
}

}  // namespace castboard::sketch
