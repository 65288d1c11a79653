#include "commands/csv.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(Csv, quotes_only_what_needs_it) {
  EXPECT_EQ(csv_line({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_line({"", "x"}), ",x\r\n");
  EXPECT_EQ(csv_line({"a,b", "say \"no\"", "two\nlines"}),
            "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, disarms_text_a_spreadsheet_would_take_for_a_formula) {
  EXPECT_EQ(csv_text("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
  EXPECT_EQ(csv_text("-1"), "'-1");
  EXPECT_EQ(csv_text("Mira = hero"), "Mira = hero");
  EXPECT_EQ(csv_text(""), "");
}

}  // namespace
}  // namespace castboard
