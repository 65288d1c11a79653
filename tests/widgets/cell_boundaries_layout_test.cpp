#include "cell_boundaries_layout.h"

#include <gtest/gtest.h>

namespace castboard {

namespace {

// 300 x 300 with gutters of 10 pixels.
std::vector<PixelRect> gutters() {
  std::vector<PixelRect> boxes;
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      boxes.push_back({5 + column * 100, 5 + row * 100, 90, 90});
  return boxes;
}

constexpr CellBorder kRightOfFirst{1};
constexpr CellBorder kLeftOfSecond{2};
constexpr CellBorder kBottomOfLast{11};

}  // namespace

TEST(CellBoundariesLayout, numbers_both_sides_of_each_column_and_row) {
  EXPECT_TRUE(kRightOfFirst.upright());
  EXPECT_TRUE(kRightOfFirst.is_end());
  EXPECT_EQ(kLeftOfSecond.line(), 1);
  EXPECT_FALSE(kBottomOfLast.upright());
  EXPECT_EQ(kBottomOfLast.line(), 2);
  EXPECT_EQ(border_at(gutters(), kRightOfFirst), 95);
  EXPECT_EQ(border_at(gutters(), kLeftOfSecond), 105);
  EXPECT_EQ(border_at(gutters(), kBottomOfLast), 295);
}

TEST(CellBoundariesLayout, moves_the_three_cells_beside_a_border_and_no_other) {
  const auto moved = with_border_moved(gutters(), kLeftOfSecond, 7);
  for (std::size_t cell = 0; cell < 9; ++cell) {
    const PixelRect before = gutters()[cell];
    if (cell % 3 == 1) {
      EXPECT_EQ(moved[cell], (PixelRect{before.x + 7, before.y, before.width - 7, before.height}));
    } else {
      EXPECT_EQ(moved[cell], before);
    }
  }
}

TEST(CellBoundariesLayout, keeps_cells_apart_inside_and_large_enough) {
  const auto allowed = [](const CellBorder& border, int by) {
    return allowed_move(gutters(), border, by, 300, 300);
  };
  EXPECT_EQ(allowed(kRightOfFirst, 4), 4);
  EXPECT_EQ(allowed(kRightOfFirst, 50), 10);     // the next cell begins there
  EXPECT_EQ(allowed(kRightOfFirst, -500), -87);  // three pixels are left
  EXPECT_EQ(allowed(kLeftOfSecond, -50), -10);
  EXPECT_EQ(allowed(kBottomOfLast, 50), 5);  // the picture ends there
  EXPECT_EQ(allowed(CellBorder{0}, -50), -5);
}

TEST(CellBoundariesLayout, keeps_the_own_borders_of_a_turned_sheet) {
  auto boxes = gutters();
  boxes[3].x += 2;
  boxes[3].width -= 2;
  const auto moved = with_border_moved(boxes, CellBorder{0}, -3);
  EXPECT_EQ(moved[0].x, 2);
  EXPECT_EQ(moved[3].x, 4);
}

TEST(CellBoundariesLayout, moves_one_cell_by_its_side_its_corner_or_as_a_whole) {
  const auto moved = [](std::size_t cell, CellGrip grip, int x, int y) {
    return with_cell_moved(gutters(), cell, grip, x, y, 300, 300);
  };
  EXPECT_EQ(moved(4, {-1, 0}, 6, 99)[4], (PixelRect{111, 105, 84, 90}));
  EXPECT_EQ(moved(4, {1, 1}, -5, 4)[4], (PixelRect{105, 105, 85, 94}));
  EXPECT_EQ(moved(4, {0, 0}, -3, 2)[4], (PixelRect{102, 107, 90, 90}));
  for (std::size_t cell = 0; cell < 9; ++cell) {
    if (cell == 4) continue;
    EXPECT_EQ(moved(4, {0, 0}, -3, 2)[cell], gutters()[cell]);
  }
}

TEST(CellBoundariesLayout, keeps_a_cell_that_moves_alone_apart_and_in_the_picture) {
  const auto moved = [](std::size_t cell, CellGrip grip, int x, int y) {
    return with_cell_moved(gutters(), cell, grip, x, y, 300, 300)[cell];
  };
  EXPECT_EQ(moved(0, {0, 0}, -50, -50), (PixelRect{0, 0, 90, 90}));
  EXPECT_EQ(moved(4, {0, 0}, 50, 0), (PixelRect{115, 105, 90, 90})) << "the next one begins there";
  EXPECT_EQ(moved(8, {1, 1}, 50, 50), (PixelRect{205, 205, 95, 95}));
  EXPECT_EQ(moved(4, {-1, 0}, 500, 0).width, kSmallestCellSide);
}

TEST(CellBoundariesLayout, knows_what_belongs_to_no_cell_wherever_the_cells_are) {
  const auto area = [](const std::vector<PixelRect>& boxes) {
    int sum = 0;
    for (const PixelRect& box : boxes) sum += box.width * box.height;
    return sum;
  };
  EXPECT_EQ(area(outside_cells(gutters(), 300, 300)), 300 * 300 - 9 * 90 * 90);
  EXPECT_TRUE(outside_cells(exact_thirds(300, 300), 300, 300).empty());
  const auto turned = with_cell_moved(gutters(), 4, {0, 0}, 7, -4, 300, 300);
  const auto outside = outside_cells(turned, 300, 300);
  EXPECT_EQ(area(outside), 300 * 300 - 9 * 90 * 90);
  for (const PixelRect& gap : outside) {
    for (const PixelRect& box : turned) {
      EXPECT_TRUE(gap.x + gap.width <= box.x || box.x + box.width <= gap.x ||
                  gap.y + gap.height <= box.y || box.y + box.height <= gap.y);
    }
  }
}

TEST(CellBoundariesLayout, cuts_exact_thirds_that_cover_every_pixel_once) {
  int area = 0;
  for (const PixelRect& box : exact_thirds(100, 50)) area += box.width * box.height;
  EXPECT_EQ(area, 5000);
}

}  // namespace castboard
