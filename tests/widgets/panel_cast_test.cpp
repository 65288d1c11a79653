#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "panel_support.h"

// The cast as a whole, on a real session and by the labels on screen: several characters at once,
// edits in place, the jobs that are over, panes that fold.
namespace castboard {
namespace {

using ::testing::HasSubstr;

class PanelCast : public PanelTest {
 protected:
  PanelCast() {
    settings_file = "panel.settings";
    open_with({"Elin", "Kaito", "Mira"});
  }

  // What the panel remembers; it is closed and opened again.
  std::string settings_after_restart() {
    panel.reset();
    gui.draw = [] {};
    std::ifstream in(directory.path() / "panel.settings");
    std::ostringstream text;
    text << in.rdbuf();
    open_panel();
    return text.str();
  }

  void click(const std::string& label) {
    gui.click(label);
    settle();
  }
  void ctrl_click(const std::string& label) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, true);
    io.AddKeyEvent(ImGuiKey_LeftCtrl, true);
    gui.click(label);
    io.AddKeyEvent(ImGuiKey_LeftCtrl, false);
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    settle();
  }
  void press(ImGuiKeyChord chord) {
    gui.press(chord);
    settle();
  }

  Character character(const std::string& name) {
    return session->wait(session->find_character(name)).value();
  }
  std::size_t cast_size(bool trashed = false) {
    CastQuery query;
    query.project_id = project;
    query.trashed = trashed;
    return session->wait(session->query_cast(query)).value()->ids.size();
  }
};

TEST_F(PanelCast, generates_for_several_after_one_question) {
  click("Elin");
  ctrl_click("Mira");
  click("###generate_chosen");
  EXPECT_TRUE(gui.has("Generate 2 pictures")) << "the price is known, nothing is made";
  EXPECT_EQ(character("Elin").version_count, 0);
  gui.click("###generate_batch");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  EXPECT_EQ(character("Elin").version_count, 1);
  EXPECT_EQ(character("Mira").version_count, 1);
  EXPECT_EQ(character("Kaito").version_count, 0);
  EXPECT_FALSE(gui.has("###generate_batch")) << "the question is gone";
}

TEST_F(PanelCast, finds_what_is_typed_right_after_the_key_for_finding) {
  click("Elin");
  // All of it in one slow frame: Ctrl+F, then "mi", whose M would begin to compare.
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigInputTrickleEventQueue = true;
  const auto key = [&](ImGuiKey which) {
    io.AddKeyEvent(which, true);
    if (which == ImGuiKey_M) io.AddInputCharacter('m');
    if (which == ImGuiKey_I) io.AddInputCharacter('i');
    io.AddKeyEvent(which, false);
  };
  io.AddKeyEvent(ImGuiMod_Ctrl, true);
  key(ImGuiKey_F);
  io.AddKeyEvent(ImGuiMod_Ctrl, false);
  key(ImGuiKey_M);
  key(ImGuiKey_I);
  gui.frames(10);
  settle();
  EXPECT_TRUE(gui.has("Mira"));
  EXPECT_FALSE(gui.has("Kaito"));
  EXPECT_FALSE(gui.has("###mode_wipe"));
}

TEST_F(PanelCast, generates_nothing_when_the_question_is_left) {
  click("Elin");
  ctrl_click("Mira");
  click("###generate_chosen");
  click("###cancel_batch");
  EXPECT_EQ(character("Elin").version_count, 0);
  EXPECT_TRUE(gui.has("###generate_chosen")) << "the choice stays";
}

TEST_F(PanelCast, trashes_several_and_brings_them_back_by_one_undo) {
  click("Elin");
  ctrl_click("Kaito");
  press(ImGuiKey_Delete);
  EXPECT_EQ(cast_size(), 1U);
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(cast_size(), 3U);
}

TEST_F(PanelCast, restores_from_the_trash_filter) {
  click("Elin");
  press(ImGuiKey_Delete);
  EXPECT_FALSE(gui.has("Elin"));
  click("###filter");
  click("###filter_trash");
  EXPECT_TRUE(gui.has("Elin"));
  EXPECT_FALSE(gui.has("Mira"));
  gui.right_click("Elin");
  settle();
  click("###restore");
  EXPECT_EQ(cast_size(), 3U);
  press(ImGuiKey_Escape);
  EXPECT_TRUE(gui.has("Mira")) << "everybody again";
}

