#include <limits>

#include "os/processes.h"
#include "store_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The queue's order, leases, what jobs cost.
class JobStore : public StoreTest {
 protected:
  std::vector<JobId> queue() {
    std::vector<JobId> ids;
    for (const Job& job : reader().jobs(false))
      if (job.state == JobState::queued && job.owner == owner_.owner) ids.push_back(job.id);
    return ids;
  }

  Job add_job_of(const std::string& provider, const std::string& time = {}) {
    Job job;
    job.id = random_uuid();
    job.project_id = project_;
    job.character_id = mira_;
    job.user_id = user_;
    job.request.character_id = mira_;
    job.request.provider = provider;
    job.request.template_type = "portrait";
    job.owner = owner_.owner;
    job.epoch = owner_.epoch;
    job.credit_estimate = 10;
    job.created_at = time;
    writer().add_job(job);
    return job;
  }

  void end(Job job, JobState state, Billing billing, std::int64_t credits) {
    job.state = state;
    job.billing = billing;
    job.credits = credits;
    writer().update_job(job, owner_);
  }

  Version add_picture_of(const Job& job, std::int64_t time_ms = 0) {
    NewVersion added = picture(mira_, 1, ActivatePolicy::never);
    added.version.job_id = job.id;
    added.version.provider = job.request.provider;
    added.version.credit_cost = 10;
    added.version.generation_time_ms = time_ms;
    return add(added);
  }
};

TEST_P(JobStore, moves_a_queued_job_first_up_down_and_last) {
  std::vector<JobId> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(add_job().id);
  writer().move_job(ids[3], QueueMove::first);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[0], ids[1], ids[2]));
  EXPECT_EQ(reader().job(ids[3])->queue_position, 1);
  writer().move_job(ids[2], QueueMove::up);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[0], ids[2], ids[1]));
  writer().move_job(ids[3], QueueMove::down);
  EXPECT_THAT(queue(), ElementsAre(ids[0], ids[3], ids[2], ids[1]));
  writer().move_job(ids[0], QueueMove::last);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[2], ids[1], ids[0]));
  writer().move_job(ids[3], QueueMove::up);
  writer().move_job(ids[0], QueueMove::down);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[2], ids[1], ids[0]));
  const JobId last = add_job().id;
  EXPECT_EQ(queue().back(), last);
}

TEST_P(JobStore, moves_a_queued_job_to_the_place_of_another) {
  std::vector<JobId> ids;
  for (int i = 0; i < 4; ++i) ids.push_back(add_job().id);
  writer().move_job_to(ids[3], ids[1]);
  EXPECT_THAT(queue(), ElementsAre(ids[0], ids[3], ids[1], ids[2]));
  writer().move_job_to(ids[0], ids[2]);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[1], ids[2], ids[0]));
  writer().move_job_to(ids[1], ids[1]);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[1], ids[2], ids[0]));
  EXPECT_EQ(reader().job(ids[0])->queue_position, 4);
  Job running = add_job();
  running.state = JobState::running;
  writer().update_job(running, owner_);
  EXPECT_EQ(error_of([&] { writer().move_job_to(ids[0], running.id); }).code,
            ErrorCode::invalid_input);
  EXPECT_THAT(queue(), ElementsAre(ids[3], ids[1], ids[2], ids[0])) << "nothing moved";
}

TEST_P(JobStore, moves_no_job_that_is_under_way_and_none_of_another_process) {
  Job running = add_job();
  running.state = JobState::running;
  writer().update_job(running, owner_);
  EXPECT_EQ(error_of([&] { writer().move_job(running.id, QueueMove::first); }).code,
            ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { writer().move_job("none", QueueMove::first); }).code,
            ErrorCode::not_found);
  const Job mine = add_job();
  const Job theirs = add_job();
  writer().take_over_job(theirs.id, "host/9/9", theirs.epoch, "");
  const Job other = add_job();
  writer().move_job(other.id, QueueMove::first);
  EXPECT_THAT(queue(), ElementsAre(other.id, mine.id));
  EXPECT_EQ(reader().job(theirs.id)->queue_position, 1);
}

TEST_P(JobStore, renews_the_leases_of_what_its_owner_still_has_and_tells_nobody) {
  Job running = add_job();
  running.state = JobState::running;
  writer().update_job(running, owner_);
  const Job queued = add_job();
  Job lost = add_job();
  lost.state = JobState::running;
  writer().update_job(lost, owner_);
  writer().take_over_job(lost.id, "host/9/9", lost.epoch, "2026-01-01T00:00:00.000Z");
  const std::int64_t seen = reader().last_change();
  writer().renew_leases(owner_.owner, {running.id, queued.id, lost.id}, "2026-02-02T00:00:00.000Z");
  EXPECT_EQ(reader().job(running.id)->lease_until, "2026-02-02T00:00:00.000Z");
  EXPECT_EQ(reader().job(queued.id)->lease_until, "");
  EXPECT_EQ(reader().job(lost.id)->lease_until, "2026-01-01T00:00:00.000Z");
  EXPECT_EQ(reader().last_change(), seen);
}

