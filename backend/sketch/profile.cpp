// A head from the side (looking to the picture's right) and from behind.
#include <algorithm>

#include "sketch/hair_cut.h"

namespace castboard::sketch {

void trace_profile(Brush& brush, const CharacterLook& look, const HeadShape& s, double mouth_open) {
  const double nose = 108 + 9 * look.nose_size + (look.nose == Nose::pointed ? 6 : 0) -
                      (look.nose == Nose::button ? 8 : 0);
  const double drop = std::min(mouth_open, 30.0) * 0.5;
  const double chin = s.chin_y + drop * 0.5;
  const double jut = look.feminine ? 80 : 86;
  brush.move({40, -116});
  brush.curve({72, -104}, {88, -76}, {87, -40});
  brush.curve({86, -26}, {80, -20}, {83, -10});
  brush.curve({88, 8}, {nose - 8, 28}, {nose, 40});
  brush.curve({nose + 2, 50}, {100, 52}, {91, 55});
  brush.curve({90, 60}, {95, 64}, {97, 70});
  brush.curve({97, 76}, {92, 77}, {88, 78});
  brush.curve({92, 80 + drop}, {97, 84 + drop}, {93, 92 + drop});
  brush.curve({86, 98 + drop}, {88, 104 + drop}, {jut + 6, chin - 14});
  brush.curve({jut + 6, chin}, {jut - 16, chin + 3}, {56, chin});
  brush.curve({30, chin - 6}, {4, 104}, {-14, 84});
  brush.curve({-40, 92}, {-70, 92}, {-84, 60});
  brush.curve({-112, 20}, {-112, -50}, {-80, -92});
  brush.curve({-56, -124}, {2, -132}, {40, -116});
  brush.close();
}

void draw_profile_features(Brush& brush, const CharacterLook& look, const Expression& e) {
  const DrawingStyle& style = brush.style();
  const Colour dark = mix(rgb(0x221a1e), shadow_of(look.skin, 0.9), 0.2);
  const double open = 15 * look.eye_size * std::min(e.eye_open, 1.3);
  const Point eye{58, 6};
  if (e.eyes_laughing || e.eye_open < 0.2) {
    brush.swelling({48, 12}, {56, -4}, {68, -4}, {76, 10}, 2, 8, 2, dark);
  } else {
    brush.scoped([&] {
      const auto trace = [&] {
        brush.move({eye.x - 14, eye.y + 2});
        brush.curve({eye.x - 4, eye.y - open * 0.9}, {eye.x + 8, eye.y - open * 1.1},
                    {eye.x + 17, eye.y - open * 0.8});
        brush.curve({eye.x + 21, eye.y}, {eye.x + 20, eye.y + open * 0.4},
                    {eye.x + 15, eye.y + open * 0.6});
        brush.curve({eye.x + 4, eye.y + open * 0.7}, {eye.x - 6, eye.y + open * 0.5},
                    {eye.x - 14, eye.y + 2});
        brush.close();
      };
      trace();
      brush.fill(look.being == Being::robot ? rgb(0x1d2830) : rgb(0xf6f4f0));
      trace();
      brush.clip();
      brush.ellipse({eye.x + 13, eye.y - 2}, 7.5, 12.5);
      brush.fill(look.iris);
      brush.ellipse({eye.x + 15, eye.y - 2}, 4, 7);
      brush.raw_fill(mix(style.ink, rgb(0x0a0a0e), 0.6));
      brush.ellipse({eye.x + 12, eye.y - 7}, 3, 3.6);
      brush.raw_fill({1, 1, 1, 0.95});
    });
    brush.swelling({eye.x - 18, eye.y + 1}, {eye.x - 4, eye.y - open},
                   {eye.x + 8, eye.y - open * 1.25}, {eye.x + 20, eye.y - open * 0.86},
                   look.feminine ? 5 : 2, 8, 3, dark);
  }
  const Colour brow = shadow_of(look.hair, luminance(look.hair) > 0.5 ? 0.5 : 0.25);
  brush.swelling({80, -30 - e.brow_inner}, {66, -42 - e.brow_inner * 0.5}, {50, -40 - e.brow_outer},
                 {34, -28 - e.brow_outer}, 8, 11, 2.5,
                 style.shading == Shading::hatch ? style.ink : brow);
  const Colour soft = shadow_of(look.skin, 0.8);
  brush.swelling({100, 52}, {94, 50}, {90, 46}, {88, 40}, 0.8, 4, 0.8, soft);
  const double up = e.corners * 0.5;
  brush.swelling({90, 78}, {82, 80}, {72, 80 - up}, {62, 78 - up}, 3, 5, 1, dark);
  if (e.mouth_open > 10) {
    brush.move({90, 78});
    brush.curve({80, 78}, {70, 78 - up}, {62, 76 - up});
    brush.curve({68, 90}, {80, 96}, {92, 90});
    brush.close();
    brush.fill(rgb(0x571c22));
  }
  if (e.blush > 0.2 && style.blush > 0.1 && look.being != Being::robot) {
    brush.soft(brush.line_px() * 3, 0.3 * style.blush, [&](Brush& soft_brush) {
      soft_brush.ellipse({48, 46}, 16, 11);
      soft_brush.fill(mix(look.skin, rgb(0xe8403c), 0.62));
    });
  }
  if (look.beard == Beard::full || look.beard == Beard::braided || look.beard == Beard::goatee) {
    const bool full = look.beard != Beard::goatee;
    Dice dice(21, "beard");
    brush.textured({{92, 98},
                    {94, 128},
                    {70, 150},
                    {full ? 20.0 : 56.0, full ? 136.0 : 140.0},
                    {full ? -16.0 : 58.0, full ? 60.0 : 116.0},
                    {full ? 10.0 : 66.0, full ? 58.0 : 104.0},
                    {60, 92},
                    {84, 94}},
                   Texture::wavy, 4, 16, dice);
    brush.body(look.hair, Material::hair);
  }
  if (look.glasses != Glasses::none) {
    brush.move({50, 0});
    brush.line({-10, 4});
    brush.stroke(rgb(0x23262d), 5);
    brush.ellipse({70, 6}, 12, 23);
    brush.stroke(rgb(0x23262d), 5);
  }
}

void draw_profile_hair(Brush& brush, const CharacterLook& look, const HairCut& cut) {
  const bool robot = look.being == Being::robot;
  const Material material = robot ? Material::metal : Material::hair;
  const double v = cut.volume;
  if (cut.cover <= 0) return;
  const bool fringe = cut.fringe != Fringe::none;
  const double front_y = fringe ? -34 : -72;
  const double front_x = fringe ? 90 : 72;
  std::vector<Point> cap = {
      {front_x, front_y},    {front_x, front_y}, {82 + v * 0.4, -88 - v * 0.2},
      {40, -120 - v},        {-30, -124 - v},    {-88 - v * 0.7, -84 - v * 0.4},
      {-108 - v * 0.8, -20}, {-98 - v * 0.6, 36}};
  if (cut.side_length > 60) {
    const double l = cut.side_length;
    for (const Point p : {Point{-96, l * 0.7},
                          {-84, l},
                          {-84, l},
                          {-20, l + 4},
                          {14, l - 6},
                          {14, l - 6},
                          {26, 40},
                          {32, -12}}) {
      cap.push_back(p);
    }
  } else {
    for (const Point p : {Point{-82, 74},
                          {-82, 74},
                          {-52, 66},
                          {-36, 30},
                          {-30, -12},
                          {0, -24},
                          {8, 4},
                          {10, 30},
                          {10, 30},
                          {24, 14},
                          {30, -20}}) {
      cap.push_back(p);
    }
  }
  cap.push_back({46, -56});
  cap.push_back({64, fringe ? -48.0 : -64.0});
  const double cover = look.hair_shape == HairShape::mohawk ? 0.4 : cut.cover;
  if (cut.texture != Texture::smooth && !robot) {
    Dice dice(hash_text("edge side"), "hair");
    brush.textured({{78, -76},
                    {76, -96 - v * 0.4},
                    {36, -116 - v * 0.8},
                    {-30, -120 - v * 0.8},
                    {-84 - v * 0.5, -82},
                    {-102 - v * 0.5, -20},
                    {-90, 44},
                    {-40, 20},
                    {20, -60}},
                   cut.texture, cut.amplitude, cut.wave, dice);
    brush.body(look.hair, material);
  }
  brush.spline(cap, true);
  brush.body(mix(look.skin, look.hair, cover), material);
  if (cover >= 1) {
    brush.scoped([&] {
      brush.spline(cap, true);
      brush.clip();
      draw_hair_light(brush, look, 104 + v, -124 - v, -6);
    });
  }
  if (cut.extra == HairExtra::crest) {
    Dice dice(4, "crest");
    brush.textured({{70, -96},
                    {64, -150},
                    {10, -186},
                    {-60, -170},
                    {-110, -110},
                    {-112, -30},
                    {-84, -60},
                    {-40, -112},
                    {20, -120}},
                   Texture::spiky, 14, 34, dice);
    brush.body(look.hair, material);
  }
  if (cut.extra == HairExtra::braids) draw_braid(brush, look, {-18, 60}, {-14, 196}, 18);
}

void draw_rear_hair(Brush& brush, const CharacterLook& look, const HairCut& cut) {
  const HeadShape s = head_shape(look);
  if (cut.cover <= 0) return;
  const Material material = look.being == Being::robot ? Material::metal : Material::hair;
  const double ow = s.width + cut.volume;
  const double l = std::max(78.0, cut.back_length);
  const double bw = cut.back_length > 60 ? cut.back_width : 58;
  Dice dice(hash_text("rear"), "hair");
  const std::vector<Point> mass = {{-ow, -20},
                                   {-ow * 0.82, -96},
                                   {0, s.top - cut.volume},
                                   {ow * 0.82, -96},
                                   {ow, -20},
                                   {0.5 * (ow + bw) + 4, l * 0.55},
                                   {bw, l},
                                   {bw * 0.5, l + 8},
                                   {0, l + 4},
                                   {-bw * 0.5, l + 8},
                                   {-bw, l},
                                   {-0.5 * (ow + bw) - 4, l * 0.55}};
  brush.textured(mass, cut.texture, cut.amplitude, cut.wave, dice);
  brush.body(mix(look.skin, look.hair, cut.cover), material);
  if (cut.cover >= 1) {
    brush.scoped([&] {
      brush.spline(mass, true);
      brush.clip();
      draw_hair_light(brush, look, ow, s.top - cut.volume, 0);
      for (int i = -3; i <= 3; ++i) {
        brush.swelling({i * 20.0, -40}, {i * 26.0, 0}, {i * 25.0, l * 0.5}, {i * 20.0, l}, 0.5, 3.6,
                       0.5, with_alpha(shadow_of(look.hair, 0.6), 0.45));
      }
    });
  }
  switch (cut.extra) {
    case HairExtra::bun:
      draw_bun(brush, look, {0, s.top + 4}, 46);
      break;
    case HairExtra::twin_buns:
      draw_bun(brush, look, {-70, s.top}, 38);
      draw_bun(brush, look, {70, s.top}, 38);
      break;
    case HairExtra::ponytail:
      draw_tail(brush, look, {0, -60}, {18, 40}, {-6, 210}, 34);
      break;
    case HairExtra::pigtails:
      for (const double k : {-1.0, 1.0}) {
        draw_tail(brush, look, {k * 70, -30}, {k * 140, 20}, {k * 128, 180}, 30 * k);
      }
      break;
    case HairExtra::braids:
      for (const double k : {-1.0, 1.0}) draw_braid(brush, look, {k * 46, 60}, {k * 58, 200}, 18);
      break;
    case HairExtra::crest:
      draw_crest(brush, look, 0);
      break;
    default:
      break;
  }
}

}  // namespace castboard::sketch