TEST_F(PanelCast, chooses_everybody_and_nobody_by_keys) {
  click("Elin");
  press(ImGuiMod_Ctrl | ImGuiKey_A);
  EXPECT_TRUE(gui.has("###generate_chosen"));
  press(ImGuiKey_Escape);
  EXPECT_FALSE(gui.has("###generate_chosen"));
}

TEST_F(PanelCast, renames_in_place_and_says_there_that_a_name_is_taken) {
  click("Elin");
  press(ImGuiKey_F2);
  gui.type("Kaito");
  press(ImGuiKey_Enter);
  gui.frames(5);
  EXPECT_TRUE(gui.has("###new_name")) << "back in its field";
  EXPECT_EQ(character("Elin").name, "Elin");
  press(ImGuiMod_Ctrl | ImGuiKey_A);
  gui.type("Elin Dahl");
  press(ImGuiKey_Enter);
  EXPECT_FALSE(gui.has("###new_name"));
  EXPECT_EQ(character("Elin Dahl").name, "Elin Dahl");
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(character("Elin").name, "Elin");
}

TEST_F(PanelCast, edits_a_description_in_place_with_undo) {
  click("Mira");
  click("###details");
  click("###description");
  gui.type("Captain of the north");
  click("Mira");
  EXPECT_EQ(character("Mira").description, "Captain of the north");
  press(ImGuiMod_Ctrl | ImGuiKey_Z);
  EXPECT_EQ(character("Mira").description, "");
}

TEST_F(PanelCast, goes_from_a_job_that_is_over_to_what_it_made) {
  click("Mira");
  gui.click("Generate New Version");
  EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
  settle();
  click("Kaito");
  click("###history");
  click("###show");
  EXPECT_TRUE(gui.has("v001"));
  EXPECT_FALSE(gui.has("###find")) << "the list is closed";
}

TEST_F(PanelCast, folds_panes_and_remembers_it_with_size_and_order) {
  EXPECT_TRUE(gui.has("###tile_size"));
  click("###fold_cast");
  EXPECT_FALSE(gui.has("###tile_size"));
  click("###fold_jobs");
  click("###fold_strip");
  const std::string folded = settings_after_restart();
  EXPECT_THAT(folded, HasSubstr("split.cast_folded=1"));
  EXPECT_THAT(folded, HasSubstr("split.jobs_folded=1"));
  EXPECT_THAT(folded, HasSubstr("split.strip_folded=1"));
  EXPECT_THAT(folded, HasSubstr("split.form_folded=0"));
  EXPECT_FALSE(gui.has("###tile_size")) << "still folded";
  click("###fold_cast");
  EXPECT_TRUE(gui.has("###tile_size"));
  click("###sort");
  click("###sort_1");
  EXPECT_THAT(settings_after_restart(), HasSubstr("cast.order=newest"));
}

TEST_F(PanelCast, resizes_a_pane_by_its_gutter_and_resets_it_by_a_double_click) {
  // Room for a wider cast.
  ImGui::SetWindowSize("Cast###castboard", {1440, 900});
  gui.frames(3);
  const DrawnItem before = gui.item("###split_cast");
  const ImVec2 grip{before.centre().x, before.min.y + 40};
  gui.move_to(grip);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  gui.frame();
  gui.move_to({grip.x + 70, grip.y});
  gui.frame();
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  gui.frames(3);
  const DrawnItem wider = gui.item("###split_cast");
  EXPECT_NEAR(wider.centre().x, before.centre().x + 70, 3);
  gui.frames(60);  // not a double click with the drag
  ImGui::GetIO().MouseDoubleClickTime = 0.25F;
  for (int i = 0; i < 2; ++i) {
    gui.move_to({wider.centre().x, grip.y});
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    gui.frame();
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    gui.frame();
  }
  gui.frames(3);
  EXPECT_NEAR(gui.item("###split_cast").centre().x, before.centre().x, 1);
}

}  // namespace
}  // namespace castboard
