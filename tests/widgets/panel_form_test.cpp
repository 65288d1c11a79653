#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "castboard/panel.h"
#include "castboard/sketch.h"
#include "support/imgui_harness.h"
#include "support/scoped_variable.h"
#include "support/temporary_directory.h"

// The generation form in its panel on a real session: what is kept, drawn and recorded.
namespace castboard {
namespace {

class PanelFormTest : public ::testing::Test {
 protected:
  PanelFormTest() {
    SessionOptions options;
    options.library = directory.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.wake = gui.wake();
    options.keep_replies = true;
    options.local_providers = {sketch_provider()};
    options.draw_tile = sketch_tile;
    session = std::make_unique<Session>(std::move(options));
    const Project project = session->wait(session->create_project("Northwind")).value();
    CharacterDraft draft;
    draft.project_id = project.id;
    draft.name = "Mira";
    EXPECT_TRUE(session->wait(session->create_character(draft)));
    open_panel();
  }
  ~PanelFormTest() override {
    panel.reset();
    session.reset();
  }

  void open_panel() {
    PanelOptions options;
    options.settings_file = (directory.path() / "panel.txt").string();
    panel.reset();
    panel = std::make_unique<Panel>(*session, gui.textures.host(), std::move(options));
    gui.draw = [this] {
      panel->update();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      panel->draw_window("Cast###castboard");
    };
    settle();
  }

  void settle() {
    EXPECT_TRUE(gui.frames_until([this] { return panel->settled(); })) << "never comes to rest";
  }

  void generate() {
    gui.click("###generate");
    EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
    settle();
  }

  std::vector<Version> versions() {
    const Character mira = session->wait(session->find_character("Mira")).value();
    return session->wait(session->list_versions(mira.id)).value()->versions;
  }

  std::string style_of_newest() {
    generate();
    return versions().back().art_style;
  }

  testing::TemporaryDirectory directory;
  testing::ScopedVariable config{"XDG_CONFIG_HOME", (directory.path() / "config").string()};
  ImGuiHarness gui{{1440, 1300}};
  std::unique_ptr<Session> session;
  std::unique_ptr<Panel> panel;
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
  generate();
  gui.click("###template_expression_sheet");
  settle();
  generate();
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
  generate();
  const Version made = versions().front();
  EXPECT_TRUE(made.prompt_edited);
  EXPECT_THAT(made.prompt_used, ::testing::EndsWith(" In ink."));
}

TEST_F(PanelFormTest, takes_a_dropped_picture_as_the_characters_reference) {
  generate();
  const std::string picture = session->absolute_path(versions().front().image_url);
  panel->offer_files({picture});
  settle();
  generate();
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
  generate();
  gui.click("###template_portrait");
  settle();
  gui.click("###style_anime");
  generate();
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
