#include "toasts.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"
#include "toasts_layout.h"

// Messages by their labels: what their buttons ask for, and which of them go by themselves.
namespace castboard {
namespace {

class ToastsTest : public ::testing::Test {
 protected:
  ToastsTest() {
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({1000, 700});
      ImGui::Begin("Host");
      const ToastsResult done =
          toasts("toasts", all, state, make_look({}), {960, 660}, room, seconds, true);
      if (done.undo) result.undo = done.undo;
      if (done.undo_toast != 0) result.undo_toast = done.undo_toast;
      if (done.close != 0) result.close = done.close;
      result.close_all |= done.close_all;
      if (!done.show_version.empty()) result.show_version = done.show_version;
      if (!done.show_file.empty()) result.show_file = done.show_file;
      result.next_frame_in = done.next_frame_in;
      ImGui::End();
    };
  }

  Toast& add(const std::string& message) {
    Toast toast;
    toast.id = ++last_id;
    toast.message = message;
    all.push_back(toast);
    return all.back();
  }
  void click(const char* label) {
    gui.frames(3);
    gui.click(label);
    gui.frames(1);
  }

  ImGuiHarness gui{{1000, 700}};
  std::vector<Toast> all;
  ToastsState state;
  ImVec2 room{440, 600};
  double seconds = 0;
  std::uint64_t last_id = 0;
  ToastsResult result;  // everything that was asked for
};

TEST_F(ToastsTest, undoes_what_the_library_did_and_what_it_did_not) {
  add("v003 trashed").undo = Edit{};
  click("Undo");
  EXPECT_TRUE(result.undo);
  EXPECT_EQ(result.close, 1U);
  all.clear();
  add("Settings of v003").take_back = [] {};
  click("Undo");
  EXPECT_EQ(result.undo_toast, 2U);
}

TEST_F(ToastsTest, leads_to_the_version_or_the_file_it_is_about) {
  add("Saved v004").show_version = "four";
  click("Show");
  EXPECT_EQ(result.show_version, "four");
  all.clear();
  add("Saved 9 files").show_file = "/pictures";
  click("Show in folder");
  EXPECT_EQ(result.show_file, "/pictures");
}

TEST_F(ToastsTest, goes_by_itself_unless_it_is_to_stay) {
  add("Saved v004");
  Toast& full = add("The disk is full");
  full.is_error = full.stays = true;
  gui.frames(2);
  EXPECT_GT(result.next_frame_in, 0) << "it asks for the frame in which it goes";
  seconds = 60;
  gui.frames(2);
  seconds = 0;
  gui.frames(1);
  EXPECT_EQ(gui.items("Close").size(), 1U);
  click("Close");
  EXPECT_EQ(result.close, 2U);
}

TEST_F(ToastsTest, shows_the_newest_where_not_all_have_room_and_the_others_on_demand) {
  room.y = 300;
  for (const char* reason : {"one", "two", "three", "four"}) {
    Toast& failed = add(reason);
    failed.is_error = failed.stays = true;
  }
  gui.frames(3);
  EXPECT_EQ(gui.items("Close").size(), 1U);
  EXPECT_TRUE(gui.has("3 more"));
  click("###more_toasts");
  EXPECT_EQ(gui.items("Close").size(), 4U);
  EXPECT_TRUE(gui.has("Show fewer"));
  click("###close_all_toasts");
  EXPECT_TRUE(result.close_all);
  all.resize(1);
  gui.frames(2);
  EXPECT_FALSE(gui.has("###more_toasts"));
  EXPECT_FALSE(state.all_shown);
}

TEST_F(ToastsTest, lets_nothing_go_that_was_not_seen) {
  room.y = 200;
  add("Saved v004");
  Toast& full = add("The disk is full");
  full.is_error = full.stays = true;
  seconds = 60;
  gui.frames(2);
  EXPECT_EQ(all.size(), 2U);
  all.pop_back();
  gui.frames(2);
  EXPECT_TRUE(all.empty()) << "it has been seen now";
}

TEST(ToastsLayout, keeps_room_for_the_line_about_the_others) {
  const std::vector<float> heights{50, 50, 50};
  EXPECT_EQ(toasts_that_fit(heights, 170, 10, 30), 3U);
  EXPECT_EQ(toasts_that_fit(heights, 169, 10, 30), 2U);
  EXPECT_EQ(toasts_that_fit(heights, 149, 10, 30), 1U);
  EXPECT_EQ(toasts_that_fit(heights, 20, 10, 30), 1U) << "the newest always";
  EXPECT_EQ(toasts_that_fit({}, 20, 10, 30), 0U);
}

}  // namespace
}  // namespace castboard
