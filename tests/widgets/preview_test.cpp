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

TEST_F(PreviewTest, says_what_is_wrong_with_a_file_that_is_no_picture) {
  open({file("a.png", "README.md")});
  EXPECT_EQ(gui.textures.count(), 0U);
}

}  // namespace
}  // namespace castboard
