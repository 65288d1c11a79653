#include "theme.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

void expect_readable(const Palette& palette) {
  // 4.5:1 is what WCAG 2.1 asks of small text.
  for (const ImU32 paper : {palette.panel, palette.raised, palette.input, palette.background}) {
    EXPECT_GE(contrast(palette.text, paper), 4.5F);
    EXPECT_GE(contrast(palette.quiet, paper), 4.5F);
  }
  for (const ImU32 status : {palette.pending, palette.approved, palette.omitted}) {
    EXPECT_GE(contrast(status, palette.panel), 4.5F);
  }
  EXPECT_GE(contrast(palette.on_accent, palette.accent), 4.5F);
  EXPECT_GE(contrast(palette.text, palette.selected), 4.5F);
}

TEST(Theme, is_readable_in_the_dark) {
  expect_readable(dark_palette());
}

TEST(Theme, is_readable_in_the_light) {
  expect_readable(light_palette());
}

TEST(Theme, reads_back_what_the_tool_applied) {
  ImGuiStyle style;
  apply_theme(style, true, 1);
  const Palette palette = palette_of_style(style);
  EXPECT_EQ(palette.panel, dark_palette().panel);
  EXPECT_EQ(palette.accent, dark_palette().accent);
  EXPECT_EQ(palette.raised, dark_palette().raised);
  EXPECT_EQ(palette.background, dark_palette().background);
}

TEST(Theme, follows_a_light_host) {
  ImGuiStyle style;
  ImGui::StyleColorsLight(&style);
  const Palette palette = palette_of_style(style);
  EXPECT_EQ(palette.approved, light_palette().approved);
  EXPECT_GE(contrast(palette.text, palette.panel), 4.5F);
}

TEST(Theme, does_not_add_up_when_it_is_applied_twice) {
  ImGuiStyle style;
  apply_theme(style, true, 2);
  const float once = style.FramePadding.x;
  apply_theme(style, true, 2);
  EXPECT_FLOAT_EQ(style.FramePadding.x, once);
}

}  // namespace
}  // namespace castboard
