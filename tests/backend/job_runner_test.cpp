#include "jobs/job_runner.h"

#include "job_runner_support.h"

namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ScriptedProvider;
using ::testing::SizeIs;
using testing::Turnstile;

class JobRunners : public JobsOf {};

TEST_F(JobRunners, write_the_provider_s_id_and_how_to_go_on_before_the_first_wait) {
  Turnstile working;
  paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                            Cancellation& cancel) {
    observer.submitting();
    observer.accepted(ScriptedProvider::remote(request.idempotency_key));
    working.wait(cancel);
    return paint_->picture();
  };
  auto here = start();
  const Job asked = here->runner().submit(portrait()).at(0);
  working.wait_for_arrivals(1);
  const Job row = here->job(asked.id);
  EXPECT_EQ(row.state, JobState::running);
  EXPECT_EQ(row.provider_job_id, "remote-" + asked.id);
  EXPECT_THAT(row.continuation, HasSubstr(asked.id));
  EXPECT_GT(row.lease_until, timestamp_now());
  working.open();
  const Job done = here->wait_until_over(asked.id);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.billing, Billing::billed);
  EXPECT_EQ(done.credits, 5);
}

TEST_F(JobRunners, keep_the_provider_s_real_figure_and_share_it_among_the_pictures) {
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    ProviderResult result = paint_->picture();
    result.pictures.push_back(paint_->picture().pictures[0]);
    result.credit_cost = 7;
    result.provider_cost = 0.5;
    result.provider_cost_unit = "USD";
    return result;
  };
  auto here = start();
  const Job done = here->wait_until_over(here->runner().submit(portrait()).at(0).id);
  EXPECT_EQ(done.credits, 7);
  EXPECT_EQ(done.provider_cost, 0.5);
  EXPECT_EQ(done.provider_cost_unit, "USD");
  const std::vector<Version> made = here->versions();
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(made[0].credit_cost + made[1].credit_cost, 7);
  EXPECT_EQ(made[0].provider_cost + made[1].provider_cost, 0.5);
}

TEST_F(JobRunners, let_one_refusal_take_nothing_of_a_batch_down) {
  paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                            Cancellation&) {
    observer.submitting();
    if (request.asked.seed == 2) throw Failure(ErrorCode::refused, "The paint refused it");
    return paint_->picture();
  };
  auto here = start();
  GenerationRequest request = portrait("paint", 4);
  request.seed = 1;
  int done = 0;
  for (const Job& job : here->runner().submit(request)) {
    const Job over = here->wait_until_over(job.id);
    done += over.state == JobState::done;
    if (over.state == JobState::failed) {
      EXPECT_EQ(over.billing, Billing::not_billed);
    }
  }
  EXPECT_EQ(done, 3);
}

TEST_F(JobRunners, let_one_bad_picture_of_a_reply_take_none_of_the_others_down) {
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    ProviderResult result = paint_->picture();
    result.pictures.insert(result.pictures.begin(), {'n', 'o'});
    return result;
  };
  auto here = start();
  const Job done = here->wait_until_over(here->runner().submit(portrait()).at(0).id);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_THAT(done.message, HasSubstr("1 of 2 pictures could not be used"));
  EXPECT_THAT(here->versions(), SizeIs(1));
}

TEST_F(JobRunners, keep_what_was_paid_and_is_no_picture) {
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    ProviderResult result;
    result.pictures = {{'n', 'o'}};
    return result;
  };
  auto here = start();
  const Job over = here->wait_until_over(here->runner().submit(portrait()).at(0).id);
  EXPECT_EQ(over.state, JobState::failed);
  EXPECT_EQ(over.billing, Billing::billed);
  EXPECT_THAT(over.hint, HasSubstr((directory_.path() / "kept" / over.id).string()));
  here->runner().recover();
  EXPECT_EQ(here->job(over.id).state, JobState::failed) << "it is not tried again";
}

TEST_F(JobRunners, wait_as_long_as_a_provider_asks_and_let_others_pass_on_one_slot) {
  std::atomic<int> calls{0};
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    if (++calls == 1) {
      Error wait{ErrorCode::rate_limited, "The paint asks to wait", {}, {}};
      wait.retry_after = std::chrono::hours(1);
      throw Failure(wait);
    }
    return paint_->picture();
  };
  auto here = start(this_process(), 1);
  const Job first = here->runner().submit(portrait("paint", 2)).at(0);
  const Job waiting =
      here->wait_until(first.id, [](const Job& job) { return !job.message.empty(); });
  EXPECT_EQ(waiting.state, JobState::queued);
  EXPECT_THAT(waiting.message, HasSubstr("asks to wait Tried again at"));
  const Job other = here->runner().submit(portrait("ink")).at(0);
  EXPECT_EQ(here->wait_until_over(other.id).state, JobState::done);
  EXPECT_EQ(calls, 1) << "the second job of the same provider waits as well";
}

