#include "job_history.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"

// The jobs that are over: what can be done with each, and how they are searched.
namespace castboard {
namespace {

class JobHistoryTest : public ::testing::Test {
 protected:
  JobHistoryTest() {
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({860, 560});
      ImGui::Begin("Host");
      const Look look = make_look({});
      const JobHistoryResult done = job_history(
          "history", {.look = look, .jobs = known ? &jobs : nullptr, .query = query, .now = 0},
          typed);
      if (done.query) query = *done.query;
      if (!done.show.empty()) shown = done.show;
      if (!done.retry.empty()) retried = done.retry;
      if (!done.check.empty()) checked = done.check;
      ImGui::End();
    };
  }

  Job& add(const std::string& id, JobState state) {
    Job job;
    job.id = id;
    job.character_name = "Mira";
    job.request.version_name = "Anime Portrait";
    job.state = state;
    jobs.push_back(job);
    return jobs.back();
  }
  void click(const char* label) {
    gui.frames(2);
    gui.click(label);
    gui.frames(2);
  }

  ImGuiHarness gui;
  std::vector<Job> jobs;
  bool known = true;
  JobHistoryQuery query;
  std::string typed;
  JobId shown;
  JobId retried;
  JobId checked;
};

TEST_F(JobHistoryTest, goes_to_what_a_done_job_made) {
  add("made", JobState::done).version_ids = {"v"};
  click("###show");
  EXPECT_EQ(shown, "made");
}

TEST_F(JobHistoryTest, offers_a_version_only_where_there_is_one) {
  add("purged", JobState::done);
  add("failed", JobState::failed);
  gui.frames(2);
  EXPECT_FALSE(gui.has("###show"));
  EXPECT_FALSE(gui.has("###check"));
}

TEST_F(JobHistoryTest, puts_settings_back_and_checks_what_is_uncertain) {
  add("lost", JobState::uncertain).provider_job_id = "p-1";
  click("###check");
  EXPECT_EQ(checked, "lost");
  click("###retry");
  EXPECT_EQ(retried, "lost");
}

TEST_F(JobHistoryTest, checks_a_cancelled_or_failed_job_that_may_have_been_billed) {
  for (const JobState state : {JobState::cancelled, JobState::failed}) {
    jobs.clear();
    Job& job = add("late", state);
    job.provider_job_id = "p-1";
    job.billing = Billing::not_billed;
    gui.frames(2);
    EXPECT_FALSE(gui.has("###check"));
    job.billing = Billing::uncertain;
    checked.clear();
    click("###check");
    EXPECT_EQ(checked, "late");
  }
}

TEST_F(JobHistoryTest, asks_for_one_state_or_some_words) {
  add("made", JobState::done);
  click("###failed");
  EXPECT_EQ(query.state, JobState::failed);
  gui.click("###find");
  gui.type("mira");
  EXPECT_EQ(query.text, "mira");
  EXPECT_EQ(query.state, JobState::failed) << "both count";
  click("###all");
  EXPECT_FALSE(query.state);
}

TEST_F(JobHistoryTest, submits_only_the_rows_in_view_of_many) {
  for (int i = 0; i < 5'000; ++i) add("job" + std::to_string(i), JobState::failed);
  gui.frames(2);
  EXPECT_GT(gui.items("###retry").size(), 3U);
  EXPECT_LT(gui.items("###retry").size(), 40U);
}

TEST_F(JobHistoryTest, offers_nothing_while_it_is_read) {
  add("made", JobState::done);
  known = false;
  gui.frames(2);
  EXPECT_FALSE(gui.has("###retry"));
}

TEST(AgoText, says_how_long_ago_and_the_date_when_it_is_long) {
  const std::string noon = "1970-01-01T12:00:00.000Z";
  constexpr std::int64_t kHour = 3'600'000;
  EXPECT_EQ(ago_text(12 * kHour + 30'000, noon), "just now");
  EXPECT_EQ(ago_text(12 * kHour + 5 * 60'000, noon), "5 min ago");
  EXPECT_EQ(ago_text(15 * kHour, noon), "3 h ago");
  EXPECT_EQ(ago_text(100 * kHour, noon), "1970-01-01");
  EXPECT_EQ(ago_text(11 * kHour, noon), "just now") << "a clock that is behind";
  EXPECT_EQ(ago_text(0, ""), "");
}

}  // namespace
}  // namespace castboard
