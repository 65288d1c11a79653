#include "sketch/garment.h"

#include <algorithm>

namespace castboard::sketch {
namespace {

constexpr double kBottom = kBustBottom;

// A garment: its neckline from the left to the right point, shoulders, and down out of sight.
void trace_garment(Brush& brush, const Bust& b, const std::vector<Point>& neckline) {
  const Point l = neckline.front();
  const Point r = neckline.back();
  brush.move(l);
  for (std::size_t i = 1; i + 2 < neckline.size() + 0; i += 3) {
    brush.curve(neckline[i], neckline[i + 1], neckline[i + 2]);
  }
  brush.curve({r.x + 26, r.y + 10}, {b.reach * 0.72, b.drop - 36}, {b.reach * 0.9, b.drop - 10});
  brush.curve({b.reach * 1.06, b.drop + 16}, {b.reach * 1.12, b.drop + 90},
              {b.reach * 1.16, kBottom});
  brush.line({-b.reach * 1.16, kBottom});
  brush.curve({-b.reach * 1.12, b.drop + 90}, {-b.reach * 1.06, b.drop + 16},
              {-b.reach * 0.9, b.drop - 10});
  brush.curve({-b.reach * 0.72, b.drop - 36}, {l.x - 26, l.y + 10}, l);
  brush.close();
}

std::vector<Point> crew(double half, double y, double dip) {
  return {{-half, y}, {-half * 0.6, y + dip}, {half * 0.6, y + dip}, {half, y}};
}

void draw_arm_folds(Brush& brush, const Bust& b, double alpha = 0.55) {
  for (const double side : {-1.0, 1.0}) {
    brush.move({side * b.reach * 0.74, b.drop + 62});
    brush.curve({side * b.reach * 0.7, b.drop + 110}, {side * b.reach * 0.72, b.drop + 180},
                {side * b.reach * 0.73, kBottom});
    brush.crease(0.7, alpha);
    brush.move({side * b.reach * 0.72, b.drop + 64});
    brush.curve({side * b.reach * 0.62, b.drop + 58}, {side * b.reach * 0.55, b.drop + 64},
                {side * b.reach * 0.48, b.drop + 76});
    brush.crease(0.5, alpha * 0.7);
  }
}

void draw_tee(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b, crew(b.neck + 18, 180, 34));
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.move({-b.neck - 16, 186});
  brush.curve({-b.neck * 0.6, 222}, {b.neck * 0.6, 222}, {b.neck + 16, 186});
  brush.crease(0.6, 0.65);
}

void draw_vneck(Brush& brush, const CharacterLook& look, const Bust& b) {
  const double n = b.neck + 20;
  trace_garment(
      brush, b,
      {{-n, 178}, {-n * 0.7, 206}, {-14, 250}, {0, 272}, {14, 250}, {n * 0.7, 206}, {n, 178}});
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.move({-n - 14, 182});
  brush.curve({-n * 0.8, 214}, {-20, 264}, {0, 292});
  brush.curve({20, 264}, {n * 0.8, 214}, {n + 14, 182});
  brush.stroke(look.outfit_accent, 7);
}

void draw_collar(Brush& brush, const CharacterLook& look, const Bust& b, Colour colour) {
  (void)look;
  const double n = b.neck + 12;
  for (const double side : {-1.0, 1.0}) {
    brush.polygon({{side * n, 158}, {side * (n + 22), 186}, {side * 40, 232}, {side * 4, 200}});
    brush.body(colour, Material::cloth);
  }
}

void draw_shirt(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b,
                {{-b.neck - 14, 172},
                 {-30, 190},
                 {-12, 202},
                 {0, 214},
                 {12, 202},
                 {30, 190},
                 {b.neck + 14, 172}});
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.move({0, 214});
  brush.line({2, kBottom});
  brush.crease(0.6, 0.7);
  for (const double y : {250.0, 306.0, 362.0, 418.0}) {
    brush.ellipse({11, y}, 4.5, 4.5);
    brush.fill(look.outfit_accent);
  }
  draw_collar(brush, look, b, light_of(look.outfit, 0.14));
}