TEST_F(JobRunners, end_a_provider_s_wait_when_the_user_says_so_however_long_it_wants) {
  std::atomic<bool> busy{true};
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    if (busy) {
      Error wait{ErrorCode::rate_limited, "The paint asks to wait.", {}, {}};
      wait.retry_after = std::chrono::hours(24 * 365);
      throw Failure(wait);
    }
    return paint_->picture();
  };
  auto here = start(this_process(), 1);
  const std::string tomorrow = local_time_after(std::chrono::hours(24)).substr(0, 10);
  const std::vector<Job> jobs = here->runner().submit(portrait("paint", 2));
  const auto told = [](const Job& job) { return !job.message.empty(); };
  EXPECT_THAT(here->wait_until(jobs[0].id, told).message, HasSubstr(tomorrow)) << "a day, no more";
  const QueueState state = here->wait_for_stop();
  ASSERT_THAT(state.stopped, SizeIs(1));
  EXPECT_EQ(state.stopped[0].name, "paint");
  EXPECT_THAT(state.stopped[0].reason, HasSubstr("asks to wait. Tried again at " + tomorrow));
  busy = false;
  EXPECT_THAT(here->runner().start_provider("paint").stopped, IsEmpty());
  for (const Job& job : jobs) {
    const Job over = here->wait_until_over(job.id);
    EXPECT_EQ(over.state, JobState::done);
    EXPECT_THAT(over.message, IsEmpty());
  }

  busy = true;
  const Job third = here->runner().submit(portrait()).at(0);
  here->wait_until(third.id, told);
  here->wait_for_stop();
  busy = false;
  here->runner().resume(third.id);
  EXPECT_EQ(here->wait_until_over(third.id).state, JobState::done) << "to resume it is a word too";
}

TEST_F(JobRunners, stop_the_whole_queue_of_a_provider_without_credit_until_the_user_says_so) {
  std::atomic<bool> broke{true};
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
    observer.submitting();
    if (broke) throw Failure(ErrorCode::out_of_credit, "The paint has no credit left", "Add some.");
    return paint_->picture();
  };
  auto here = start(this_process(), 1);
  const std::vector<Job> jobs = here->runner().submit(portrait("paint", 3));
  for (const Job& job : jobs) {
    const Job waiting =
        here->wait_until(job.id, [](const Job& row) { return row.error_code == "out_of_credit"; });
    EXPECT_EQ(waiting.state, JobState::queued);
    EXPECT_THAT(waiting.message, HasSubstr("no credit left"));
  }
  EXPECT_EQ(paint_->generated(), 1);
  EXPECT_THAT(here->runner().queue_state().stopped, SizeIs(1));
  const Job other = here->runner().submit(portrait("ink")).at(0);
  EXPECT_EQ(here->wait_until_over(other.id).state, JobState::done);

  broke = false;
  here->runner().start_provider("paint");
  for (const Job& job : jobs) {
    const Job over = here->wait_until_over(job.id);
    EXPECT_EQ(over.state, JobState::done);
    EXPECT_THAT(over.message, IsEmpty());
  }
}

TEST_F(JobRunners, send_in_the_order_the_user_gave) {
  auto here = start(this_process(), 1);
  here->runner().pause(true);
  const std::vector<Job> jobs = here->runner().submit(portrait("paint", 3));
  const std::vector<Job> moved = here->runner().move(jobs[2].id, QueueMove::first);
  ASSERT_THAT(moved, SizeIs(3));
  EXPECT_EQ(moved[0].id, jobs[2].id);
  EXPECT_EQ(moved[0].queue_position, 1);
  EXPECT_EQ(paint_->generated(), 0);
  EXPECT_TRUE(here->runner().queue_state().paused);
  here->runner().pause(false);
  for (const Job& job : jobs) here->wait_until_over(job.id);
  EXPECT_THAT(paint_->keys(), ElementsAre(jobs[2].id, jobs[0].id, jobs[1].id));
}

