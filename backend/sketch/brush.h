#pragma once

#include <cairo.h>

#include <functional>
#include <memory>
#include <vector>

#include "sketch/style.h"

// The one way the artist puts colour down: paths in user units, painted as the style says.
namespace castboard::sketch {

struct Point {
  double x = 0, y = 0;
};

inline Point operator+(Point a, Point b) {
  return {a.x + b.x, a.y + b.y};
}
inline Point operator-(Point a, Point b) {
  return {a.x - b.x, a.y - b.y};
}
inline Point operator*(Point a, double k) {
  return {a.x * k, a.y * k};
}
Point blend(Point a, Point b, double t);
Point polar(double degrees, double length);  // 0 points down, 90 to the right, 180 up

// What a surface is made of: how light plays on it.
enum class Material { skin, hair, cloth, metal, leather, glass, plain, dark };

// How the edge of an outline is broken up.
enum class Texture { smooth, wavy, curly, spiky };

using SurfacePtr = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
SurfacePtr make_surface(int width, int height);

// Draws on one surface in one style. Owned by the picture being drawn; one thread. Light comes
// from the upper left in picture space, however the user space is turned.
class Brush {
 public:
  Brush(cairo_surface_t* surface, const DrawingStyle& style, double line_px);

  [[nodiscard]] cairo_t* cairo() const { return cairo_.get(); }
  [[nodiscard]] const DrawingStyle& style() const { return style_; }
  [[nodiscard]] double line_px() const { return line_px_; }
  void set_line_px(double px) { line_px_ = px; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

  // Runs `draw` with the transformation and clip put back afterwards.
  void scoped(const std::function<void()>& draw);
  void move(Point p);
  void line(Point p);
  void curve(Point c1, Point c2, Point to);
  void close();
  void ellipse(Point centre, double rx, double ry, double degrees = 0);
  void box(double x, double y, double w, double h, double radius = 0);
  void polygon(const std::vector<Point>& points);
  // A smooth curve through the points; an open one goes on from the current point, if there is one.
  void spline(const std::vector<Point>& points, bool closed);
  // Like an open spline, but its left side (seen along the way) is broken up.
  void edge(const std::vector<Point>& points, Texture texture, double amplitude, double wave,
            Dice& dice);
  // A smooth closed curve whose edge is broken up: amplitude and wave length in user units.
  void textured(const std::vector<Point>& points, Texture texture, double amplitude, double wave,
                Dice& dice);
  // A limb: a rounded, slightly swelling bar.
  void capsule(Point a, double ra, Point b, double rb);

  // Paints the current path as a body: outline, fill, shadow, light. Consumes the path.
  void body(Colour fill, Material material) { paint(fill, material, true); }
  // The same without the outline.
  void patch(Colour fill, Material material) { paint(fill, material, false); }
  // Paints the current path flat in a palette colour, without outline.
  void fill(Colour colour);
  // The colour as it is given (already in the palette, or light).
  void raw_fill(Colour colour);
  // A line along the current path in ink, `weight` times the outline's width, `alpha` 0..1.
  void crease(double weight, double alpha = 1);
  // A line in a palette colour, width in user units.
  void stroke(Colour colour, double width);
  // A brush stroke swelling in the middle, in ink or `colour`; `width` in user units.
  void swelling(Point from, Point c1, Point c2, Point to, double w0, double w1, double w2,
                Colour colour);
  // Restricts following painting to the current path. Use inside `scoped`.
  void clip();
  [[nodiscard]] Colour outline_of(Colour fill) const;
  // Draws blurred: `draw` runs on its own layer, softened by about `radius_px`.
  void soft(double radius_px, double alpha, const std::function<void(Brush&)>& draw);

 private:
  struct Extents {
    double x0, y0, x1, y1;
  };
  void break_up(const std::vector<Point>& marks, bool closed, Texture texture, double amplitude,
                double turn, Dice& dice);
  void paint(Colour fill, Material material, bool outlined);
  void outline(Colour fill);
  void shade_cel(Colour base, Material material, const cairo_path_t* path, Extents box);
  void shade_soft(Colour base, Material material, Extents box);
  void shade_hatch(Material material, const cairo_path_t* path, Extents box);
  void rims(const cairo_path_t* path, Extents box);
  void rim(const cairo_path_t* path, Colour light, double from_x, double to_x, double shift);
  void edge_pool(Colour base, const cairo_path_t* path, Extents box);
  void source(Colour colour);

  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
  const DrawingStyle& style_;
  double line_px_;
  int width_;
  int height_;
};

// Softens a premultiplied ARGB surface in place: three box passes.
void blur_surface(cairo_surface_t* surface, double radius_px);

}  // namespace castboard::sketch
