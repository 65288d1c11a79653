#include "selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SelectKeys kCtrl{.ctrl = true};
constexpr SelectKeys kShift{.shift = true};
constexpr SelectKeys kBoth{.ctrl = true, .shift = true};

const std::vector<std::string> kOrder{"a", "b", "c", "d", "e", "f"};

TEST(Selection, a_plain_click_chooses_one_and_lets_the_others_go) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("d", kOrder);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("d"));
  EXPECT_EQ(selection.anchor(), "d");
}

TEST(Selection, ctrl_adds_and_takes_away) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("e", kOrder, kCtrl);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("b", "e"));
  selection.choose("b", kOrder, kCtrl);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("e"));
  selection.choose("e", kOrder, kCtrl);
  EXPECT_TRUE(selection.empty());
}

TEST(Selection, shift_chooses_from_the_anchor_to_here_in_both_directions) {
  Selection selection;
  selection.choose("c", kOrder);
  selection.choose("e", kOrder, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("c", "d", "e"));
  selection.choose("a", kOrder, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("a", "b", "c")) << "the anchor stayed";
}

TEST(Selection, ctrl_and_shift_add_a_range_to_what_is_chosen) {
  Selection selection;
  selection.choose("a", kOrder);
  selection.choose("d", kOrder, kCtrl);
  selection.choose("f", kOrder, kBoth);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("a", "d", "e", "f"));
}

TEST(Selection, ranges_follow_the_order_on_screen) {
  const std::vector<std::string> resorted{"f", "b", "a", "e", "d", "c"};
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("e", resorted, kShift);
  EXPECT_THAT(selection.in_order(resorted), ElementsAre("b", "a", "e"));
}

TEST(Selection, shift_without_an_anchor_on_screen_chooses_one) {
  Selection selection;
  selection.choose("c", kOrder, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("c"));
  const std::vector<std::string> filtered{"a", "e", "f"};
  selection.choose("e", filtered, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("e"));
  selection.choose("f", filtered, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("e", "f"));
}

TEST(Selection, chooses_all_and_none) {
  Selection selection;
  selection.choose("c", kOrder);
  selection.choose_all(kOrder);
  EXPECT_EQ(selection.size(), kOrder.size());
  EXPECT_EQ(selection.anchor(), "c");
  selection.clear();
  EXPECT_TRUE(selection.empty());
  EXPECT_THAT(selection.in_order(kOrder), IsEmpty());
}

TEST(Selection, survives_a_reload_without_what_is_gone) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("d", kOrder, kShift);
  const std::vector<std::string> reloaded{"f", "e", "d", "b", "a"};
  EXPECT_TRUE(selection.keep(reloaded));
  EXPECT_THAT(selection.in_order(reloaded), ElementsAre("d", "b"));
  EXPECT_EQ(selection.anchor(), "b");
  EXPECT_FALSE(selection.keep(reloaded)) << "nothing more to forget";
  selection.keep(std::vector<std::string>{"d"});
  EXPECT_EQ(selection.anchor(), "");
}

TEST(Selection, keeps_what_a_filter_hides) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("d", kOrder, kCtrl);
  EXPECT_THAT(selection.in_order(std::vector<std::string>{"c", "d"}), ElementsAre("d"));
  EXPECT_EQ(selection.size(), 2U);
}

TEST(Selection, a_context_menu_on_a_chosen_item_is_about_all_of_them) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("c", kOrder, kShift);
  selection.choose_unless_chosen("c");
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("b", "c"));
  selection.choose_unless_chosen("e");
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("e"));
}

TEST(Selection, ignores_what_is_not_in_the_list) {
  Selection selection;
  selection.choose("b", kOrder);
  selection.choose("gone", kOrder);
  selection.choose("gone", kOrder, kShift);
  EXPECT_THAT(selection.in_order(kOrder), ElementsAre("b"));
}

TEST(Selection, has_another_revision_after_every_change_and_the_same_without_one) {
  Selection selection;
  std::uint64_t before = selection.revision();
  const auto changed = [&] { return std::exchange(before, selection.revision()) != before; };
  selection.choose("b", kOrder);
  EXPECT_TRUE(changed());
  selection.choose("d", kOrder, kCtrl);
  EXPECT_TRUE(changed());
  selection.choose("f", kOrder, kShift);
  EXPECT_TRUE(changed());
  selection.choose_all(kOrder);
  EXPECT_TRUE(changed());
  selection.choose_unless_chosen("a");
  selection.choose("not there", kOrder);
  EXPECT_FALSE(changed());
  EXPECT_TRUE(selection.keep(std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(changed());
  selection.clear();
  EXPECT_TRUE(changed());
}

}  // namespace
}  // namespace castboard
