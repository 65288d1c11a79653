#include "character_grid.h"

#include <gtest/gtest.h>

#include <set>

#include "support/imgui_harness.h"

namespace castboard {
namespace {

class CharacterGridTest : public ::testing::Test {
 protected:
  CharacterGridTest() {
    for (int i = 0; i < 10'000; ++i) cast.ids.push_back("id" + std::to_string(i));
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      ImGui::Begin("Host");
      const Look look = make_look({});
      asked.clear();
      const CharacterGridInput input{
          .look = look,
          .cast = &cast,
          .shown = shown,
          .row = [this](const CharacterId& id) { return row(id); },
          .thumbnail = [](const std::string&, int) { return Thumbnail{}; }};
      result = character_grid("grid", input, state);
      if (!result.show.empty()) shown = result.show;
      ImGui::End();
    };
  }

  const Character* row(const CharacterId& id) {
    asked.insert(id);
    Character& made = rows[id];
    made.id = id;
    made.name = "Name of " + id;
    return &made;
  }

  ImGuiHarness gui{{1440, 900}};
  Cast cast;
  CharacterId shown;
  CharacterGridState state;
  CharacterGridResult result;
  std::set<CharacterId> asked;
  std::map<CharacterId, Character> rows;
};

TEST_F(CharacterGridTest, submits_fewer_than_200_of_10000_characters) {
  gui.frames(3);
  EXPECT_GT(result.submitted, 10);
  EXPECT_LT(result.submitted, 200);
  EXPECT_LT(gui.item_count(), 250U);
  EXPECT_EQ(asked.size(), static_cast<std::size_t>(result.submitted))
      << "rows of painted tiles only";
}

TEST_F(CharacterGridTest, brings_the_shown_character_into_view) {
  gui.frames(2);
  EXPECT_FALSE(asked.contains("id7777"));
  shown = "id7777";
  gui.frames(3);
  EXPECT_TRUE(asked.contains("id7777"));
  EXPECT_LT(result.submitted, 200);
}

TEST_F(CharacterGridTest, shows_what_is_clicked_by_its_name) {
  gui.frames(2);
  gui.click("Name of id3");
  EXPECT_EQ(shown, "id3");
}

TEST_F(CharacterGridTest, moves_by_arrow_keys) {
  shown = "id3";
  gui.frames(2);
  state.step_x = 1;
  gui.frame();
  EXPECT_EQ(shown, "id4");
}

TEST_F(CharacterGridTest, keeps_the_size_of_a_tile_whose_row_is_still_loading) {
  gui.frames(2);
  const DrawnItem loaded = gui.item("Name of id0");
  gui.draw = [this] {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("Host");
    const Look look = make_look({});
    character_grid("grid",
                   {.look = look, .cast = &cast, .row = [](const CharacterId&) { return nullptr; }},
                   state);
    ImGui::End();
  };
  gui.frames(2);
  const DrawnItem waiting = gui.item("id0");
  EXPECT_FLOAT_EQ(waiting.max.x - waiting.min.x, loaded.max.x - loaded.min.x);
  EXPECT_FLOAT_EQ(waiting.max.y - waiting.min.y, loaded.max.y - loaded.min.y);
}

TEST(TilePicture, shows_a_cell_where_the_active_picture_is_a_sheet) {
  Character character;
  EXPECT_EQ(tile_picture(character), "");
  character.image_url = "images/sheet.png";
  character.thumbnail_url = "thumbs/sheet.jpg";
  character.image_poses = {{"happy", "images/1.png"}, {"neutral", "images/7.png"}};
  EXPECT_EQ(tile_picture(character), "images/7.png");
  character.image_poses["headshot"] = "images/sheet.png";
  EXPECT_EQ(tile_picture(character), "thumbs/sheet.jpg") << "a single picture after all";
}

}  // namespace
}  // namespace castboard
