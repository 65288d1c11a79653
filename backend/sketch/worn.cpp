// What is worn on face and head: beards, glasses, hats.
#include <algorithm>

#include "sketch/head.h"

namespace castboard::sketch {
namespace {

void draw_moustache(Brush& brush, const CharacterLook& look, double x, double y) {
  for (const double side : {-1.0, 1.0}) {
    brush.spline({{x, y - 6},
                  {x, y - 6},
                  {x + side * 20, y - 10},
                  {x + side * 42, y + 8},
                  {x + side * 42, y + 8},
                  {x + side * 22, y + 8},
                  {x + side * 4, y + 4},
                  {x, y + 2}},
                 true);
    brush.body(look.hair, Material::hair);
  }
}

// Along the jaw (which turns less than the mouth does), and back over the lip.
std::vector<Point> beard_outline(const HeadShape& s, double shift, double extra) {
  const double jaw = shift * 0.34;
  return {{-s.width + 1, 4},
          {-s.width, 30},
          {-s.jaw - 5 - extra * 0.3 + jaw * 0.5, 82},
          {-s.chin - 20 + jaw, s.chin_y + 4 + extra * 0.6},
          {jaw, s.chin_y + 12 + extra},
          {s.chin + 20 + jaw, s.chin_y + 4 + extra * 0.6},
          {s.jaw + 5 + extra * 0.3 + jaw * 0.5, 82},
          {s.width, 30},
          {s.width - 1, 4},
          {s.width - 1, 4},
          {s.width - 13 + jaw * 0.4, 34},
          {56 + shift * 0.8, 62},
          {30 + shift, 65},
          {10 + shift, 66},
          {shift, 68},
          {shift - 10, 66},
          {shift - 30, 65},
          {shift * 0.8 - 56, 62},
          {-s.width + 13 + jaw * 0.4, 34},
          {-s.width + 1, 4}};
}

void draw_full_beard(Brush& brush, const CharacterLook& look, const HeadShape& s, double shift,
                     double extra) {
  Dice dice(17, "beard");
  brush.textured(beard_outline(s, shift, extra), Texture::wavy, 3.5, 17, dice);
  brush.body(look.hair, Material::hair);
  const Colour strand = with_alpha(shadow_of(look.hair, 0.6), 0.5);
  for (int i = -4; i <= 4; ++i) {
    const double x = shift * 0.34 + i * s.chin * 0.34;
    const double drop = s.chin_y + extra - i * i * 2.4;
    brush.swelling({x, drop - 38}, {x + 1, drop - 26}, {x - 1, drop - 16}, {x * 0.96, drop - 2},
                   0.4, 3, 0.4, strand);
  }
}

void draw_brimmed(Brush& brush, const CharacterLook& look, const HeadShape& s) {
  const double w = s.width + 16;
  brush.spline({{-w * 0.86, -76},
                {-w * 0.8, -150},
                {-w * 0.4, -184},
                {0, -170},
                {w * 0.4, -184},
                {w * 0.8, -150},
                {w * 0.86, -76},
                {0, -62}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
  brush.spline(
      {{-w * 0.87, -96}, {0, -80}, {w * 0.87, -96}, {w * 0.87, -74}, {0, -56}, {-w * 0.87, -74}},
      true);
  brush.body(shadow_of(look.headwear_colour, 0.6), Material::leather);
  brush.spline({{-w - 54, -82},
                {-w - 54, -82},
                {-w * 0.6, -74},
                {0, -60},
                {w * 0.6, -74},
                {w + 54, -82},
                {w + 54, -82},
                {w * 0.8, -52},
                {0, -40},
                {-w * 0.8, -52}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
}

void draw_cap(Brush& brush, const CharacterLook& look, const HeadShape& s, double shift) {
  const double w = s.width + 15;
  brush.spline({{-w, -44},
                {-w, -44},
                {-w * 0.9, -112},
                {-w * 0.4, -152},
                {0, -158},
                {w * 0.4, -152},
                {w * 0.9, -112},
                {w, -44},
                {w, -44},
                {0, -64}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
  brush.move({shift * 0.4, -156});
  brush.curve({shift + 8, -120}, {shift + 8, -90}, {shift, -66});
  brush.crease(0.5, 0.5);
  brush.spline({{-w * 0.82 + shift, -58},
                {-w * 0.82 + shift, -58},
                {-30 + shift, -78},
                {30 + shift, -78},
                {w * 0.82 + shift, -58},
                {w * 0.82 + shift, -58},
                {w * 0.6 + shift, -34},
                {shift, -28},
                {-w * 0.6 + shift, -34}},
               true);
  brush.body(shadow_of(look.headwear_colour, 0.25), Material::cloth);
  brush.ellipse({shift * 0.6, -104}, 15, 15);
  brush.body(look.outfit_accent, Material::cloth);
}

void draw_beanie(Brush& brush, const CharacterLook& look, const HeadShape& s) {
  const double w = s.width + 15;
  brush.ellipse({0, -176}, 22, 20);
  brush.body(look.outfit_accent, Material::cloth);
  brush.spline({{-w, -64},
                {-w * 0.92, -124},
                {-w * 0.4, -164},
                {0, -170},
                {w * 0.4, -164},
                {w * 0.92, -124},
                {w, -64},
                {0, -74}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
  brush.spline({{-w - 3, -90}, {0, -104}, {w + 3, -90}, {w + 3, -52}, {0, -64}, {-w - 3, -52}},
               true);
  brush.body(light_of(look.headwear_colour, 0.15), Material::cloth);
  for (int i = -6; i <= 6; ++i) {
    brush.move({i * w / 7, -96 + i * i * 0.25});
    brush.line({i * w / 7, -64 + i * i * 0.25});
    brush.crease(0.45, 0.4);
  }
}

void draw_crown(Brush& brush, const HeadShape& s) {
  const double w = s.width * 0.86;
  brush.polygon({{-w, -84},
                 {-w - 8, -160},
                 {-w * 0.5, -122},
                 {-w * 0.02, -180},
                 {w * 0.5, -122},
                 {w + 8, -160},
                 {w, -84},
                 {w * 0.5, -74},
                 {0, -70},
                 {-w * 0.5, -74}});
  brush.body(rgb(0xe2b23c), Material::metal);
  int index = 0;
  for (const Point p : {Point{-w * 0.62, -98}, {0, -92}, {w * 0.62, -98}}) {
    brush.ellipse(p, 9, 11);
    brush.body(index++ == 1 ? rgb(0xb3283c) : rgb(0x2f6fb8), Material::metal);
  }
}

void draw_hood(Brush& brush, const CharacterLook& look, const HeadShape& s) {
  const double w = s.width;
  brush.spline({{-w - 26, 118},
                {-w - 30, 0},
                {-w * 0.94, -112},
                {0, -160},
                {w * 0.94, -112},
                {w + 30, 0},
                {w + 26, 118},
                {w + 26, 118},
                {w - 8, 96},
                {w + 2, 4},
                {w * 0.66, -84},
                {0, -116},
                {-w * 0.66, -84},
                {-w - 2, 4},
                {-w + 8, 96},
                {-w - 26, 118}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
}

void draw_wizard_hat(Brush& brush, const CharacterLook& look, const HeadShape& s) {
  const double w = s.width + 14;
  brush.spline({{-w * 0.84, -70},
                {-w * 0.84, -70},
                {-w * 0.5, -160},
                {-16, -230},
                {44, -262},
                {44, -262},
                {30, -214},
                {w * 0.6, -150},
                {w * 0.84, -70},
                {w * 0.84, -70},
                {0, -56}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
  brush.spline(
      {{-w * 0.84, -92}, {0, -76}, {w * 0.84, -92}, {w * 0.86, -68}, {0, -50}, {-w * 0.86, -68}},
      true);
  brush.body(rgb(0xd8a531), Material::cloth);
  brush.spline({{-w - 66, -66},
                {-w - 66, -66},
                {-w * 0.6, -72},
                {0, -56},
                {w * 0.6, -72},
                {w + 66, -66},
                {w + 66, -66},
                {w * 0.7, -40},
                {0, -30},
                {-w * 0.7, -40}},
               true);
  brush.body(look.headwear_colour, Material::cloth);
}

void draw_helmet(Brush& brush, const CharacterLook& look, const HeadShape& s) {
  const double w = s.width + 16;
  const Colour steel = mix(rgb(0x97a1ad), look.headwear_colour, 0.2);
  brush.spline({{-w, 74},       {-w - 2, -10}, {-w * 0.86, -106}, {0, -150},     {w * 0.86, -106},
                {w + 2, -10},   {w, 74},       {w, 74},           {w - 26, 92},  {w - 26, 92},
                {w - 18, 0},    {w - 30, -42}, {18, -48},         {18, -48},     {8, 30},
                {8, 30},        {-8, 30},      {-8, 30},          {-18, -48},    {-18, -48},
                {-w + 30, -42}, {-w + 18, 0},  {-w + 26, 92},     {-w + 26, 92}, {-w, 74}},
               true);
  brush.body(steel, Material::metal);
  brush.box(-8, -150, 16, 96, 6);
  brush.body(shadow_of(steel, 0.2), Material::metal);
}

}  // namespace

void draw_beard(Brush& brush, const CharacterLook& look, const Expression& expression,
                const HeadPose& pose) {
  if (look.beard == Beard::none) return;
  const HeadShape s = head_shape(look);
  const double shift = turned_x(0, pose.yaw);
  const double lip_y = 70 - pose.pitch * 0.9;
  const double drop = expression.mouth_open * 0.3;
  switch (look.beard) {
    case Beard::stubble:
      if (brush.style().shading == Shading::hatch) break;
      brush.scoped([&] {
        trace_face(brush, s, pose.yaw);
        brush.clip();
        brush.soft(brush.line_px() * 2, 0.3, [&](Brush& soft) {
          soft.spline(beard_outline(s, shift, 2), true);
          soft.fill(mix(look.hair, look.skin, 0.15));
        });
      });
      break;
    case Beard::moustache:
      draw_moustache(brush, look, shift, lip_y);
      break;
    case Beard::goatee: {
      Dice dice(19, "goatee");
      brush.textured({{shift - 22, s.chin_y - 22 + drop * 0.4},
                      {shift - 24, s.chin_y},
                      {shift, s.chin_y + 24},
                      {shift + 24, s.chin_y},
                      {shift + 22, s.chin_y - 22 + drop * 0.4},
                      {shift, s.chin_y - 16 + drop * 0.4}},
                     Texture::wavy, 3, 14, dice);
      brush.body(look.hair, Material::hair);
      draw_moustache(brush, look, shift, lip_y);
      break;
    }
    case Beard::full:
      draw_full_beard(brush, look, s, shift, 10 + drop * 0.4);
      draw_moustache(brush, look, shift, lip_y);
      break;
    case Beard::braided:
      draw_full_beard(brush, look, s, shift, 46 + drop * 0.4);
      for (const double x : {-20.0, 20.0}) {
        brush.capsule({shift + x, s.chin_y + 30}, 13, {shift + x * 0.8, s.chin_y + 84}, 8);
        brush.body(look.hair, Material::hair);
        brush.box(shift + x * 0.85 - 11, s.chin_y + 58, 22, 11, 4);
        brush.body(rgb(0xd8a531), Material::metal);
      }
      draw_moustache(brush, look, shift, lip_y);
      break;
    case Beard::none:
      break;
  }
}

void draw_glasses(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  if (look.glasses == Glasses::none) return;
  const double y = 8 - pose.pitch;
  const Colour frame = look.glasses == Glasses::round ? rgb(0x8a5a2c) : rgb(0x1f2228);
  const double x1 = turned_x(-42 * look.eye_gap, pose.yaw);
  const double x2 = turned_x(42 * look.eye_gap, pose.yaw);
  if (look.glasses == Glasses::patch) {
    brush.move({turned_x(-88, pose.yaw), -52 + y});
    brush.line({x2, y - 8});
    brush.line({turned_x(94, pose.yaw), y - 2});
    brush.stroke(rgb(0x1b1a1e), 6);
    brush.spline(
        {{x2 - 30, y - 20}, {x2 + 30, y - 20}, {x2 + 28, y + 12}, {x2, y + 30}, {x2 - 28, y + 12}},
        true);
    brush.body(rgb(0x1f1d22), Material::dark);
    return;
  }
  for (const double x : {x1, x2}) {
    const double k = turned_scale(x < 0 ? -42 : 42, pose.yaw);
    const auto lens = [&] {
      if (look.glasses == Glasses::round) {
        brush.ellipse({x, y + 2}, 33 * k, 33);
      } else {
        brush.box(x - 36 * k, y - 22, 72 * k, 48, 13);
      }
    };
    lens();
    brush.raw_fill(look.glasses == Glasses::dark ? rgb(0x14161b) : Colour{0.85, 0.95, 1, 0.14});
    brush.scoped([&] {
      lens();
      brush.clip();
      brush.polygon({{x - 10, y - 40}, {x + 8, y - 40}, {x - 20, y + 40}, {x - 38, y + 40}});
      brush.raw_fill({1, 1, 1, look.glasses == Glasses::dark ? 0.22 : 0.28});
    });
    lens();
    brush.stroke(frame, 5.4);
  }
  brush.move({x1 + 33, y - 2});
  brush.curve({x1 + 40, y - 9}, {x2 - 40, y - 9}, {x2 - 33, y - 2});
  brush.stroke(frame, 5);
}

void draw_worn(Brush& brush, const CharacterLook& look, const HeadPose& pose) {
  const HeadShape s = head_shape(look);
  const double shift = pose.view == View::side ? 46 : turned_x(0, pose.yaw) * 0.8;
  switch (look.headwear) {
    case Headwear::none:
      break;
    case Headwear::cap:
      draw_cap(brush, look, s, pose.view == View::back ? 0 : shift);
      break;
    case Headwear::beanie:
      draw_beanie(brush, look, s);
      break;
    case Headwear::brim:
      draw_brimmed(brush, look, s);
      break;
    case Headwear::crown:
      draw_crown(brush, s);
      break;
    case Headwear::hood:
      draw_hood(brush, look, s);
      break;
    case Headwear::wizard:
      draw_wizard_hat(brush, look, s);
      break;
    case Headwear::helmet:
      draw_helmet(brush, look, s);
      break;
    case Headwear::band:
      brush.spline({{-s.width - 8, -62},
                    {0, -86},
                    {s.width + 8, -62},
                    {s.width + 8, -40},
                    {0, -62},
                    {-s.width - 8, -40}},
                   true);
      brush.body(look.headwear_colour, Material::cloth);
      break;
  }
}

}  // namespace castboard::sketch
