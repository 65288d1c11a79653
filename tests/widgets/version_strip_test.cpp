#include "version_strip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "castboard/drag_drop.h"
#include "support/imgui_harness.h"

namespace castboard {
namespace {

using ::testing::ElementsAre;
using What = VersionRequest::What;

constexpr int kMany = 5000;

// A strip of 5,000 versions, every other one a sheet, in a window as a host would have it. What the
// strip answers is used as the panel uses it.
class VersionStripTest : public ::testing::Test {
 protected:
  VersionStripTest() {
    auto all = std::make_shared<VersionList>();
    for (int number = 1; number <= kMany; ++number) all->versions.push_back(version(number));
    list = all;
    Template portrait;
    portrait.key = "portrait";
    portrait.title = portrait.short_title = "Portrait";
    Template sheet;
    sheet.key = "expression_sheet";
    sheet.title = "Expression Sheet";
    sheet.short_title = "Sheet";
    catalogue.templates = {portrait, sheet};
    catalogue.styles = {{"anime", "Anime", "", 0}, {"noir", "Noir", "", 1}};
    viewed = id(1);
    gui.draw = [this] { draw(); };
  }

  static VersionId id(int number) { return "id" + std::to_string(number); }

  static Version version(int number) {
    Version v;
    v.id = id(number);
    v.version_number = number;
    v.version_name = "Portrait";
    v.viewed = true;
    v.template_type = number % 2 == 0 ? "expression_sheet" : "portrait";
    v.art_style = number % 5 == 0 ? "noir" : "anime";
    v.thumbnail_url = "thumbs/" + v.id;
    if (number % 2 == 0) {
      v.cells.resize(kCellsPerSheet);
      for (int cell = 1; cell <= kCellsPerSheet; ++cell) {
        v.cells[static_cast<std::size_t>(cell - 1)].number = cell;
        v.cells[static_cast<std::size_t>(cell - 1)].image_url =
            "cells/" + v.id + "_" + std::to_string(cell);
      }
    }
    if (number % 50 == 0) v.status = Status::approved;
    if (number == 7) v.parent_ids = {id(3)};
    return v;
  }

  // Changes one version, as a reload of the list would.
  Version& changed(int number) {
    auto copy = std::make_shared<VersionList>(*list);
    list = copy;
    return copy->versions[static_cast<std::size_t>(number - 1)];
  }

  void draw() {
    order.update(list, &catalogue, filter, grouping);
    lineage.update(list);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({width, 180});
    ImGui::Begin("Host");
    const Look look = make_look({});
    asked.clear();
    std::vector<VersionId> targets = selection.in_order(order.shown().ids);
    if (targets.size() < 2) targets = {viewed};
    const VersionStripInput input{.look = look,
                                  .keymap = keymap,
                                  .versions = list->versions,
                                  .shown = order.shown(),
                                  .choices = order.choices(),
                                  .filter = filter,
                                  .grouping = grouping,
                                  .chosen = selection,
                                  .targets = targets,
                                  .lineage = lineage,
                                  .in_trash = in_trash,
                                  .viewed = viewed,
                                  .cell = cell,
                                  .thumbnail =
                                      [this](const std::string& url, int) {
                                        asked.insert(url);
                                        return Thumbnail{};
                                      },
                                  .find = [this](const VersionId& wanted) { return find(wanted); },
                                  .menu =
                                      [this](const Version& v) {
                                        return version_menu(v, VersionMenuInput{.keymap = keymap});
                                      }};
    result = version_strip("strip", input, state);
    if (result.bar.filter) filter = *result.bar.filter;
    if (result.grouping) grouping = *result.grouping;
    if (result.bar.trash) in_trash = *result.bar.trash;
    if (result.bar.jump) jumped = *result.bar.jump;
    if (!result.choose.empty()) {
      selection.choose(result.choose, order.shown().ids, result.keys);
      if (!result.keys.ctrl && !result.keys.shift) viewed = result.choose;
    }
    if (result.bar.clear_chosen) selection.choose_only(viewed);
    if (result.request) request = result.request;
    ImGui::End();
    if (drop_target) {
      ImGui::SetNextWindowPos({0, 300});
      ImGui::SetNextWindowSize({400, 200});
      ImGui::Begin("Form");
      ImGui::Button("Drop here", {200, 80});
      if (ImGui::BeginDragDropTarget()) {
        if (const auto version = accept_version()) dropped = version->version;
        ImGui::EndDragDropTarget();
      }
      ImGui::End();
    }
  }

