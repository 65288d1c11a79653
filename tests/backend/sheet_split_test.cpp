#include "imaging/sheet_split.h"

#include <gtest/gtest.h>

#include <random>

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

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
};

void paint(Image& image, int left, int top, int right, int bottom, const Rgb& colour) {
  for (int y = std::max(0, top); y < std::min(bottom, image.height); ++y)
    for (int x = std::max(0, left); x < std::min(right, image.width); ++x) {
      std::uint8_t* to =
          image.pixels.data() + (static_cast<std::ptrdiff_t>(y) * image.width + x) * 4;
      to[0] = colour.red;
      to[1] = colour.green;
      to[2] = colour.blue;
    }
}

// A head over shoulders that the cell's lower border cuts, at another place in each cell.
void paint_bust(Image& sheet, const PixelRect& cell, int number) {
  const int x = cell.x + cell.width / 2 + number % 4 * 5 - 8;
  const int y = cell.y + cell.height / 2 + number % 3 * 4;
  paint(sheet, x - 50, y - 70, x + 50, y + 20, {90, 60, 40});
  paint(sheet, x - 15, y + 20, x + 15, cell.y + cell.height, {200, 150, 120});
  paint(sheet, x - 85, y + 60, x + 85, cell.y + cell.height, {180, 30, 60});
}

std::array<PixelRect, 9> grid(int left, int top, int width, int height, int gap_x, int gap_y) {
  std::array<PixelRect, 9> cells;
  for (int i = 0; i < 9; ++i)
    cells[static_cast<std::size_t>(i)] = {left + i % 3 * (width + gap_x),
                                          top + i / 3 * (height + gap_y), width, height};
  return cells;
}

void expect_cells(const Image& sheet, const std::array<PixelRect, 9>& cells, int tolerance) {
  const SheetSplit split = split_sheet(sheet);
  for (std::size_t i = 0; i < 9; ++i) {
    SCOPED_TRACE(i + 1);
    expect_near(split.cells[i], cells[i], tolerance);
  }
}

// Shares of borders found, of sheets with and without a gutter.
struct Shares {
  double with_gutter = 0;
  double without = 0;
};

using Maker = testing::MadeSheet (*)(const testing::CellPictures&, std::uint64_t);

