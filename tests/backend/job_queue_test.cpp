#include "jobs/job_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Queues : public ::testing::Test {
 protected:
  // Empty: nothing may start.
  std::string take(seconds at = seconds(0)) {
    const auto taken = queue_.take(start_ + at);
    if (!taken) return {};
    taken_.push_back(*taken);
    return taken->id;
  }
  void add(const std::string& id, const std::string& provider = "paint") {
    queue_.add(id, provider, JobQueue::Kind::fresh);
  }
  void finish(const std::string& id) {
    for (const JobQueue::Taken& taken : taken_)
      if (taken.id == id) queue_.finished(taken);
  }

  std::map<std::string, ProviderLimits> limits_;
  JobQueue queue_{[this](const std::string& provider) { return limits_[provider]; }};
  JobQueue::Clock::time_point start_ = JobQueue::Clock::now();
  std::vector<JobQueue::Taken> taken_;
};

TEST_F(Queues, give_jobs_in_the_order_they_came) {
  add("a");
  add("b");
  EXPECT_EQ(take(), "a");
  EXPECT_EQ(take(), "b");
  EXPECT_EQ(take(), "");
  EXPECT_EQ(queue_.next_time(start_), std::nullopt);
}

TEST_F(Queues, keep_the_limit_of_calls_in_flight_and_let_other_providers_pass) {
  limits_["paint"].in_flight = 1;
  add("a");
  add("b");
  add("c", "ink");
  EXPECT_EQ(take(), "a");
  EXPECT_EQ(take(), "c");
  EXPECT_EQ(take(), "");
  EXPECT_EQ(queue_.next_time(start_), std::nullopt) << "time alone changes nothing";
  finish("a");
  EXPECT_EQ(take(), "b");
}

TEST_F(Queues, keep_the_limit_per_minute_of_all_jobs_together) {
  limits_["paint"].submits_per_minute = 2;
  for (const char* id : {"a", "b", "c"}) add(id);
  EXPECT_EQ(take(), "a");
  finish("a");
  EXPECT_EQ(take(seconds(20)), "b");
  EXPECT_EQ(take(seconds(30)), "");
  EXPECT_EQ(queue_.next_time(start_ + seconds(30)), start_ + seconds(60));
  EXPECT_EQ(take(seconds(60)), "c");
  EXPECT_EQ(queue_.send_again_in("paint", start_ + seconds(70)), seconds(10));
  EXPECT_EQ(queue_.send_again_in("paint", start_ + seconds(80)), seconds(0));
  EXPECT_EQ(queue_.send_again_in("paint", start_ + seconds(80)), seconds(40)) << "it was counted";
}

TEST_F(Queues, bring_back_what_was_put_back_first_but_not_before_its_time) {
  add("a");
  add("b");
  add("c");
  take();
  queue_.put_back("a", JobQueue::Kind::fresh, start_ + seconds(5));
  EXPECT_EQ(take(), "b");
  EXPECT_EQ(queue_.next_time(start_), start_);
  EXPECT_EQ(take(seconds(5)), "a");
  EXPECT_EQ(take(seconds(5)), "c");
}

TEST_F(Queues, do_not_free_a_place_for_a_turn_that_is_over) {
  limits_["paint"].in_flight = 1;
  add("a");
  add("b");
  const auto first = queue_.take(start_);
  queue_.put_back("a", JobQueue::Kind::fresh, start_);
  EXPECT_EQ(take(), "a");
  queue_.finished(*first);
  EXPECT_EQ(take(), "") << "the second turn of a is still in flight";
}

TEST_F(Queues, hold_and_stop_one_provider_and_nobody_else) {
  add("a");
  add("b", "ink");
  queue_.hold("paint", start_ + seconds(10));
  EXPECT_EQ(take(), "b");
  EXPECT_EQ(take(), "");
  EXPECT_EQ(queue_.next_time(start_), start_ + seconds(10));
  queue_.stop("paint", "no credit");
  EXPECT_EQ(take(seconds(20)), "");
  EXPECT_EQ(queue_.next_time(start_), std::nullopt);
  EXPECT_THAT(queue_.state(start_).stopped, ElementsAre(StoppedProvider{"paint", "no credit"}));
  EXPECT_TRUE(queue_.start("paint"));
  EXPECT_FALSE(queue_.start("paint"));
  EXPECT_THAT(queue_.state(start_).stopped, IsEmpty());
  EXPECT_EQ(take(), "a");
}

