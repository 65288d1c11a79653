#include "library/text_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {

using testing::ElementsAre;

TEST(TextRules, tells_valid_utf8_from_invalid_by_its_first_bad_byte) {
  EXPECT_FALSE(invalid_utf8("plain é 漢字 🎭"));
  EXPECT_FALSE(invalid_utf8(""));
  EXPECT_EQ(invalid_utf8("ab\x80"), 2u);
  EXPECT_EQ(invalid_utf8("\xC0\xAF"), 0u);          // overlong
  EXPECT_EQ(invalid_utf8("a\xE0\x80\x80"), 1u);     // overlong
  EXPECT_EQ(invalid_utf8("\xED\xA0\x80"), 0u);      // surrogate
  EXPECT_EQ(invalid_utf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(invalid_utf8("x\xE6\xBC"), 1u);         // cut off
}

TEST(TextRules, counts_code_points_not_bytes) {
  EXPECT_EQ(count_code_points("漢字🎭a"), 4u);
}

TEST(TextRules, trims_white_space_of_any_script) {
  EXPECT_EQ(checked_name("name", "\u3000 Mira \u00A0\t"), "Mira");
}

TEST(TextRules, folds_latin_greek_and_cyrillic_letters) {
  EXPECT_EQ(fold_case("MIRA Éclair ÜŁŽŸ ΩΣ ЖЁ 漢字"), "mira éclair üłžÿ ωσ жё 漢字");
  EXPECT_EQ(fold_case("×"), "×");
  EXPECT_EQ(fold_case("\xFF"), "\xFF");
}

TEST(TextRules, splits_a_search_into_folded_words) {
  EXPECT_THAT(search_words(" Red\tHAIR\u3000猫 "), ElementsAre("red", "hair", "猫"));
  EXPECT_TRUE(search_words(" ").empty());
}

TEST(TextRules, steps_a_timestamp_by_one_millisecond_across_every_border) {
  EXPECT_EQ(one_millisecond_after("2026-01-31T12:00:00.000Z"), "2026-01-31T12:00:00.001Z");
  EXPECT_EQ(one_millisecond_after("2026-01-31T12:00:00.569Z"), "2026-01-31T12:00:00.570Z");
  EXPECT_EQ(one_millisecond_after("2023-12-31T23:59:59.999Z"), "2024-01-01T00:00:00.000Z");
  EXPECT_EQ(one_millisecond_after("2024-02-28T23:59:59.999Z"), "2024-02-29T00:00:00.000Z");
  EXPECT_GT(one_millisecond_after("yesterday"), "yesterday");
}

}  // namespace castboard
