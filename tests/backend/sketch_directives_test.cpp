#include "sketch/directives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"

namespace castboard::sketch {
namespace {

using testing::HasSubstr;

TEST(SketchDirectives, say_nothing_when_the_text_is_empty) {
  const Directives none = parse_directives(" \n");
  EXPECT_TRUE(none.text.empty());
  EXPECT_FALSE(none.hang || none.refuse || none.truncated || none.huge);
  EXPECT_EQ(none.flaws.gutter_width, -1);
}

TEST(SketchDirectives, are_separated_by_blanks_commas_and_semicolons) {
  const Directives d = parse_directives("slow=2000, drip;429=2 500=3,refuse");
  EXPECT_EQ(d.slow_ms, 2000);
  EXPECT_EQ(d.drip_ms, 2000);
  EXPECT_EQ(d.too_many, 2);
  EXPECT_EQ(d.failures, 3);
  EXPECT_TRUE(d.refuse);
  EXPECT_EQ(d.text, "slow=2000 drip 429=2 500=3 refuse");
}

TEST(SketchDirectives, without_a_count_500_means_always) {
  EXPECT_EQ(parse_directives("500").failures, -1);
}

TEST(SketchDirectives, describe_the_flaws_of_a_sheet) {
  const SheetFlaws flaws =
      parse_directives(
          "uneven offcentre=0.05 rotated=1.5 captions missing=5 gutter=#ff0000 "
          "gutter_width=20")
          .flaws;
  EXPECT_GT(flaws.uneven, 0);
  EXPECT_DOUBLE_EQ(flaws.off_centre, 0.05);
  EXPECT_DOUBLE_EQ(flaws.rotated, 1.5);
  EXPECT_TRUE(flaws.captions);
  EXPECT_EQ(flaws.missing, 5);
  EXPECT_EQ(flaws.gutter_colour, 0xff0000u);
  EXPECT_EQ(flaws.gutter_width, 20);
  EXPECT_EQ(parse_directives("no_gutter").flaws.gutter_width, 0);
}

TEST(SketchDirectives, name_the_word_that_cannot_be_followed) {
  for (const char* wrong :
       {"sloow=2", "slow=soon", "slow=-1", "missing=10", "gutter=red", "500=x"}) {
    try {
      static_cast<void>(parse_directives(wrong));
      ADD_FAILURE() << wrong;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.error().code, ErrorCode::invalid_input);
      EXPECT_THAT(failure.error().message, HasSubstr(wrong));
      EXPECT_THAT(failure.error().hint, HasSubstr("slow=MS"));
    }
  }
}

TEST(SketchDirectives, are_taken_out_of_a_description) {
  std::string description = "in battle armor [sketch:slow=20] at sunset[sketch: refuse ].";
  EXPECT_EQ(take_directives(description), "slow=20  refuse  ");
  EXPECT_EQ(description, "in battle armor  at sunset.");
  std::string open = "no end [sketch:slow";
  EXPECT_EQ(take_directives(open), "");
  EXPECT_EQ(open, "no end [sketch:slow");
}

}  // namespace
}  // namespace castboard::sketch
