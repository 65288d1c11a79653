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

// Money in the window, on a real session whose provider costs five credits a picture.
namespace castboard {
namespace {

class PanelCredits : public ::testing::Test {
 protected:
  PanelCredits() {
    write("config/providers/paid.json",
          R"({"castboard_provider": 1, "name": "paid", "title": "Paid", "extends": "sketch",
              "free": false, "credits": {"picture": 5}, "reply": {"credits": null}})");
    write("panel.settings",
          "last\ttemplate=portrait\tshot=headshot\tstyle=anime\tsize=1:1\t"
          "provider=paid\tactivate=never\n");
    SessionOptions options;
    options.library = directory_.path() / "library";
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.wake = gui_.wake();
    options.keep_replies = true;
    options.local_providers = {sketch_provider()};
    session_ = std::make_unique<Session>(std::move(options));
    project_ = session_->wait(session_->create_project("Northwind")).value().id;
    CharacterDraft draft;
    draft.project_id = project_;
    draft.name = "Mira";
    EXPECT_TRUE(session_->wait(session_->create_character(draft)));
  }
  ~PanelCredits() override {
    panel_.reset();
    session_.reset();
  }

  void write(const std::string& name, const std::string& content) {
    const std::filesystem::path file = directory_.path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
  }

  void open_panel(const CreditLimits& limits) {
    ASSERT_TRUE(session_->wait(session_->set_credit_limits(project_, limits)));
    PanelOptions options;
    options.settings_file = (directory_.path() / "panel.settings").string();
    panel_ = std::make_unique<Panel>(*session_, gui_.textures.host(), std::move(options));
    gui_.draw = [this] {
      panel_->update();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
      panel_->draw_window("Cast###castboard");
    };
    settle();
  }

  void settle() {
    EXPECT_TRUE(gui_.frames_until([this] { return panel_->settled(); })) << "never comes to rest";
  }

  std::vector<Job> jobs() { return session_->wait(session_->list_jobs(true)).value(); }

 private:
  testing::TemporaryDirectory directory_;
  testing::ScopedVariable config_{"CASTBOARD_PATH", (directory_.path() / "config").string()};

 protected:
  ImGuiHarness gui_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Panel> panel_;
  ProjectId project_;
};

TEST_F(PanelCredits, asks_above_a_soft_limit_and_generates_only_after_a_yes) {
  open_panel({.total_ask_above = 3});
  gui_.click("Generate New Version");
  settle();
  ASSERT_TRUE(gui_.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty());
  gui_.click("Cancel");
  gui_.frames(3);
  EXPECT_FALSE(gui_.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty()) << "no is no";

  gui_.click("Generate New Version");
  settle();
  gui_.click("###generate_anyway");
  settle();
  ASSERT_TRUE(gui_.frames_until([this] { return panel_->jobs_under_way() == 0; }));
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_EQ(jobs()[0].state, JobState::done);
  EXPECT_EQ(jobs()[0].credits, 5);
}

TEST_F(PanelCredits, refuses_above_a_hard_limit_without_a_question) {
  open_panel({.total = 4});
  gui_.click("Generate New Version");
  settle();
  EXPECT_FALSE(gui_.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty());
}

}  // namespace
}  // namespace castboard