void draw_hoodie(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b, crew(b.neck + 20, 172, 44));
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.spline({{-b.neck - 34, 168},
                {-b.neck - 34, 168},
                {-b.neck - 16, 206},
                {0, 232},
                {b.neck + 16, 206},
                {b.neck + 34, 168},
                {b.neck + 34, 168},
                {b.neck + 56, 200},
                {26, 262},
                {0, 270},
                {-26, 262},
                {-b.neck - 56, 200}},
               true);
  brush.body(shadow_of(look.outfit, 0.12), Material::cloth);
  for (const double side : {-1.0, 1.0}) {
    brush.move({side * 22, 254});
    brush.curve({side * 26, 290}, {side * 20, 316}, {side * 24, 342});
    brush.stroke(look.outfit_accent, 5.5);
    brush.ellipse({side * 24, 346}, 4.5, 7);
    brush.fill(look.outfit_accent);
  }
}

void draw_open_coat(Brush& brush, const CharacterLook& look, const Bust& b, Colour inner,
                    Colour lapel, double width, bool tie) {
  trace_garment(brush, b,
                {{-b.neck - 12, 172},
                 {-30, 190},
                 {-12, 200},
                 {0, 210},
                 {12, 200},
                 {30, 190},
                 {b.neck + 12, 172}});
  brush.body(inner, Material::cloth);
  if (tie) {
    brush.polygon({{-13, 210}, {13, 210}, {20, 244}, {26, 470}, {-26, 470}, {-20, 244}});
    brush.body(look.outfit_accent == rgb(0xf0efe9) ? rgb(0x8c2f3a) : look.outfit_accent,
               Material::cloth);
    brush.polygon({{-16, 204}, {16, 204}, {11, 232}, {-11, 232}});
    brush.body(look.outfit_accent == rgb(0xf0efe9) ? rgb(0x8c2f3a) : look.outfit_accent,
               Material::cloth);
  }
  draw_collar(brush, look, b, light_of(inner, 0.1));
  for (const double side : {-1.0, 1.0}) {
    brush.move({side * (b.neck + 18), 170});
    brush.curve({side * (b.neck + 60), 188}, {side * b.reach * 0.72, b.drop - 36},
                {side * b.reach * 0.92, b.drop - 10});
    brush.curve({side * b.reach * 1.1, b.drop + 16}, {side * b.reach * 1.16, b.drop + 90},
                {side * b.reach * 1.2, kBottom});
    brush.line({side * width * 0.2, kBottom});
    brush.curve({side * width, 380}, {side * (b.neck + 6), 260}, {side * (b.neck + 18), 170});
    brush.close();
    brush.body(look.outfit, look.clothes == Outfit::jacket ? Material::leather : Material::cloth);
    brush.polygon({{side * (b.neck + 16), 166},
                   {side * (b.neck + 58), 214},
                   {side * (b.neck + 74), 262},
                   {side * (b.neck + 48), 268},
                   {side * width * 0.66, 372},
                   {side * (b.neck - 4), 236}});
    brush.body(lapel, Material::cloth);
  }
  draw_arm_folds(brush, b, 0.5);
}

void draw_turtleneck(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b, crew(b.neck + 12, 168, 20));
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.spline({{-b.neck - 8, 134},
                {-b.neck - 8, 134},
                {0, 152},
                {b.neck + 8, 134},
                {b.neck + 8, 134},
                {b.neck + 17, 186},
                {b.neck + 17, 186},
                {0, 208},
                {-b.neck - 17, 186},
                {-b.neck - 17, 186}},
               true);
  brush.body(light_of(look.outfit, 0.08), Material::cloth);
  for (int i = -3; i <= 3; ++i) {
    brush.move({i * b.neck * 0.3, 152 - i * i * 1.0});
    brush.line({i * b.neck * 0.33, 198 - i * i * 1.0});
    brush.crease(0.4, 0.4);
  }
}

