#include "keymap.h"

#include <gtest/gtest.h>

#include <string>

namespace castboard {
namespace {

using testing::Test;

// A Dear ImGui that gets keys and draws nothing.
class KeymapTest : public Test {
 protected:
  KeymapTest() : context_(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {100, 100};
    io.Fonts->Build();
    frame();
  }
  ~KeymapTest() override { ImGui::DestroyContext(context_); }

  void frame() {
    if (in_frame_) ImGui::EndFrame();
    ImGui::NewFrame();
    in_frame_ = true;
  }
  void hold(ImGuiKey key, bool down = true) { ImGui::GetIO().AddKeyEvent(key, down); }

  Keymap keymap_;

 private:
  ImGuiContext* context_;
  bool in_frame_ = false;
};

TEST_F(KeymapTest, every_action_has_a_name_a_title_and_a_group) {
  for (std::size_t i = 0; i < kActionCount; ++i) {
    const auto action = static_cast<Action>(i);
    EXPECT_FALSE(action_name(action).empty());
    EXPECT_STRNE(action_title(action), "?") << action_name(action);
  }
}

TEST_F(KeymapTest, no_two_actions_share_their_first_keys) {
  for (std::size_t i = 0; i < kActionCount; ++i) {
    EXPECT_TRUE(keymap_.conflicts(static_cast<Action>(i)).empty())
        << action_name(static_cast<Action>(i));
  }
}

TEST_F(KeymapTest, writes_and_reads_every_chord) {
  for (std::size_t i = 0; i < kActionCount; ++i) {
    const Chord& chord = Keymap::default_chord(static_cast<Action>(i));
    const auto read = parse_chord(to_string(chord));
    ASSERT_TRUE(read) << to_string(chord);
    EXPECT_EQ(*read, chord) << to_string(chord);
  }
  EXPECT_EQ(to_string({.key = ImGuiKey_X, .ctrl = true, .shift = true}), "Ctrl+Shift+X");
  EXPECT_FALSE(parse_chord("Ctrl+Nonsense"));
}

TEST_F(KeymapTest, wants_exactly_the_modifiers_of_the_chord) {
  hold(ImGuiKey_F);
  frame();
  EXPECT_TRUE(keymap_.pressed(Action::fit));
  EXPECT_FALSE(keymap_.pressed(Action::find));
  hold(ImGuiKey_F, false);
  frame();
  hold(ImGuiKey_LeftCtrl);
  hold(ImGuiMod_Ctrl);
  hold(ImGuiKey_F);
  frame();
  EXPECT_FALSE(keymap_.pressed(Action::fit));
  EXPECT_TRUE(keymap_.pressed(Action::find));
}

TEST_F(KeymapTest, takes_digits_and_enter_of_the_keypad) {
  hold(ImGuiKey_Keypad5);
  hold(ImGuiKey_KeypadEnter);
  frame();
  EXPECT_TRUE(keymap_.pressed(Action::cell_5));
  EXPECT_TRUE(keymap_.pressed(Action::toggle_single));
}

TEST_F(KeymapTest, knows_a_modifier_that_is_held_alone) {
  EXPECT_FALSE(keymap_.held(Action::compare_hold));
  hold(ImGuiMod_Shift);
  frame();
  EXPECT_TRUE(keymap_.held(Action::compare_hold));
}

TEST_F(KeymapTest, keeps_changed_keys_and_nothing_else) {
  EXPECT_EQ(keymap_.save(), "");
  keymap_.set(Action::flipbook, {.key = ImGuiKey_B, .alt = true});
  keymap_.set(Action::star, {});
  EXPECT_EQ(keymap_.save(), "key.flipbook=Alt+B\nkey.star=\n");
  Keymap other;
  other.restore("key.flipbook=Alt+B");
  other.restore("key.star=");
  other.restore("key.fit=Ctrl+Nonsense");
  other.restore("split.cast_width=300");
  EXPECT_EQ(other.save(), keymap_.save());
  EXPECT_STREQ(other.key_text(Action::star), "");
  EXPECT_TRUE(other.is_default(Action::fit));
}

TEST_F(KeymapTest, tells_which_actions_would_share_keys) {
  keymap_.set(Action::flipbook, {.key = ImGuiKey_F});
  EXPECT_EQ(keymap_.conflicts(Action::flipbook), std::vector{Action::fit});
  EXPECT_EQ(keymap_.conflicts(Action::fit), std::vector{Action::flipbook});
}

TEST_F(KeymapTest, shows_the_list_for_a_question_mark_on_any_keyboard) {
  ImGui::GetIO().AddInputCharacter('?');
  frame();
  EXPECT_TRUE(keymap_.pressed(Action::help));
}

}  // namespace
}  // namespace castboard
