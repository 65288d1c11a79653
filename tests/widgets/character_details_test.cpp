#include "character_details.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"

// Description and traits in place: kept when the field is left, given up with Esc, never taken away
// while somebody types.
namespace castboard {
namespace {

class CharacterDetailsTest : public ::testing::Test {
 protected:
  CharacterDetailsTest() {
    mira.id = "mira";
    mira.project_id = "north";
    mira.name = "Mira Voss";
    mira.description = "Captain";
    mira.traits = {{"hair", "navy"}};
    state.open = true;
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({340, 400});
      ImGui::Begin("Host");
      const Look look = make_look({});
      const CharacterDetailsResult done =
          character_details("character", look, shown, error ? &*error : nullptr, state);
      text_active = done.text_active;
      if (!done.save.empty()) {
        ++saves;
        saved = done;
      }
      // Something else to have the keyboard.
      ImGui::Button("Elsewhere");
      ImGui::End();
    };
    gui.frames(3);
  }

  ImGuiHarness gui;
  Character mira;
  const Character* shown = &mira;
  std::optional<Error> error;
  CharacterDetailsState state;
  CharacterDetailsResult saved;
  bool text_active = false;
  int saves = 0;
};

TEST_F(CharacterDetailsTest, keeps_a_description_when_its_field_is_left) {
  gui.click("###description");
  EXPECT_TRUE(text_active);
  gui.press(ImGuiMod_Ctrl | ImGuiKey_End);
  gui.type(" of the north");
  EXPECT_EQ(saves, 0) << "not while it is typed";
  gui.click("Elsewhere");
  gui.frames(2);
  EXPECT_EQ(saves, 1);
  EXPECT_EQ(saved.save, "mira");
  EXPECT_EQ(saved.draft.description, "Captain of the north");
  EXPECT_EQ(saved.draft.name, "Mira Voss");
  EXPECT_EQ(saved.draft.traits, mira.traits);
}

TEST_F(CharacterDetailsTest, keeps_nothing_that_was_not_changed) {
  gui.click("###description");
  gui.click("Elsewhere");
  gui.frames(2);
  EXPECT_EQ(saves, 0);
}

TEST_F(CharacterDetailsTest, gives_up_with_escape) {
  gui.click("###description");
  gui.type("x");
  gui.press(ImGuiKey_Escape);
  gui.frames(3);
  EXPECT_EQ(saves, 0);
  EXPECT_EQ(state.draft.description, "Captain");
}

TEST_F(CharacterDetailsTest, adds_and_removes_traits) {
  gui.click("###add_trait");
  gui.frames(2);
  EXPECT_EQ(saves, 0) << "an empty row is no trait";
  ASSERT_EQ(gui.items("###key").size(), 2U);
  gui.click_at(gui.items("###key").at(1).centre());
  gui.type("age");
  gui.click_at(gui.items("###value").at(1).centre());
  gui.type("young");
  gui.click("Elsewhere");
  gui.frames(2);
  EXPECT_EQ(saved.draft.traits, (std::vector<Trait>{{"hair", "navy"}, {"age", "young"}}));
  mira.traits = saved.draft.traits;
  gui.frames(2);
  gui.click("###remove");
  gui.frames(2);
  EXPECT_EQ(saved.draft.traits, (std::vector<Trait>{{"age", "young"}}));
}

TEST_F(CharacterDetailsTest, asks_for_nothing_while_a_trait_has_no_key) {
  gui.click("###add_trait");
  gui.frames(2);
  gui.click_at(gui.items("###value").at(1).centre());
  gui.type("young");
  gui.click("Elsewhere");
  gui.frames(2);
  EXPECT_EQ(saves, 0);
  EXPECT_EQ(state.draft.traits.size(), 2U) << "what was typed is not lost";
}

TEST_F(CharacterDetailsTest, follows_what_the_library_has_but_not_while_somebody_types) {
  gui.click("###description");
  gui.type("x");
  const std::string typed = state.draft.description;
  mira.description = "Changed elsewhere";
  gui.frames(2);
  EXPECT_EQ(state.draft.description, typed);
  gui.press(ImGuiKey_Escape);
  gui.frames(2);
  EXPECT_EQ(state.draft.description, "Changed elsewhere");
}

TEST_F(CharacterDetailsTest, shows_another_character_s_own_fields) {
  Character kaito;
  kaito.id = "kaito";
  kaito.name = "Kaito";
  kaito.description = "Navigator";
  shown = &kaito;
  gui.frames(2);
  EXPECT_EQ(state.draft.description, "Navigator");
  EXPECT_EQ(saves, 0);
}

TEST_F(CharacterDetailsTest, folds_to_one_line) {
  const Look look = make_look({});
  gui.click("###details");
  gui.frames(2);
  EXPECT_FALSE(state.open);
  EXPECT_FALSE(gui.has("###description"));
  EXPECT_LT(character_details_height(look, state, 800), 60);
}

}  // namespace
}  // namespace castboard
