#include "character_grid.h"

#include <gtest/gtest.h>

#include <set>

#include "cast_filter.h"
#include "small_catalogue.h"
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
          .query = query,
          .catalogue = &catalogue,
          .shown = shown,
          .row = [this](const CharacterId& id) { return row(id); },
          .thumbnail = [](const std::string&, int) { return Thumbnail{}; },
          .rename_error = [this](const CharacterId&) { return error ? &*error : nullptr; }};
      result = character_grid("grid", input, state);
      if (!result.show.empty()) shown = result.show;
      if (result.query) query = *result.query;
      if (!result.trash.empty()) trashed = result.trash;
      if (!result.generate.empty()) generated = result.generate;
      if (!result.restore.empty()) restored = result.restore;
      if (result.rename) renamed = result.rename;
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

  // With these keys held, as a user clicks.
  void click_with(ImGuiKey modifier, ImGuiKey key, const std::string& label) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(key, true);
    gui.click(label);
    io.AddKeyEvent(key, false);
    io.AddKeyEvent(modifier, false);
    gui.frames(2);
  }
  void ctrl_click(const std::string& label) { click_with(ImGuiMod_Ctrl, ImGuiKey_LeftCtrl, label); }
  void shift_click(const std::string& label) {
    click_with(ImGuiMod_Shift, ImGuiKey_LeftShift, label);
  }
  void step(const CharacterGridKeys& keys) {
    state.keys = keys;
    gui.frames(2);
  }

  ImGuiHarness gui{{1440, 900}};
  Cast cast;
  CastQuery query;
  Catalogue catalogue = testing::small_catalogue();
  std::optional<Error> error;  // of a new name
  std::vector<CharacterId> trashed;
  std::vector<CharacterId> generated;
  std::vector<CharacterId> restored;
  std::optional<CharacterRename> renamed;
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
  step({.step = {.x = 1}});
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

TEST_F(CharacterGridTest, submits_fewer_than_200_however_small_the_tiles_are) {
  state.tile = kSmallestTile;
  gui.frames(3);
  EXPECT_GT(result.submitted, 60);
  EXPECT_LT(result.submitted, 200);
}

TEST_F(CharacterGridTest, zooms_by_ctrl_and_wheel_and_keeps_its_place) {
  shown = "id5000";
  gui.frames(3);
  const DrawnItem before = gui.item("Name of id5000");
  gui.move_to(before.centre());
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  ImGui::GetIO().AddMouseWheelEvent(0, 1);
  gui.frames(3);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  gui.frames(3);
  const DrawnItem after = gui.item("Name of id5000");
  EXPECT_GT(after.max.x - after.min.x, before.max.x - before.min.x);
  EXPECT_GT(state.tile, kDefaultTile);
}

TEST_F(CharacterGridTest, moves_to_the_ends_and_by_pages) {
  shown = "id3";
  gui.frames(2);
  step({.step = {.end = true}});
  EXPECT_EQ(shown, "id9999");
  gui.frames(2);
  EXPECT_TRUE(gui.has("Name of id9999")) << "it is in view";
  step({.step = {.pages = -1}});
  EXPECT_NE(shown, "id9999");
  step({.step = {.home = true}});
  EXPECT_EQ(shown, "id0");
}

TEST_F(CharacterGridTest, chooses_several_with_ctrl_and_shift_and_keeps_showing_one) {
  gui.frames(2);
  gui.click("Name of id1");
  ctrl_click("Name of id4");
  EXPECT_EQ(state.chosen.size(), 2U);
  shift_click("Name of id6");
  EXPECT_EQ(state.chosen.in_order(cast.ids), (std::vector<CharacterId>{"id4", "id5", "id6"}));
  EXPECT_EQ(shown, "id1");
  gui.click("Name of id2");
  EXPECT_EQ(state.chosen.size(), 1U);
  EXPECT_EQ(shown, "id2");
}

