#include "sketch/head.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace castboard::sketch {
namespace {

constexpr double kTurnRadius = 108;  // features sit on a ball of this radius
constexpr double kToRadians = std::numbers::pi / 180;

double turned_angle(double x, double yaw) {
  return std::asin(std::clamp(x / kTurnRadius, -0.99, 0.99)) + yaw * kToRadians;
}

bool ears_show(const CharacterLook& look) {
  switch (look.hair_shape) {
    case HairShape::bob:
    case HairShape::straight:
    case HairShape::wavy:
    case HairShape::curly:
    case HairShape::afro:
    case HairShape::locs:
      return look.being == Being::elf;
    default:
      return look.headwear != Headwear::hood && look.headwear != Headwear::helmet;
  }
}

void draw_horns_and_ears(Brush& brush, const CharacterLook& look) {
  if (look.being == Being::demon) {
    for (const double side : {-1.0, 1.0}) {
      brush.move({side * 38, -104});
      brush.curve({side * 52, -150}, {side * 84, -168}, {side * 104, -190});
      brush.curve({side * 108, -150}, {side * 96, -112}, {side * 72, -84});
      brush.close();
      brush.body(rgb(0x4a3a3c), Material::leather);
    }
  }
  if (look.being == Being::cat) {
    for (const double side : {-1.0, 1.0}) {
      brush.polygon({{side * 34, -112}, {side * 86, -186}, {side * 98, -78}});
      brush.body(look.hair, Material::hair);
      brush.polygon({{side * 52, -116}, {side * 82, -160}, {side * 88, -92}});
      brush.fill(mix(look.skin, rgb(0xe88a90), 0.4));
    }
  }
  if (look.being == Being::robot && look.hair_shape == HairShape::bald) {
    brush.box(-4, -168, 8, 50, 3);
    brush.body(look.hair, Material::metal);
    brush.ellipse({0, -170}, 11, 11);
    brush.body(look.iris, Material::metal);
  }
}

}  // namespace

HeadShape head_shape(const CharacterLook& look) {
  HeadShape shape{92, 68, 30, 124, -124};
  switch (look.face) {
    case FaceShape::oval:
      break;
    case FaceShape::round:
      shape = {97, 76, 42, 117, -121};
      break;
    case FaceShape::square:
      shape = {92, 79, 50, 124, -123};
      break;
    case FaceShape::heart:
      shape = {95, 63, 17, 124, -124};
      break;
    case FaceShape::slender:
      shape = {86, 62, 25, 133, -127};
      break;
  }
  if (look.feminine) shape.jaw -= 4;
  if (look.age == Age::child) shape = {100, 80, 40, 108, -124};
  shape.width *= look.face_width;
  shape.jaw *= look.face_width;
  shape.chin_y *= look.face_length;
  return shape;
}

double turned_x(double x, double yaw) {
  return kTurnRadius * std::sin(turned_angle(x, yaw));
}

double turned_scale(double x, double yaw) {
  return std::max(0.3, std::cos(turned_angle(x, yaw)) / std::cos(turned_angle(x, 0)));
}

void trace_face(Brush& brush, const HeadShape& s, double yaw) {
  // Turning narrows the far cheek and brings the chin along.
  const double shift = turned_x(0, yaw) * 0.34;
  const double left = s.width + std::min(0.0, shift) * 0.12;
  const double right = s.width - std::max(0.0, shift) * 0.12;
  const double cheek = 0.5 * (s.width + s.jaw);
  brush.move({-left, -14});
  brush.curve({-left, -88}, {-s.width * 0.62, s.top}, {0, s.top});
  brush.curve({s.width * 0.62, s.top}, {right, -88}, {right, -14});
  brush.curve({right + shift * 0.1, 22}, {cheek + 6 + shift * 0.3, 52}, {s.jaw + shift * 0.5, 78});
  brush.curve({s.jaw - 7 + shift * 0.7, 78 + (s.chin_y - 78) * 0.64}, {s.chin + shift, s.chin_y},
              {shift, s.chin_y});
  brush.curve({-s.chin + shift, s.chin_y}, {-s.jaw + 7 + shift * 0.7, 78 + (s.chin_y - 78) * 0.64},
              {-s.jaw + shift * 0.5, 78});
  brush.curve({-cheek - 6 + shift * 0.3, 52}, {-left + shift * 0.1, 22}, {-left, -14});
  brush.close();
}

