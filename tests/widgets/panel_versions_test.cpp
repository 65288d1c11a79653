#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panel_support.h"

// The strip, the trash and the details in the whole panel, on a real library.
namespace castboard {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class PanelVersionsTest : public PanelTest {
 protected:
  void click_holding(const std::string& label, ImGuiKey modifier) {
    ImGui::GetIO().AddKeyEvent(modifier, true);
    gui.click(label);
    ImGui::GetIO().AddKeyEvent(modifier, false);
    gui.frame();
  }

  std::vector<Version> trash() {
    const Character character = session->wait(session->find_character("Mira")).value();
    return session->wait(session->list_versions(character.id, true)).value()->versions;
  }

  // Three versions of Mira, v001 and v003 portraits, v002 a sheet.
  void open_with_three() {
    window_size = ImGui::GetIO().DisplaySize = {2000, 1200};
    open_with({"Mira"});
    generate();
    generate("expression_sheet");
    generate();
  }
};

TEST_F(PanelVersionsTest, trashes_several_with_one_message_and_brings_them_back_with_one_undo) {
  open_with_three();
  gui.click("v001");
  click_holding("v002", ImGuiMod_Ctrl);
  gui.press(ImGuiKey_Delete);
  settle();
  ASSERT_EQ(versions().size(), 1U);
  EXPECT_EQ(gui.items("Undo").size(), 1U);
  gui.click("v003");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  settle();
  EXPECT_EQ(versions().size(), 3U);
}

TEST_F(PanelVersionsTest, approves_and_stars_all_that_ctrl_a_chooses) {
  open_with_three();
  gui.click("v001");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_A);
  gui.press(ImGuiMod_Ctrl | ImGuiKey_2);
  gui.press(ImGuiKey_Period);
  settle();
  for (const Version& version : versions()) {
    EXPECT_EQ(version.status, Status::approved);
    EXPECT_TRUE(version.starred);
  }
  gui.press(ImGuiKey_Escape);
  gui.frames(2);
  EXPECT_TRUE(gui.has("###chip_sheets")) << "Esc chooses only the viewed one again";
}

TEST_F(PanelVersionsTest, steps_through_what_the_filter_shows) {
  open_with_three();
  gui.click("v003");
  gui.click("###chip_sheets");
  gui.frames(2);
  EXPECT_FALSE(gui.has("v001"));
  gui.press(ImGuiKey_LeftArrow);
  gui.frames(2);
  gui.press(ImGuiKey_Period);
  settle();
  EXPECT_TRUE(versions()[1].starred) << "v002 is the only one that is shown";
  EXPECT_FALSE(versions()[0].starred);
}

TEST_F(PanelVersionsTest, goes_to_a_number_from_the_keyboard) {
  open_with_three();
  gui.click("v003");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_G);
  gui.frames(2);
  gui.type("v0001");
  gui.press(ImGuiKey_Enter);
  settle();
  const VersionId first = versions()[0].id;
  EXPECT_EQ(last_viewed_after_restart().version_id, first);
}

TEST_F(PanelVersionsTest, restores_out_of_the_trash_without_activating) {
  open_with_three();
  gui.click("v003");
  gui.press(ImGuiKey_Delete);
  settle();
  ASSERT_EQ(trash().size(), 1U);
  EXPECT_TRUE(versions()[1].is_active) << "the one that was active before";
  EXPECT_TRUE(gui.has("Undo"));
  gui.click("###show_trash");
  settle();
  EXPECT_TRUE(gui.has("v003"));
  EXPECT_FALSE(gui.has("v001"));
  gui.click("Restore");
  settle();
  ASSERT_EQ(versions().size(), 3U);
  EXPECT_FALSE(versions()[2].is_active);
  EXPECT_TRUE(versions()[1].is_active);
  gui.click("###show_trash");
  settle();
  EXPECT_TRUE(gui.has("v001"));
}

TEST_F(PanelVersionsTest, purges_only_after_it_was_said_that_this_is_for_good) {
  open_with_three();
  gui.click("v001");
  gui.press(ImGuiKey_Delete);
  settle();
  gui.click("###show_trash");
  settle();
  gui.click("v001");
  gui.press(ImGuiKey_Delete);
  gui.frames(3);
  gui.click("###purge_cancel");
  settle();
  ASSERT_EQ(trash().size(), 1U);
  gui.click("v001");
  gui.press(ImGuiKey_Delete);
  gui.frames(3);
  gui.click("###purge_do");
  settle();
  EXPECT_TRUE(trash().empty());
  EXPECT_EQ(versions().size(), 2U);
}

TEST_F(PanelVersionsTest, opens_the_details_with_a_key_and_copies_them_as_json) {
  open_with_three();
  gui.click("v002");
  gui.press(ImGuiKey_I);
  settle();
  ASSERT_TRUE(gui.has("###fact_prompt"));
  gui.click("###copy_json");
  EXPECT_THAT(ImGui::GetClipboardText(), HasSubstr("\"label\": \"v002\""));
  gui.click("###copy_text");
  EXPECT_THAT(ImGui::GetClipboardText(), HasSubstr("Provider: "));
  gui.click("v002");
  gui.press(ImGuiKey_I);
  gui.frames(2);
  EXPECT_FALSE(gui.has("###fact_prompt"));
}

TEST_F(PanelVersionsTest, recalls_by_key_and_takes_it_back) {
  open_with_three();
  gui.click("###template_portrait");
  settle();
  gui.click("v002");
  gui.press(ImGuiKey_A);
  settle();
  EXPECT_TRUE(gui.has("Undo"));
  gui.click("Generate New Version");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  ASSERT_EQ(versions().size(), 4U);
  const Version again = versions()[3];
  EXPECT_TRUE(again.is_sheet()) << "as v002 was asked for";
  EXPECT_EQ(again.seed, versions()[1].seed);
  EXPECT_THAT(again.parent_ids, Contains(versions()[1].id));
  EXPECT_TRUE(gui.has("###from")) << "its badge leads to v002";
}

TEST_F(PanelVersionsTest, undoes_a_recall_with_ctrl_z) {
  open_with_three();
  gui.click("###template_portrait");
  settle();
  gui.click("v002");
  gui.press(ImGuiKey_R);
  settle();
  gui.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  settle();
  gui.click("Generate New Version");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  ASSERT_EQ(versions().size(), 4U);
  EXPECT_FALSE(versions()[3].is_sheet()) << "the form is as it was";
  EXPECT_TRUE(versions()[3].parent_ids.empty());
}

TEST_F(PanelVersionsTest, shows_filter_strip_and_details_at_every_size) {
  open_with_three();
  gui.click("v002");
  gui.press(ImGuiKey_I);
  for (const ImVec2 size : {ImVec2(1024, 640), ImVec2(700, 420), ImVec2(2560, 1440)}) {
    window_size = ImGui::GetIO().DisplaySize = size;
    settle();
    EXPECT_TRUE(gui.has("###close_details"));
  }
}

}  // namespace
}  // namespace castboard
