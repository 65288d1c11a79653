#include "job_list.h"

#include <gtest/gtest.h>

#include "support/imgui_harness.h"

// The strip of jobs by its labels: what a press means, and what is never done without a question.
namespace castboard {
namespace {

class JobListTest : public ::testing::Test {
 protected:
  JobListTest() {
    gui.draw = [this] {
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({1440, 90});
      ImGui::Begin("Jobs");
      const Look look = make_look({});
      JobListResult done = job_list("jobs", jobs, queue, state, look, 1'000'000);
      ImGui::End();
      if (!done.cancel.empty()) result.cancel = done.cancel;
      if (!done.check.empty()) result.check = done.check;
      if (!done.submit_again.empty()) {
        result.submit_again = done.submit_again;
        result.accepts_limit = done.accepts_limit;
      }
      if (!done.retry.empty()) result.retry = done.retry;
      if (!done.show.empty()) result.show = done.show;
      if (!done.start_provider.empty()) result.start_provider = done.start_provider;
      if (done.pause) result.pause = done.pause;
      if (!done.move.empty()) {
        result.move = done.move;
        result.move_to = done.move_to;
        result.place_of = done.place_of;
      }
      result.history |= done.history;
      result.cancel_queued |= done.cancel_queued;
      result.cancel_all |= done.cancel_all;
    };
  }

