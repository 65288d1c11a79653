#include "castboard/panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "panel_support.h"

namespace castboard {
namespace {

TEST_F(PanelTest, says_what_to_do_first_in_an_empty_library) {
  open_session();
  open_panel();
  EXPECT_FALSE(gui.has("+ Character"));
  gui.click("###new_project");
  gui.type("Northwind");
  gui.click("###create");
  settle();
  EXPECT_TRUE(gui.has("+ Character"));
  EXPECT_FALSE(gui.has("###tile"));
}

TEST_F(PanelTest, makes_a_character_from_the_form) {
  open_with({});
  gui.click("+ Character");
  gui.frames(3);
  gui.click("###name");
  gui.type("Mira");
  gui.click("###save");
  settle();
  EXPECT_TRUE(gui.has("Mira")) << "its tile";
  EXPECT_FALSE(gui.has("###add_trait")) << "the form is closed";
  EXPECT_TRUE(session->wait(session->find_character("Mira")));
}

TEST_F(PanelTest, generates_a_sheet_and_follows_it) {
  open_with({"Mira"});
  generate("expression_sheet");
  EXPECT_TRUE(gui.has("v001"));
  const auto all = versions();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].is_sheet());
  EXPECT_TRUE(all[0].is_active);
  EXPECT_TRUE(all[0].viewed) << "it is on screen";
  EXPECT_FALSE(gui.has("Set active")) << "ACTIVE is a badge";
}

TEST_F(PanelTest, marks_a_new_version_when_the_user_went_elsewhere) {
  open_with({"Kaito", "Mira"});
  gui.click("Mira");
  settle();
  gui.click("###template_portrait");
  settle();
  gui.click("Generate New Version");
  gui.click("Kaito");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  ASSERT_EQ(versions().size(), 1U);
  EXPECT_FALSE(versions()[0].viewed);
  EXPECT_FALSE(gui.has("v001"));
  gui.click("Show");
  settle();
  EXPECT_TRUE(gui.has("v001"));
  EXPECT_TRUE(versions()[0].viewed);
}

TEST_F(PanelTest, views_without_setting_active_and_restores_the_view_after_a_restart) {
  open_with({"Mira"});
  generate();
  generate("expression_sheet");
  EXPECT_TRUE(gui.has("v002"));
  gui.click("v001");
  settle();
  EXPECT_TRUE(gui.has("Set active"));
  EXPECT_TRUE(versions()[1].is_active);
  const VersionId first = versions()[0].id;
  EXPECT_EQ(last_viewed_after_restart().version_id, first);
  open_panel();
  EXPECT_TRUE(gui.has("Set active")) << "the same version, which is not the active one";
}

TEST_F(PanelTest, chooses_cells_by_number_and_remembers_them) {
  open_with({"Mira"});
  generate("expression_sheet");
  gui.click("v001");
  gui.press(ImGuiKey_5);
  settle();
  EXPECT_EQ(last_viewed_after_restart().cell, 5);
}

TEST_F(PanelTest, keeps_the_chosen_cell_across_a_single_picture) {
  open_with({"Mira"});
  generate("expression_sheet");
  generate();
  const std::vector<Version> made = versions();
  gui.click("v001");
  gui.press(ImGuiKey_5);
  settle();
  gui.press(ImGuiKey_RightArrow);
  settle();
  gui.press(ImGuiMod_Ctrl | ImGuiKey_2);
  settle();
  EXPECT_EQ(versions()[1].status, Status::approved) << "the portrait, which has no cells";
  gui.press(ImGuiKey_LeftArrow);
  settle();
  const LastViewed last = last_viewed_after_restart();
  EXPECT_EQ(last.version_id, made[0].id);
  EXPECT_EQ(last.cell, 5);
}

TEST_F(PanelTest, compares_two_versions_by_key_and_label) {
  window_size = ImGui::GetIO().DisplaySize = {2000, 1200};
  open_with({"Mira"});
  generate("expression_sheet");
  generate("expression_sheet");
  gui.press(ImGuiKey_3);
  gui.press(ImGuiKey_M);
  settle();
  EXPECT_TRUE(gui.has("###mode_wipe"));
  EXPECT_TRUE(gui.has("###wipe"));
  gui.click("###mode_difference");
  settle();
  EXPECT_TRUE(gui.has("###gain"));
  const VersionId other = versions()[0].id;
  gui.press(ImGuiKey_C);
  settle();
  gui.press(ImGuiKey_F6);
  gui.frames(2);
  EXPECT_TRUE(gui.has("###wipe"));
  gui.press(ImGuiKey_Escape);
  gui.frames(2);
  EXPECT_FALSE(gui.has("###mode_wipe")) << "back to the version";
  const LastViewed last = last_viewed_after_restart();
  EXPECT_EQ(last.version_id, other) << "B became A";
  EXPECT_EQ(last.cell, 3) << "and its cell stayed";
}

