#include "castboard/preview.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/imgui_harness.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

// Pictures as 3x3 sheets on a session without a library: what a user does, by key and label.
namespace castboard {
namespace {

class PreviewTest : public ::testing::Test {
 protected:
  PreviewTest() {
    SessionOptions options;
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.wake = gui.wake();
    session = std::make_unique<Session>(std::move(options));
  }
  ~PreviewTest() override {
    panel.reset();
    session.reset();
  }

  std::string file(const std::string& name, const std::string& from) {
    const auto path = directory.path() / name;
    std::filesystem::copy_file(
        std::filesystem::path(CASTBOARD_SOURCE_DIR) / "tests/data/pictures" / from, path,
        std::filesystem::copy_options::overwrite_existing);
    return path.string();
  }

  void open(std::vector<std::string> files) {
    panel = std::make_unique<PreviewPanel>(*session, gui.textures.host(), std::move(files));
    gui.draw = [this] {
      panel->update();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      ImGui::Begin("Preview");
      panel->draw();
      ImGui::End();
    };
    settle();
  }

  void settle() {
    EXPECT_TRUE(gui.frames_until([this] { return panel->settled(); })) << "never comes to rest";
  }

  ImGuiHarness gui;
  testing::TemporaryDirectory directory;
  std::unique_ptr<Session> session;
  std::unique_ptr<PreviewPanel> panel;
};

TEST_F(PreviewTest, fills_the_view_with_a_cell_by_its_number_and_shows_all_nine_again) {
  open({file("a.png", "palette.png")});
  EXPECT_EQ(panel->cell(), 0);
  gui.press(ImGuiKey_5);
  EXPECT_EQ(panel->cell(), 5);
  gui.press(ImGuiKey_RightBracket);
  EXPECT_EQ(panel->cell(), 6);
  gui.click("All nine");
  EXPECT_EQ(panel->cell(), 0);
}

TEST_F(PreviewTest, keeps_the_cell_when_a_file_has_changed) {
  const std::string path = file("a.png", "palette.png");
  open({path});
  gui.press(ImGuiKey_7);
  file("a.png", "interlaced_grey.png");
  panel->show({path});
  settle();
  EXPECT_EQ(panel->cell(), 7);
  EXPECT_GT(gui.textures.count(), 0U);
}

TEST_F(PreviewTest, steps_through_several_files_and_keeps_the_cell) {
  open({file("a.png", "palette.png"), file("b.png", "interlaced_grey.png")});
  EXPECT_EQ(gui.items("###file").size(), 2U);
  gui.press(ImGuiKey_3);
  gui.press(ImGuiKey_RightArrow);
  settle();
  EXPECT_EQ(panel->cell(), 3);
}

TEST_F(PreviewTest, keeps_cell_zoom_and_mode_when_its_files_are_read_again) {
  const std::string a = file("a.png", "palette.png");
  const std::string b = file("b.png", "interlaced_grey.png");
  open({a, b});
  gui.press(ImGuiKey_4);
  gui.press(ImGuiKey_M);
  settle();
  EXPECT_TRUE(panel->compares());
  panel->show({a, b});
  settle();
  EXPECT_TRUE(panel->compares());
  EXPECT_EQ(panel->cell(), 4);
}

TEST_F(PreviewTest, compares_two_files) {
  open({file("a.png", "palette.png"), file("b.png", "interlaced_grey.png")});
  gui.click("###compare");
  settle();
  EXPECT_TRUE(panel->compares());
  EXPECT_TRUE(gui.has("###wipe"));
  gui.click("###mode_difference");
  settle();
  EXPECT_TRUE(gui.has("###gain"));
  gui.press(ImGuiKey_C);
  settle();
  EXPECT_EQ(panel->shown(), 1) << "B became A";
  gui.press(ImGuiKey_Escape);
  EXPECT_FALSE(panel->compares());
}

TEST_F(PreviewTest, compares_two_cells_of_the_only_file) {
  open({file("a.png", "palette.png")});
  gui.press(ImGuiKey_2);
  gui.press(ImGuiKey_F6);
  settle();
  EXPECT_TRUE(panel->compares());
  EXPECT_EQ(panel->cell(), 2);
  EXPECT_TRUE(gui.has("###wipe"));
}

TEST_F(PreviewTest, plays_the_cells_as_a_flipbook) {
  open({file("a.png", "palette.png")});
  gui.press(ImGuiKey_Space);
  gui.frames(5);
  EXPECT_TRUE(gui.has("###rate"));
  EXPECT_GE(panel->next_frame_in(), 0) << "it moves by itself";
  gui.press(ImGuiKey_Space);
  gui.frames(3);
  EXPECT_GT(panel->cell(), 0);
  EXPECT_LT(panel->next_frame_in(), 0);
}

TEST_F(PreviewTest, saves_the_nine_cells_beside_the_file_and_overwrites_nothing) {
  open({file("My Sheet.png", "palette.png")});
  gui.click("###save_cells");
  settle();
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "my_sheet_01.png"));
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "my_sheet_09.png"));
  gui.click("###save_cells");
  settle();
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "my_sheet_09-1.png"));
}

TEST_F(PreviewTest, shows_files_that_are_added_and_each_only_once) {
  const std::string a = file("a.png", "palette.png");
  open({a});
  panel->add({file("b.png", "interlaced_grey.png"), a});
  settle();
  EXPECT_EQ(gui.items("###file").size(), 2U);
  EXPECT_EQ(panel->shown(), 1) << "the first of the new ones";
}

TEST_F(PreviewTest, goes_on_with_the_good_files_beside_a_bad_one) {
  open({file("bad.png", "README.md"), file("good.png", "palette.png")});
  EXPECT_FALSE(gui.has("###save_cells")) << "there are no cells";
  gui.press(ImGuiKey_RightArrow);
  settle();
  EXPECT_EQ(panel->shown(), 1);
  EXPECT_TRUE(gui.has("###save_cells"));
}

TEST_F(PreviewTest, says_what_is_wrong_with_a_file_that_is_no_picture) {
  open({file("a.png", "README.md")});
  EXPECT_EQ(gui.textures.count(), 0U);
}

}  // namespace
}  // namespace castboard