void draw_armour(Brush& brush, const CharacterLook& look, const Bust& b) {
  const Colour plate = look.outfit;
  const Colour trim = look.being == Being::robot ? look.iris : rgb(0xd0a240);
  trace_garment(brush, b, crew(b.neck + 12, 166, 26));
  brush.body(shadow_of(plate, 0.5), Material::cloth);
  brush.spline({{-b.reach * 0.66, 206},
                {-b.neck - 14, 186},
                {-b.neck - 14, 186},
                {0, 216},
                {b.neck + 14, 186},
                {b.neck + 14, 186},
                {b.reach * 0.66, 206},
                {b.reach * 0.74, 330},
                {b.reach * 0.6, kBottom},
                {-b.reach * 0.6, kBottom},
                {-b.reach * 0.74, 330}},
               true);
  brush.body(plate, Material::metal);
  brush.move({0, 216});
  brush.line({0, kBottom});
  brush.crease(0.7, 0.6);
  brush.move({-b.reach * 0.62, 300});
  brush.curve({-60, 356}, {-16, 360}, {0, 338});
  brush.curve({16, 360}, {60, 356}, {b.reach * 0.62, 300});
  brush.crease(0.6, 0.5);
  brush.ellipse({0, 268}, 17, 17);
  brush.body(trim, Material::metal);
  for (const double side : {-1.0, 1.0}) {
    for (const double k : {2.0, 1.0, 0.0}) {
      brush.spline({{side * b.reach * 0.52, 204 + k * 34},
                    {side * b.reach * 0.86, 178 + k * 44},
                    {side * b.reach * 1.16, 226 + k * 46},
                    {side * b.reach * 1.2, 282 + k * 44},
                    {side * b.reach * 0.86, 262 + k * 40}},
                   true);
      brush.body(mix(plate, trim, k == 0 ? 0.12 : 0.0), Material::metal);
    }
    brush.ellipse({side * b.reach * 0.84, 222}, 8, 8);
    brush.body(trim, Material::metal);
  }
  brush.spline({{-b.neck - 22, 150},
                {-b.neck - 22, 150},
                {0, 180},
                {b.neck + 22, 150},
                {b.neck + 22, 150},
                {b.neck + 26, 190},
                {0, 224},
                {-b.neck - 26, 190}},
               true);
  brush.body(shadow_of(plate, 0.15), Material::metal);
}

void draw_wrapped(Brush& brush, const CharacterLook& look, const Bust& b, bool wide_band) {
  const double n = b.neck + 22;
  trace_garment(
      brush, b,
      {{-n, 172}, {-n * 0.7, 210}, {-10, 270}, {6, 292}, {20, 270}, {n * 0.7, 210}, {n, 172}});
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  const double w = wide_band ? 26 : 17;
  for (const double side : {1.0, -1.0}) {  // left over right
    brush.polygon({{side * (b.neck + 4), 160},
                   {side * (b.neck + 10 + w), 168},
                   {-side * 52, 400},
                   {-side * (52 + w * 1.3), 372}});
    brush.body(look.outfit_accent, Material::cloth);
  }
  brush.box(-b.reach * 0.76, 404, b.reach * 1.52, 90, 4);
  brush.body(wide_band ? look.trousers : shadow_of(look.outfit, 0.4), Material::cloth);
}

void draw_dress(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b,
                {{-b.reach * 0.7, 204},
                 {-b.reach * 0.56, 268},
                 {-40, 282},
                 {0, 262},
                 {40, 282},
                 {b.reach * 0.56, 268},
                 {b.reach * 0.7, 204}});
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  brush.move({-b.reach * 0.68, 210});
  brush.curve({-b.reach * 0.54, 274}, {-40, 290}, {0, 270});
  brush.curve({40, 290}, {b.reach * 0.54, 274}, {b.reach * 0.68, 210});
  brush.stroke(look.outfit_accent, 8);
  brush.move({-b.neck + 4, 176});
  brush.curve({-20, 214}, {20, 214}, {b.neck - 4, 176});
  brush.stroke(rgb(0xe3c06a), 3.5);
  brush.ellipse({0, 208}, 8, 10);
  brush.body(look.iris, Material::metal);
}

void draw_tank(Brush& brush, const CharacterLook& look, const Bust& b) {
  const double outer = b.reach * 0.62;
  brush.move({-outer, 196});
  brush.curve({-outer * 0.94, 196}, {-b.neck - 26, 190}, {-b.neck - 20, 188});
  brush.curve({-b.neck - 8, 244}, {b.neck + 8, 244}, {b.neck + 20, 188});
  brush.line({outer, 196});
  brush.curve({outer + 2, 270}, {b.reach * 0.74, 310}, {b.reach * 0.76, 340});
  brush.line({b.reach * 0.72, kBottom});
  brush.line({-b.reach * 0.72, kBottom});
  brush.line({-b.reach * 0.76, 340});
  brush.curve({-b.reach * 0.74, 310}, {-outer - 2, 270}, {-outer, 196});
  brush.close();
  brush.body(look.outfit, Material::cloth);
  for (const double side : {-1.0, 1.0}) {
    brush.move({side * b.reach * 0.78, 330});
    brush.curve({side * b.reach * 0.8, 380}, {side * b.reach * 0.78, 430},
                {side * b.reach * 0.78, 460});
    brush.crease(0.6, 0.5);
  }
}

