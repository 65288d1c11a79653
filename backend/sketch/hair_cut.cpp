#include "sketch/hair_cut.h"

#include <algorithm>
#include <cmath>

namespace castboard::sketch {

HairCut hair_cut(const CharacterLook& look) {
  using T = Texture;
  HairCut cut;
  cut.fringe = look.fringe;
  switch (look.hair_shape) {
    case HairShape::bald:
      cut = {.volume = 0, .cover = 0};
      break;
    case HairShape::buzz:
      cut = {.volume = 3, .side_length = 6, .cover = 0.72};
      break;
    case HairShape::crop:
      cut = {.volume = 15,
             .side_length = 14,
             .texture = T::spiky,
             .amplitude = 5,
             .wave = 26,
             .fringe = look.fringe == Fringe::curtain ? Fringe::swept : look.fringe};
      break;
    case HairShape::side_part:
      cut = {.volume = 20, .side_length = 22, .fringe = Fringe::swept};
      break;
    case HairShape::spiky:
      cut = {.volume = 20,
             .side_length = 20,
             .texture = T::spiky,
             .amplitude = 27,
             .wave = 50,
             .fringe = Fringe::tousled};
      break;
    case HairShape::pixie:
      cut = {.volume = 16,
             .side_length = 34,
             .back_length = 70,
             .back_width = 84,
             .fringe = look.fringe == Fringe::none ? Fringe::swept : look.fringe};
      break;
    case HairShape::bob:
      cut = {.volume = 19,
             .side_length = 104,
             .back_length = 112,
             .back_width = 112,
             .flare = 5,
             .fringe = look.fringe == Fringe::tousled ? Fringe::straight : look.fringe};
      break;
    case HairShape::straight:
      cut = {.volume = 17,
             .side_length = 226,
             .back_length = 262,
             .back_width = 122,
             .flare = 8,
             .fringe = look.fringe};
      break;
    case HairShape::wavy:
      cut = {.volume = 22,
             .side_length = 190,
             .back_length = 222,
             .back_width = 132,
             .flare = 12,
             .texture = T::wavy,
             .amplitude = 12,
             .wave = 40,
             .fringe = look.fringe};
      break;
    case HairShape::curly:
      cut = {.volume = 30,
             .side_length = look.feminine ? 112.0 : 30.0,
             .back_length = look.feminine ? 128.0 : 50.0,
             .back_width = look.feminine ? 122.0 : 104.0,
             .flare = 10,
             .texture = T::curly,
             .amplitude = 11,
             .wave = 26,
             .fringe = Fringe::tousled};
      break;
    case HairShape::afro:
      cut = {.volume = 52,
             .side_length = 44,
             .back_length = 74,
             .back_width = 122,
             .flare = 4,
             .texture = T::curly,
             .amplitude = 7,
             .wave = 17,
             .fringe = Fringe::none};
      break;
    case HairShape::bun:
      cut = {.volume = 10, .side_length = 10, .extra = HairExtra::bun, .fringe = look.fringe};
      break;
    case HairShape::twin_buns:
      cut = {.volume = 13, .side_length = 40, .extra = HairExtra::twin_buns, .fringe = look.fringe};
      break;
    case HairShape::ponytail:
      cut = {.volume = 12, .side_length = 30, .extra = HairExtra::ponytail, .fringe = look.fringe};
      break;
    case HairShape::pigtails:
      cut = {.volume = 14, .side_length = 26, .extra = HairExtra::pigtails, .fringe = look.fringe};
      break;
    case HairShape::braids:
      cut = {.volume = 13,
             .side_length = 50,
             .back_length = 60,
             .back_width = 92,
             .extra = HairExtra::braids,
             .fringe = Fringe::curtain};
      break;
    case HairShape::mohawk:
      cut = {.volume = 3, .side_length = 4, .cover = 0.4, .extra = HairExtra::crest};
      break;
    case HairShape::slick:
      cut = {.volume = 12, .side_length = 18, .fringe = Fringe::none};
      break;
    case HairShape::undercut:
      cut = {.volume = 26, .side_length = -46, .fringe = Fringe::swept};
      break;
    case HairShape::locs:
      cut = {.volume = 22,
             .side_length = 60,
             .back_length = 150,
             .back_width = 112,
             .extra = HairExtra::locs,
             .fringe = Fringe::none};
      break;
  }
  cut.volume *= look.hair_volume;
  return cut;
}

std::vector<Point> fringe_line(const CharacterLook& look, Fringe fringe, double w, double shift) {
  std::vector<Point> points;
  switch (fringe) {
    case Fringe::none:
      points = {{w - 11, -30}, {w - 20, -58},  {48, -88},     {0, -95},
                {-48, -88},    {-w + 20, -58}, {-w + 11, -30}};
      if (look.age == Age::old && !look.feminine) {  // receding temples
        points = {{w - 10, -34}, {w - 26, -76}, {54, -108},     {22, -92},     {0, -84},
                  {-22, -92},    {-54, -108},   {-w + 26, -76}, {-w + 10, -34}};
      }
      break;
    case Fringe::straight:
      points = {{w - 9, -16}, {w - 9, -16}, {70, -31},     {38, -27},    {30, -29},
                {30, -29},    {4, -25},     {-24, -27},    {-30, -30},   {-30, -30},
                {-52, -28},   {-70, -31},   {-w + 9, -16}, {-w + 9, -16}};
      break;
    case Fringe::swept:
      points = {{w - 7, -8}, {w - 7, -8}, {66, -34},  {22, -52},     {-14, -78},   {-38, -108},
                {-38, -108}, {-58, -84},  {-76, -50}, {-w + 8, -14}, {-w + 8, -14}};
      break;
    case Fringe::curtain:
      points = {{w - 6, 6}, {w - 6, 6}, {w - 18, -32}, {46, -66},      {18, -92},   {2, -112},
                {2, -112},  {-14, -92}, {-44, -66},    {-w + 18, -32}, {-w + 6, 6}, {-w + 6, 6}};
      break;
    case Fringe::tousled:
      points = {{w - 8, -6}, {w - 8, -6}, {70, -54},  {54, -24},    {54, -24},   {36, -60},
                {16, -18},   {16, -18},   {-2, -58},  {-30, -22},   {-30, -22},  {-42, -60},
                {-66, -26},  {-66, -26},  {-74, -54}, {-w + 8, -6}, {-w + 8, -6}};
      break;
  }
  if (!look.part_left && (fringe == Fringe::swept || fringe == Fringe::tousled)) {
    std::reverse(points.begin(), points.end());
    for (Point& p : points) p.x = -p.x;
  }
  for (Point& p : points) p.x += shift * (1 - std::abs(p.x) / (w * 1.4));
  return points;
}

void draw_hair_light(Brush& brush, const CharacterLook& look, double w, double top, double lean) {
  const DrawingStyle& style = brush.style();
  const Colour dark = shadow_of(look.hair, luminance(look.hair) > 0.35 ? 0.42 : 0.6);
  const Point root{lean, top + 6};
  for (int i = -4; i <= 4; ++i) {
    const double x = i * w * 0.25;
    brush.swelling(root + Point{i * 3.0, std::abs(i) * 1.5},
                   {root.x + x * 0.7, top + 4 + std::abs(i) * 3},
                   {root.x * 0.5 + x * 1.1, top + 40}, {x * 1.12, top + 96 + (i % 2) * 12}, 0.4,
                   3.4, 0.4, with_alpha(dark, 0.5));
  }
  if (style.shading == Shading::hatch || look.hair_shape == HairShape::afro) return;
  const Colour light = light_of(look.hair, 0.34 + 0.2 * style.gloss);
  const double alpha = 0.18 + 0.5 * style.gloss;
  if (style.gloss > 0.6 && style.shading == Shading::cel) {  // the ring of light of drawn hair
    std::vector<Point> ring;
    constexpr int kTeeth = 13;
    for (int i = 0; i <= kTeeth; ++i) {
      const double t = static_cast<double>(i) / kTeeth * 2 - 1;
      ring.push_back({t * w * 0.74, top + 26 + t * t * 26});
    }
    for (int i = kTeeth; i >= 0; --i) {
      const double t = static_cast<double>(i) / kTeeth * 2 - 1;
      const double depth = (i % 2 == 0 ? 19.0 : 8.0) * (1.05 - t * t * 0.8);
      ring.push_back({t * w * 0.74, top + 26 + t * t * 26 + depth});
    }
    brush.polygon(ring);
    brush.fill(with_alpha(light, alpha));
    return;
  }
  brush.soft(brush.line_px() * 1.6, alpha, [&](Brush& soft) {
    soft.spline({{-w * 0.72, top + 66},
                 {-w * 0.5, top + 36},
                 {-w * 0.1, top + 20},
                 {w * 0.3, top + 24},
                 {-w * 0.08, top + 34},
                 {-w * 0.44, top + 52}},
                true);
    soft.fill(light);
  });
}

void draw_bun(Brush& brush, const CharacterLook& look, Point centre, double radius) {
  Dice dice(3, "bun");
  std::vector<Point> ring;
  for (int i = 0; i < 10; ++i) ring.push_back(centre + polar(i * -36.0, radius));
  brush.textured(ring, Texture::curly, 2.4, radius * 0.7, dice);
  brush.body(look.hair, Material::hair);
  for (const double k : {0.35, 0.7}) {
    brush.swelling(centre + polar(230, radius * k), centre + polar(190, radius * (k + 0.15)),
                   centre + polar(140, radius * (k + 0.15)), centre + polar(80, radius * k), 0.5,
                   3.4, 0.5, with_alpha(shadow_of(look.hair, 0.7), 0.6));
  }
  brush.swelling(centre + polar(-130, radius * 0.72), centre + polar(-160, radius * 0.86),
                 centre + polar(170, radius * 0.86), centre + polar(150, radius * 0.72), 0.5, 6,
                 0.5, with_alpha(light_of(look.hair, 0.4), 0.25 + 0.5 * brush.style().gloss));
}

void draw_tail(Brush& brush, const CharacterLook& look, Point root, Point bend, Point tip,
               double width) {
  const Point along = tip - root;
  const double length = std::max(1.0, std::hypot(along.x, along.y));
  const Point n = Point{-along.y, along.x} * (width / length);
  brush.spline(
      {root + n * 0.35, root + n * 0.35, bend + n * 1.05, blend(bend, tip, 0.6) + n * 0.75, tip,
       tip, blend(bend, tip, 0.55) - n * 0.55, bend - n * 0.75, root - n * 0.35, root - n * 0.35},
      true);
  brush.body(look.hair, Material::hair);
  for (const double k : {-0.3, 0.15, 0.55}) {
    brush.swelling(root + n * (k * 0.3), bend + n * k, blend(bend, tip, 0.5) + n * (k * 0.8),
                   blend(root, tip, 0.94) + n * (k * 0.1), 0.4, 3.4, 0.4,
                   with_alpha(shadow_of(look.hair, 0.65), 0.5));
  }
}

void draw_braid(Brush& brush, const CharacterLook& look, Point root, Point tip, double width) {
  constexpr int kKnots = 7;
  for (int i = kKnots - 1; i >= 0; --i) {
    const double t = (i + 0.5) / kKnots;
    const Point c = blend(root, tip, t);
    const double r = width * (1 - 0.3 * t);
    brush.ellipse(c, r, r * 0.92, i % 2 == 0 ? 24 : -24);
    brush.body(look.hair, Material::hair);
    brush.swelling(c + Point{-r * 0.6, -r * 0.3}, c + Point{-r * 0.2, r * 0.2},
                   c + Point{r * 0.2, r * 0.2}, c + Point{r * 0.6, -r * 0.3}, 0.4, 3, 0.4,
                   with_alpha(shadow_of(look.hair, 0.7), 0.6));
  }
  const Point end = tip + Point{0, width * 0.2};
  brush.spline({end, end, end + Point{width * 0.6, width}, end + Point{0, width * 2.1},
                end + Point{0, width * 2.1}, end + Point{-width * 0.6, width}},
               true);
  brush.body(look.hair, Material::hair);
  brush.box(tip.x - width * 0.55, tip.y - width * 0.2, width * 1.1, width * 0.55, 4);
  brush.body(look.outfit_accent, Material::cloth);
}

void draw_crest(Brush& brush, const CharacterLook& look, double lean) {
  brush.spline({{-30, -78},         {-30, -78},        {-34, -128},        {-40 + lean, -176},
                {-40 + lean, -176}, {-22, -166},       {-16 + lean, -206}, {-16 + lean, -206},
                {2, -182},          {12 + lean, -216}, {12 + lean, -216},  {20, -180},
                {40 + lean, -186},  {40 + lean, -186}, {34, -130},         {30, -78},
                {30, -78},          {14, -66},         {4, -82},           {-8, -64},
                {-18, -80}},
               true);
  brush.body(look.hair, Material::hair);
  for (const double x : {-18.0, 0.0, 18.0}) {
    brush.swelling({x, -86}, {x * 1.2, -120}, {x * 1.2 + lean * 0.5, -150}, {x + lean, -178}, 0.5,
                   4, 0.5, with_alpha(shadow_of(look.hair, 0.65), 0.55));
    brush.swelling({x - 8, -92}, {x * 1.2 - 8, -120}, {x - 8 + lean * 0.5, -140},
                   {x - 8 + lean, -160}, 0.5, 5, 0.5,
                   with_alpha(light_of(look.hair, 0.4), 0.2 + 0.5 * brush.style().gloss));
  }
}

}  // namespace castboard::sketch
