#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "panel_support.h"
#include "support/scoped_variable.h"

// The generation form in its panel on a real session: what is kept, drawn and recorded.
namespace castboard {
namespace {

class PanelFormTest : public PanelTest {
 protected:
  PanelFormTest() {
    settings_file = "panel.txt";
    ImGui::GetIO().DisplaySize = {1440, 1300};
    open_with({"Mira"});
  }

  void press_generate() {
    gui.click("###generate");
    EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
    settle();
  }

  std::string style_of_newest() {
    press_generate();
    return versions().back().art_style;
  }

  testing::ScopedVariable config{"XDG_CONFIG_HOME", (directory.path() / "config").string()};
};

TEST_F(PanelFormTest, draws_the_tiles_once_and_keeps_them) {
  const int created = gui.textures.created();
  EXPECT_GE(created, 6) << "six templates at least";
  gui.frames(30);
  EXPECT_EQ(gui.textures.created(), created);
}

TEST_F(PanelFormTest, keeps_presets_as_files_and_brings_a_deleted_one_back) {
  const auto file = directory.path() / "config/castboard/presets/house.json";
  gui.click("###style_anime");
  gui.click("###presets");
  settle();
  gui.click("###preset_name");
  gui.type("House");
  gui.frames(2);
  gui.click("###save_preset");
  settle();
  EXPECT_TRUE(std::filesystem::exists(file));
  gui.click("###style_cinematic_realistic");
  gui.click("###presets");
  settle();
  gui.click("###use_preset");
  settle();
  EXPECT_EQ(style_of_newest(), "anime");
  gui.click("###presets");
  settle();
  gui.click("###delete_preset");
  settle();
  EXPECT_FALSE(std::filesystem::exists(file));
  gui.click_at({2, 2});  // closes the menu
  gui.frames(2);
  gui.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  settle();
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(PanelFormTest, records_which_version_was_the_active_one) {
  press_generate();
  gui.click("###template_expression_sheet");
  settle();
  press_generate();
  const auto all = versions();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].character_ref_url, all[0].id);
  EXPECT_EQ(all[1].character_ref_hash, all[0].content_hash);
}

TEST_F(PanelFormTest, sends_the_prompt_that_was_written_by_hand) {
  // High enough for the whole form.
  ImGui::GetIO().DisplaySize = {1440, 1700};
  ImGui::SetWindowSize("Cast###castboard", {1440, 1700});
  gui.frames(3);
  gui.click("###prompt_fold");
  settle();
  gui.click("###edit_prompt");
  gui.frames(3);
  gui.press(ImGuiKey_End | ImGuiMod_Ctrl);
  gui.type(" In ink.");
  settle();
  press_generate();
  const Version made = versions().front();
  EXPECT_TRUE(made.prompt_edited);
  EXPECT_THAT(made.prompt_used, ::testing::EndsWith(" In ink."));
}

TEST_F(PanelFormTest, takes_a_dropped_picture_as_the_characters_reference) {
  press_generate();
  const std::string picture = session->absolute_path(versions().front().image_url);
  panel->offer_files({picture});
  settle();
  press_generate();
  EXPECT_EQ(versions().back().character_ref_url, picture);
  EXPECT_EQ(versions().back().character_ref_hash, versions().front().content_hash);
}

TEST_F(PanelFormTest, imports_a_dropped_preset) {
  const auto file = directory.path() / "handed_on.json";
  std::ofstream(file) << R"({"name": "Handed on", "style": "noir"})";
  panel->offer_files({file.string()});
  settle();
  EXPECT_TRUE(
      std::filesystem::exists(directory.path() / "config/castboard/presets/handed_on.json"));
}

TEST_F(PanelFormTest, remembers_each_templates_settings_across_restarts) {
  gui.click("###template_scene");
  gui.click("###more_styles");
  settle();
  gui.click("###style_noir");
  settle();
  press_generate();
  gui.click("###template_portrait");
  settle();
  gui.click("###style_anime");
  press_generate();
  open_panel();
  gui.click("###template_scene");
  settle();
  EXPECT_EQ(style_of_newest(), "noir");
  gui.click("###template_portrait");
  settle();
  EXPECT_EQ(style_of_newest(), "anime");
}

}  // namespace
}  // namespace castboard
