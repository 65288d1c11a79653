#include "imaging/sheet_split.h"

#include <gtest/gtest.h>

#include "imaging/imaging.h"
#include "support/pictures.h"
#include "support/sheet_measure.h"

namespace castboard {

using testing::filled;

namespace {

// Nine flat cells of different colours at these borders on a ground.
Image flat_sheet(int width, int height, const std::array<int, 6>& columns,
                 const std::array<int, 6>& rows, std::uint8_t ground) {
  Image sheet = filled(width, height, ground, ground, ground);
  for (std::size_t cell = 0; cell < 9; ++cell) {
    const Image picture = testing::drawing(200, 200, static_cast<int>(cell));
    const int left = columns[cell % 3 * 2];
    const int top = rows[cell / 3 * 2];
    const int cell_width = columns[cell % 3 * 2 + 1] - left;
    const int cell_height = rows[cell / 3 * 2 + 1] - top;
    const Image fitted = scale_picture(picture, cell_width, cell_height);
    for (int y = 0; y < cell_height; ++y)
      std::copy_n(testing::pixel(fitted, 0, y), static_cast<std::size_t>(cell_width) * 4,
                  sheet.pixels.begin() + (static_cast<std::ptrdiff_t>(top + y) * width + left) * 4);
  }
  return sheet;
}

void expect_near(const PixelRect& found, const PixelRect& wanted, int tolerance) {
  EXPECT_NEAR(found.x, wanted.x, tolerance);
  EXPECT_NEAR(found.y, wanted.y, tolerance);
  EXPECT_NEAR(found.x + found.width, wanted.x + wanted.width, tolerance);
  EXPECT_NEAR(found.y + found.height, wanted.y + wanted.height, tolerance);
}

// Shares of borders found, of sheets with and without a gutter.
struct Shares {
  double with_gutter = 0;
  double without = 0;
};

Shares measure(bool ruled, int sheets, std::uint64_t seed) {
  const testing::CellPictures pictures = testing::make_cell_pictures(3, 12, seed);
  int missed[2] = {0, 0};
  int borders[2] = {0, 0};
  for (int i = 0; i < sheets; ++i) {
    const std::uint64_t own = seed * 1000 + static_cast<std::uint64_t>(i);
    const testing::MadeSheet sheet = ruled ? testing::make_ruled_sheet(pictures, own)
                                           : testing::make_laid_out_sheet(pictures, own);
    const testing::Misses misses = testing::misses_of(sheet, split_sheet(sheet.image));
    missed[sheet.gutterless ? 1 : 0] += misses.borders;
    borders[sheet.gutterless ? 1 : 0] += testing::kBordersPerSheet;
  }
  const auto share = [&](int kind) {
    return borders[kind] == 0 ? 1 : 1 - static_cast<double>(missed[kind]) / borders[kind];
  };
  return {share(0), share(1)};
}

}  // namespace

TEST(SheetSplit, finds_uneven_cells_and_leaves_out_gutters_and_margins) {
  const std::array<int, 6> columns{10, 300, 312, 640, 660, 950};
  const std::array<int, 6> rows{30, 310, 330, 600, 612, 870};
  const SheetSplit split = split_sheet(flat_sheet(960, 900, columns, rows, 90));
  EXPECT_TRUE(split.found);
  EXPECT_GT(split.confidence, 0.6);
  ASSERT_EQ(split.cells.size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) {
    const std::size_t column = i % 3 * 2;
    const std::size_t row = i / 3 * 2;
    expect_near(split.cells[i],
                {columns[column], rows[row], columns[column + 1] - columns[column],
                 rows[row + 1] - rows[row]},
                2);
  }
}

TEST(SheetSplit, finds_seams_where_pictures_meet_without_a_gutter) {
  const std::array<int, 6> edges{0, 290, 290, 612, 612, 900};
  const SheetSplit split = split_sheet(flat_sheet(900, 900, edges, edges, 0));
  for (std::size_t i = 0; i < 9; ++i)
    expect_near(split.cells[i],
                {edges[i % 3 * 2], edges[i / 3 * 2], edges[i % 3 * 2 + 1] - edges[i % 3 * 2],
                 edges[i / 3 * 2 + 1] - edges[i / 3 * 2]},
                2);
}

TEST(SheetSplit, snaps_to_exact_thirds_where_there_is_nothing_to_find) {
  for (const Image& plain : {filled(901, 700, 200, 30, 30), filled(20, 20, 0, 0, 0)}) {
    const SheetSplit split = split_sheet(plain);
    EXPECT_FALSE(split.found);
    EXPECT_EQ(split.confidence, 0);
    EXPECT_EQ(split.cells, sheet_thirds(plain.width, plain.height));
  }
}

TEST(SheetSplit, gives_nine_boxes_inside_of_any_picture) {
  for (const auto& [width, height] :
       {std::pair{1, 1}, {2, 2}, {16384, 1}, {1, 5000}, {49, 48}, {2000, 500}, {64, 3000}}) {
    const SheetSplit split = split_sheet(testing::drawing(width, height));
    ASSERT_EQ(split.cells.size(), 9U);
    for (const PixelRect& cell : split.cells) {
      EXPECT_GE(cell.x, 0);
      EXPECT_GE(cell.y, 0);
      EXPECT_LE(cell.x + cell.width, width);
      EXPECT_LE(cell.y + cell.height, height);
    }
  }
}

// Hard floors below what is reached (see CONTRIBUTING for the full measurement).
TEST(SheetSplit, finds_borders_of_sheets_turned_off_centre_uneven_with_margins_and_captions) {
  const Shares shares = measure(false, 60, 11);
  EXPECT_GE(shares.with_gutter, 0.97);
  EXPECT_GE(shares.without, 0.95);
}

TEST(SheetSplit, finds_borders_that_lean_with_frames_shadows_and_label_bars) {
  const Shares shares = measure(true, 60, 12);
  EXPECT_GE(shares.with_gutter, 0.97);
  EXPECT_GE(shares.without, 0.95);
}

}  // namespace castboard