Shares measure(Maker make, int sheets, std::uint64_t seed) {
  const testing::CellPictures pictures = testing::make_cell_pictures(3, 12, seed);
  int missed[2] = {0, 0};
  int borders[2] = {0, 0};
  for (int i = 0; i < sheets; ++i) {
    const std::uint64_t own = seed * 1000 + static_cast<std::uint64_t>(i);
    const testing::MadeSheet sheet = make(pictures, own);
    if (sheet.unseen) continue;
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

TEST(SheetSplit, finds_cells_whose_ground_is_nearly_the_gutters_colour) {
  Image sheet = filled(720, 720, 0, 0, 0);
  const std::array<PixelRect, 9> cells = grid(0, 0, 231, 231, 13, 13);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    paint(sheet, cell.x, cell.y, cell.x + cell.width, cell.y + cell.height, {5, 5, 5});
    paint_bust(sheet, cell, i);
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, finds_cells_whose_ground_is_the_gutters_but_for_less_than_the_grain) {
  Image sheet = filled(720, 720, 120, 140, 90);
  const std::array<PixelRect, 9> cells = grid(0, 0, 231, 231, 13, 13);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    paint(sheet, cell.x, cell.y, cell.x + cell.width, cell.y + cell.height, {123, 143, 93});
    paint_bust(sheet, cell, i);
  }
  std::mt19937 random(5);
  for (std::size_t i = 0; i < sheet.pixels.size(); i += 4) {
    const int speck = static_cast<int>(random() % 11) - 5;
    for (std::size_t channel = 0; channel < 3; ++channel)
      sheet.pixels[i + channel] =
          static_cast<std::uint8_t>(std::clamp(sheet.pixels[i + channel] + speck, 0, 255));
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, gives_a_gap_of_which_one_border_is_unseen_the_width_of_the_gutters_that_cross_it) {
  Image sheet = filled(720, 720, 250, 250, 250);
  const std::array<PixelRect, 9> cells = grid(0, 0, 232, 232, 12, 12);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    const auto shade = static_cast<std::uint8_t>(60 + 15 * i);
    paint(sheet, cell.x, cell.y + 70 + 9 * (i % 4), cell.x + cell.width, cell.y + cell.height,
          {shade, 120, 90});
    paint_bust(sheet, cell, i);
  }
  expect_cells(sheet, cells, 3);
}

TEST(SheetSplit, finds_the_outer_border_of_a_turned_sheet_that_cuts_one_corner) {
  constexpr int kSide = 900;
  constexpr double kLean = 0.03;
  constexpr int kEdge = 4;  // of the upper border at the middle of the picture, outside of it
  Image sheet = filled(kSide, kSide, 20, 20, 30);
  const Image picture = testing::drawing(300, 300, 3);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const double u = x - kLean * (kSide / 2.0 - y);
      const double v = y + kEdge + kLean * (kSide / 2.0 - x);
      const int column = static_cast<int>(std::floor(u / 305));
      const int row = static_cast<int>(std::floor(v / 305));
      const int in_x = static_cast<int>(u - 305 * column);
      const int in_y = static_cast<int>(v - 305 * row);
      if (column < 0 || column > 2 || row < 0 || row > 2 || in_x >= 290 || in_y >= 290) continue;
      const std::uint8_t* from = testing::pixel(picture, in_x, in_y);
      paint(sheet, x, y, x + 1, y + 1, {from[0], from[1], from[2]});
    }
  const SheetSplit split = split_sheet(sheet);
  // v = 0 in the middle of the third column.
  EXPECT_NEAR(split.cells[2].y, kLean * (755 - kSide / 2.0) - kEdge, 2.5);
  EXPECT_EQ(split.cells[0].y, 0);
  EXPECT_GE(split.rows[0].at, 0);
}

TEST(SheetSplit, leaves_out_bars_with_labels_bound_left) {
  constexpr int kBar = 34;
  Image sheet = filled(760, 852, 230, 200, 40);
  const std::array<PixelRect, 9> cells = grid(10, 10, 240, 240, 10, 10 + kBar);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    const int under = cell.y + cell.height;
    paint(sheet, cell.x, cell.y, cell.x + cell.width, under,
          {static_cast<std::uint8_t>(30 + 20 * i), 90, static_cast<std::uint8_t>(220 - 20 * i)});
    paint_bust(sheet, cell, i);
    paint(sheet, cell.x, under, cell.x + cell.width, under + kBar, {60, 200, 110});
    for (int letter = 0; letter < 4 + i % 3; ++letter)
      paint(sheet, cell.x + 8 + letter * 12, under + 11, cell.x + 14 + letter * 12, under + 24,
            {0, 0, 0});
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, leaves_out_bars_under_the_last_row_that_reach_the_pictures_edge) {
  constexpr int kBar = 16;
  Image sheet = filled(700, 708, 40, 60, 50);
  const std::array<PixelRect, 9> cells = grid(0, 0, 220, 220, 20, 8 + kBar);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    const int under = cell.y + cell.height;
    paint(sheet, cell.x, cell.y, cell.x + cell.width, under,
          {static_cast<std::uint8_t>(60 + 20 * i), 190, static_cast<std::uint8_t>(240 - 20 * i)});
    paint_bust(sheet, cell, i);
    paint(sheet, cell.x, under, cell.x + cell.width, under + kBar, {150, 40, 70});
    for (int letter = 0; letter < 6; ++letter)
      paint(sheet, cell.x + 70 + letter * 12, under + 5, cell.x + 75 + letter * 12, under + 11,
            {255, 255, 255});
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, leaves_out_bars_whose_letters_are_nearly_as_high) {
  constexpr int kBar = 20;
  Image sheet = filled(712, 772, 20, 20, 20);
  const std::array<PixelRect, 9> cells = grid(0, 0, 230, 226, 11, 11 + kBar);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    const int under = cell.y + cell.height;
    paint(sheet, cell.x, cell.y, cell.x + cell.width, under,
          {static_cast<std::uint8_t>(60 + 20 * i), 190, static_cast<std::uint8_t>(240 - 20 * i)});
    paint_bust(sheet, cell, i);
    paint(sheet, cell.x, under, cell.x + cell.width, under + kBar, {130, 150, 250});
    for (int letter = 0; letter < (i == 8 ? 17 : 8); ++letter) {
      const bool tall = i % 3 == 0 && letter % 2 == 0;
      paint(sheet, cell.x + 8 + letter * 12, under + (tall ? 1 : 6), cell.x + 17 + letter * 12,
            under + 15, {0, 0, 0});
    }
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, takes_no_band_along_the_pictures_edge_for_a_margin) {
  Image sheet = filled(720, 720, 200, 30, 40);
  const std::array<PixelRect, 9> cells = grid(0, 0, 230, 230, 15, 15);
  for (int i = 0; i < 9; ++i) {
    const PixelRect& cell = cells[static_cast<std::size_t>(i)];
    paint(sheet, cell.x, cell.y, cell.x + cell.width, cell.y + cell.height, {60, 110, 190});
    if (i < 3) paint(sheet, cell.x, 0, cell.x + cell.width, 12, {15, 15, 20});
    paint_bust(sheet, cell, i);
  }
  expect_cells(sheet, cells, 2);
}

