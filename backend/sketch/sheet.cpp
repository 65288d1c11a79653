#include "sketch/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace castboard::sketch {
namespace {

struct CellBox {
  int x, y, width, height;
};

constexpr double kGutterShare = 1.0 / 128;  // of the short side

// Exact thirds, each with half a gutter on every side: cutting by thirds meets the gutters' middle.
std::array<int, 4> borders(int length, double uneven, double shift, Dice& dice) {
  std::array<int, 4> at{};
  for (std::size_t i = 0; i < 4; ++i) {
    double share = static_cast<double>(i) / 3 + shift;
    if (i == 1 || i == 2) share += dice.between(-0.5, 0.5) * uneven / 3;
    at[i] = static_cast<int>(std::lround(share * length));
  }
  return at;
}

void write_caption(cairo_t* cr, const CellBox& box, std::string_view pose) {
  std::string text(pose);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  const double size = box.height * 0.07;
  cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size(cr, size);
  cairo_text_extents_t extents;
  cairo_text_extents(cr, text.c_str(), &extents);
  const double x = box.x + (box.width - extents.width) / 2;
  const double y = box.y + box.height - size * 0.8;
  cairo_rectangle(cr, x - size * 0.5, y - size, extents.width + size, size * 1.45);
  cairo_set_source_rgba(cr, 0.08, 0.09, 0.11, 0.85);
  cairo_fill(cr);
  cairo_move_to(cr, x, y);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_show_text(cr, text.c_str());
}

}  // namespace

SurfacePtr draw_sheet(const CharacterLook& look, const Staging& staging, const SheetFlaws& flaws,
                      int width, int height) {
  SurfacePtr sheet = make_surface(width, height);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(sheet.get()),
                                                              &cairo_destroy);
  const Colour gutter_colour = rgb(flaws.gutter_colour);
  cairo_set_source_rgb(cr.get(), gutter_colour.r, gutter_colour.g, gutter_colour.b);
  cairo_paint(cr.get());
  const int usual =
      std::max(2, static_cast<int>(std::lround(std::min(width, height) * kGutterShare)));
  const int gutter = flaws.gutter_width < 0 ? usual : flaws.gutter_width;
  Dice dice(staging.seed, "sheet");
  const auto columns = borders(width, flaws.uneven, flaws.off_centre, dice);
  const auto rows = borders(height, flaws.uneven, flaws.off_centre * 0.7, dice);
  if (flaws.rotated != 0) {
    cairo_translate(cr.get(), width / 2.0, height / 2.0);
    cairo_rotate(cr.get(), flaws.rotated * std::numbers::pi / 180);
    cairo_translate(cr.get(), -width / 2.0, -height / 2.0);
  }
  const auto& expressions = sheet_expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    if (flaws.missing == static_cast<int>(i) + 1) continue;
    const std::size_t column = i % 3;
    const std::size_t row = i / 3;
    const CellBox box{columns[column] + gutter / 2, rows[row] + gutter / 2,
                      std::max(8, columns[column + 1] - columns[column] - gutter),
                      std::max(8, rows[row + 1] - rows[row] - gutter)};
    Staging cell = staging;
    cell.shot = expressions[i].key;
    const SurfacePtr picture = stage_picture(look, cell, box.width, box.height);
    cairo_set_source_surface(cr.get(), picture.get(), box.x, box.y);
    cairo_rectangle(cr.get(), box.x, box.y, box.width, box.height);
    cairo_fill(cr.get());
    if (flaws.captions) write_caption(cr.get(), box, expressions[i].key);
  }
  return sheet;
}

}  // namespace castboard::sketch
