#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "panel_support.h"
#include "support/scoped_variable.h"

// Money in the window, on a real session whose provider costs five credits a picture.
namespace castboard {
namespace {

class PanelCredits : public PanelTest {
 protected:
  PanelCredits() {
    write("config/providers/paid.json",
          R"({"castboard_provider": 1, "name": "paid", "title": "Paid", "extends": "sketch",
              "free": false, "credits": {"picture": 5}, "reply": {"credits": null}})");
    settings_file = "panel.settings";
    write(settings_file,
          "last\ttemplate=portrait\tshot=headshot\tstyle=anime\tsize=1:1\t"
          "provider=paid\tactivate=never\n");
    open_session_with({"Mira"});
  }

  void write(const std::string& name, const std::string& content) {
    const std::filesystem::path file = directory.path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
  }

  void open_with_limits(const CreditLimits& limits) {
    ASSERT_TRUE(session->wait(session->set_credit_limits(project, limits)));
    open_panel();
  }

  std::vector<Job> jobs() { return session->wait(session->list_jobs(true)).value(); }

 private:
  testing::ScopedVariable config_{"CASTBOARD_PATH", (directory.path() / "config").string()};
};

TEST_F(PanelCredits, asks_above_a_soft_limit_and_generates_only_after_a_yes) {
  open_with_limits({.total_ask_above = 3});
  gui.click("Generate New Version");
  settle();
  ASSERT_TRUE(gui.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty());
  gui.click("Cancel");
  gui.frames(3);
  EXPECT_FALSE(gui.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty()) << "no is no";

  gui.click("Generate New Version");
  settle();
  gui.click("###generate_anyway");
  settle();
  ASSERT_TRUE(gui.frames_until([this] { return panel->jobs_under_way() == 0; }));
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_EQ(jobs()[0].state, JobState::done);
  EXPECT_EQ(jobs()[0].credits, 5);
}

TEST_F(PanelCredits, refuses_above_a_hard_limit_without_a_question) {
  open_with_limits({.total = 4});
  gui.click("Generate New Version");
  settle();
  EXPECT_FALSE(gui.has("###generate_anyway"));
  EXPECT_TRUE(jobs().empty());
}

}  // namespace
}  // namespace castboard
