#include "expression_board.h"

#include <gtest/gtest.h>

#include <map>

#include "support/imgui_harness.h"

namespace castboard {
namespace {

class ExpressionBoardTest : public ::testing::Test {
 protected:
  ExpressionBoardTest() {
    sets = {{"expression_sheet", "Expressions", {{"happy", "Happy"}, {"fear", "Fear"}}},
            {"action_pose", "Action Pose", {{"walking", "Walking"}, {"running", "Running"}}}};
    gaps.poses = {"happy", "fear"};
    rows = {{"mira", 0b10}, {"elin", 0}};
    gaps.rows = rows;
    gaps.missing = 1;
    give("mira", "Mira Voss", {"happy"});
    give("elin", "Elin", {"happy", "fear"});
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      ImGui::Begin("Host");
      const Look look = make_look({});
      const ExpressionBoardInput input{
          .look = look,
          .sets = sets,
          .set = 0,
          .source = PoseSource::production,
          .filter = filter,
          .gaps = &gaps,
          .rows = rows,
          .missing_of_rows = gaps.missing,
          .shown_character = "elin",
          .generate_cost = "1 credit",
          .character = [this](const CharacterId& id) -> const Character* {
            const auto found = characters.find(id);
            return found == characters.end() ? nullptr : &found->second;
          },
          .poses = [this](const CharacterId& id) -> const CharacterPoses* {
            const auto found = poses.find(id);
            return found == poses.end() ? nullptr : &found->second;
          },
          .thumbnail = [](const std::string&, int) { return Thumbnail{}; }};
      ExpressionBoardResult result = expression_board("board", input, state);
      submitted = result.submitted;
      if (result.open) opened = result.open;
      if (result.generate) generated = result.generate;
      if (result.filter) filter = *result.filter;
      generate_missing |= result.generate_missing;
      contact_sheet |= result.contact_sheet_of_all;
      closed |= result.close;
      ImGui::End();
    };
    gui.frames(2);
  }

  void give(const CharacterId& id, const std::string& name, const std::vector<std::string>& has) {
    characters[id].id = id;
    characters[id].name = name;
    poses[id].character_id = id;
    for (const std::string& pose : has) {
      poses[id].pictures.push_back({pose, "images/" + id + pose + ".png", "version of " + id, 3,
                                    "expression_sheet", pose == "happy" ? 1 : 5, Status::none});
    }
  }

  ImGuiHarness gui;
  std::vector<PoseSet> sets;
  PoseGaps gaps;
  std::vector<PoseGaps::Row> rows;
  std::map<CharacterId, Character> characters;
  std::map<CharacterId, CharacterPoses> poses;
  PoseFilter filter;
  ExpressionBoardState state;
  std::optional<BoardCell> opened;
  std::optional<BoardCell> generated;
  bool generate_missing = false;
  bool contact_sheet = false;
  bool closed = false;
  int submitted = 0;
};

TEST_F(ExpressionBoardTest, opens_the_cell_of_its_version) {
  gui.click("Elin, Fear");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->character_id, "elin");
  ASSERT_TRUE(opened->picture);
  EXPECT_EQ(opened->picture->version_id, "version of elin");
  EXPECT_EQ(opened->picture->cell, 5);
}

TEST_F(ExpressionBoardTest, offers_to_make_one_that_is_missing) {
  gui.click("Mira Voss, Fear");
  EXPECT_FALSE(opened);
  ASSERT_TRUE(generated);
  EXPECT_EQ(generated->character_id, "mira");
  EXPECT_EQ(generated->pose, "fear");
}

TEST_F(ExpressionBoardTest, counts_an_omitted_picture_as_missing) {
  poses["elin"].pictures[1].status = Status::omitted;
  gui.click("Elin, Fear");
  EXPECT_FALSE(opened);
  ASSERT_TRUE(generated);
  EXPECT_EQ(generated->character_id, "elin");
}

TEST_F(ExpressionBoardTest, waits_with_a_row_that_is_still_loading) {
  poses.erase("elin");
  gui.click("Elin, Fear");
  EXPECT_FALSE(opened);
  EXPECT_FALSE(generated);
}

TEST_F(ExpressionBoardTest, shows_a_character_by_its_name) {
  gui.click("Elin");
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->pose.empty());
  EXPECT_EQ(opened->character_id, "elin");
}

TEST_F(ExpressionBoardTest, says_what_is_missing_and_what_it_costs_on_the_button) {
  EXPECT_TRUE(gui.has("Generate 1 missing, 1 credit"));
  gui.click("###board_generate");
  EXPECT_TRUE(generate_missing);
  gui.click("###board_contact");
  EXPECT_TRUE(contact_sheet);
  gui.click("###board_back");
  EXPECT_TRUE(closed);
}

TEST_F(ExpressionBoardTest, chooses_who_lacks_a_pose) {
  gui.click("###board_filter");
  gui.frames(2);
  gui.click("Missing: Fear");
  EXPECT_EQ(filter.who, PoseFilter::Who::lacks_pose);
  EXPECT_EQ(filter.pose, "fear");
}

TEST_F(ExpressionBoardTest, is_walked_with_arrows_and_opened_with_enter) {
  state.step_y = 1;
  gui.frame();
  EXPECT_TRUE(state.place_shows);
  EXPECT_EQ(state.place, (BoardPlace{0, 0}));  // the first step shows where it is
  state.step_y = 1;
  gui.frame();
  state.step_x = 1;
  gui.frame();
  EXPECT_EQ(state.place, (BoardPlace{1, 1}));
  state.enter = true;
  gui.frame();
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->character_id, "elin");
  EXPECT_EQ(opened->pose, "fear");
}

TEST_F(ExpressionBoardTest, submits_only_painted_rows_of_ten_thousand) {
  rows.clear();
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = "id" + std::to_string(i);
    rows.push_back({id, 0});
    give(id, "Name of " + id, {"happy", "fear"});
  }
  gui.frames(2);
  EXPECT_GT(submitted, 3);
  EXPECT_LT(submitted, 100);
}

}  // namespace
}  // namespace castboard
