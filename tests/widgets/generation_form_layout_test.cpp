#include "generation_form_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using ::testing::ElementsAre;

TEST(EvenColumns, puts_all_in_one_row_where_they_fit) {
  EXPECT_EQ(even_columns(6, 316, 46, 6), 6);
}

TEST(EvenColumns, balances_rows_instead_of_leaving_a_straggler) {
  EXPECT_EQ(even_columns(6, 290, 46, 6), 3);
}

TEST(EvenColumns, keeps_one_column_in_any_width) {
  EXPECT_EQ(even_columns(5, 10, 46, 6), 1);
  EXPECT_EQ(even_columns(5, -4, 46, 6), 1);
  EXPECT_EQ(even_columns(0, 300, 46, 6), 1);
}

TEST(ColumnWidth, fills_the_width_with_gaps) {
  EXPECT_FLOAT_EQ(column_width(4, 318, 6), 75);
}

TEST(ShownChoices, leaves_the_last_place_to_more) {
  EXPECT_THAT(shown_choices(14, 4, 0, false), ElementsAre(0, 1, 2));
}

TEST(ShownChoices, always_shows_the_chosen_one) {
  EXPECT_THAT(shown_choices(14, 4, 13, false), ElementsAre(0, 1, 13));
}

TEST(ShownChoices, shows_all_when_asked_or_when_they_fit) {
  EXPECT_EQ(shown_choices(14, 4, 13, true).size(), 14U);
  EXPECT_EQ(shown_choices(4, 4, 3, false).size(), 4U);
}

TEST(FirstWord, stops_at_the_first_blank) {
  EXPECT_EQ(first_word("Cinematic Realistic"), "Cinematic");
  EXPECT_EQ(first_word("Noir"), "Noir");
}

}  // namespace
}  // namespace castboard