  Job& add(const char* id, JobState job_state) {
    Job job;
    job.id = id;
    job.character_name = "Mira";
    job.request.version_name = "Anime Portrait";
    job.state = job_state;
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
  QueueState queue;
  JobListState state;
  JobListResult result;  // everything that was asked for
};

TEST_F(JobListTest, submits_an_uncertain_job_again_only_after_saying_that_it_may_be_billed_twice) {
  add("lost", JobState::uncertain);
  click("Submit again...");
  EXPECT_TRUE(result.submit_again.empty());
  click("Leave it");
  EXPECT_TRUE(result.submit_again.empty());
  EXPECT_FALSE(gui.has("###send_again"));
  click("Submit again...");
  click("###send_again");
  EXPECT_EQ(result.submit_again, "lost");
}

TEST_F(JobListTest, keeps_what_has_no_room_behind_a_button_with_all_its_actions) {
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) add(id, JobState::failed);
  gui.frames(3);
  EXPECT_EQ(gui.items("###retry").size(), 3U);
  EXPECT_TRUE(gui.has("+ 3 more"));
  click("###rest_of_jobs");
  EXPECT_EQ(gui.items("###retry").size(), 6U);
  gui.click_at(gui.items("###retry").back().centre());
  gui.frames(2);
  EXPECT_EQ(result.retry, "f");
}

TEST_F(JobListTest, asks_for_the_soft_limit_where_it_asks_for_the_second_bill) {
  add("lost", JobState::uncertain);
  click("Submit again...");
  click("###send_again");
  EXPECT_FALSE(result.accepts_limit) << "nobody asked";
  result.submit_again.clear();
  state.again.limit = "Northwind would have spent 9 credits; it asks above 4. Spend 5 more?";
  click("Submit again...");
  click("###send_again");
  EXPECT_EQ(result.submit_again, "lost");
  EXPECT_TRUE(result.accepts_limit);
  result.submit_again.clear();
  state.again = {.limit = {}, .refused = "Northwind has 0 of 9 credits left"};
  click("Submit again...");
  click("###send_again");
  EXPECT_TRUE(result.submit_again.empty()) << "a hard limit asks nobody";
}

TEST_F(JobListTest, offers_to_check_only_what_the_provider_can_tell) {
  add("lost", JobState::uncertain);
  gui.frames(2);
  EXPECT_FALSE(gui.has("Check again"));
  jobs[0].provider_job_id = "p-1";
  click("Check again");
  EXPECT_EQ(result.check, "lost");
}

TEST_F(JobListTest, offers_to_check_a_lost_job_whose_key_its_provider_bills_once) {
  add("lost", JobState::uncertain).repeatable = true;
  click("Check again");
  EXPECT_EQ(result.check, "lost");
}

TEST_F(JobListTest, offers_to_check_a_failed_job_whose_picture_may_be_at_its_provider) {
  add("late", JobState::failed).provider_job_id = "p-1";
  jobs[0].billing = Billing::not_billed;
  gui.frames(2);
  EXPECT_FALSE(gui.has("Check again"));
  for (const Billing billing : {Billing::uncertain, Billing::billed}) {
    jobs[0].billing = billing;
    result.check.clear();
    click("Check again");
    EXPECT_EQ(result.check, "late");
  }
  click("Retry...");
  EXPECT_EQ(result.retry, "late");
}

TEST_F(JobListTest, never_offers_again_what_was_submitted_again) {
  add("lost", JobState::uncertain).submitted_again_as = "second";
  gui.frames(2);
  EXPECT_FALSE(gui.has("Submit again..."));
}

TEST_F(JobListTest, cancels_one_the_queued_ones_or_all) {
  add("sent", JobState::running);
  add("next", JobState::queued).queue_position = 1;
  click("Cancel");
  EXPECT_EQ(result.cancel, "sent");
  EXPECT_FALSE(result.cancel_queued || result.cancel_all);
  click("Queue...");
  click("###cancel_queued");
  EXPECT_TRUE(result.cancel_queued);
  EXPECT_FALSE(result.cancel_all);
  click("Queue...");
  click("###cancel_all");
  EXPECT_TRUE(result.cancel_all);
}

TEST_F(JobListTest, shows_the_character_of_the_card_that_is_pressed) {
  add("sent", JobState::running).character_id = "mira";
  click("###job");
  EXPECT_EQ(result.show, "sent");
}

TEST_F(JobListTest, pauses_and_goes_on) {
  add("next", JobState::queued).queue_position = 1;
  click("Queue...");
  click("###pause");
  EXPECT_EQ(result.pause, true);
  jobs.clear();
  queue.paused = true;
  click("Queue...");
  click("###pause");
  EXPECT_EQ(result.pause, false);
}

TEST_F(JobListTest, moves_a_queued_job_by_its_menu) {
  add("first", JobState::queued).queue_position = 1;
  add("second", JobState::queued).queue_position = 2;
  gui.frames(2);
  gui.click_at(gui.items("###job").at(1).centre(), 1);
  click("###move_first");
  EXPECT_EQ(result.move, "second");
  EXPECT_EQ(result.move_to, QueueMove::first);
}

TEST_F(JobListTest, takes_the_place_of_the_card_it_is_dropped_on) {
  add("sent", JobState::running);
  add("first", JobState::queued).queue_position = 1;
  add("second", JobState::queued).queue_position = 2;
  gui.frames(2);
  const std::vector<DrawnItem> cards = gui.items("###job");
  ASSERT_EQ(cards.size(), 3U);
  const auto drag = [&](const DrawnItem& from, const DrawnItem& to) {
    gui.move_to(from.centre());
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    gui.frames(2);
    gui.move_to({from.centre().x + 20, from.centre().y});
    gui.move_to(to.centre());
    gui.frames(2);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    gui.frames(2);
  };
  drag(cards[2], cards[0]);
  EXPECT_TRUE(result.move.empty()) << "what was sent has no place in the queue";
  drag(cards[2], cards[1]);
  EXPECT_EQ(result.move, "second");
  EXPECT_EQ(result.place_of, "first");
}

TEST_F(JobListTest, sends_a_queued_job_earlier_by_its_arrow) {
  add("first", JobState::queued).queue_position = 1;
  add("second", JobState::queued).queue_position = 2;
  gui.frames(2);
  EXPECT_EQ(gui.items("###earlier").size(), 1U) << "the first cannot go earlier";
  click("###earlier");
  EXPECT_EQ(result.move, "second");
  EXPECT_EQ(result.move_to, QueueMove::up);
}

TEST_F(JobListTest, opens_the_jobs_that_are_over_even_when_none_is_under_way) {
  click("###history");
  EXPECT_TRUE(result.history);
}

TEST_F(JobListTest, says_once_that_a_provider_has_no_credit_and_starts_its_queue_again) {
  queue.stopped = {{"paid", "Paid has no credit left"}};
  add("next", JobState::queued).queue_position = 1;
  click("Start again");
  EXPECT_EQ(result.start_provider, "paid");
}

TEST_F(JobListTest, puts_the_settings_of_a_failed_job_into_the_form) {
  add("failed", JobState::failed);
  click("Retry...");
  EXPECT_EQ(result.retry, "failed");
  click("Dismiss");
  EXPECT_TRUE(state.dismissed.contains("failed"));
}

}  // namespace
}  // namespace castboard