TEST_F(CharacterGridTest, chooses_by_keys_what_lies_between_and_everybody) {
  gui.frames(2);
  gui.click("Name of id2");
  step({.step = {.x = 1}, .extend = true});
  step({.step = {.x = 1}, .extend = true});
  EXPECT_EQ(state.chosen.in_order(cast.ids), (std::vector<CharacterId>{"id2", "id3", "id4"}));
  EXPECT_EQ(shown, "id2");
  step({.choose_all = true});
  EXPECT_EQ(state.chosen.size(), 10'000U);
  EXPECT_LT(result.submitted, 200);
}

TEST_F(CharacterGridTest, offers_what_can_be_done_with_several_in_one_bar) {
  gui.frames(2);
  EXPECT_FALSE(gui.has("###generate_chosen"));
  gui.click("Name of id1");
  ctrl_click("Name of id3");
  gui.click("###generate_chosen");
  EXPECT_EQ(generated, (std::vector<CharacterId>{"id1", "id3"}));
  gui.frames(2);
  gui.click("###trash_chosen");
  EXPECT_EQ(trashed, (std::vector<CharacterId>{"id1", "id3"}));
  gui.frames(2);
  gui.click("###choose_none");
  EXPECT_TRUE(state.chosen.empty());
}

TEST_F(CharacterGridTest, trashes_the_character_the_keyboard_is_at) {
  gui.frames(2);
  gui.click("Name of id7");
  step({.trash = true});
  EXPECT_EQ(trashed, std::vector<CharacterId>{"id7"});
}

TEST_F(CharacterGridTest, its_menu_is_about_all_chosen_ones_or_about_the_one_under_it) {
  gui.frames(2);
  gui.click("Name of id1");
  ctrl_click("Name of id3");
  gui.right_click("Name of id3");
  gui.frames(2);
  gui.click("###trash");
  EXPECT_EQ(trashed, (std::vector<CharacterId>{"id1", "id3"}));
  gui.frames(2);
  gui.right_click("Name of id8");
  gui.frames(2);
  gui.click("###trash");
  EXPECT_EQ(trashed, std::vector<CharacterId>{"id8"});
}

TEST_F(CharacterGridTest, forgets_the_choice_of_who_is_no_longer_found) {
  gui.frames(2);
  gui.click("Name of id1");
  ctrl_click("Name of id3");
  Cast fewer;
  fewer.ids = {"id1", "id2"};
  cast.ids = fewer.ids;
  state.seen = nullptr;  // as if a new answer had come
  gui.frames(2);
  EXPECT_EQ(state.chosen.size(), 1U);
}

TEST_F(CharacterGridTest, filters_and_sorts_from_its_menus) {
  gui.frames(2);
  query.text = "captain";
  gui.click("###filter");
  gui.frames(2);
  gui.click("###filter_approved");
  EXPECT_EQ(query.status, Status::approved);
  EXPECT_EQ(query.text, "captain") << "the search stays";
  gui.frames(2);
  gui.click("###filter");
  gui.frames(2);
  gui.click("###filter_no_picture");
  EXPECT_TRUE(query.without_picture);
  EXPECT_FALSE(query.status) << "one filter at a time";
  gui.frames(2);
  gui.click("###sort");
  gui.frames(2);
  gui.click("###sort_3");
  EXPECT_EQ(query.sort, CastQuery::Sort::missing);
  EXPECT_TRUE(query.without_picture);
}

TEST_F(CharacterGridTest, restores_from_the_trash) {
  query.trashed = true;
  gui.frames(2);
  gui.click("Name of id1");
  ctrl_click("Name of id2");
  EXPECT_FALSE(gui.has("###trash_chosen"));
  gui.click("###restore_chosen");
  EXPECT_EQ(restored, (std::vector<CharacterId>{"id1", "id2"}));
}

TEST_F(CharacterGridTest, renames_on_the_tile_when_the_field_is_left) {
  gui.frames(2);
  gui.click("Name of id4");
  step({.rename = true});
  gui.frames(2);
  gui.type("Mira Voss");
  gui.press(ImGuiKey_Enter);
  gui.frames(2);
  ASSERT_TRUE(renamed);
  EXPECT_EQ(renamed->id, "id4");
  EXPECT_EQ(renamed->name, "Mira Voss");
  EXPECT_FALSE(gui.has("###new_name"));
}

TEST_F(CharacterGridTest, gives_a_new_name_up_with_escape) {
  gui.frames(2);
  gui.click("Name of id4");
  step({.rename = true});
  gui.frames(2);
  gui.type("Mira Voss");
  gui.press(ImGuiKey_Escape);
  gui.frames(2);
  EXPECT_FALSE(renamed);
  EXPECT_FALSE(gui.has("###new_name"));
}

TEST_F(CharacterGridTest, brings_a_refused_name_back_into_its_field) {
  gui.frames(2);
  gui.click("Name of id4");
  step({.rename = true});
  gui.frames(2);
  gui.type("Kaito");
  gui.press(ImGuiKey_Enter);
  gui.frames(2);
  EXPECT_FALSE(gui.has("###new_name"));
  error = Error{ErrorCode::invalid_input, "There is a character named \"Kaito\" already.", {}, {}};
  gui.frames(3);
  EXPECT_TRUE(gui.has("###new_name"));
  EXPECT_EQ(state.rename.name, "Kaito") << "what was typed is not lost";
}

TEST(CastFilter, says_what_is_shown_and_keeps_text_and_order) {
  const Catalogue catalogue = testing::small_catalogue();
  CastQuery query;
  query.project_id = "north";
  query.text = "captain";
  query.sort = CastQuery::Sort::newest;
  EXPECT_EQ(filter_title(query, &catalogue), "All");
  EXPECT_FALSE(is_filtered(query));
  for (const CastQuery& filtered : {with_status(query, Status::omitted), without_picture(query),
                                    lacking(query, "happy"), in_trash(query)}) {
    EXPECT_TRUE(is_filtered(filtered));
    EXPECT_NE(filter_title(filtered, &catalogue), "All");
    EXPECT_EQ(everybody(filtered), query);
  }
  EXPECT_EQ(filter_title(lacking(query, "a_studio_s_own"), nullptr), "Lacks a_studio_s_own");
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
