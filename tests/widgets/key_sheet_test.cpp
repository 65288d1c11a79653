#include "key_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/imgui_harness.h"

// The list of keys by its labels: what a click and the next keys change, and what is said of keys
// that two actions share.
namespace castboard {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

class KeySheetTest : public ::testing::Test {
 protected:
  KeySheetTest() {
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({1200, 3000});
      ImGui::Begin("Keys");
      const KeySheetResult done = key_sheet("keys", keymap, state, make_look({}));
      changed |= done.changed;
      closed |= done.close;
      ImGui::End();
    };
    gui.frames(3);
  }

  void click(const std::string& label) {
    gui.click(label);
    gui.frames(2);
  }

  ImGuiHarness gui{{1200, 3000}};
  Keymap keymap;
  KeySheetState state;
  bool changed = false;
  bool closed = false;
};

TEST_F(KeySheetTest, gives_an_action_the_keys_that_are_pressed_after_a_click) {
  click("###key_flipbook");
  EXPECT_FALSE(changed) << "it only asks yet";
  gui.press(ImGuiMod_Ctrl | ImGuiKey_K);
  EXPECT_TRUE(changed);
  EXPECT_EQ(keymap.chord(Action::flipbook), (Chord{.key = ImGuiKey_K, .ctrl = true}));
  EXPECT_FALSE(keymap.is_default(Action::flipbook));
  EXPECT_FALSE(state.asking);
}

TEST_F(KeySheetTest, keeps_what_it_was_with_escape_and_takes_it_away_with_backspace) {
  const Chord before = keymap.chord(Action::star);
  click("###key_star");
  gui.press(ImGuiKey_Escape);
  EXPECT_EQ(keymap.chord(Action::star), before);
  EXPECT_FALSE(closed) << "the list stays";
  click("###key_star");
  gui.press(ImGuiKey_Backspace);
  EXPECT_EQ(keymap.chord(Action::star), Chord{});
  gui.press(ImGuiKey_Escape);
  EXPECT_TRUE(closed);
}

TEST_F(KeySheetTest, lets_two_actions_share_keys_and_says_so) {
  EXPECT_THAT(keymap.conflicts(Action::fit), IsEmpty());
  click("###key_fit");
  gui.press(ImGuiKey_I);
  EXPECT_THAT(keymap.conflicts(Action::fit), Contains(Action::details));
  EXPECT_THAT(keymap.conflicts(Action::details), Contains(Action::fit));
}

TEST_F(KeySheetTest, gives_one_back_by_its_menu_and_all_by_the_button) {
  for (const char* label : {"###key_fit", "###key_star"}) {
    click(label);
    gui.press(ImGuiKey_F9);
  }
  gui.right_click("###key_fit");
  gui.frames(2);
  click("###reset_key");
  EXPECT_TRUE(keymap.is_default(Action::fit));
  EXPECT_FALSE(keymap.is_default(Action::star));
  click("Reset all");
  EXPECT_TRUE(keymap.is_default(Action::star));
}

TEST_F(KeySheetTest, finds_by_action_and_by_key) {
  state.search = "flipbook";
  gui.frames(2);
  EXPECT_TRUE(gui.has("###key_flipbook"));
  EXPECT_FALSE(gui.has("###key_star"));
  state.search = "F6";
  gui.frames(2);
  EXPECT_TRUE(gui.has("###key_compare_wipe"));
  EXPECT_FALSE(gui.has("###key_flipbook"));
}

}  // namespace
}  // namespace castboard