  const Version* find(const VersionId& wanted) const {
    const auto found = std::find_if(list->versions.begin(), list->versions.end(),
                                    [&](const Version& v) { return v.id == wanted; });
    return found == list->versions.end() ? nullptr : &*found;
  }

  void click_holding(const std::string& label, ImGuiKey modifier) {
    ImGui::GetIO().AddKeyEvent(modifier, true);
    gui.click(label);
    ImGui::GetIO().AddKeyEvent(modifier, false);
    gui.frame();
  }

  ImGuiHarness gui{{1440, 900}};
  float width = 900;
  Catalogue catalogue;
  VersionListPtr list;
  VersionOrder order;
  VersionFilter filter;
  VersionGrouping grouping;
  VersionLineage lineage;
  Selection selection;
  Keymap keymap;
  VersionId viewed;
  int cell = 0;
  bool in_trash = false;
  bool drop_target = false;
  VersionStripState state;
  VersionStripResult result;
  VersionRequest request;
  int jumped = 0;
  std::string dropped;
  std::set<std::string> asked;
};

TEST_F(VersionStripTest, submits_few_of_5000_and_asks_for_their_pictures_only) {
  gui.frames(3);
  EXPECT_GT(result.submitted, 5);
  EXPECT_LT(result.submitted, 20);
  EXPECT_LT(gui.item_count(), 60U);
  EXPECT_LT(asked.size(), 20U);
  const std::uint64_t revision = order.shown().revision;
  gui.frames(3);
  EXPECT_EQ(order.shown().revision, revision) << "the filter is not worked out every frame";
}

TEST_F(VersionStripTest, shows_the_filling_cell_of_every_sheet) {
  gui.frames(3);
  EXPECT_TRUE(asked.contains("thumbs/id2"));
  cell = 5;
  gui.frames(1);
  EXPECT_TRUE(asked.contains("cells/id2_5"));
  EXPECT_TRUE(asked.contains("cells/id4_5"));
  EXPECT_FALSE(asked.contains("thumbs/id2"));
  EXPECT_TRUE(asked.contains("thumbs/id3")) << "a single picture has no cells";
}

TEST_F(VersionStripTest, brings_the_viewed_one_into_view_and_no_more) {
  gui.frames(2);
  EXPECT_FALSE(gui.has("v4321"));
  viewed = id(4321);
  gui.frames(3);
  EXPECT_TRUE(gui.has("v4321"));
  const float at = gui.item("v4321").min.x;
  viewed = id(4320);
  gui.frames(3);
  EXPECT_EQ(gui.item("v4321").min.x, at) << "it was in sight already";
}

TEST_F(VersionStripTest, filters_by_the_chips_and_says_n_of_m) {
  gui.frames(2);
  gui.click("###chip_sheets");
  EXPECT_TRUE(filter.sheets_only);
  gui.frames(2);
  EXPECT_FALSE(gui.has("v001"));
  EXPECT_TRUE(gui.has("v002"));
  gui.click("###chip_approved");
  gui.frames(2);
  EXPECT_EQ(order.shown().ids.size(), 100U);
  EXPECT_EQ(filter.statuses, std::set<Status>{Status::approved});
  gui.click("###clear_filter");
  EXPECT_FALSE(filter.on());
  gui.frames(2);
  EXPECT_FALSE(gui.has("###clear_filter")) << "there is nothing to clear";
}

TEST_F(VersionStripTest, filters_by_your_stars) {
  changed(3).starred = true;
  gui.frames(2);
  gui.click("###filter_star");
  gui.frames(2);
  EXPECT_THAT(order.shown().ids, ElementsAre("id3"));
}

TEST_F(VersionStripTest, has_every_condition_in_the_menu_and_keeps_it_open) {
  gui.frames(2);
  gui.click("###filter_menu");
  gui.frames(2);
  gui.click("###style_noir");
  EXPECT_EQ(filter.styles, std::set<std::string>{"noir"});
  gui.click("###template_expression_sheet");
  EXPECT_EQ(order.update(list, &catalogue, filter, grouping).ids.size(), 500U);
  gui.click("###status_approved");
  EXPECT_EQ(filter.conditions(), 3);
  gui.click("###clear_all");
  EXPECT_FALSE(filter.on());
  gui.click("###group");
  EXPECT_TRUE(grouping.by_template);
}

TEST_F(VersionStripTest, finds_by_text_as_it_is_typed) {
  changed(4242).additional_description = "in battle armor";
  gui.frames(2);
  gui.click("##find_version");
  gui.type("Battle");
  gui.frames(2);
  EXPECT_THAT(order.shown().ids, ElementsAre("id4242"));
  EXPECT_TRUE(result.bar.text_active) << "the panel's keys rest";
}

TEST_F(VersionStripTest, goes_to_a_number_with_enter) {
  state.bar.focus_text.ask();
  gui.frames(2);
  gui.type("v0123");
  gui.press(ImGuiKey_Enter);
  EXPECT_EQ(jumped, 123);
  gui.frames(2);
  EXPECT_FALSE(filter.on()) << "the number is no filter any more";
  EXPECT_EQ(order.shown().ids.size(), static_cast<std::size_t>(kMany));
}

TEST_F(VersionStripTest, chooses_several_with_ctrl_and_shift) {
  gui.frames(2);
  gui.click("v002");
  EXPECT_EQ(viewed, id(2));
  click_holding("v004", ImGuiMod_Ctrl);
  EXPECT_THAT(selection.in_order(order.shown().ids), ElementsAre("id2", "id4"));
  EXPECT_EQ(viewed, id(2));
  click_holding("v006", ImGuiMod_Shift);
  EXPECT_THAT(selection.in_order(order.shown().ids), ElementsAre("id4", "id5", "id6"));
  gui.click("###clear_chosen");
  EXPECT_EQ(selection.size(), 1U);
}

TEST_F(VersionStripTest, acts_on_the_chosen_ones_from_the_bar) {
  gui.frames(2);
  gui.click("v002");
  click_holding("v004", ImGuiMod_Ctrl);
  gui.frames(2);
  gui.click("Approved");
  EXPECT_EQ(request.what, What::set_status);
  EXPECT_EQ(request.status, Status::approved);
  EXPECT_THAT(request.ids, ElementsAre("id2", "id4"));
  gui.click("Star");
  EXPECT_EQ(request.what, What::star);
  gui.click("Trash");
  EXPECT_EQ(request.what, What::trash);
  EXPECT_THAT(request.all(), ElementsAre("id2", "id4"));
}

TEST_F(VersionStripTest, has_one_menu_for_the_chosen_and_another_for_one) {
  gui.frames(2);
  gui.click("v002");
  click_holding("v004", ImGuiMod_Ctrl);
  gui.right_click("v004");
  gui.click("Copy ids");
  EXPECT_EQ(request.what, What::copy_id);
  EXPECT_THAT(request.all(), ElementsAre("id2", "id4"));
  gui.right_click("v003");
  gui.click("Copy id");
  EXPECT_THAT(request.all(), ElementsAre("id3")) << "one that is not chosen";
}

TEST_F(VersionStripTest, leads_from_a_version_to_what_it_was_made_from) {
  gui.frames(2);
  ASSERT_EQ(gui.items("###from").size(), 1U) << "v007 alone was made from another one";
  gui.click("###from");
  EXPECT_EQ(request.what, What::go_to);
  EXPECT_EQ(request.id, id(3));
  EXPECT_EQ(viewed, id(1)) << "the badge, not the item under it";
}

TEST_F(VersionStripTest, keeps_what_is_viewed_where_it_is_when_others_go) {
  viewed = id(2500);
  gui.frames(4);
  const float at = gui.item("v2500").min.x;
  auto fewer = std::make_shared<VersionList>(*list);
  fewer->versions.erase(fewer->versions.begin() + 100, fewer->versions.begin() + 200);
  list = fewer;
  gui.frames(3);
  EXPECT_NEAR(gui.item("v2500").min.x, at, 1);
  filter.sheets_only = true;
  gui.frames(3);
  EXPECT_NEAR(gui.item("v2500").min.x, at, 1) << "the filter moves the others, not this one";
}

TEST_F(VersionStripTest, keeps_its_place_when_the_viewed_one_goes) {
  viewed = id(2500);
  gui.frames(4);
  const float at = gui.item("v2500").min.x;
  auto fewer = std::make_shared<VersionList>(*list);
  fewer->versions.erase(fewer->versions.begin() + 2499);
  list = fewer;
  viewed = id(2501);
  gui.frames(3);
  EXPECT_NEAR(gui.item("v2501").min.x, at, 1) << "the next one is where it was";
}

TEST_F(VersionStripTest, groups_by_template_and_folds) {
  grouping.by_template = true;
  gui.frames(3);
  EXPECT_TRUE(gui.has("###section_portrait"));
  EXPECT_FALSE(gui.has("###section_expression_sheet")) << "2,500 portraits further";
  gui.click("###section_portrait");
  EXPECT_EQ(grouping.folded, std::set<std::string>{"portrait"});
  gui.frames(3);
  EXPECT_TRUE(gui.has("v002"));
  EXPECT_FALSE(gui.has("v001"));
  EXPECT_LT(result.submitted, 20);
}

TEST_F(VersionStripTest, drags_a_version_by_its_id) {
  drop_target = true;
  gui.frames(3);
  const ImVec2 from = gui.item("v003").centre();
  ImGuiIO& io = ImGui::GetIO();
  gui.move_to(from);
  io.AddMouseButtonEvent(0, true);
  gui.frames(2);
  gui.move_to({from.x + 30, from.y + 30});
  gui.move_to(gui.item("Drop here").centre());
  gui.frames(2);
  io.AddMouseButtonEvent(0, false);
  gui.frames(2);
  EXPECT_EQ(dropped, id(3));
  EXPECT_STREQ(kVersionPayload, "castboard.version.v1");
  EXPECT_EQ(viewed, id(1)) << "a drag is no click";
}

TEST_F(VersionStripTest, offers_restore_and_purge_in_the_trash) {
  for (const int number : {2, 3}) changed(number).deleted_at = "2026-01-31T12:00:00.000Z";
  gui.frames(2);
  gui.click("###show_trash");
  EXPECT_TRUE(in_trash);
  gui.click("v002");
  click_holding("v003", ImGuiMod_Ctrl);
  gui.frames(2);
  gui.click("Restore");
  EXPECT_EQ(request.what, What::restore);
  EXPECT_THAT(request.all(), ElementsAre("id2", "id3"));
  gui.click("Purge...");
  EXPECT_EQ(request.what, What::purge);
  EXPECT_FALSE(gui.has("Approved"));
}

TEST_F(VersionStripTest, keeps_filter_and_actions_within_reach_where_it_is_narrow) {
  for (const float narrow : {420.0F, 300.0F, 180.0F}) {
    width = narrow;
    gui.frames(3);
    EXPECT_LE(gui.item("###filter_menu").max.x, narrow);
    EXPECT_LE(gui.item("###show_trash").max.x, narrow);
  }
  width = 300;
  gui.frames(2);
  gui.click("v001");
  click_holding("v002", ImGuiMod_Ctrl);
  gui.frames(2);
  gui.click("###actions");
  gui.frames(2);
  gui.click("Trash");
  EXPECT_EQ(request.what, What::trash);
}

}  // namespace
}  // namespace castboard
