#include "commands/table.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(Table, aligns_words_left_and_numbers_right) {
  Table table({"NAME", ">COUNT"});
  table.add({"Mira", "7"});
  table.add({"Unit K-7", "12"});
  EXPECT_EQ(table.text(),
            "NAME      COUNT\n"
            "Mira          7\n"
            "Unit K-7     12\n");
}

TEST(Table, counts_two_columns_for_an_ideograph) {
  Table table({"NAME", "ID"});
  table.add({"海斗", "a"});
  table.add({"Elin", "b"});
  EXPECT_EQ(table.text(), "NAME  ID\n海斗  a\nElin  b\n");
}

TEST(Table, prints_nothing_without_rows) {
  EXPECT_EQ(Table({"NAME"}).text(), "");
}

TEST(Table, leaves_no_blanks_at_a_line_s_end) {
  Table table({"NAME", "MESSAGE"});
  table.add({"Mira", ""});
  EXPECT_EQ(table.text(), "NAME  MESSAGE\nMira\n");
}

TEST(Table, shortens_by_columns_with_an_ellipsis) {
  EXPECT_EQ(shortened("Mira Voss", 9), "Mira Voss");
  EXPECT_EQ(shortened("Mira Voss", 6), "Mira …");
  EXPECT_EQ(shortened("海斗海斗", 5), "海斗…");
}

TEST(Table, shows_control_characters_as_blanks) {
  EXPECT_EQ(shortened("a\nb\x1b[31m", 20), "a b [31m");
}

TEST(Table, survives_bytes_that_are_not_utf8) {
  EXPECT_EQ(display_width("\xff\xfe"), 2);
  EXPECT_EQ(display_width("\xe6\xb5"), 2);  // cut in the middle
}

}  // namespace
}  // namespace castboard