TEST_F(Queues, say_why_a_provider_waits_and_end_the_wait_when_the_user_says_so) {
  add("a");
  add("b");
  take();
  queue_.hold("paint", start_ + seconds(100), "wait until 14:05");
  queue_.hold("paint", start_ + seconds(50), "a shorter one");
  queue_.put_back("a", JobQueue::Kind::fresh, start_ + seconds(100));
  EXPECT_THAT(queue_.state(start_).stopped,
              ElementsAre(StoppedProvider{"paint", "wait until 14:05"}));
  EXPECT_THAT(queue_.state(start_ + seconds(100)).stopped, IsEmpty()) << "it is over";
  EXPECT_EQ(take(seconds(99)), "");
  EXPECT_TRUE(queue_.start("paint"));
  EXPECT_FALSE(queue_.start("paint"));
  EXPECT_THAT(queue_.state(start_).stopped, IsEmpty());
  EXPECT_EQ(take(), "a") << "the one that was told to wait as well";
  EXPECT_EQ(take(), "b");
  queue_.hold("paint", start_ + seconds(100), "wait again");
  EXPECT_THAT(queue_.state(start_).stopped, IsEmpty()) << "nobody waits for it";
}

TEST_F(Queues, keep_the_limits_of_a_provider_together_where_it_is_the_same) {
  limits_["paint"] = {.in_flight = 1, .submits_per_minute = 2, .shared_as = "queues test"};
  JobQueue other([this](const std::string& provider) { return limits_[provider]; });
  add("a");
  other.add("b", "paint", JobQueue::Kind::fresh);
  other.add("c", "paint", JobQueue::Kind::fresh);
  EXPECT_EQ(take(), "a");
  EXPECT_FALSE(other.take(start_)) << "one is in flight, though not from here";
  EXPECT_EQ(other.next_time(start_), std::nullopt);
  finish("a");
  const auto second = other.take(start_ + seconds(1));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->id, "b");
  other.finished(*second);
  EXPECT_FALSE(other.take(start_ + seconds(2))) << "two were sent in this minute";
  EXPECT_EQ(other.next_time(start_ + seconds(2)), start_ + seconds(60));
  EXPECT_TRUE(other.take(start_ + seconds(60)));
}

TEST_F(Queues, give_their_places_back_when_they_end) {
  limits_["paint"] = {.in_flight = 1, .submits_per_minute = 0, .shared_as = "queues that end"};
  {
    JobQueue other([this](const std::string& provider) { return limits_[provider]; });
    other.add("x", "paint", JobQueue::Kind::fresh);
    ASSERT_TRUE(other.take(start_));
    add("a");
    EXPECT_EQ(take(), "");
  }
  EXPECT_EQ(take(), "a");
}

TEST_F(Queues, hold_nothing_that_is_at_its_provider_already) {
  limits_["paint"] = {.in_flight = 1, .submits_per_minute = 1};
  add("a");
  queue_.add("b", "paint", JobQueue::Kind::at_provider);
  queue_.add("c", "paint", JobQueue::Kind::at_provider);
  queue_.pause(true);
  queue_.stop("paint", "no credit");
  EXPECT_EQ(take(), "b");
  EXPECT_EQ(take(), "c");
  EXPECT_EQ(take(), "");
  EXPECT_TRUE(queue_.state(start_).paused);
  queue_.start("paint");
  queue_.pause(false);
  EXPECT_EQ(take(), "") << "two are in flight there";
  finish("b");
  finish("c");
  EXPECT_EQ(take(), "a");
}

TEST_F(Queues, change_their_order_and_lose_nobody) {
  for (const char* id : {"a", "b", "c", "d"}) add(id);
  queue_.set_order({"d", "a", "unknown", "c"});
  EXPECT_TRUE(queue_.remove("b"));
  EXPECT_FALSE(queue_.remove("b"));
  EXPECT_TRUE(queue_.is_waiting("a"));
  EXPECT_EQ(take(), "d");
  EXPECT_EQ(take(), "a");
  EXPECT_EQ(take(), "c");
}

}  // namespace
}  // namespace castboard