TEST(SheetSplit, counts_a_frame_as_the_pictures_and_a_shadow_not) {
  constexpr int kLine = 6;
  // Unlike the frame, much like the shadow.
  const auto dark = [](const std::uint8_t* pixel) {
    const auto third = [pixel](int channel) {
      return static_cast<std::uint8_t>(pixel[channel] / 3 + 20);
    };
    return Rgb{third(0), third(1), third(2)};
  };
  const std::array<PixelRect, 9> cells = grid(20, 20, 420, 420, 25, 25);
  for (const bool framed : {true, false}) {
    SCOPED_TRACE(framed ? "framed" : "shadows");
    Image sheet = filled(1350, 1350, 240, 240, 235);
    for (int i = 0; i < 9; ++i) {
      const PixelRect& cell = cells[static_cast<std::size_t>(i)];
      const Image picture = testing::drawing(cell.width, cell.height, i);
      if (!framed)
        paint(sheet, cell.x + 8, cell.y + 8, cell.x + cell.width + 8, cell.y + cell.height + 8,
              {75, 75, 73});
      for (int y = 0; y < cell.height; ++y)
        for (int x = 0; x < cell.width; ++x) {
          const bool line = std::min({x, y, cell.width - 1 - x, cell.height - 1 - y}) < kLine;
          const std::uint8_t* from = testing::pixel(picture, x, y);
          paint(sheet, cell.x + x, cell.y + y, cell.x + x + 1, cell.y + y + 1,
                framed && line ? Rgb{165, 165, 180} : dark(from));
        }
    }
    expect_cells(sheet, cells, 3);
  }
}

// Of so few sheets two or three have no gutter, and one of those may miss several borders.
constexpr double kFewWithout = 0.9;

// Hard floors below what is reached (see CONTRIBUTING for the full measurement).
TEST(SheetSplit, finds_borders_of_sheets_turned_off_centre_uneven_with_margins_and_captions) {
  const Shares shares = measure(testing::make_laid_out_sheet, 20, 11);
  EXPECT_GE(shares.with_gutter, 0.97);
  EXPECT_GE(shares.without, kFewWithout);
}

TEST(SheetSplit, finds_borders_that_lean_with_frames_shadows_and_label_bars) {
  const Shares shares = measure(testing::make_ruled_sheet, 20, 12);
  EXPECT_GE(shares.with_gutter, 0.97);
  EXPECT_GE(shares.without, kFewWithout);
}

TEST(SheetSplit, finds_borders_of_pictures_pasted_on_paper_with_grounds_like_it) {
  const Shares shares = measure(testing::make_pasted_sheet, 12, 13);
  EXPECT_GE(shares.with_gutter, 0.96);
  EXPECT_GE(shares.without, kFewWithout);
}

}  // namespace castboard
