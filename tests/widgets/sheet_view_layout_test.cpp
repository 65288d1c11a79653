#include "sheet_view_layout.h"

#include <gtest/gtest.h>

#include <numeric>

namespace castboard {
namespace {

constexpr FitBox kView{100, 50, 800, 600};

TEST(Viewpoint, fits_all_of_the_picture_into_the_middle) {
  const FitBox box = picture_on_screen(1000, 1000, kView, {});
  EXPECT_FLOAT_EQ(box.width, 600);
  EXPECT_FLOAT_EQ(box.height, 600);
  EXPECT_FLOAT_EQ(box.x, 200);
  EXPECT_FLOAT_EQ(box.y, 50);
}

TEST(Viewpoint, keeps_the_point_under_the_cursor_when_it_zooms) {
  const Viewpoint before{2, 500, 500};
  const float x = 620;
  const float y = 310;
  const Viewpoint after = zoomed(before, 1.5F, x, y, 1000, 1000, kView);
  const auto under = [&](const Viewpoint& at) {
    const FitBox box = picture_on_screen(1000, 1000, kView, at);
    return std::pair((x - box.x) / at.zoom, (y - box.y) / at.zoom);
  };
  EXPECT_NEAR(under(before).first, under(after).first, 0.01);
  EXPECT_NEAR(under(before).second, under(after).second, 0.01);
  EXPECT_FLOAT_EQ(after.zoom, 3);
}

TEST(Viewpoint, fits_again_when_it_is_zoomed_out_far_enough) {
  EXPECT_TRUE(zoomed({1, 500, 500}, 0.1F, 500, 350, 1000, 1000, kView).fits());
}

TEST(Viewpoint, never_zooms_beyond_its_limit) {
  Viewpoint at;
  for (int i = 0; i < 50; ++i) at = zoomed(at, 2, 500, 350, 1000, 1000, kView);
  EXPECT_FLOAT_EQ(at.zoom, kMaxZoom);
}

TEST(Viewpoint, keeps_the_picture_in_sight_when_it_is_dragged_away) {
  const Viewpoint at = clamped({2, -4000, 9000}, 1000, 1000, kView);
  const FitBox box = picture_on_screen(1000, 1000, kView, at);
  EXPECT_NEAR(box.x, kView.x, 0.01);
  EXPECT_NEAR(box.y + box.height, kView.y + kView.height, 0.01);
}

TEST(SheetViewLayout, cuts_thirds_that_cover_every_pixel_once) {
  int covered = 0;
  for (int cell = 1; cell <= 9; ++cell) {
    const PixelRect part = third(cell, 1000, 701);
    covered += part.width * part.height;
  }
  EXPECT_EQ(covered, 1000 * 701);
  EXPECT_EQ(third(1, 900, 900), (PixelRect{0, 0, 300, 300}));
  EXPECT_EQ(third(6, 900, 900), (PixelRect{600, 300, 300, 300}));
}

TEST(Viewpoint, zooms_to_a_given_size_about_the_middle_of_the_view) {
  const Viewpoint at = zoomed_to({2, 300, 700}, 4, 1000, 1000, kView);
  EXPECT_FLOAT_EQ(at.zoom, 4);
  EXPECT_FLOAT_EQ(at.centre_x, 300);
  EXPECT_FLOAT_EQ(at.centre_y, 700);
  EXPECT_FLOAT_EQ(at_full_size({}, 1000, 1000, kView).zoom, 1);
}

TEST(PictureWish, is_the_whole_picture_at_display_size_up_to_100_percent) {
  const PictureWish wish = wish_for(2000, 2000, kView, picture_on_screen(2000, 2000, kView, {}));
  EXPECT_EQ(wish.max_width, 600);
  EXPECT_EQ(wish.detail, PixelRect{});
  EXPECT_EQ(wish.enlarging, Enlarging::never);
}

TEST(PictureWish, is_only_the_visible_part_of_a_huge_picture) {
  const FitBox box = picture_on_screen(16384, 16384, kView, {1, 8000, 8000});
  const PictureWish wish = wish_for(16384, 16384, kView, box);
  EXPECT_GT(wish.detail.width, 0);
  EXPECT_LE(wish.detail.width, 800 + 2 * 512);
  EXPECT_LE(wish.detail.x, 8000 - 400);
  EXPECT_GE(wish.detail.x + wish.detail.width, 8000 + 400);
}

TEST(PictureWish, enlarges_what_is_in_sight_and_a_margin_around_it_above_100_percent) {
  const Viewpoint at{8, 500, 500};
  const FitBox box = picture_on_screen(1000, 1000, kView, at);
  const PictureWish wish = wish_for(1000, 1000, kView, box);
  EXPECT_EQ(wish.enlarging, Enlarging::blocks);
  EXPECT_LT(wish.detail.x, 500 - 50) << "50 pixels are in sight on each side";
  EXPECT_GT(wish.detail.x + wish.detail.width, 500 + 50);
  EXPECT_LE(wish.detail.width, 200) << "and no more than twice of it is asked for";
  EXPECT_EQ(wish.max_width, wish.detail.width * 8) << "at display size";
}

TEST(PictureWish, stays_the_same_while_one_pans_a_little) {
  const auto wish_at = [](float x) {
    return wish_for(1000, 1000, kView, picture_on_screen(1000, 1000, kView, {8, x, 500}));
  };
  int changes = 0;
  for (int x = 400; x < 500; ++x) {
    const PictureWish now = wish_at(static_cast<float>(x));
    if (!(now.detail == wish_at(static_cast<float>(x + 1)).detail)) ++changes;
    EXPECT_LE(now.detail.x, x - 50) << "what is in sight is always covered";
    EXPECT_GE(now.detail.x + now.detail.width, x + 50);
  }
  EXPECT_LE(changes, 10) << "of a hundred steps";
  EXPECT_GE(changes, 1);
}

TEST(PictureWish, smooths_below_200_percent_and_shows_blocks_from_there) {
  const auto enlarging = [](float zoom) {
    return wish_for(1000, 1000, kView, picture_on_screen(1000, 1000, kView, {zoom, 500, 500}))
        .enlarging;
  };
  EXPECT_EQ(enlarging(1.5F), Enlarging::smooth);
  EXPECT_EQ(enlarging(2), Enlarging::blocks);
}

TEST(PictureWish, is_never_larger_than_about_twice_the_view_on_each_side) {
  for (const float zoom : {1.01F, 1.9F, 3.0F, 7.7F, 32.0F}) {
    for (const float x : {0.0F, 333.3F, 1999.0F}) {
      const Viewpoint at = clamped({zoom, x, x}, 2000, 2000, kView);
      const PictureWish wish =
          wish_for(2000, 2000, kView, picture_on_screen(2000, 2000, kView, at));
      EXPECT_LE(wish.max_width, 2 * 800 + 2 * static_cast<int>(zoom)) << zoom << " at " << x;
      EXPECT_GE(wish.detail.x, 0);
      EXPECT_LE(wish.detail.x + wish.detail.width, 2000);
    }
  }
}

TEST(PictureWish, survives_pictures_of_one_pixel_and_of_one_line) {
  for (const auto& [width, height] :
       {std::pair{1.0F, 1.0F}, std::pair{16384.0F, 1.0F}, std::pair{1.0F, 16384.0F}}) {
    for (const float zoom : {0.0F, 1.0F, 32.0F}) {
      const Viewpoint at = clamped({zoom, 0, 0}, width, height, kView);
      const PictureWish wish =
          wish_for(width, height, kView, picture_on_screen(width, height, kView, at));
      EXPECT_GE(wish.max_width, 1);
      EXPECT_GE(wish.max_height, 1);
      EXPECT_LE(wish.max_width, 4096);
      EXPECT_LE(wish.max_height, 4096);
    }
  }
}

TEST(PixelGrid, has_no_lines_below_eight_screen_pixels_each) {
  EXPECT_EQ(pixel_grid(0, 800, 0, 100, 7.9F).count, 0);
  EXPECT_GT(pixel_grid(0, 800, 0, 100, 8).count, 0);
}

TEST(PixelGrid, lies_between_pixels_and_only_where_they_are_in_sight) {
  // Pixels 10 screen pixels wide, the picture begins 35 before the view.
  const GridLines lines = pixel_grid(100, 50, 65, 1000, 10);
  EXPECT_FLOAT_EQ(lines.first, 105);
  EXPECT_EQ(lines.count, 5) << "105, 115, 125, 135, 145";
  const GridLines small = pixel_grid(0, 800, 300, 4, 10);
  EXPECT_FLOAT_EQ(small.first, 300);
  EXPECT_EQ(small.count, 5) << "four pixels have five borders";
  EXPECT_EQ(pixel_grid(0, 100, 500, 4, 10).count, 0) << "out of sight";
}

TEST(Magnifier, never_covers_the_cell_under_the_pointer_nor_leaves_the_view) {
  const FitBox view{0, 0, 700, 600};
  for (int cell = 1; cell <= 9; ++cell) {
    const PixelRect third_of = third(cell, 540, 540);
    const FitBox box{80.0F + static_cast<float>(third_of.x), 30.0F + static_cast<float>(third_of.y),
                     180, 180};
    const FitBox place = magnifier_place(box, view, 12, 2.4F);
    ASSERT_GT(place.width, 180 * 1.2F) << cell;
    const bool apart = place.x >= box.x + box.width || place.x + place.width <= box.x ||
                       place.y >= box.y + box.height || place.y + place.height <= box.y;
    EXPECT_TRUE(apart) << cell;
    EXPECT_GE(place.x, 0);
    EXPECT_GE(place.y, 0);
    EXPECT_LE(place.x + place.width, 700.5F);
    EXPECT_LE(place.y + place.height, 600.5F);
    EXPECT_NEAR(place.width, place.height, 0.1) << "not stretched";
  }
}

TEST(Magnifier, stays_away_where_it_could_not_show_more) {
  EXPECT_EQ(magnifier_place({10, 10, 180, 180}, {0, 0, 200, 200}, 12, 2.4F).width, 0);
  EXPECT_EQ(magnifier_place({0, 0, 0, 0}, {0, 0, 200, 200}, 12, 2.4F).width, 0);
}

TEST(Magnifier, waits_until_the_pointer_rests_and_less_long_for_the_next_cell) {
  MagnifierWait wait;
  wait.look_at(3, 0.1F);
  EXPECT_FALSE(wait.is_shown);
  wait.look_at(3, 0.2F);
  EXPECT_FALSE(wait.is_shown);
  EXPECT_NEAR(wait.shows_in(), kMagnifierDelay - 0.2F, 1e-6);
  wait.look_at(3, 0.3F);
  EXPECT_TRUE(wait.is_shown);
  wait.look_at(4, 0.1F);
  EXPECT_FALSE(wait.is_shown) << "another cell: gone at once";
  wait.look_at(4, kNextMagnifierDelay);
  EXPECT_TRUE(wait.is_shown) << "sooner than the first";
  wait.look_at(0, 0.1F);
  wait.look_at(4, kNextMagnifierDelay);
  EXPECT_FALSE(wait.is_shown) << "after leaving the sheet it waits again";
}

TEST(Flipbook, shows_each_cell_as_long_as_its_rate_says) {
  Flipbook flipbook;
  flipbook.rate = 4;
  flipbook.start(1, {});
  flipbook.advance(0.24F, {});
  EXPECT_EQ(flipbook.cell, 1);
  EXPECT_NEAR(flipbook.next_in(), 0.01F, 1e-4);
  flipbook.advance(0.02F, {});
  EXPECT_EQ(flipbook.cell, 2);
  flipbook.advance(0.5F, {});
  EXPECT_EQ(flipbook.cell, 4);
}

TEST(Flipbook, goes_round_and_leaves_omitted_cells_out) {
  std::vector<bool> omitted(9, false);
  omitted[8] = omitted[0] = true;
  Flipbook flipbook;
  flipbook.rate = 1;
  flipbook.start(8, omitted);
  flipbook.advance(1.01F, omitted);
  EXPECT_EQ(flipbook.cell, 2) << "9 and 1 are omitted";
  flipbook.skip_omitted = false;
  flipbook.start(8, omitted);
  flipbook.advance(1.01F, omitted);
  EXPECT_EQ(flipbook.cell, 9);
}

TEST(Flipbook, stands_where_it_is_when_all_cells_are_omitted) {
  Flipbook flipbook;
  flipbook.start(5, std::vector<bool>(9, true));
  flipbook.advance(100, std::vector<bool>(9, true));
  EXPECT_EQ(flipbook.cell, 5);
}

TEST(Flipbook, does_not_move_when_it_is_stopped) {
  Flipbook flipbook;
  flipbook.start(2, {});
  flipbook.stop();
  flipbook.advance(10, {});
  EXPECT_EQ(flipbook.cell, 2);
  EXPECT_LT(flipbook.next_in(), 0);
}

// What is seen of each layer when all are drawn over each other.
std::vector<float> shares(const std::vector<float>& alphas) {
  std::vector<float> seen(alphas.size(), 0);
  for (std::size_t i = 0; i < alphas.size(); ++i) {
    for (std::size_t below = 0; below < i; ++below) seen[below] *= 1 - alphas[i];
    seen[i] = alphas[i];
  }
  return seen;
}

TEST(OnionSkin, gives_the_others_equal_shares_of_what_shines_through) {
  const std::vector<float> seen = shares(onion_alphas(8, 0.4F));
  ASSERT_EQ(seen.size(), 9U);
  EXPECT_NEAR(seen[0], 0.6F, 1e-5);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_NEAR(seen[i], 0.05F, 1e-5);
}

TEST(OnionSkin, shows_the_cell_alone_without_others_or_opacity) {
  EXPECT_EQ(onion_alphas(0, 0.7F), std::vector<float>{1});
  const std::vector<float> none = shares(onion_alphas(3, 0));
  EXPECT_FLOAT_EQ(none[0], 1);
  const std::vector<float> all = shares(onion_alphas(2, 1));
  EXPECT_NEAR(all[0], 0, 1e-6);
  EXPECT_NEAR(all[1], 0.5F, 1e-6);
}

}  // namespace
}  // namespace castboard
