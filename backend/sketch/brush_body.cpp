// How a painted body takes outline, shadow and light, style by style.
#include <algorithm>
#include <cmath>
#include <memory>

#include "sketch/brush.h"

namespace castboard::sketch {
namespace {

using PathPtr = std::unique_ptr<cairo_path_t, decltype(&cairo_path_destroy)>;
using PatternPtr = std::unique_ptr<cairo_pattern_t, decltype(&cairo_pattern_destroy)>;

void add_stop(cairo_pattern_t* pattern, double offset, Colour c) {
  cairo_pattern_add_color_stop_rgba(pattern, offset, c.r, c.g, c.b, c.a);
}

}  // namespace

Colour Brush::outline_of(Colour fill) const {
  if (style_.line == Line::tinted) {
    return with_alpha(mix(shadow_of(style_.adjust(fill), 0.86), style_.ink, 0.25), 1);
  }
  return style_.ink;
}

// Stroked before filling, so overlapping parts of one body have no lines between them.
void Brush::outline(Colour fill) {
  if (style_.line == Line::none) return;
  const double width = line_px_ * style_.line_width * 2;
  cairo_set_line_width(cairo(), std::max(width, 1.2));
  Colour colour = outline_of(fill);
  if (style_.line == Line::pencil) colour.a = 0.8;
  source(colour);
  cairo_stroke_preserve(cairo());
  if (style_.line == Line::pencil && style_.finish == Finish::pencil) {
    // A second, slightly missed line: drawn by hand.
    const PathPtr path(cairo_copy_path(cairo()), &cairo_path_destroy);
    cairo_save(cairo());
    cairo_new_path(cairo());
    cairo_translate(cairo(), line_px_ * 0.9, -line_px_ * 0.7);
    cairo_append_path(cairo(), path.get());
    cairo_set_line_width(cairo(), width * 0.5);
    source(with_alpha(colour, 0.45));
    cairo_stroke(cairo());
    cairo_restore(cairo());
    cairo_new_path(cairo());
    cairo_append_path(cairo(), path.get());
  }
}

void Brush::paint(Colour fill, Material material, bool outlined) {
  cairo_save(cairo());
  cairo_identity_matrix(cairo());  // light and line width live in picture space
  Extents box{};
  cairo_path_extents(cairo(), &box.x0, &box.y0, &box.x1, &box.y1);
  if (outlined) outline(fill);
  const Colour base =
      style_.shading == Shading::hatch
          ? (material == Material::dark ? style_.ink : with_alpha(rgb(0xffffff), fill.a))
          : style_.adjust(fill);
  const PathPtr path(cairo_copy_path(cairo()), &cairo_path_destroy);
  source(base);
  cairo_fill_preserve(cairo());
  if (material != Material::plain && material != Material::dark) {
    cairo_clip(cairo());
    switch (style_.shading) {
      case Shading::cel:
        shade_cel(base, material, path.get(), box);
        break;
      case Shading::soft:
      case Shading::clay:
        shade_soft(base, material, box);
        break;
      case Shading::hatch:
        shade_hatch(material, path.get(), box);
        break;
      case Shading::flat:
        edge_pool(base, path.get(), box);
        break;
    }
    rims(path.get(), box);
  }
  cairo_restore(cairo());
  cairo_new_path(cairo());
}

void Brush::shade_cel(Colour base, Material material, const cairo_path_t* path, Extents box) {
  const double size = std::min(box.x1 - box.x0, box.y1 - box.y0);
  const double reach = material == Material::skin ? 0.075 : 0.1;
  const double dx = size * reach * (style_.finish == Finish::noir ? 3.2 : 1);
  const double dy = size * reach * 0.8;
  const Colour tinted = mix(shadow_of(base, style_.shade), style_.shade_tint, style_.shade * 0.28);
  source(with_alpha(tinted, base.a));
  cairo_paint(cairo());
  cairo_save(cairo());
  cairo_translate(cairo(), -dx, -dy);
  cairo_new_path(cairo());
  cairo_append_path(cairo(), path);
  const PatternPtr lit(
      cairo_pattern_create_linear(box.x0 + dx, box.y0 + dy, box.x0 + dx + (box.x1 - box.x0) * 0.35,
                                  box.y1 + dy),
      &cairo_pattern_destroy);
  add_stop(lit.get(), 0, light_of(base, style_.light * (material == Material::metal ? 0.8 : 0.3)));
  add_stop(lit.get(), 0.55, base);
  add_stop(lit.get(), 1, mix(base, tinted, 0.35));
  cairo_set_source(cairo(), lit.get());
  cairo_fill(cairo());
  cairo_restore(cairo());
}

void Brush::shade_soft(Colour base, Material material, Extents box) {
  const double w = box.x1 - box.x0;
  const double h = box.y1 - box.y0;
  const double radius = std::hypot(w, h);
  const Colour shade = mix(shadow_of(base, 0.9), style_.shade_tint, 0.4);
  const bool shiny = material == Material::metal || material == Material::leather;
  const PatternPtr ball(
      cairo_pattern_create_radial(box.x0 + w * 0.32, box.y0 + h * 0.22, radius * 0.04,
                                  box.x0 + w * 0.4, box.y0 + h * 0.34, radius * 0.78),
      &cairo_pattern_destroy);
  add_stop(ball.get(), 0, with_alpha(light_of(base, 0.85), style_.light * (shiny ? 0.95 : 0.55)));
  add_stop(ball.get(), 0.38, with_alpha(light_of(base, 0.3), style_.light * 0.12));
  add_stop(ball.get(), 0.5, with_alpha(shade, 0));
  add_stop(ball.get(), 0.8, with_alpha(shade, style_.shade * 0.5));
  add_stop(ball.get(), 1, with_alpha(shade, style_.shade * 0.9));
  cairo_set_source(cairo(), ball.get());
  cairo_paint(cairo());
  // Light bouncing back from the floor keeps the shadow side alive.
  const PatternPtr bounce(cairo_pattern_create_linear(0, box.y1 - h * 0.35, 0, box.y1),
                          &cairo_pattern_destroy);
  const Colour glow = mix(base, rgb(0xffb38a), 0.5);
  add_stop(bounce.get(), 0, with_alpha(glow, 0));
  add_stop(bounce.get(), 1, with_alpha(glow, material == Material::skin ? 0.22 : 0.1));
  cairo_set_source(cairo(), bounce.get());
  cairo_paint(cairo());
  if (shiny) {
    const PatternPtr band(cairo_pattern_create_linear(box.x0, 0, box.x1, 0),
                          &cairo_pattern_destroy);
    add_stop(band.get(), 0.15, {1, 1, 1, 0});
    add_stop(band.get(), 0.3, {1, 1, 1, 0.4 * style_.gloss});
    add_stop(band.get(), 0.42, {1, 1, 1, 0});
    cairo_set_source(cairo(), band.get());
    cairo_paint(cairo());
  }
}

void Brush::shade_hatch(Material material, const cairo_path_t* path, Extents box) {
  const double size = std::min(box.x1 - box.x0, box.y1 - box.y0);
  const double gap = std::max(5.0, line_px_ * 2.1);
  // Only the shadow side: what the path shifted towards the light leaves over.
  cairo_push_group(cairo());
  source(with_alpha(style_.ink, material == Material::hair ? 0.75 : 0.5));
  cairo_set_line_width(cairo(), std::max(1.0, line_px_ * 0.35));
  for (double d = box.x0 - (box.y1 - box.y0); d < box.x1; d += gap) {
    cairo_move_to(cairo(), d, box.y1);
    cairo_line_to(cairo(), d + (box.y1 - box.y0) * 0.8, box.y0);
  }
  cairo_stroke(cairo());
  cairo_set_operator(cairo(), CAIRO_OPERATOR_DEST_OUT);
  cairo_save(cairo());
  cairo_translate(cairo(), -size * 0.09, -size * 0.07);
  cairo_new_path(cairo());
  cairo_append_path(cairo(), path);
  source({0, 0, 0, 1});
  cairo_fill(cairo());
  cairo_restore(cairo());
  cairo_pop_group_to_source(cairo());
  cairo_paint(cairo());
}

void Brush::rims(const cairo_path_t* path, Extents box) {
  const double w = box.x1 - box.x0;
  const double size = std::min(w, box.y1 - box.y0);
  const double shift = std::max(1.5, std::min(size * 0.045, line_px_ * 1.9));
  if (style_.rim_left.a > 0) rim(path, style_.rim_left, box.x0 + w * 0.4, box.x0, shift);
  if (style_.rim_right.a > 0) rim(path, style_.rim_right, box.x1 - w * 0.4, box.x1, -shift);
}

// Lights the edges that face one side: what the body shifted away from that side leaves over.
void Brush::rim(const cairo_path_t* path, Colour light, double from_x, double to_x, double shift) {
  const PatternPtr fade(cairo_pattern_create_linear(from_x, 0, to_x, 0), &cairo_pattern_destroy);
  add_stop(fade.get(), 0, with_alpha(light, 0));
  add_stop(fade.get(), 1, light);
  cairo_push_group(cairo());
  cairo_set_source(cairo(), fade.get());
  cairo_paint(cairo());
  cairo_set_operator(cairo(), CAIRO_OPERATOR_DEST_OUT);
  cairo_save(cairo());
  cairo_translate(cairo(), shift, std::abs(shift) * 0.35);
  cairo_new_path(cairo());
  cairo_append_path(cairo(), path);
  source({0, 0, 0, 1});
  cairo_fill(cairo());
  cairo_restore(cairo());
  cairo_pop_group_to_source(cairo());
  cairo_paint(cairo());
}

// Pigment gathers at the edge of a wet wash and thins towards the light.
void Brush::edge_pool(Colour base, const cairo_path_t* path, Extents box) {
  const PatternPtr wash(
      cairo_pattern_create_linear(box.x0, box.y0, box.x0 + (box.x1 - box.x0) * 0.4, box.y1),
      &cairo_pattern_destroy);
  add_stop(wash.get(), 0, {1, 1, 1, 0.34});
  add_stop(wash.get(), 0.5, {1, 1, 1, 0.02});
  const Colour deep = mix(shadow_of(base, style_.shade * 1.5), style_.shade_tint, 0.2);
  add_stop(wash.get(), 1, with_alpha(deep, 0.5));
  cairo_set_source(cairo(), wash.get());
  cairo_paint(cairo());
  cairo_new_path(cairo());
  cairo_append_path(cairo(), path);
  for (const double width : {1.2, 2.6, 4.8}) {
    source(with_alpha(shadow_of(base, 0.55), 0.22));
    cairo_set_line_width(cairo(), line_px_ * width);
    cairo_stroke_preserve(cairo());
  }
  cairo_new_path(cairo());
}

}  // namespace castboard::sketch