void draw_ear(Brush& brush, const CharacterLook& look, Point centre, double side) {
  const double size = look.ear_size;
  brush.scoped([&] {
    cairo_translate(brush.cairo(), centre.x, centre.y);
    cairo_scale(brush.cairo(), side * size, size);
    if (look.being == Being::robot) {
      brush.box(-8, -24, 22, 48, 6);
      brush.body(shadow_of(look.skin, 0.25), Material::metal);
      brush.ellipse({8, 0}, 8, 13);
      brush.fill(look.iris);
      return;
    }
    const bool pointed =
        look.being == Being::elf || look.being == Being::orc || look.being == Being::demon;
    if (pointed) {
      brush.move({-14, -22});
      brush.curve({6, -44}, {40, -66}, {58, -74});
      brush.curve({46, -36}, {32, 2}, {14, 22});
    } else {
      brush.move({-14, -22});
      brush.curve({-6, -42}, {20, -36}, {20, -10});
      brush.curve({20, 8}, {12, 14}, {9, 24});
    }
    brush.curve({6, 34}, {-6, 34}, {-14, 24});
    brush.close();
    brush.body(look.skin, Material::skin);
    brush.move({0, -20});
    brush.curve({12, -22}, {14, -6}, {6, 4});
    brush.curve({2, 8}, {2, 12}, {4, 15});
    brush.crease(0.55, 0.6);
    if (look.earrings) {
      brush.ellipse({6, 37}, 5, 5);
      brush.body(rgb(0xe3b94a), Material::metal);
      brush.ellipse({6, 51}, 6, 9);
      brush.body(mix(look.iris, rgb(0xe3b94a), 0.3), Material::metal);
    }
  });
}

void draw_head_back(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  if (look.headwear == Headwear::hood) {
    brush.spline({{-118, 130},
                  {-128, 0},
                  {-96, -110},
                  {0, -156},
                  {96, -110},
                  {128, 0},
                  {118, 130},
                  {0, 170}},
                 true);
    brush.body(shadow_of(look.headwear_colour, 0.35), Material::cloth);
  }
  if (pose.view != View::back) draw_hair_back(brush, look, pose);
}

void draw_head_front(Brush& brush, const CharacterLook& look, const Expression& expression,
                     const HeadPose& pose, Dice dice) {
  const HeadShape shape = head_shape(look);
  const Colour drained = light_of(saturate(look.skin, 0.45), 0.45);
  const Colour skin = mix(look.skin, drained, expression.pale * 1.6);
  CharacterLook shown = look;
  shown.skin = skin;
  const bool ears = ears_show(look);
  draw_horns_and_ears(brush, look);
  if (pose.view == View::side) {
    trace_profile(brush, shown, shape, expression.mouth_open);
    brush.body(skin, Material::skin);
    draw_profile_features(brush, shown, expression);
    draw_hair_front(brush, shown, pose);
    if (ears) draw_ear(brush, shown, {-12, 12}, -0.9);
    draw_worn(brush, shown, pose);
    return;
  }
  if (ears) {
    const double ear_y = 14 - pose.pitch * 0.5;
    const double near_x = shape.width - 2;
    if (pose.yaw < 18) draw_ear(brush, shown, {near_x - std::max(0.0, pose.yaw) * 0.3, ear_y}, 1);
    if (pose.yaw > -18) draw_ear(brush, shown, {-near_x - pose.yaw * -0.9, ear_y}, -1);
  }
  trace_face(brush, shape, pose.yaw);
  brush.body(skin, Material::skin);
  if (pose.view == View::back) {
    draw_hair_front(brush, shown, pose);
    draw_worn(brush, shown, pose);
    return;
  }
  brush.scoped([&] {
    trace_face(brush, shape, pose.yaw);
    brush.clip();
    // The hair's shadow on the forehead.
    if (look.hair_shape != HairShape::bald && brush.style().shading != Shading::hatch) {
      brush.ellipse({6, -96}, 102, 62);
      brush.raw_fill(with_alpha(brush.style().shade_tint, 0.18));
    }
  });
  (void)dice;
  draw_features(brush, shown, expression, pose);
  draw_hair_front(brush, shown, pose);
  draw_brows(brush, shown, expression, pose);
  draw_glasses(brush, shown, pose);
  draw_worn(brush, shown, pose);
}

}  // namespace castboard::sketch