TEST_P(JobStore, says_why_the_queue_of_a_provider_waits_until_it_does_no_more) {
  const Job one = add_job_of("paint");
  const Job other = add_job_of("ink");
  writer().set_waiting_reason(
      owner_.owner, "paint",
      {ErrorCode::out_of_credit, "Paint has no credit left", "Add some", {}});
  EXPECT_EQ(reader().job(one.id)->message, "Paint has no credit left");
  EXPECT_EQ(reader().job(one.id)->error_code, "out_of_credit");
  EXPECT_EQ(reader().job(other.id)->message, "");
  const std::int64_t seen = reader().last_change();
  writer().set_waiting_reason(owner_.owner, "ink", {});
  EXPECT_EQ(reader().last_change(), seen) << "nothing changed";
  writer().set_waiting_reason(owner_.owner, "paint", {});
  EXPECT_EQ(reader().job(one.id)->message, "");
  EXPECT_EQ(reader().job(one.id)->error_code, "");
}

TEST_P(JobStore, keeps_the_key_of_a_job_that_is_submitted_again) {
  const Job first = add_job_of("paint");
  Job again = first;
  again.id = random_uuid();
  again.again_of = first.id;
  again.idempotency_key = first.id;
  writer().add_job(again);
  EXPECT_EQ(reader().job(again.id)->idempotency_key, first.id);
  EXPECT_EQ(reader().job(again.id)->again_of, first.id);
  EXPECT_EQ(reader().job(first.id)->submitted_again_as, again.id);
}

TEST_P(JobStore, keeps_the_limits_of_a_project) {
  const CreditLimits limits{
      .total = 500, .total_ask_above = 400, .daily = 50, .daily_ask_above = 0};
  const Project project = writer().set_credit_limits(project_, limits);
  EXPECT_EQ(project.credit_limit, 500);
  EXPECT_EQ(project.credit_ask_above, 400);
  EXPECT_EQ(project.daily_credit_limit, 50);
  EXPECT_EQ(project.daily_credit_ask_above, 0);
  writer().set_credit_limits(project_, {});
  EXPECT_EQ(reader().project(project_)->credit_limit, std::nullopt);
  EXPECT_EQ(error_of([&] { writer().set_credit_limits(project_, {.total = -1}); }).code,
            ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { writer().set_credit_limits("none", {}); }).code, ErrorCode::not_found);
}

TEST_P(JobStore, counts_what_was_billed_or_may_have_been_and_what_is_promised) {
  const std::string then = "2026-01-30T12:00:00.000Z";
  const std::string today = "2026-01-31T00:00:00.000Z";
  const std::string now = "2026-01-31T12:00:00.000Z";
  end(add_job_of("paint", then), JobState::done, Billing::billed, 7);
  end(add_job_of("paint", now), JobState::failed, Billing::billed, 1);
  end(add_job_of("paint", now), JobState::uncertain, Billing::uncertain, 10);
  end(add_job_of("paint", now), JobState::failed, Billing::not_billed, 0);
  end(add_job_of("sketch", now), JobState::done, Billing::free, 0);
  add_job_of("paint", then);  // waits: it is sent today at the earliest
  add_job_of("paint", now);
  Job sent = add_job_of("paint", then);
  sent.started_at = then;
  end(sent, JobState::running, Billing::open, 0);
  const CreditUse use = reader().credit_use(project_, today);
  EXPECT_EQ(use.used, 18);
  EXPECT_EQ(use.used_since, 11);
  EXPECT_EQ(use.reserved, 30);
  EXPECT_EQ(use.reserved_since, 20);
  EXPECT_EQ(reader().project(project_)->credits_used, 18);
  EXPECT_EQ(reader().project(project_)->credits_reserved, 30);
}

TEST_P(JobStore, adds_up_what_is_more_than_can_be_counted_without_failing) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kCounted = 1'000'000'000'000'000;
  for (int i = 0; i < 3; ++i) end(add_job_of("paint"), JobState::done, Billing::billed, kMost);
  for (int i = 0; i < 2; ++i) {
    Job open = add_job_of("paint");
    open.credit_estimate = kMost;
    end(open, JobState::running, Billing::open, 0);
  }
  EXPECT_EQ(reader().project(project_)->credits_used, kCounted);
  EXPECT_EQ(reader().credit_use(project_, "").used, kCounted);
  EXPECT_EQ(reader().projects().size(), 1U);
  for (const LedgerEntry& entry : reader().ledger_entries({})) EXPECT_LE(entry.credits, kCounted);
}

