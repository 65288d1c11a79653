#include "library/export_names.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

TEST(ExportNames, are_lower_case_ascii_with_single_underscores) {
  EXPECT_EQ(ascii_slug("Mira Voss", "x"), "mira_voss");
  EXPECT_EQ(ascii_slug("  Unit K-7!! ", "x"), "unit_k_7");
  EXPECT_EQ(ascii_slug("../../etc/passwd", "x"), "etc_passwd");
  EXPECT_EQ(ascii_slug("Kaito 海斗", "x"), "kaito");
}

TEST(ExportNames, keep_latin_letters_without_their_marks) {
  EXPECT_EQ(ascii_slug("Zoë Łukasz Ångström", "x"), "zoe_lukasz_angstrom");
  EXPECT_EQ(ascii_slug("Šárka Ğ 3×4", "x"), "sarka_g_3_4");
}

TEST(ExportNames, say_something_where_nothing_is_left) {
  EXPECT_EQ(ascii_slug("海斗", "character"), "character");
  EXPECT_EQ(ascii_slug("", "character"), "character");
  EXPECT_EQ(ascii_slug("\xFF\xC3", "broken"), "broken");
  EXPECT_EQ(picture_stem("海斗", "0123456789ab", "portrait", 3),
            "character_01234567_portrait_v003");
}

TEST(ExportNames, stay_short_enough_for_a_file_system) {
  EXPECT_LE(ascii_slug(std::string(5000, 'x'), "x").size(), 120U);
}

TEST(ExportNames, are_those_of_the_contract) {
  const std::string sheet = picture_stem("Mira Voss", "id", "expression_sheet", 3);
  EXPECT_EQ(numbered_name(sheet, 0, "png"), "mira_voss_expression_sheet_v003.png");
  EXPECT_EQ(numbered_name(sheet, 1, "jpg"), "mira_voss_expression_sheet_v003-1.jpg");
  EXPECT_EQ(cell_stem(sheet, 5, "fear"), "mira_voss_expression_sheet_v003_05_fear");
}

}  // namespace
}  // namespace castboard
