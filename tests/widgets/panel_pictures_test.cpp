#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "panel_support.h"
#include "support/scoped_variable.h"

// What is done with whole pictures, in the panel on a real library: files, the contact sheet, a
// sheet put together from several, a cell made again, poses that are missing.
namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PanelPicturesTest : public PanelTest {
 protected:
  // `sheets` versions of Mira, each an expression sheet; the last one is viewed.
  void open_with_sheets(int sheets) {
    window_size = ImGui::GetIO().DisplaySize = {2000, 1200};
    open_with({"Mira"});
    for (int i = 0; i < sheets; ++i) generate("expression_sheet");
    gui.click(version_label(sheets));
    settle();
  }

  void click(const std::string& label) {
    gui.click(label);
    settle();
  }
  void press(ImGuiKeyChord chord) {
    gui.press(chord);
    settle();
  }

  // The context menu of a cell of the viewed sheet, 1..9, and its own part opened.
  void open_cell_menu(int cell) {
    const DrawnItem picture = gui.item("picture");
    const float side = std::min(picture.max.x - picture.min.x, picture.max.y - picture.min.y);
    const float column = static_cast<float>((cell - 1) % 3 - 1);
    const float row = static_cast<float>((cell - 1) / 3 - 1);
    gui.click_at({picture.centre().x + column * side / 3, picture.centre().y + row * side / 3}, 1);
    gui.frames(2);
    gui.click("###cell_menu");
    gui.frames(2);
  }

  // Until it is offered; a menu opens and a price comes when they can.
  void wait_and_click(const std::string& label) {
    EXPECT_TRUE(gui.frames_until([&] { return gui.has(label); }, 500)) << label;
    click(label);
  }

  std::set<std::string> files_in(const std::filesystem::path& folder) {
    std::set<std::string> names;
    std::error_code missing;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder, missing)) {
      if (each.is_regular_file()) names.insert(each.path().filename().string());
    }
    return names;
  }

  testing::ScopedVariable home{"HOME", (directory.path() / "home").string()};
  std::filesystem::path saved = directory.path() / "home" / "castboard";
};

TEST_F(PanelPicturesTest, saves_a_sheet_and_asks_before_a_name_is_taken_twice) {
  open_with_sheets(1);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  EXPECT_TRUE(gui.has("1 file") || gui.has("###export_save"));
  EXPECT_THAT(files_in(saved), IsEmpty()) << "only looked at yet";
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(1));
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(2)) << "both are kept where the user says nothing";
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  click("Replace");
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(2));
}

TEST_F(PanelPicturesTest, saves_the_nine_cells_or_the_one_that_fills_the_view) {
  open_with_sheets(1);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  click("Nine cells of the sheet");
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(9));
  press(ImGuiKey_5);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  EXPECT_TRUE(gui.has("Cell 5"));
  click("###export_cancel");
  EXPECT_THAT(files_in(saved), SizeIs(9)) << "left without saving";
}

TEST_F(PanelPicturesTest, saves_into_the_folder_that_is_typed) {
  open_with_sheets(1);
  press(ImGuiMod_Ctrl | ImGuiKey_S);
  gui.click("##export_folder");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_A);
  const std::filesystem::path folder = directory.path() / "elsewhere";
  gui.type(folder.string());
  gui.press(ImGuiKey_Enter);
  settle();
  click("###export_save");
  EXPECT_THAT(files_in(folder), SizeIs(1));
  EXPECT_THAT(files_in(saved), IsEmpty());
}

TEST_F(PanelPicturesTest, shows_a_contact_sheet_and_goes_to_the_picture_that_is_clicked) {
  open_with_sheets(1);
  press(ImGuiKey_B);
  click("###board_contact");
  EXPECT_EQ(gui.items("###tile").size(), 10U) << "nine poses, and Mira in the cast";
  click("###contact_columns");
  click("3 columns");
  const std::vector<DrawnItem> tiles = gui.items("###tile");
  EXPECT_EQ(tiles[1].min.y, tiles[3].min.y);
  EXPECT_GT(tiles[4].min.y, tiles[3].min.y) << "three in a row";
  gui.click_at(tiles[5].centre());
  settle();
  EXPECT_FALSE(gui.has("###contact_back"));
  EXPECT_EQ(last_viewed_after_restart().cell, 5);
}

TEST_F(PanelPicturesTest, shows_a_contact_sheet_of_the_chosen_versions_alone) {
  open_with_sheets(3);
  gui.click("v001");
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  gui.click("v003");
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  gui.frame();
  gui.right_click("v003");
  gui.frames(2);
  click("Contact sheet");
  EXPECT_EQ(gui.items("###tile").size(), 3U) << "two, and Mira in the cast";
  click("###contact_save");
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(1));
  gui.click_at(gui.items("###tile")[2].centre());
  settle();
  EXPECT_EQ(last_viewed_after_restart().version_id, versions()[2].id);
}

TEST_F(PanelPicturesTest, writes_the_contact_sheet_as_one_file) {
  open_with_sheets(1);
  press(ImGuiKey_B);
  click("###board_contact");
  click("###contact_save");
  click("###export_save");
  EXPECT_THAT(files_in(saved), SizeIs(1));
}

