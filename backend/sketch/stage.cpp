#include "sketch/stage.h"

#include <algorithm>
#include <cmath>

#include "sketch/figure.h"
#include "sketch/finish.h"
#include "sketch/look_words.h"
#include "sketch/portrait.h"
#include "sketch/scene.h"

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

// Something to stand on, where the backdrop is all air.
void paint_ground(Brush& brush, double y) {
  const double side = std::min(brush.width(), brush.height());
  const double top = y - side * 0.035;
  Colour colour;
  switch (brush.style().decor) {
    case Decor::sky:
      colour = rgb(0x9fce86);
      break;
    case Decor::meadow:
      colour = rgb(0x6f9f57);
      break;
    case Decor::sparkle:
      colour = rgb(0x7a62b0);
      break;
    case Decor::city:
      colour = rgb(0x120b30);
      break;
    case Decor::bokeh:
    case Decor::studio:
    case Decor::blinds:
      colour = with_alpha(rgb(0x10141c), 0.34);
      break;
    default:
      return;
  }
  brush.move({0, top + side * 0.012});
  brush.curve({brush.width() * 0.3, top - side * 0.008}, {brush.width() * 0.7, top - side * 0.008},
              {static_cast<double>(brush.width()), top + side * 0.012});
  brush.line({static_cast<double>(brush.width()), static_cast<double>(brush.height())});
  brush.line({0, static_cast<double>(brush.height())});
  brush.close();
  brush.raw_fill(colour.a < 1 ? colour : brush.style().adjust(colour));
}

void draw_whole(Brush& brush, const CharacterLook& look, const Staging& staging, Dice dice) {
  Pose pose = find_pose(staging.shot);
  pose.nod += dice.between(-2.5, 2.5);
  for (Limb* limb : {&pose.arm_left, &pose.arm_right}) {
    const double sway = pose.key == "t_pose" || pose.key == "a_pose" ? 0 : dice.between(-3, 3);
    limb->upper += sway;
    limb->lower += sway;
  }
  const Expression* face = find_expression(pose.expression);
  const FigureFrame frame = fit_figure(pose, look, brush.width(), brush.height());
  const double side = std::min(brush.width(), brush.height());
  brush.set_line_px(std::max(1.0, side * 0.0037));
  paint_ground(brush, frame.ground.y);
  draw_figure(brush, look, pose, face != nullptr ? *face : expression_in(staging.words, look),
              frame, dice);
}

// From the hips up: a standing figure, close.
void draw_medium(Brush& brush, const CharacterLook& look, const Staging& staging, Dice dice) {
  const std::string_view stances[] = {"standing", "arms_crossed", "hero_shot", "standing"};
  Pose pose = find_pose(stances[dice.below(4)]);
  pose.key = "standing";
  pose.yaw = dice.between(-10, 10);
  pose.nod = dice.between(-3, 3);
  const double side = std::min(brush.width(), brush.height());
  const double h = brush.height();
  const double scale = std::min(h, side * 1.25) * 0.92 / 500;
  brush.set_line_px(std::max(1.0, side * 0.0045));
  draw_figure(brush, look, pose, expression_in(staging.words, look),
              {.ground = {brush.width() * 0.5, h * 0.07 + kStandingHeight * look.height * scale},
               .scale = scale},
              dice);
}

void draw_subject(Brush& brush, const CharacterLook& look, const Staging& staging) {
  Dice dice(staging.seed, "pose");
  if (staging.template_type == "expression_sheet") {
    const Expression* expression = find_expression(staging.shot);
    draw_portrait(brush, look, expression != nullptr ? *expression : neutral_expression(),
                  cell_pose(dice), dice);
  } else if (staging.template_type == "full_body" || staging.template_type == "action_pose" ||
             staging.shot == "full_body_standing") {
    draw_whole(brush, look, staging, dice);
  } else if (staging.shot == "medium_shot") {
    draw_medium(brush, look, staging, dice);
  } else {
    draw_portrait(brush, look, expression_in(staging.words, look),
                  portrait_pose(staging.shot, dice), dice);
  }
}

SurfacePtr draw_plain(const CharacterLook& look, const Staging& staging, int width, int height) {
  SurfacePtr surface = make_surface(width, height);
  Brush brush(surface.get(), *staging.style, std::max(1.0, std::min(width, height) * 0.005));
  if (staging.template_type == "scene") {
    brush.set_line_px(std::max(1.0, std::min(width, height) * 0.0037));
    draw_scene(brush, look, staging, [&] { draw_backdrop(brush, look, staging); });
  } else {
    draw_backdrop(brush, look, staging);
    draw_subject(brush, look, staging);
  }
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
