#include "sketch/stage.h"

#include <algorithm>
#include <cmath>

#include "sketch/finish.h"
#include "sketch/look_words.h"
#include "sketch/portrait.h"

namespace castboard::sketch {
namespace {

constexpr int kPixelArtSide = 128;  // pixels on the short side of a picture drawn small

// What the words of a description say about the face, for custom pictures.
Expression expression_in(std::string_view text, const CharacterLook& look) {
  const Words words(text);
  for (const std::string& word : words.all()) {
    if (const Expression* found = find_expression(word)) return *found;
  }
  Expression calm = neutral_expression();  // everyone's own way of looking at a camera
  Dice dice(hash_text("temper", static_cast<std::uint64_t>(look.face_width * 1e6)), "portrait");
  calm.corners = dice.between(-1, 11);
  calm.brow_skew = dice.between(-1, 4);
  calm.brow_outer = dice.between(-1, 4);
  calm.eye_open = dice.between(0.88, 1.03);
  return calm;
}

PortraitPose portrait_pose(std::string_view shot, Dice& dice) {
  PortraitPose pose;
  pose.yaw = dice.between(-9, 9);
  pose.roll = dice.between(-2.5, 2.5);
  pose.zoom = dice.between(0.97, 1.04);
  if (shot == "over_the_shoulder") {
    pose.yaw = -13;
    pose.zoom = 0.86;
    pose.offset = {0.16, 0.0};
    pose.shoulder_in_front = true;
  } else if (shot == "medium_shot") {
    pose.zoom = 0.62;
    pose.offset = {0, -0.12};
  }
  return pose;
}

PortraitPose cell_pose(Dice& dice) {
  PortraitPose pose;  // cells of a sheet are comparable: hardly any change but the face
  pose.yaw = dice.between(-3, 3);
  pose.zoom = 0.99;
  return pose;
}

void draw_backdrop(Brush& brush, const CharacterLook& look, const Staging& staging) {
  Dice dice(staging.seed, "backdrop");
  if (staging.backdrop_picture != nullptr) {
    draw_picture_backdrop(brush, staging.backdrop_picture,
                          std::min(brush.width(), brush.height()) * 0.012);
    return;
  }
  const Place place = find_place(staging.words);
  if (place != Place::none && brush.style().decor != Decor::blank) {
    draw_place(brush, place, dice);
    return;
  }
  // The seed shifts the tone, never the character's own colour family.
  const Colour base = mix(look.backdrop, hsl(dice.between(0, 360), 0.3, 0.72), 0.16);
  draw_style_backdrop(brush, base, dice);
}

void draw_subject(Brush& brush, const CharacterLook& look, const Staging& staging) {
  Dice dice(staging.seed, "pose");
  if (staging.template_type == "expression_sheet") {
    const Expression* expression = find_expression(staging.shot);
    draw_portrait(brush, look, expression != nullptr ? *expression : neutral_expression(),
                  cell_pose(dice), dice);
    return;
  }
  draw_portrait(brush, look, expression_in(staging.words, look), portrait_pose(staging.shot, dice),
                dice);
}

SurfacePtr draw_plain(const CharacterLook& look, const Staging& staging, int width, int height) {
  SurfacePtr surface = make_surface(width, height);
  Brush brush(surface.get(), *staging.style, std::max(1.0, std::min(width, height) * 0.005));
  draw_backdrop(brush, look, staging);
  draw_subject(brush, look, staging);
  return surface;
}

SurfacePtr enlarge(cairo_surface_t* small, int factor, int width, int height) {
  SurfacePtr large = make_surface(width, height);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(large.get()),
                                                              &cairo_destroy);
  cairo_scale(cr.get(), factor, factor);
  cairo_set_source_surface(cr.get(), small, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr.get()), CAIRO_FILTER_NEAREST);
  cairo_paint(cr.get());
  return large;
}

}  // namespace

SurfacePtr stage_picture(const CharacterLook& look, const Staging& staging, int width, int height) {
  if (staging.style->finish == Finish::pixel) {
    const int factor = std::max(1, (std::min(width, height) + kPixelArtSide / 2) / kPixelArtSide);
    const SurfacePtr small =
        draw_plain(look, staging, (width + factor - 1) / factor, (height + factor - 1) / factor);
    finish_picture(small.get(), *staging.style, staging.seed);
    return enlarge(small.get(), factor, width, height);
  }
  SurfacePtr surface = draw_plain(look, staging, width, height);
  finish_picture(surface.get(), *staging.style, staging.seed);
  return surface;
}

}  // namespace castboard::sketch
