#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "castboard/panel.h"
#include "castboard/sketch.h"
#include "support/imgui_harness.h"
#include "support/temporary_directory.h"

namespace castboard {

// The whole panel on a real session, without a window: what a user does, by the labels on screen.
class PanelTest : public ::testing::Test {
 protected:
  ~PanelTest() override {
    panel.reset();
    session.reset();
  }

  void open_session() {
    SessionOptions options;
    options.library = directory.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.wake = gui.wake();
    options.keep_replies = true;
    options.local_providers = {sketch_provider()};
    options.draw_tile = sketch_tile;
    session = std::make_unique<Session>(std::move(options));
  }

  void open_panel() {
    PanelOptions options;
    if (!settings_file.empty()) {
      options.settings_file = (directory.path() / settings_file).string();
    }
    panel.reset();
    panel = std::make_unique<Panel>(*session, gui.textures.host(), std::move(options));
    gui.draw = [this] {
      panel->update();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      if (window_size.x > 0) ImGui::SetWindowSize("Cast###castboard", window_size);
      panel->draw_window("Cast###castboard");
    };
    settle();
  }

  void settle() {
    EXPECT_TRUE(gui.frames_until([this] { return panel->settled(); })) << "never comes to rest";
  }

  // A session on a library with one project and these characters.
  void open_session_with(const std::vector<std::string>& names) {
    open_session();
    project = session->wait(session->create_project("Northwind")).value().id;
    for (const std::string& name : names) {
      CharacterDraft draft;
      draft.project_id = project;
      draft.name = name;
      ASSERT_TRUE(session->wait(session->create_character(draft)));
    }
  }
  // And the panel on it.
  void open_with(const std::vector<std::string>& names) {
    open_session_with(names);
    open_panel();
  }

  // Presses Generate for the shown character and waits until its job is over.
  void generate(const std::string& template_key = "portrait") {
    gui.click("###template_" + template_key);
    settle();
    gui.click("Generate New Version");
    EXPECT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() > 0; }));
    settle();
  }

  std::vector<Version> versions(const std::string& name = "Mira") {
    const Character character = session->wait(session->find_character(name)).value();
    return session->wait(session->list_versions(character.id)).value()->versions;
  }

  LastViewed last_viewed() { return session->wait(session->open()).value().library.last_viewed; }

  // What a new process would restore.
  LastViewed last_viewed_after_restart() {
    panel.reset();
    gui.draw = [] {};
    session.reset();
    open_session();
    return last_viewed();
  }

  testing::TemporaryDirectory directory;
  ImGuiHarness gui;
  ImVec2 window_size{0, 0};   // instead of the panel's own first size
  std::string settings_file;  // in the directory; empty: the panel remembers nothing
  ProjectId project;
  std::unique_ptr<Session> session;
  std::unique_ptr<Panel> panel;
};

}  // namespace castboard
