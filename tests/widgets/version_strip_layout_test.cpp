#include "version_strip_layout.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace castboard {
namespace {

TEST(VersionStripLayout, sets_groups_apart_with_a_heading_before_each) {
  const StripLayout layout = lay_out_strip(110, 1);
  const StripRuns runs = lay_out_runs(layout, {{0, 3, true}, {3, 0, true}, {3, 2, true}}, 1);
  ASSERT_EQ(runs.runs.size(), 3U);
  EXPECT_FLOAT_EQ(runs.runs[0].items_x, runs.heading_width + layout.spacing);
  EXPECT_GT(runs.runs[1].heading_x, runs.runs[0].end + layout.spacing);
  EXPECT_FLOAT_EQ(runs.runs[1].end, runs.runs[1].heading_x + runs.heading_width) << "folded";
  EXPECT_FLOAT_EQ(item_x(layout, runs, 3), runs.runs[2].items_x);
  EXPECT_FLOAT_EQ(item_x(layout, runs, 4), runs.runs[2].items_x + layout.step());
  EXPECT_LT(item_x(layout, runs, 5), 0) << "there is none";
  EXPECT_FLOAT_EQ(runs.width, runs.runs[2].end);
}

TEST(VersionStripLayout, submits_of_each_group_only_what_is_in_sight) {
  const StripLayout layout = lay_out_strip(110, 1);
  const StripRuns runs = lay_out_runs(layout, {{0, 2000, true}, {2000, 3000, true}}, 1);
  const float at = item_x(layout, runs, 2000) - 300;
  const StripRange first = visible_of_run(layout, runs.runs[0], at, 740);
  const StripRange second = visible_of_run(layout, runs.runs[1], at, 740);
  EXPECT_EQ(first.last, 2000);
  EXPECT_LE(first.last - first.first, 4);
  EXPECT_EQ(second.first, 2000);
  EXPECT_LE(second.last - second.first, 6);
  EXPECT_GE(item_x(layout, runs, second.last), at + 740 - layout.step());
  const StripRange before = visible_of_run(layout, runs.runs[1], 0, 740);
  EXPECT_EQ(before.first, before.last) << "a group to the right of what is seen";
}

TEST(VersionStripLayout, moves_the_scroll_no_further_than_it_must) {
  const StripLayout layout = lay_out_strip(110, 1);
  EXPECT_FLOAT_EQ(scroll_to_place(layout, 500, 300, 740), 300) << "in sight already";
  EXPECT_LT(scroll_to_place(layout, 200, 300, 740), 200);
  EXPECT_FLOAT_EQ(scroll_to_place(layout, 0, 300, 740), 0);
  EXPECT_GT(scroll_to_place(layout, 2000, 300, 740), 2000 - 740);
}

TEST(FilterBarLayout, leaves_out_first_what_the_menu_has_too) {
  FilterBarWidths widths{60, 90, 90, 80, 32, 60, 0, 32};
  const FilterBarLayout wide = lay_out_filter_bar(740, widths, 7, 1);
  EXPECT_TRUE(wide.sheets && wide.approved && wide.star && wide.title && wide.count);
  EXPECT_GE(wide.text, 92);
  const FilterBarLayout narrow = lay_out_filter_bar(406, widths, 7, 1);
  EXPECT_FALSE(narrow.sheets);
  EXPECT_TRUE(narrow.title && narrow.count);
  EXPECT_GE(narrow.text, 92) << "finding is more than a shortcut";
  const FilterBarLayout tiny = lay_out_filter_bar(90, widths, 7, 1);
  EXPECT_FALSE(tiny.title || tiny.count || tiny.star);
  EXPECT_FLOAT_EQ(tiny.text, 0);
}

TEST(FilterBarLayout, never_takes_more_than_there_is) {
  for (float scale : {0.75F, 1.0F, 1.5F, 2.0F}) {
    for (float room = 120; room < 1200; room += 17) {
      const FilterBarWidths w{60 * scale, 90 * scale, 90 * scale, 80 * scale,
                              32 * scale, 60 * scale, 32 * scale, 32 * scale};
      const float gap = 7 * scale;
      const FilterBarLayout out = lay_out_filter_bar(room * scale, w, gap, scale);
      float taken = w.menu + gap + w.clear + gap + w.trash;
      if (out.text > 0) taken += out.text + gap;
      if (out.title) taken += w.title + gap;
      if (out.count) taken += w.count + gap;
      if (out.sheets) taken += w.sheets + gap;
      if (out.approved) taken += w.approved + gap;
      if (out.star) taken += w.star + gap;
      EXPECT_LE(taken, std::max(room * scale, w.menu + w.clear + w.trash + 2 * gap) + 0.5F) << room;
    }
  }
}

}  // namespace
}  // namespace castboard
