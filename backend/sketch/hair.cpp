#include <algorithm>
#include <cmath>

#include "sketch/hair_cut.h"

namespace castboard::sketch {
namespace {

Texture texture_of(const CharacterLook& look, const HairCut& cut) {
  return look.being == Being::robot ? Texture::smooth : cut.texture;
}

Material material_of(const CharacterLook& look) {
  return look.being == Being::robot ? Material::metal : Material::hair;
}

// Sides and back of a head whose hair is shaved or gone: a shade on the skin.
void draw_shaved(Brush& brush, const CharacterLook& look, const HeadShape& s, double cover) {
  if (cover <= 0) {
    if (look.age != Age::old || look.feminine || look.being == Being::robot) return;
    for (const double side : {-1.0, 1.0}) {  // a wreath of grey over the ears
      Dice dice(11, "wreath");
      brush.textured({{side * (s.width + 8), -48},
                      {side * (s.width + 14), -20},
                      {side * (s.width + 4), 14},
                      {side * (s.width - 8), 4},
                      {side * (s.width - 8), -30}},
                     Texture::wavy, 4, 18, dice);
      brush.body(look.hair, Material::hair);
    }
    return;
  }
  std::vector<Point> cap = {{-s.width - 2, 8}, {-s.width - 4, -30},   {-s.width * 0.84, -90},
                            {0, s.top - 3},    {s.width * 0.84, -90}, {s.width + 4, -30},
                            {s.width + 2, 8},  {s.width + 2, 8}};
  for (const Point p : fringe_line(look, Fringe::none, s.width, 0)) cap.push_back(p);
  cap.push_back({-s.width - 2, 8});
  brush.spline(cap, true);
  if (brush.style().shading == Shading::hatch) {
    brush.scoped([&] {
      brush.clip();
      Dice dice(5, "stubble");
      for (int i = 0; i < 240; ++i) {
        const Point p{dice.between(-100, 100), dice.between(-130, 10)};
        brush.move(p);
        brush.line(p + Point{1, 4});
        brush.crease(0.3, 0.6);
      }
    });
    return;
  }
  brush.body(mix(look.skin, look.hair, cover), Material::skin);
}

struct Cap {
  std::vector<Point> outer;  // from the left tip over the crown to the right tip
  std::vector<Point> inner;  // back along the face
};

Cap cap_outline(const CharacterLook& look, const HairCut& cut, const HeadShape& s, double shift) {
  const double ow = s.width + cut.volume;
  const double l = cut.side_length;
  const double tip = l > 60 ? 16 : 2;  // long hair ends in a tapering lock
  Cap cap;
  cap.outer = {{-ow - cut.flare + tip * 0.4, l},
               {-ow - cut.flare, l * 0.6 - 6},
               {-ow - 1, -26},
               {-ow * 0.83, -94},
               {-ow * 0.42, s.top - cut.volume * 0.95 + 4},
               {shift * 0.3, s.top - cut.volume * 1.15},
               {ow * 0.42, s.top - cut.volume * 0.95 + 4},
               {ow * 0.83, -94},
               {ow + 1, -26},
               {ow + cut.flare, l * 0.6 - 6},
               {ow + cut.flare - tip * 0.4, l}};
  std::vector<Point>& points = cap.inner;
  points.push_back(cap.outer.back());
  if (l > 60) {
    points.push_back({s.width - 2, l - 12});
    points.push_back({s.width - 15, 54});
  } else if (l > -20) {
    points.push_back({s.width - 4, l - 2});
  }
  for (const Point p : fringe_line(look, cut.fringe, s.width, shift)) points.push_back(p);
  if (l > 60) {
    points.push_back({-s.width + 15, 54});
    points.push_back({-s.width + 2, l - 12});
  } else if (l > -20) {
    points.push_back({-s.width + 4, l - 2});
  }
  points.push_back(cap.outer.front());
  return cap;
}

void trace_cap(Brush& brush, const CharacterLook& look, const HairCut& cut, const Cap& cap) {
  Dice dice(hash_text("cap"), "hair");
  cairo_new_path(brush.cairo());
  brush.edge(cap.outer, texture_of(look, cut), cut.amplitude, cut.wave, dice);
  brush.spline(cap.inner, false);
  brush.close();
}

void draw_extras_behind(Brush& brush, const CharacterLook& look, const HairCut& cut,
                        const HeadShape& s, double yaw) {
  const double side = look.part_left ? 1 : -1;
  switch (cut.extra) {
    case HairExtra::bun:
      draw_bun(brush, look, {-yaw * 0.8, s.top - 32}, 44);
      break;
    case HairExtra::twin_buns:
      draw_bun(brush, look, {-76 - yaw * 0.5, s.top - 2}, 38);
      draw_bun(brush, look, {76 - yaw * 0.5, s.top - 2}, 38);
      break;
    case HairExtra::ponytail:
      draw_tail(brush, look, {side * 30 - yaw, s.top - 2}, {side * 150 - yaw, -70},
                {side * 138 - yaw, 150}, 40);
      break;
    case HairExtra::pigtails:
      for (const double k : {-1.0, 1.0}) {
        draw_tail(brush, look, {k * 88, -62}, {k * 168, -10}, {k * 150, 168}, 34 * k);
      }
      break;
    default:
      break;
  }
}

void draw_locs(Brush& brush, const CharacterLook& look, const HeadShape& s, bool front) {
  Dice dice(9, front ? "locs front" : "locs back");
  const int count = front ? 3 : 9;
  for (int i = 0; i < count; ++i) {
    for (const double side : {-1.0, 1.0}) {
      const double x = front ? side * (s.width + 4 + i * 9) : side * (14 + i * 13);
      const double top = front ? -70.0 + i * 12 : -40.0;
      const double bottom = (front ? 84.0 : 150.0) + dice.between(-12, 14) - i * 3;
      brush.capsule({x * 0.96, top}, 11, {x * 1.06 + dice.between(-4, 4), bottom}, 8);
      brush.body(front ? look.hair : shadow_of(look.hair, 0.2), Material::hair);
      for (double y = top + 22; y < bottom; y += 24) {
        brush.move({x - 6, y});
        brush.line({x + 6, y + 5});
        brush.stroke(with_alpha(shadow_of(look.hair, 0.75), 0.5), 2);
      }
    }
  }
}

}  // namespace

void draw_hair_back(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  if (look.headwear == Headwear::hood || look.headwear == Headwear::helmet) return;
  const HeadShape s = head_shape(look);
  const HairCut cut = hair_cut(look);
  if (pose.view == View::side) {
    if (cut.back_length > 60) {
      Dice dice(hash_text("side back"), "hair");
      const double l = cut.back_length;
      const double out = 100 + cut.volume * 0.6;
      brush.textured({{-out, -30},
                      {-out * 0.6, -104},
                      {10, -110},
                      {28, 0},
                      {-6, 90},
                      {-28, l * 0.85},
                      {-70, l},
                      {-112 - cut.flare, l * 0.9},
                      {-out - 8, 60}},
                     texture_of(look, cut), cut.amplitude, cut.wave, dice);
      brush.body(shadow_of(look.hair, 0.18), material_of(look));
    }
    if (cut.extra == HairExtra::ponytail || cut.extra == HairExtra::pigtails) {
      draw_tail(brush, look, {-70, -78}, {-176, -40}, {-150, 160}, -40);
    }
    if (cut.extra == HairExtra::bun) draw_bun(brush, look, {-72, -118}, 42);
    if (cut.extra == HairExtra::twin_buns) draw_bun(brush, look, {-24, s.top - 14}, 38);
    return;
  }
  draw_extras_behind(brush, look, cut, s, pose.yaw);
  if (cut.back_length > 20) {
    const double ow = s.width + cut.volume;
    const double l = cut.back_length;
    const double bw = cut.back_width;
    Dice dice(hash_text("back"), "hair");
    brush.textured({{-ow, -20},
                    {-ow * 0.8, -100},
                    {0, s.top - cut.volume},
                    {ow * 0.8, -100},
                    {ow, -20},
                    {0.5 * (ow + bw), l * 0.5},
                    {bw, l * 0.92},
                    {bw * 0.8, l},
                    {0, l + 8},
                    {-bw * 0.8, l},
                    {-bw, l * 0.92},
                    {-0.5 * (ow + bw), l * 0.5}},
                   texture_of(look, cut), cut.amplitude, cut.wave, dice);
    brush.body(shadow_of(look.hair, 0.3), material_of(look));
  }
  if (cut.extra == HairExtra::locs) draw_locs(brush, look, s, false);
}

void draw_hair_front(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  if (look.headwear == Headwear::helmet) return;
  const HeadShape s = head_shape(look);
  const HairCut cut = hair_cut(look);
  if (pose.view == View::side) {
    draw_profile_hair(brush, look, cut);
    return;
  }
  if (pose.view == View::back) {
    draw_rear_hair(brush, look, cut);
    return;
  }
  if (cut.cover < 1) {
    draw_shaved(brush, look, s, cut.cover);
    if (cut.extra == HairExtra::crest) draw_crest(brush, look, pose.yaw * 0.5);
    return;
  }
  if (look.hair_shape == HairShape::undercut) draw_shaved(brush, look, s, 0.5);
  const double shift = turned_x(0, pose.yaw) * 0.9;
  const Cap cap = cap_outline(look, cut, s, shift);
  trace_cap(brush, look, cut, cap);
  brush.body(look.hair, material_of(look));
  brush.scoped([&] {
    trace_cap(brush, look, cut, cap);
    brush.clip();
    draw_hair_light(brush, look, s.width + cut.volume, s.top - cut.volume,
                    cut.fringe == Fringe::swept ? (look.part_left ? -34 : 34) : shift);
  });
  if (cut.extra == HairExtra::braids) {
    for (const double side : {-1.0, 1.0}) {
      draw_braid(brush, look, {side * (s.width + 2), 40}, {side * (s.width + 10), 196}, 19);
    }
  }
  if (cut.extra == HairExtra::locs) draw_locs(brush, look, s, true);
}

}  // namespace castboard::sketch
