#include <gtest/gtest.h>

#include "character_grid_layout.h"
#include "contact_sheet_view_layout.h"
#include "panel_layout.h"
#include "picture_fit.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

TEST(CharacterGridLayout, has_two_columns_at_the_design_s_width_and_one_when_narrow) {
  EXPECT_EQ(lay_out_grid(302, 1).columns, 2);
  EXPECT_EQ(lay_out_grid(228, 1).columns, 2);
  EXPECT_EQ(lay_out_grid(160, 1).columns, 1);
  EXPECT_EQ(lay_out_grid(604, 2).columns, 2) << "at 200 % the same";
  EXPECT_EQ(lay_out_grid(1, 1).columns, 1);
}

TEST(CharacterGridLayout, submits_fewer_than_200_of_10000_characters_wherever_it_is_scrolled) {
  const GridLayout layout = lay_out_grid(1200, 1);
  const float total = layout.height(10'000);
  for (float scroll = 0; scroll < total; scroll += 997) {
    const ItemRange range = visible_items(layout, 10'000, scroll, 1400);
    EXPECT_LT(range.last - range.first, 200);
    EXPECT_GT(range.last, range.first);
  }
}

TEST(CharacterGridLayout, covers_every_tile_that_touches_the_view) {
  const GridLayout layout = lay_out_grid(302, 1);
  const float scroll = 1000;
  const float height = 500;
  const ItemRange range = visible_items(layout, 100, scroll, height);
  for (int i = 0; i < 100; ++i) {
    const float top = layout.y(i);
    const bool touches = top < scroll + height && top + layout.tile_height > scroll;
    EXPECT_TRUE(!touches || (i >= range.first && i < range.last)) << i;
  }
}

TEST(CharacterGridLayout, has_no_items_where_there_are_none) {
  const GridLayout layout = lay_out_grid(302, 1);
  EXPECT_EQ(visible_items(layout, 0, 0, 500), (ItemRange{0, 0}));
  EXPECT_EQ(layout.height(0), 0);
  EXPECT_EQ(grid_neighbour(layout, 0, 0, 1, 0), -1);
}

TEST(CharacterGridLayout, scrolls_only_as_far_as_needed_to_show_an_item) {
  const GridLayout layout = lay_out_grid(302, 1);
  EXPECT_EQ(scroll_to_item(layout, 0, 0, 500), 0);
  EXPECT_EQ(scroll_to_item(layout, 0, 300, 500), 0);
  const float scroll = scroll_to_item(layout, 50, 0, 500);
  EXPECT_FLOAT_EQ(scroll + 500, layout.y(50) + layout.tile_height);
}

TEST(CharacterGridLayout, moves_by_arrow_keys_without_leaving_the_grid) {
  const GridLayout layout = lay_out_grid(302, 1);
  EXPECT_EQ(grid_neighbour(layout, 3, 10, 0, 1), 5);
  EXPECT_EQ(grid_neighbour(layout, 3, 10, 0, -1), 1);
  EXPECT_EQ(grid_neighbour(layout, 9, 10, 1, 0), 9);
  EXPECT_EQ(grid_neighbour(layout, 0, 10, 0, -1), 0);
}

TEST(CharacterGridLayout, never_shows_200_tiles_however_small_they_are) {
  const GridLayout layout = lay_out_grid(2560, 1, kSmallestTile, 1440);
  const ItemRange range = visible_items(layout, 10'000, 5'000, 1440);
  EXPECT_LT(range.last - range.first, 200);
  EXPECT_GT(range.last - range.first, 100);
}

TEST(CharacterGridLayout, zooms_by_one_column_at_a_time) {
  for (const float scale : {0.75F, 1.0F, 2.0F}) {
    for (const float width : {302.0F, 640.0F, 1111.0F}) {
      float tile = kDefaultTile;
      int columns = lay_out_grid(width * scale, scale, tile).columns;
      for (int i = 0; i < 3; ++i) {
        tile = zoomed_tile(width * scale, scale, tile, -1);
        const int more = lay_out_grid(width * scale, scale, tile).columns;
        if (tile > kSmallestTile) {
          EXPECT_EQ(more, columns + 1) << width << " at " << scale;
        }
        columns = more;
      }
      while (columns > 1) {
        tile = zoomed_tile(width * scale, scale, tile, 1);
        const int fewer = lay_out_grid(width * scale, scale, tile).columns;
        if (tile >= kLargestTile) break;
        ASSERT_EQ(fewer, columns - 1) << width << " at " << scale;
        columns = fewer;
      }
    }
  }
}

TEST(CharacterGridLayout, has_every_size_on_its_slider) {
  EXPECT_FLOAT_EQ(slider_of_tile(kSmallestTile), 0);
  EXPECT_FLOAT_EQ(slider_of_tile(kLargestTile), 1);
  EXPECT_NEAR(tile_of_slider(slider_of_tile(kDefaultTile)), kDefaultTile, 0.01);
  EXPECT_FLOAT_EQ(tile_of_slider(-1), kSmallestTile);
}

TEST(CharacterGridLayout, moves_to_the_ends_and_by_pages_that_keep_the_column) {
  const GridLayout layout = lay_out_grid(302, 1);
  ASSERT_EQ(layout.columns, 2);
  const float four_rows = 4 * layout.row_height();
  EXPECT_EQ(grid_target(layout, 5, 21, four_rows, {.home = true}), 0);
  EXPECT_EQ(grid_target(layout, 5, 21, four_rows, {.end = true}), 20);
  EXPECT_EQ(grid_target(layout, 1, 21, four_rows, {.pages = 1}), 9);
  EXPECT_EQ(grid_target(layout, 9, 21, four_rows, {.pages = -1}), 1);
  EXPECT_EQ(grid_target(layout, 19, 21, four_rows, {.pages = 1}), 20);
  EXPECT_EQ(grid_target(layout, 3, 21, four_rows, {.x = 1}), 4);
  EXPECT_EQ(grid_target(layout, 0, 0, four_rows, {.end = true}), -1);
}

TEST(PictureFit, crops_a_tall_picture_to_the_face_without_stretching) {
  const CropUv crop = crop_to_face(900, 1600, 150, 120);
  EXPECT_FLOAT_EQ(crop.left, 0);
  EXPECT_FLOAT_EQ(crop.right, 1);
  const float shown_width = 900 * (crop.right - crop.left);
  const float shown_height = 1600 * (crop.bottom - crop.top);
  EXPECT_NEAR(shown_width / shown_height, 150.0F / 120.0F, 1e-3);
  EXPECT_LT((crop.top + crop.bottom) / 2, 0.4F) << "the upper part";
}

TEST(PictureFit, crops_a_wide_picture_in_its_middle) {
  const CropUv crop = crop_to_face(1600, 900, 150, 120);
  EXPECT_NEAR((crop.left + crop.right) / 2, 0.5F, 1e-6);
  EXPECT_NEAR(crop.top, 0, 1e-6);
  EXPECT_NEAR(crop.bottom, 1, 1e-6);
}

TEST(VersionStripLayout, keeps_thumbnails_square_and_between_limits) {
  EXPECT_FLOAT_EQ(lay_out_strip(110, 1).thumb, 88);
  EXPECT_FLOAT_EQ(lay_out_strip(20, 1).thumb, 64);
  EXPECT_FLOAT_EQ(lay_out_strip(2000, 1).thumb, 180);
}

TEST(VersionStripLayout, submits_only_what_is_in_sight_of_a_thousand) {
  const StripLayout layout = lay_out_strip(110, 1);
  const StripRange range = visible_versions(layout, 1000, 5000, 740);
  EXPECT_LE(range.last - range.first, 9);
  EXPECT_LE(layout.x(range.first), 5000);
  EXPECT_GE(layout.x(range.last), 5740 - layout.step());
}

void expect_inside(const PanelLayout& layout, float width, float height) {
  for (const FitBox& box :
       {layout.top_bar, layout.cast, layout.viewer, layout.strip, layout.form, layout.jobs}) {
    EXPECT_GE(box.x, 0);
    EXPECT_GE(box.y, 0);
    EXPECT_LE(box.x + box.width, width + 1);
    EXPECT_LE(box.y + box.height, height + 1);
  }
}

TEST(PanelLayout, gives_the_viewer_the_most_room_at_the_design_s_size) {
  const PanelLayout layout = lay_out_panel(1440, 900, 1, {});
  expect_inside(layout, 1440, 900);
  EXPECT_FALSE(layout.cast_is_rail);
  EXPECT_FALSE(layout.form_is_rail);
  EXPECT_GT(layout.viewer.width, 700);
  EXPECT_GT(layout.viewer.height, 600);
}

TEST(PanelLayout, narrows_the_side_panes_at_1024_by_640_and_keeps_them_open) {
  const PanelLayout layout = lay_out_panel(1024, 640, 1, {});
  expect_inside(layout, 1024, 640);
  EXPECT_FALSE(layout.cast_is_rail);
  EXPECT_FALSE(layout.form_is_rail);
  EXPECT_GE(layout.viewer.width, 430);
  EXPECT_GE(layout.viewer.height, 200);
}

TEST(PanelLayout, folds_the_form_first_and_then_the_cast) {
  const PanelLayout small = lay_out_panel(800, 640, 1, {});
  EXPECT_TRUE(small.form_is_rail);
  EXPECT_FALSE(small.cast_is_rail);
  const PanelLayout tiny = lay_out_panel(560, 500, 1, {});
  EXPECT_TRUE(tiny.form_is_rail);
  EXPECT_TRUE(tiny.cast_is_rail);
  expect_inside(tiny, 560, 500);
}

TEST(PanelLayout, scales_with_the_font) {
  const PanelLayout one = lay_out_panel(1440, 900, 1, {});
  const PanelLayout two = lay_out_panel(2880, 1800, 2, {});
  EXPECT_FLOAT_EQ(two.viewer.width, 2 * one.viewer.width);
  EXPECT_FLOAT_EQ(two.jobs.height, 2 * one.jobs.height);
}

TEST(PanelLayout, folds_the_jobs_and_then_the_strip_where_it_is_too_low_for_the_viewer) {
  const PanelLayout low = lay_out_panel(1024, 410, 1, {});
  EXPECT_TRUE(low.jobs_is_bar);
  EXPECT_FALSE(low.strip_is_bar);
  const PanelLayout lower = lay_out_panel(1024, 320, 1, {});
  EXPECT_TRUE(lower.jobs_is_bar);
  EXPECT_TRUE(lower.strip_is_bar);
  EXPECT_GE(lower.viewer.height, 180);
}

TEST(PanelLayout, leaves_the_viewer_enough_at_every_scale_of_the_smallest_window) {
  for (const float scale : {0.75F, 1.0F, 1.25F, 1.5F, 2.0F}) {
    const PanelLayout layout = lay_out_panel(1024, 640, scale, {});
    expect_inside(layout, 1024, 640);
    EXPECT_GE(layout.viewer.width, 400 * std::min(scale, 1.0F)) << scale;
    EXPECT_GE(layout.viewer.height, 180 * std::min(scale, 1.0F)) << scale;
  }
}

TEST(PanelLayout, puts_a_gutter_between_neighbours_and_nothing_else) {
  for (const float scale : {0.75F, 1.0F, 1.3F, 2.0F}) {
    const PanelLayout at = lay_out_panel(1440, 900, scale, {});
    EXPECT_FLOAT_EQ(at.cast.x + at.cast.width, at.cast_gutter.x);
    EXPECT_FLOAT_EQ(at.cast_gutter.x + at.cast_gutter.width, at.viewer.x);
    EXPECT_FLOAT_EQ(at.viewer.x + at.viewer.width, at.form_gutter.x);
    EXPECT_FLOAT_EQ(at.form_gutter.x + at.form_gutter.width, at.form.x);
    EXPECT_FLOAT_EQ(at.viewer.y + at.viewer.height, at.strip_gutter.y);
    EXPECT_FLOAT_EQ(at.strip_gutter.y + at.strip_gutter.height, at.strip.y);
    EXPECT_FLOAT_EQ(at.strip.y + at.strip.height, at.jobs_gutter.y);
    EXPECT_FLOAT_EQ(at.jobs_gutter.y + at.jobs_gutter.height, at.jobs.y);
  }
}

TEST(PanelLayout, folds_each_pane_that_the_user_folded) {
  for (const Pane pane : {Pane::cast, Pane::form, Pane::strip, Pane::jobs}) {
    PanelSplits splits;
    splits.folded(pane) = true;
    const PanelLayout layout = lay_out_panel(1440, 900, 1, splits);
    for (const Pane other : {Pane::cast, Pane::form, Pane::strip, Pane::jobs}) {
      EXPECT_EQ(layout.is_folded(other), other == pane);
    }
  }
}

TEST(PanelLayout, folds_what_is_dragged_too_small_and_keeps_the_size_it_had) {
  PanelSplits splits;
  drag_split(splits, Pane::cast, 400);
  EXPECT_FLOAT_EQ(splits.cast_width, 400);
  drag_split(splits, Pane::cast, 150);
  EXPECT_FLOAT_EQ(splits.cast_width, 180) << "its least";
  drag_split(splits, Pane::cast, 60);
  EXPECT_TRUE(splits.cast_folded);
  EXPECT_FLOAT_EQ(splits.cast_width, 180);
  drag_split(splits, Pane::cast, 300);
  EXPECT_FALSE(splits.cast_folded);
  EXPECT_FLOAT_EQ(splits.cast_width, 300);
}

TEST(PanelLayout, goes_back_to_its_first_size) {
  PanelSplits splits;
  drag_split(splits, Pane::jobs, 200);
  drag_split(splits, Pane::jobs, 10);
  reset_split(splits, Pane::jobs);
  EXPECT_FLOAT_EQ(splits.jobs_height, PanelSplits().jobs_height);
  EXPECT_FALSE(splits.jobs_folded);
}

TEST(PanelLayout, survives_splits_that_make_no_sense) {
  const PanelSplits wild{9000, 9000, 9000, 9000};
  const PanelLayout layout = lay_out_panel(1440, 900, 1, wild);
  expect_inside(layout, 1440, 900);
  EXPECT_GT(layout.viewer.width, 400);
}

TEST(ContactSheetViewLayout, leaves_no_strip_empty_beside_its_columns) {
  const ContactColumns filled = fill_with_columns(1000, 168, 10);
  EXPECT_EQ(filled.columns, 5);
  const float width = 10 + static_cast<float>(filled.columns) * (filled.tile + 10);
  EXPECT_LE(width, 1000);
  EXPECT_GT(width, 1000 - static_cast<float>(filled.columns));
}

TEST(ContactSheetViewLayout, shows_one_column_where_not_even_that_has_room) {
  EXPECT_EQ(fill_with_columns(100, 168, 10).columns, 1);
  EXPECT_EQ(fill_with_columns(100, 168, 10).tile, 168);
}

}  // namespace
}  // namespace castboard