TEST_F(PanelPicturesTest, puts_a_sheet_together_from_two) {
  open_with_sheets(2);
  const std::vector<Version> made = versions();
  open_cell_menu(5);
  click("Take this cell into a composite...");
  EXPECT_TRUE(gui.has("###composite_cell_9"));
  click("###source_" + made[0].id);
  click("###composite_create");
  const std::vector<Version> after = versions();
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[2].cells[4].source_version_id, made[0].id);
  EXPECT_EQ(after[2].cells[4].source_cell, 5);
  EXPECT_EQ(after[2].cells[0].source_version_id, made[1].id);
  EXPECT_EQ(after[2].credit_cost, 0);
  EXPECT_TRUE(after[1].is_active) << "a composite does not become active by itself";
  EXPECT_FALSE(gui.has("###composite_create")) << "it is shown";
}

TEST_F(PanelPicturesTest, takes_a_cell_back_before_the_composite_is_made) {
  open_with_sheets(2);
  const std::vector<Version> made = versions();
  open_cell_menu(1);
  click("Take this cell into a composite...");
  click("###source_" + made[0].id);
  click("###source_" + made[1].id);
  click("###composite_create");
  EXPECT_THAT(versions(), SizeIs(2)) << "nothing was taken: nothing to make";
  press(ImGuiKey_Escape);
  EXPECT_FALSE(gui.has("###composite_create"));
}

TEST_F(PanelPicturesTest, makes_a_cell_again_and_accepts_it) {
  open_with_sheets(1);
  press(ImGuiKey_5);
  press(ImGuiMod_Shift | ImGuiKey_R);
  EXPECT_THAT(versions(), SizeIs(1)) << "the price is asked first";
  wait_and_click("###redo_generate");
  wait_and_click("###redo_accept");
  const std::vector<Version> after = versions();
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[1].redo_of_version, after[0].id);
  EXPECT_EQ(after[1].redo_of_cell, 5);
  EXPECT_FALSE(after[1].is_sheet());
  EXPECT_EQ(after[2].cells[4].source_version_id, after[1].id);
  EXPECT_EQ(after[2].cells[3].source_version_id, after[0].id);
  EXPECT_EQ(last_viewed_after_restart().version_id, after[2].id);
}

TEST_F(PanelPicturesTest, discards_a_cell_that_was_made_again) {
  open_with_sheets(1);
  press(ImGuiKey_5);
  press(ImGuiMod_Shift | ImGuiKey_R);
  wait_and_click("###redo_generate");
  wait_and_click("###redo_discard");
  EXPECT_THAT(versions(), SizeIs(1)) << "the other one is in the trash";
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_THAT(versions(), SizeIs(2));
}

TEST_F(PanelPicturesTest, generates_a_missing_pose_after_the_price_was_shown) {
  open_with_sheets(1);
  press(ImGuiKey_9);
  press(ImGuiMod_Ctrl | ImGuiKey_3);
  const std::string pose = versions()[0].cells[8].pose;
  press(ImGuiKey_0);
  press(ImGuiKey_B);
  click("###board_generate");
  EXPECT_THAT(versions(), SizeIs(1));
  gui.click("###missing_generate");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  ASSERT_THAT(versions(), SizeIs(2));
  EXPECT_EQ(versions()[1].shot, pose);
}

TEST_F(PanelPicturesTest, compares_the_cell_its_menu_was_opened_on) {
  open_with_sheets(2);
  open_cell_menu(3);
  click("Compare this cell");
  EXPECT_TRUE(gui.has("###mode_wipe"));
  EXPECT_EQ(last_viewed_after_restart().cell, 3);
}

TEST_F(PanelPicturesTest, cuts_one_cell_elsewhere_when_its_corner_is_dragged_and_undoes_it) {
  open_with_sheets(1);
  const std::vector<Cell> before = versions()[0].cells;
  wait_and_click("###check");
  wait_and_click("###adjust_cells");
  press(ImGuiKey_5);
  const ImVec2 corner = gui.item("###cell_bottom_right").centre();
  gui.move_to(corner);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  gui.frames(2);
  gui.move_to({corner.x - 30, corner.y - 30});
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  const auto is_cut = [&] { return versions()[0].cells[4].box.width < before[4].box.width; };
  ASSERT_TRUE(gui.frames_until(is_cut, 500));
  settle();
  const std::vector<Cell> after = versions()[0].cells;
  EXPECT_LT(after[4].box.width, before[4].box.width);
  EXPECT_LT(after[4].box.height, before[4].box.height);
  EXPECT_NE(after[4].image_url, before[4].image_url);
  EXPECT_EQ(after[3].box, before[3].box);
  EXPECT_EQ(after[3].image_url, before[3].image_url);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_TRUE(gui.frames_until([&] { return !is_cut(); }, 500));
  EXPECT_EQ(versions()[0].cells[4].box, before[4].box);
  EXPECT_EQ(versions()[0].cells[4].image_url, before[4].image_url);
  press(ImGuiKey_Escape);
  EXPECT_FALSE(gui.has("###cell_whole")) << "first the cell is let go";
  EXPECT_TRUE(gui.has("###cells_done"));
  press(ImGuiKey_Escape);
  EXPECT_FALSE(gui.has("###cells_done"));
}

}  // namespace
}  // namespace castboard