TEST_F(JobRunners, cancel_what_waits_or_everything) {
  Turnstile working;
  paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                            Cancellation& cancel) {
    observer.submitting();
    observer.accepted(ScriptedProvider::remote(request.idempotency_key));
    working.wait(cancel);
    return paint_->picture();
  };
  paint_->on_cancel = [](const RemoteJob&) { return true; };
  auto here = start(this_process(), 1);
  const std::vector<Job> jobs = here->runner().submit(portrait("paint", 3));
  working.wait_for_arrivals(1);
  EXPECT_THAT(here->runner().cancel_queued(), SizeIs(2));
  EXPECT_EQ(here->job(jobs[0].id).state, JobState::running);
  EXPECT_EQ(here->job(jobs[1].id).state, JobState::cancelled);
  EXPECT_EQ(here->job(jobs[1].id).billing, Billing::not_billed);
  EXPECT_THAT(here->runner().cancel_all(), SizeIs(1));
  const Job over = here->wait_until_over(jobs[0].id);
  EXPECT_EQ(over.state, JobState::cancelled);
  EXPECT_EQ(over.billing, Billing::not_billed) << "the provider said that it stopped";
}

TEST_F(JobRunners, doubt_the_bill_of_a_cancelled_job_whose_provider_goes_on) {
  Turnstile working;
  paint_->on_generate = [&](const ProviderRequest&, ProviderObserver& observer,
                            Cancellation& cancel) {
    observer.submitting();
    working.wait(cancel);
    return paint_->picture();
  };
  auto here = start();
  const Job asked = here->runner().submit(portrait()).at(0);
  working.wait_for_arrivals(1);
  here->runner().cancel(asked.id);
  const Job over = here->wait_until_over(asked.id);
  EXPECT_EQ(over.state, JobState::cancelled);
  EXPECT_EQ(over.billing, Billing::uncertain);
  EXPECT_EQ(over.credits, 5);
}

TEST_F(JobRunners, refuse_over_a_project_s_limit_and_ask_above_the_soft_one) {
  auto here = start();
  const auto limit = [&](const CreditLimits& limits) {
    here->library().write([&](StoreWriter& writer) { writer.set_credit_limits(project_, limits); });
  };
  const auto refusal = [&](const GenerationRequest& request) {
    return testing::failure_of([&] { here->runner().submit(request); });
  };
  limit({.total = 9});
  EXPECT_EQ(refusal(portrait("paint", 2)).code, ErrorCode::out_of_credit);
  EXPECT_EQ(testing::failure_of([&] { here->runner().quote(portrait("paint", 2)); }).code,
            ErrorCode::out_of_credit);
  limit({.total_ask_above = 4});
  EXPECT_THAT(here->runner().quote(portrait()).ask, HasSubstr("asks above 4"));
  EXPECT_THAT(refusal(portrait()).message, HasSubstr("asks above 4"));
  EXPECT_EQ(paint_->generated(), 0);
  GenerationRequest accepted = portrait();
  accepted.soft_limit_accepted = true;
  here->wait_until_over(here->runner().submit(accepted).at(0).id);
  limit({.daily = 9});
  EXPECT_THAT(refusal(portrait()).message, HasSubstr("today"));
  GenerationRequest own = portrait();
  own.max_credits = 4;
  limit({});
  EXPECT_EQ(refusal(own).code, ErrorCode::out_of_credit);
  EXPECT_THAT(here->library().read([](StoreReader& reader) { return reader.jobs(true); }),
              SizeIs(1));
}

TEST_F(JobRunners, count_what_waits_since_yesterday_as_of_today) {
  auto here = start();
  here->runner().pause(true);
  Job waiting = here->runner().submit(portrait()).at(0);
  waiting.id = random_uuid();
  waiting.created_at = timestamp_after(-std::chrono::hours(30));
  here->library().write([&](StoreWriter& writer) {
    writer.add_job(waiting);
    writer.set_credit_limits(project_, {.daily = 14});
  });
  EXPECT_THAT(testing::failure_of([&] { here->runner().submit(portrait()); }).message,
              HasSubstr("today"))
      << "all three would be sent today";
  here->library().write(
      [&](StoreWriter& writer) { writer.set_credit_limits(project_, {.daily = 15}); });
  EXPECT_THAT(here->runner().submit(portrait()), SizeIs(1));
}

TEST_F(JobRunners, count_what_is_promised_to_jobs_under_way) {
  auto here = start();
  here->runner().pause(true);
  here->library().write(
      [&](StoreWriter& writer) { writer.set_credit_limits(project_, {.total = 9}); });
  here->runner().submit(portrait());
  EXPECT_EQ(testing::failure_of([&] { here->runner().submit(portrait()); }).code,
            ErrorCode::out_of_credit);
}

}  // namespace
}  // namespace castboard
