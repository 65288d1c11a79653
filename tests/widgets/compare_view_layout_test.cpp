#include "compare_view_layout.h"

#include <gtest/gtest.h>

#include "viewpoint.h"

namespace castboard {
namespace {

constexpr FitBox kSeen{100, 50, 400, 300};

TEST(Wipe, divides_the_picture_in_sight_without_gap_or_overlap) {
  for (const float position : {0.0F, 0.333F, 0.5F, 1.0F}) {
    const WipeParts across = wipe_parts(kSeen, position, WipeAxis::upright);
    EXPECT_FLOAT_EQ(across.a.x, kSeen.x);
    EXPECT_FLOAT_EQ(across.a.x + across.a.width, across.b.x);
    EXPECT_FLOAT_EQ(across.a.width + across.b.width, kSeen.width);
    EXPECT_FLOAT_EQ(across.b.height, kSeen.height);
    const WipeParts down = wipe_parts(kSeen, position, WipeAxis::level);
    EXPECT_FLOAT_EQ(down.a.y + down.a.height, down.b.y);
    EXPECT_FLOAT_EQ(down.a.height + down.b.height, kSeen.height);
    EXPECT_FLOAT_EQ(down.a.width, kSeen.width);
  }
}

TEST(Wipe, puts_its_line_under_the_pointer_on_either_axis) {
  EXPECT_FLOAT_EQ(wipe_position(kSeen, 200, 0, WipeAxis::upright), 0.25F);
  EXPECT_FLOAT_EQ(wipe_position(kSeen, 0, 200, WipeAxis::level), 0.5F);
  const WipeParts parts =
      wipe_parts(kSeen, wipe_position(kSeen, 317, 0, WipeAxis::upright), WipeAxis::upright);
  EXPECT_NEAR(parts.b.x, 317, 0.5);
}

TEST(Wipe, stays_on_the_picture_when_the_pointer_leaves_it) {
  EXPECT_FLOAT_EQ(wipe_position(kSeen, -50, 0, WipeAxis::upright), 0);
  EXPECT_FLOAT_EQ(wipe_position(kSeen, 5000, 0, WipeAxis::upright), 1);
  EXPECT_FLOAT_EQ(wipe_position({0, 0, 0, 0}, 5, 5, WipeAxis::upright), 0.5F);
}

TEST(LinkedViews, lie_beside_each_other_for_tall_pictures_and_above_for_wide_ones) {
  const FitBox view{0, 0, 800, 600};
  const LinkedViews tall = linked_views(view, 900, 1600, 10);
  EXPECT_FLOAT_EQ(tall.a.height, 600);
  EXPECT_FLOAT_EQ(tall.a.y, tall.b.y);
  EXPECT_GE(tall.b.x, tall.a.x + tall.a.width + 10 - 1);
  const LinkedViews wide = linked_views(view, 1600, 400, 10);
  EXPECT_FLOAT_EQ(wide.a.width, 800);
  EXPECT_FLOAT_EQ(wide.a.x, wide.b.x);
  EXPECT_GE(wide.b.y, wide.a.y + wide.a.height + 10 - 1);
}

TEST(LinkedViews, show_the_same_point_at_the_same_place_of_each) {
  const FitBox view{10, 20, 805, 611};
  const LinkedViews views = linked_views(view, 1000, 1000, 12);
  for (const Viewpoint& at : {Viewpoint{}, Viewpoint{3, 420, 610}, Viewpoint{0.7F, 500, 500}}) {
    const FitBox a = picture_on_screen(1000, 1000, views.a, at);
    const FitBox b = picture_on_screen(1000, 1000, views.b, at);
    EXPECT_FLOAT_EQ(linked(a.x, views.a.x, views.b.x), b.x);
    EXPECT_FLOAT_EQ(linked(a.y, views.a.y, views.b.y), b.y);
    EXPECT_FLOAT_EQ(a.width, b.width);
  }
}

TEST(CompareMode, goes_round) {
  CompareMode mode = CompareMode::wipe;
  for (int i = 0; i < kCompareModes; ++i) mode = next_mode(mode);
  EXPECT_EQ(mode, CompareMode::wipe);
  EXPECT_EQ(next_mode(CompareMode::wipe), CompareMode::side_by_side);
}

TEST(Gain, doubles_from_step_to_step_within_its_limits) {
  EXPECT_FLOAT_EQ(gain_of_step(0), 1);
  EXPECT_FLOAT_EQ(gain_of_step(3), 8);
  EXPECT_FLOAT_EQ(gain_of_step(99), 64);
  EXPECT_FLOAT_EQ(gain_of_step(-1), 1);
}

TEST(DifferingSettings, lists_only_what_differs_in_the_order_of_a) {
  const std::vector<PictureSetting> a = {{"Style", "Anime"}, {"Seed", "41"}, {"Size", "1:1"}};
  const std::vector<PictureSetting> b = {{"Size", "1:1"}, {"Seed", "77"}, {"Style", "Ghibli"}};
  const auto differing = differing_settings(a, b);
  ASSERT_EQ(differing.size(), 2U);
  EXPECT_EQ(differing[0], (DifferingSetting{"Style", "Anime", "Ghibli"}));
  EXPECT_EQ(differing[1], (DifferingSetting{"Seed", "41", "77"}));
}

TEST(DifferingSettings, names_what_only_one_of_them_has) {
  const auto differing =
      differing_settings(std::vector<PictureSetting>{{"Seed", "41"}, {"Model", ""}},
                         std::vector<PictureSetting>{{"Description", "armor"}});
  ASSERT_EQ(differing.size(), 2U) << "an empty model is none";
  EXPECT_EQ(differing[0], (DifferingSetting{"Seed", "41", ""}));
  EXPECT_EQ(differing[1], (DifferingSetting{"Description", "", "armor"}));
}

}  // namespace
}  // namespace castboard
