#include "toasts.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"

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
          toasts("toasts", all, make_look({}), {960, 660}, 440, seconds, true);
      if (done.undo) result.undo = done.undo;
      if (done.undo_toast != 0) result.undo_toast = done.undo_toast;
      if (done.close != 0) result.close = done.close;
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

}  // namespace
}  // namespace castboard