TEST_F(PanelTest, steps_on_from_the_first_and_the_last_version) {
  open_with({"Mira"});
  for (int i = 0; i < 3; ++i) generate();
  gui.click("v002");
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  gui.press(ImGuiKey_Home);
  gui.frames(3);
  gui.press(ImGuiKey_RightArrow);
  settle();
  EXPECT_EQ(last_viewed_after_restart().version_id, versions()[1].id);
  open_panel();
  gui.click("v002");
  gui.press(ImGuiKey_End);
  gui.frames(3);
  gui.press(ImGuiKey_LeftArrow);
  settle();
  EXPECT_EQ(last_viewed_after_restart().version_id, versions()[1].id);
}

TEST_F(PanelTest, goes_on_comparing_when_another_character_is_picked) {
  window_size = ImGui::GetIO().DisplaySize = {2000, 1200};
  open_with({"Kaito", "Mira"});
  for (const char* name : {"Kaito", "Mira"}) {
    gui.click(name);
    settle();
    generate();
    generate();
  }
  gui.press(ImGuiKey_M);
  settle();
  ASSERT_TRUE(gui.has("###mode_wipe"));
  gui.click("Kaito");
  settle();
  EXPECT_TRUE(gui.has("###mode_wipe"));
  EXPECT_TRUE(gui.has("###wipe"));
}

TEST_F(PanelTest, plays_the_nine_cells_as_a_flipbook_and_stops_at_one) {
  open_with({"Mira"});
  generate("expression_sheet");
  gui.press(ImGuiKey_Space);
  gui.frames(20);
  EXPECT_TRUE(gui.has("###rate"));
  gui.press(ImGuiKey_Space);
  settle();
  EXPECT_FALSE(gui.has("###rate"));
  EXPECT_GT(last_viewed_after_restart().cell, 0) << "the one it stopped at fills the view";
}

TEST_F(PanelTest, leaves_digits_to_whoever_types) {
  open_with({"Mira"});
  generate("expression_sheet");
  gui.click("v001");
  gui.click("##search");
  gui.press(ImGuiKey_5);
  gui.type("5");
  settle();
  EXPECT_FALSE(gui.has("###tile")) << "nobody is called 5";
  EXPECT_EQ(last_viewed_after_restart().cell, 0);
}

TEST_F(PanelTest, leaves_keys_alone_while_another_window_has_the_focus) {
  open_with({"Mira"});
  generate("expression_sheet");
  gui.click("v001");
  gui.draw = [this] {
    panel->update();
    ImGui::SetNextWindowSize({900, 700});
    panel->draw_window("Cast###castboard");
    ImGui::SetNextWindowPos({950, 20});
    ImGui::SetNextWindowSize({300, 200});
    ImGui::Begin("Host");
    ImGui::Button("Of the host");
    ImGui::End();
  };
  gui.frames(2);
  gui.click("Of the host");
  gui.press(ImGuiKey_5);
  gui.press(ImGuiKey_Delete);
  settle();
  EXPECT_EQ(versions().size(), 1U);
  EXPECT_EQ(last_viewed_after_restart().cell, 0);
}

TEST_F(PanelTest, sets_active_from_the_context_menu_and_undoes_it_with_a_key) {
  open_with({"Mira"});
  generate();
  generate();
  gui.right_click("v001");
  gui.click("Set active");
  settle();
  EXPECT_TRUE(versions()[0].is_active);
  gui.click("v002");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  settle();
  EXPECT_TRUE(versions()[1].is_active);
}

TEST_F(PanelTest, hears_a_key_whose_ctrl_is_let_go_within_the_same_frame) {
  open_with({"Mira"});
  generate();
  gui.click("v001");
  gui.press(ImGuiKey_Period);
  settle();
  ASSERT_TRUE(versions()[0].starred);
  ImGuiIO& io = ImGui::GetIO();
  const auto ctrl = [&io](bool down) {
    io.AddKeyEvent(ImGuiMod_Ctrl, down);
    io.AddKeyEvent(ImGuiKey_LeftCtrl, down);
  };
  ctrl(true);
  gui.frame();
  io.AddKeyEvent(ImGuiKey_Z, true);
  ctrl(false);
  gui.frame();
  io.AddKeyEvent(ImGuiKey_Z, false);
  settle();
  EXPECT_FALSE(versions()[0].starred);
}

TEST_F(PanelTest, steps_the_compared_one_though_alt_is_let_go_within_the_same_frame) {
  open_with({"Mira"});
  generate();
  generate();
  const VersionId viewed = versions()[1].id;
  gui.click("v002");
  ImGuiIO& io = ImGui::GetIO();
  const auto alt = [&io](bool down) {
    io.AddKeyEvent(ImGuiMod_Alt, down);
    io.AddKeyEvent(ImGuiKey_LeftAlt, down);
  };
  alt(true);
  gui.frame();
  io.AddKeyEvent(ImGuiKey_LeftArrow, true);
  alt(false);
  gui.frame();
  io.AddKeyEvent(ImGuiKey_LeftArrow, false);
  settle();
  EXPECT_EQ(last_viewed_after_restart().version_id, viewed) << "B moves, A stays";
}

