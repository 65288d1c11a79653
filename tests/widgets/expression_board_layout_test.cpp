#include "expression_board_layout.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(ExpressionBoardLayout, fills_the_room_with_nine_columns_beside_the_names) {
  const BoardLayout layout = lay_out_board(1040, 1, 9);
  EXPECT_LE(layout.width(), 1040);
  EXPECT_GT(layout.width(), 1040 - 9);
  EXPECT_GT(layout.cell_width, layout.cell_height);
  EXPECT_EQ(layout.x(0), layout.name_width);
}

TEST(ExpressionBoardLayout, never_makes_cells_too_small_to_judge_a_face) {
  const BoardLayout layout = lay_out_board(600, 1, 9);
  EXPECT_EQ(layout.cell_width, 72);
  EXPECT_GT(layout.width(), 600);  // it is scrolled sideways
  EXPECT_LT(layout.name_width, lay_out_board(1040, 1, 9).name_width);
}

TEST(ExpressionBoardLayout, never_makes_few_columns_huge) {
  EXPECT_EQ(lay_out_board(2000, 1, 2).cell_width, 190);
}

TEST(ExpressionBoardLayout, grows_with_the_scale) {
  EXPECT_EQ(lay_out_board(600, 2, 9).cell_width, 144);
  EXPECT_EQ(lay_out_board(2080, 2, 9).name_width, 256);
}

TEST(ExpressionBoardLayout, paints_a_few_rows_of_ten_thousand) {
  const BoardLayout layout = lay_out_board(1040, 1, 9);
  const auto [first, last] = visible_rows(layout, 10'000, 5000 * layout.row_height(), 700);
  EXPECT_EQ(first, 5000);
  EXPECT_LT(last - first, 12);
  EXPECT_EQ(visible_rows(layout, 10'000, 1e9F, 700).first, 10'000);
  EXPECT_EQ(visible_rows(layout, 0, 0, 700).second, 0);
}

TEST(ExpressionBoardLayout, scrolls_no_further_than_a_cell_needs) {
  EXPECT_EQ(scroll_to_span(100, 50, 0, 400), 0);
  EXPECT_EQ(scroll_to_span(380, 50, 0, 400), 30);
  EXPECT_EQ(scroll_to_span(100, 50, 300, 400), 100);
}

TEST(ExpressionBoardLayout, steps_from_cell_to_cell_and_to_the_names) {
  EXPECT_EQ(board_neighbour({0, 0}, -1, 0, 5, 9), (BoardPlace{0, -1}));
  EXPECT_EQ(board_neighbour({0, -1}, -1, -1, 5, 9), (BoardPlace{0, -1}));
  EXPECT_EQ(board_neighbour({4, 8}, 1, 1, 5, 9), (BoardPlace{4, 8}));
  EXPECT_EQ(board_neighbour({2, 3}, 1, 1, 5, 9), (BoardPlace{3, 4}));
  EXPECT_EQ(board_neighbour({7, 3}, 0, 0, 5, 9), (BoardPlace{4, 3}));  // rows were filtered away
  EXPECT_EQ(board_neighbour({7, 3}, 0, 0, 0, 9).row, 0);
}

}  // namespace
}  // namespace castboard