TEST_P(JobStore, a_purged_picture_of_a_job_is_counted_once) {
  const Job job = add_job_of("paint");
  const Version made = add_picture_of(job);
  end(job, JobState::done, Billing::billed, 10);
  EXPECT_EQ(reader().project(project_)->credits_used, 10);
  writer().trash_versions({made.id}, false);
  std::vector<std::string> files;
  writer().purge_versions({made.id}, files);
  EXPECT_EQ(reader().project(project_)->credits_used, 10);
  EXPECT_EQ(reader().credit_use(project_, "").used, 10);
}

TEST_P(JobStore, lists_what_was_spent_with_what_failed_and_what_was_omitted) {
  const Job good = add_job_of("paint", "2026-01-30T12:00:00.000Z");
  const Version made = add_picture_of(good);
  end(good, JobState::done, Billing::billed, 10);
  writer().set_status({made.id}, Status::omitted, false);
  end(add_job_of("ink", "2026-01-31T12:00:00.000Z"), JobState::uncertain, Billing::uncertain, 3);
  add_job_of("paint", "2026-02-01T12:00:00.000Z");
  const auto all = reader().ledger_entries({});
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].job_id, good.id);
  EXPECT_EQ(all[0].project_name, "Demo");
  EXPECT_EQ(all[0].character_name, "Mira");
  EXPECT_EQ(all[0].template_type, "portrait");
  EXPECT_EQ(all[0].billing, Billing::billed);
  EXPECT_EQ(all[0].credits, 10);
  EXPECT_EQ(all[0].pictures, 1);
  EXPECT_EQ(all[0].omitted, 1);
  EXPECT_EQ(all[1].billing, Billing::uncertain);
  EXPECT_EQ(all[2].billing, Billing::open);
  EXPECT_EQ(all[2].credits, 10) << "its estimate";
  EXPECT_THAT(reader().ledger_entries({.provider = "paint"}), SizeIs(2));
  EXPECT_THAT(reader().ledger_entries(
                  {.since = "2026-01-31T00:00:00.000Z", .until = "2026-02-01T00:00:00.000Z"}),
              SizeIs(1));
  EXPECT_THAT(reader().ledger_entries({.project_id = "other"}), IsEmpty());
  EXPECT_THAT(reader().ledger_entries({.character_id = mira_}), SizeIs(3));
}

TEST_P(JobStore, lists_what_is_over_the_last_to_end_first) {
  const auto ended = [&](const std::string& provider, JobState state, const std::string& time) {
    Job job = add_job_of(provider);
    job.finished_at = time;
    end(job, state, Billing::not_billed, 0);
    return job.id;
  };
  const JobId first = ended("paint", JobState::done, "2026-01-01T00:00:01.000Z");
  const JobId third = ended("Ink", JobState::failed, "2026-01-01T00:00:03.000Z");
  const JobId second = ended("ink", JobState::done, "2026-01-01T00:00:02.000Z");
  add_job_of("paint");
  const auto ids = [&](const JobHistoryQuery& query) {
    std::vector<JobId> found;
    for (const Job& job : reader().jobs_over(query)) found.push_back(job.id);
    return found;
  };
  EXPECT_THAT(ids({}), ElementsAre(third, second, first)) << "the queued one is not over";
  EXPECT_THAT(ids({.limit = 2}), ElementsAre(third, second));
  EXPECT_THAT(ids({.state = JobState::done}), ElementsAre(second, first));
  EXPECT_THAT(ids({.text = "mira INK"}), ElementsAre(third, second));
  EXPECT_THAT(ids({.text = "nobody"}), IsEmpty());
  EXPECT_THAT(ids({.project_id = project_}), SizeIs(3));
  EXPECT_THAT(ids({.project_id = "elsewhere"}), IsEmpty());
}

TEST_P(JobStore, knows_the_usual_time_of_a_provider_and_template) {
  EXPECT_EQ(reader().usual_time_ms("paint", "portrait"), 0);
  for (const std::int64_t time : {9'000, 1'000, 2'000, 0})
    add_picture_of(add_job_of("paint"), time);
  EXPECT_EQ(reader().usual_time_ms("paint", "portrait"), 2'000);
  EXPECT_EQ(reader().usual_time_ms("paint", "scene"), 0);
}

INSTANTIATE_TEST_SUITE_P(All, JobStore, ::testing::ValuesIn(store_implementations()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace castboard