TEST_F(PanelTest, approves_stars_and_clears_by_key) {
  open_with({"Mira"});
  generate();
  gui.click("v001");
  gui.click("Approve");
  settle();
  EXPECT_EQ(versions()[0].status, Status::approved);
  gui.click("v001");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_3);
  gui.press(ImGuiKey_Period);
  settle();
  EXPECT_EQ(versions()[0].status, Status::omitted);
  EXPECT_TRUE(versions()[0].starred);
  gui.press(ImGuiMod_Ctrl | ImGuiKey_4);
  settle();
  EXPECT_EQ(versions()[0].status, Status::none);
}

TEST_F(PanelTest, trashes_with_delete_and_brings_back_with_the_undo_button) {
  open_with({"Mira"});
  generate();
  gui.click("v001");
  gui.press(ImGuiKey_Delete);
  settle();
  EXPECT_TRUE(versions().empty());
  EXPECT_FALSE(gui.has("v001"));
  gui.click("Undo");
  settle();
  EXPECT_EQ(versions().size(), 1U);
  EXPECT_TRUE(gui.has("v001"));
}

TEST_F(PanelTest, renames_a_version_in_a_window_of_its_own) {
  open_with({"Mira"});
  generate();
  gui.right_click("v001");
  gui.click("Rename...");
  gui.frames(3);
  gui.click("##version_name");
  gui.press(ImGuiMod_Ctrl | ImGuiKey_A);
  gui.type("Final");
  gui.click("Rename");
  settle();
  EXPECT_EQ(versions()[0].version_name, "Final");
}

TEST_F(PanelTest, finds_characters_by_words_and_everybody_again_with_escape) {
  open_with({"Elin", "Kaito", "Mira"});
  gui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  gui.frames(2);
  gui.type("kai");
  settle();
  EXPECT_TRUE(gui.has("Kaito"));
  EXPECT_FALSE(gui.has("Elin"));
  gui.press(ImGuiKey_Escape);
  gui.press(ImGuiKey_Escape);
  settle();
  EXPECT_TRUE(gui.has("Elin"));
}

TEST_F(PanelTest, opens_the_form_as_a_modal_that_cancel_closes) {
  open_with({"Mira"});
  panel->open_generate_dialog();
  gui.frames(3);
  ASSERT_TRUE(gui.has("Cancel"));
  gui.click("Cancel");
  gui.frames(3);
  EXPECT_FALSE(gui.has("Cancel"));
}

TEST_F(PanelTest, copies_paths_ids_and_commands) {
  open_with({"Mira"});
  generate();
  gui.right_click("v001");
  gui.click("Copy id");
  EXPECT_EQ(ImGui::GetClipboardText(), versions()[0].id);
  gui.right_click("v001");
  gui.click("Copy as command line");
  EXPECT_THAT(ImGui::GetClipboardText(), ::testing::HasSubstr("castboard generate"));
  EXPECT_THAT(ImGui::GetClipboardText(), ::testing::HasSubstr("--character Mira"));
}

TEST_F(PanelTest, shows_what_another_panel_of_the_same_session_did) {
  open_with({"Mira"});
  Panel other(*session, gui.textures.host());
  ImGui::GetIO().DisplaySize = {1440, 1700};
  gui.draw = [this, &other] {
    panel->update();
    other.update();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({1440, 850});
    panel->draw_window("Cast###castboard");
    ImGui::SetNextWindowPos({0, 850});
    ImGui::SetNextWindowSize({1440, 850});
    other.draw_window("Other###castboard_other");
  };
  settle();
  generate();
  EXPECT_TRUE(gui.frames_until([this] { return gui.items("v001").size() == 2; }));
  gui.draw = [] {};
}

TEST_F(PanelTest, draws_each_part_as_a_window_of_its_own) {
  open_with({"Mira"});
  generate();
  gui.draw = [this] {
    panel->update();
    panel->draw_windows();
  };
  settle();
  EXPECT_TRUE(gui.has("v001"));
  EXPECT_TRUE(gui.has("Mira"));
}

TEST_F(PanelTest, stays_whole_in_a_very_small_window) {
  open_with({"Mira"});
  generate("expression_sheet");
  for (const ImVec2 size :
       {ImVec2(1024, 640), ImVec2(640, 400), ImVec2(200, 150), ImVec2(40, 30)}) {
    ImGui::GetIO().DisplaySize = size;
    settle();
  }
}

TEST_F(PanelTest, says_why_a_library_cannot_be_opened) {
  SessionOptions options;
  options.library = directory.path() / "not there";
  options.create_library = false;
  options.assets = CASTBOARD_ASSETS;
  options.wake = gui.wake();
  session = std::make_unique<Session>(std::move(options));
  open_panel();
  EXPECT_FALSE(gui.has("+ Character"));
}

}  // namespace
}  // namespace castboard