void draw_overalls(Brush& brush, const CharacterLook& look, const Bust& b) {
  CharacterLook under = look;
  under.outfit = look.outfit_accent;
  under.outfit_accent = look.outfit;
  draw_tee(brush, under, b);
  for (const double side : {-1.0, 1.0}) {
    brush.polygon({{side * 74, 190}, {side * 104, 196}, {side * 96, 332}, {side * 66, 332}});
    brush.body(look.outfit, Material::cloth);
  }
  brush.box(-104, 316, 208, 240, 16);
  brush.body(look.outfit, Material::cloth);
  for (const double side : {-1.0, 1.0}) {
    brush.ellipse({side * 82, 334}, 10, 10);
    brush.body(rgb(0xd8b04a), Material::metal);
  }
}

void draw_uniform(Brush& brush, const CharacterLook& look, const Bust& b) {
  trace_garment(brush, b, crew(b.neck + 12, 164, 22));
  brush.body(look.outfit, Material::cloth);
  draw_arm_folds(brush, b);
  const Colour gold = rgb(0xd6ac48);
  for (const double side : {-1.0, 1.0}) {
    brush.polygon({{side * (b.neck + 36), 184},
                   {side * b.reach * 0.84, b.drop - 24},
                   {side * b.reach * 0.88, b.drop + 2},
                   {side * (b.neck + 34), 210}});
    brush.body(gold, Material::cloth);
    brush.polygon({{side * 2, 158},
                   {side * (b.neck + 12), 146},
                   {side * (b.neck + 16), 186},
                   {side * 2, 206}});
    brush.body(shadow_of(look.outfit, 0.25), Material::cloth);
  }
  brush.move({0, 206});
  brush.line({0, kBottom});
  brush.crease(0.6, 0.7);
  for (const double y : {238.0, 288.0, 338.0, 388.0, 438.0}) {
    for (const double x : {-18.0, 18.0}) {
      brush.ellipse({x, y}, 6, 6);
      brush.body(gold, Material::metal);
    }
  }
  brush.ellipse({76, 282}, 13, 13);
  brush.body(gold, Material::metal);
}

}  // namespace

void draw_garment(Brush& brush, const CharacterLook& look, const Bust& b) {
  switch (look.clothes) {
    case Outfit::tee:
      draw_tee(brush, look, b);
      break;
    case Outfit::vneck:
      draw_vneck(brush, look, b);
      break;
    case Outfit::shirt:
      draw_shirt(brush, look, b);
      break;
    case Outfit::hoodie:
      draw_hoodie(brush, look, b);
      break;
    case Outfit::jacket:
      draw_open_coat(brush, look, b, look.outfit_accent, shadow_of(look.outfit, 0.2), 74, false);
      break;
    case Outfit::suit:
      draw_open_coat(brush, look, b, rgb(0xeef0f0), light_of(look.outfit, 0.08), 62, true);
      break;
    case Outfit::coat:
      draw_open_coat(brush, look, b, mix(look.trousers, look.outfit_accent, 0.4),
                     light_of(look.outfit, 0.1), 88, false);
      break;
    case Outfit::turtleneck:
      draw_turtleneck(brush, look, b);
      break;
    case Outfit::armour:
      draw_armour(brush, look, b);
      break;
    case Outfit::robe:
      draw_wrapped(brush, look, b, false);
      break;
    case Outfit::kimono:
      draw_wrapped(brush, look, b, true);
      break;
    case Outfit::dress:
      draw_dress(brush, look, b);
      break;
    case Outfit::tank:
      draw_tank(brush, look, b);
      break;
    case Outfit::overalls:
      draw_overalls(brush, look, b);
      break;
    case Outfit::uniform:
      draw_uniform(brush, look, b);
      break;
  }
}

}  // namespace castboard::sketch
