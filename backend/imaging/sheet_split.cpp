#include "imaging/sheet_split.h"

#include <algorithm>
#include <cmath>

#include "imaging/imaging.h"
#include "imaging/sheet_split_captions.h"
#include "imaging/sheet_split_frames.h"
#include "imaging/sheet_split_gutters.h"
#include "imaging/sheet_split_lattice.h"

namespace castboard {

namespace {

using namespace sheet_splitting;

constexpr int kSmallestSide = 48;
constexpr float kLeastEvidence = 0.2F;  // below, borders may as well be chance
constexpr float kLeastBeside = 0.1F;

// Only blocks inside of the cells the other direction found: gutters, margins and captions have no
// borders of this direction.
std::vector<float> inside_cells(const Evidence& evidence, const Lattice& other,
                                float other_length) {
  std::vector<float> weights(static_cast<std::size_t>(evidence.blocks()), 0);
  const float inset = evidence.block_size() * 0.75F;
  for (int block = 0; block < evidence.blocks(); ++block) {
    const float at = evidence.along(block) + other_length / 2;
    for (std::size_t cell = 0; cell < 3; ++cell)
      if (at > other.borders[2 * cell].at + inset && at < other.borders[2 * cell + 1].at - inset)
        weights[static_cast<std::size_t>(block)] = 1;
  }
  return weights;
}

// How far the borders between cells stand out, 0..1.
float sureness(const Lattice& lattice) {
  float sure = 0;
  for (std::size_t gap = 0; gap < 2; ++gap) {
    const float one = lattice.evidence[2 * gap + 1];
    const float other = lattice.evidence[2 * gap + 2];
    sure += std::min(1.0F, (std::max(one, other) + (one + other) / 2) / 2) / 2;
  }
  return sure;
}

// Puts borders of the reduced copy in the place of the thirds.
void take_over(const Lattice& lattice, int length, int factor,
               std::array<SheetBorder, 6>& borders) {
  for (std::size_t i = 0; i < 6; ++i) {
    if (i == 5 && lattice.borders[i].at == static_cast<float>(length)) continue;
    borders[i] = {static_cast<double>(lattice.borders[i].at) * factor,
                  static_cast<double>(lattice.borders[i].lean)};
  }
}

PixelRect box_of(const SheetSplit& split, std::size_t cell, int width, int height) {
  const std::size_t column = cell % 3 * 2;
  const std::size_t row = cell / 3 * 2;
  const double middle_x =
      (split.columns[column].at + split.columns[column + 1].at) / 2 - width / 2.0;
  const double middle_y = (split.rows[row].at + split.rows[row + 1].at) / 2 - height / 2.0;
  const auto place = [](const SheetBorder& border, double along, int length) {
    return static_cast<int>(
        std::lround(std::clamp(border.at + border.lean * along, 0.0, static_cast<double>(length))));
  };
  const int left = place(split.columns[column], middle_y, width);
  const int right = place(split.columns[column + 1], middle_y, width);
  const int top = place(split.rows[row], middle_x, height);
  const int bottom = place(split.rows[row + 1], middle_x, height);
  return {left, top, std::max(1, right - left), std::max(1, bottom - top)};
}

}  // namespace

SheetSplit split_by_thirds(int width, int height) {
  SheetSplit split;
  split.cells = sheet_thirds(width, height);
  for (std::size_t i = 0; i < 3; ++i) {
    const PixelRect& across = split.cells[i];
    const PixelRect& down = split.cells[3 * i];
    split.columns[2 * i].at = across.x;
    split.columns[2 * i + 1].at = across.x + across.width;
    split.rows[2 * i].at = down.y;
    split.rows[2 * i + 1].at = down.y + down.height;
  }
  return split;
}

SheetSplit split_sheet(const Image& sheet) {
  SheetSplit split = split_by_thirds(sheet.width, sheet.height);
  if (std::min(sheet.width, sheet.height) < kSmallestSide) return split;
  const Reduced reduced = reduce(sheet);
  const Evidence upright(reduced, true);
  const Evidence level(reduced, false);
  const float lean = common_lean(upright, level);
  std::vector<float> up_weights(static_cast<std::size_t>(upright.blocks()), 1);
  std::vector<float> level_weights(static_cast<std::size_t>(level.blocks()), 1);
  Lattice columns;
  Lattice rows;
  Lines upright_lines;
  Lines level_lines;
  for (int pass = 0; pass < 2; ++pass) {
    const float narrowest = gutter_of(rows);
    const float least = gutter_of(columns);
    upright_lines = find_lines(upright, up_weights, lean);
    columns = fit_lattice(upright, upright_lines, up_weights, pass == 0 ? 0 : narrowest);
    level_lines = find_lines(level, level_weights, -lean);
    rows = fit_lattice(level, level_lines, level_weights, pass == 0 ? 0 : least);
    up_weights = inside_cells(upright, rows, static_cast<float>(reduced.height));
    level_weights = inside_cells(level, columns, static_cast<float>(reduced.width));
  }
  const Direction across{upright, upright_lines, columns};
  const Direction down{level, level_lines, rows};
  leave_gutters_out(across, down);
  complete_gaps(across, down);
  complete_gaps(down, across);
  leave_captions_out(level, level_lines, columns, static_cast<float>(reduced.width), rows);
  leave_no_false_margins(reduced, true, down, across);
  leave_no_false_margins(reduced, false, across, down);
  find_corners(up_weights, across);
  find_corners(level_weights, down);
  // One direction that is sure lends the other, which is found with it, some of that.
  const float sure_columns = sureness(columns);
  const float sure_rows = sureness(rows);
  const float least =
      std::max(sure_columns, sure_rows) >= kLeastEvidence ? kLeastBeside : kLeastEvidence;
  if (sure_columns >= least) take_over(columns, reduced.width, reduced.factor, split.columns);
  if (sure_rows >= least) take_over(rows, reduced.height, reduced.factor, split.rows);
  split.found = std::max(sure_columns, sure_rows) >= kLeastEvidence;
  if (split.found) split.confidence = (sure_columns + sure_rows) / 2;
  if (!split.found) return split;
  settle_frames(sheet, split);
  for (std::size_t i = 0; i < 9; ++i) split.cells[i] = box_of(split, i, sheet.width, sheet.height);
  // A border that crosses only a corner is nearer to the picture's edge than anything else.
  for (SheetBorder& border : split.columns)
    border.at = std::clamp(border.at, 0.0, static_cast<double>(sheet.width));
  for (SheetBorder& border : split.rows)
    border.at = std::clamp(border.at, 0.0, static_cast<double>(sheet.height));
  return split;
}

}  // namespace castboard
