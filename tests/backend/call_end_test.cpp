#include "jobs/call_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace castboard {
namespace {

using ::testing::HasSubstr;
using Next = Verdict::Next;

CallEnd sent(ErrorCode code) {
  CallEnd end;
  end.error = {code, "said", "hint", {}};
  end.state = JobState::submitting;
  end.credits = 5;
  return end;
}

CallEnd at_provider(ErrorCode code) {
  CallEnd end = sent(code);
  end.state = JobState::running;
  end.at_provider = true;
  return end;
}

CallEnd free_of_charge(CallEnd end) {
  end.free = true;
  return end;
}

CallEnd closing(CallEnd end) {
  end.stopping = true;
  return end;
}

CallEnd often(CallEnd end) {
  end.attempts = 100;
  return end;
}

void expect_settled(const CallEnd& end, JobState state, Billing billing, std::int64_t credits) {
  const Verdict verdict = judge(end);
  EXPECT_EQ(verdict.next, Next::settle);
  EXPECT_EQ(to_string(verdict.state), to_string(state));
  EXPECT_EQ(to_string(verdict.billing), to_string(billing));
  EXPECT_EQ(verdict.credits, credits);
}

TEST(CallEnd, a_broken_paid_call_without_an_id_is_uncertain_and_never_tried_again) {
  expect_settled(sent(ErrorCode::uncertain), JobState::uncertain, Billing::uncertain, 5);
  EXPECT_THAT(judge(sent(ErrorCode::uncertain)).error.hint, HasSubstr("bill it twice"));
  expect_settled(sent(ErrorCode::internal), JobState::uncertain, Billing::uncertain, 5);
}

TEST(CallEnd, what_is_at_its_provider_is_asked_for_again_and_stays_known_when_that_ends) {
  for (const ErrorCode code : {ErrorCode::network, ErrorCode::timed_out, ErrorCode::rate_limited}) {
    EXPECT_EQ(judge(at_provider(code)).next, Next::try_again);
    expect_settled(often(at_provider(code)), JobState::uncertain, Billing::uncertain, 5);
    EXPECT_THAT(judge(often(at_provider(code))).error.hint, HasSubstr("Check it again"));
  }
  expect_settled(at_provider(ErrorCode::configuration), JobState::uncertain, Billing::uncertain, 5);
}

TEST(CallEnd, what_was_never_sent_is_tried_again_and_then_costs_nothing) {
  EXPECT_EQ(judge(sent(ErrorCode::network)).next, Next::try_again);
  CallEnd waiting = sent(ErrorCode::rate_limited);
  waiting.error.retry_after = std::chrono::milliseconds(1);
  EXPECT_EQ(judge(waiting).next, Next::try_again);
  expect_settled(often(waiting), JobState::failed, Billing::not_billed, 0);
  expect_settled(often(sent(ErrorCode::network)), JobState::failed, Billing::not_billed, 0);
  expect_settled(sent(ErrorCode::rate_limited), JobState::failed, Billing::not_billed, 0);
  CallEnd unwritten = sent(ErrorCode::disk_full);
  unwritten.state = JobState::queued;
  EXPECT_EQ(judge(unwritten).next, Next::try_again);
  expect_settled(often(unwritten), JobState::failed, Billing::not_billed, 0);
}

TEST(CallEnd, a_refusal_or_a_wrong_request_costs_nothing_and_is_not_tried_again) {
  for (const ErrorCode code : {ErrorCode::refused, ErrorCode::invalid_input,
                               ErrorCode::configuration, ErrorCode::provider, ErrorCode::timed_out})
    expect_settled(sent(code), JobState::failed, Billing::not_billed, 0);
}

TEST(CallEnd, out_of_credit_stops_the_provider_instead_of_failing_the_job) {
  EXPECT_EQ(judge(sent(ErrorCode::out_of_credit)).next, Next::stop_provider);
  expect_settled(at_provider(ErrorCode::out_of_credit), JobState::failed, Billing::uncertain, 5);
}

TEST(CallEnd, what_failed_after_it_was_accepted_may_have_been_billed) {
  expect_settled(at_provider(ErrorCode::provider), JobState::failed, Billing::uncertain, 5);
  expect_settled(at_provider(ErrorCode::refused), JobState::failed, Billing::not_billed, 0);
}

TEST(CallEnd, a_refusal_that_names_its_cost_may_be_billed) {
  CallEnd refused = sent(ErrorCode::refused);
  refused.answered = true;
  expect_settled(refused, JobState::failed, Billing::uncertain, 5);
  expect_settled(free_of_charge(refused), JobState::failed, Billing::free, 0);
}

TEST(CallEnd, what_broke_down_over_a_request_may_have_billed_it) {
  CallEnd broken = sent(ErrorCode::provider);
  broken.broke_down = true;
  expect_settled(broken, JobState::failed, Billing::uncertain, 5);
  broken.key_counts = broken.repeats = true;
  expect_settled(broken, JobState::uncertain, Billing::uncertain, 5);
}

TEST(CallEnd, bytes_that_are_no_picture_were_paid) {
  expect_settled(sent(ErrorCode::bad_picture), JobState::failed, Billing::billed, 5);
}

TEST(CallEnd, a_cancelled_job_costs_nothing_unless_its_provider_goes_on_with_it) {
  CallEnd queued = sent(ErrorCode::cancelled);
  queued.state = JobState::queued;
  expect_settled(queued, JobState::cancelled, Billing::not_billed, 0);
  expect_settled(sent(ErrorCode::cancelled), JobState::cancelled, Billing::uncertain, 5);
  CallEnd stopped_there = at_provider(ErrorCode::cancelled);
  stopped_there.cancelled_there = true;
  expect_settled(stopped_there, JobState::cancelled, Billing::not_billed, 0);
  expect_settled(free_of_charge(sent(ErrorCode::cancelled)), JobState::cancelled, Billing::free, 0);
}

TEST(CallEnd, a_cancelled_job_whose_picture_was_made_is_billed_whatever_the_provider_says) {
  CallEnd made = at_provider(ErrorCode::cancelled);
  made.cancelled_there = true;
  made.answered = true;
  expect_settled(made, JobState::cancelled, Billing::uncertain, 5);
  EXPECT_THAT(judge(made).error.hint, HasSubstr("check the job"));
  made.cost_named = true;
  expect_settled(made, JobState::cancelled, Billing::billed, 5);
  CallEnd fetched = at_provider(ErrorCode::cancelled);
  fetched.cancelled_there = true;
  fetched.state = JobState::downloading;
  expect_settled(fetched, JobState::cancelled, Billing::uncertain, 5);
  expect_settled(free_of_charge(fetched), JobState::cancelled, Billing::free, 0);
}

TEST(CallEnd, what_was_billed_stays_so_when_it_is_asked_for_in_vain) {
  CallEnd paid = at_provider(ErrorCode::provider);
  paid.was_billed = true;
  expect_settled(paid, JobState::failed, Billing::billed, 5);
  paid.error.code = ErrorCode::refused;
  expect_settled(paid, JobState::failed, Billing::billed, 5);
  paid.error.code = ErrorCode::network;
  EXPECT_EQ(judge(paid).next, Next::try_again);
}

TEST(CallEnd, closing_leaves_what_waits_or_is_at_its_provider_and_doubts_the_rest) {
  CallEnd queued = closing(sent(ErrorCode::cancelled));
  queued.state = JobState::queued;
  EXPECT_EQ(judge(queued).next, Next::leave);
  EXPECT_EQ(judge(closing(at_provider(ErrorCode::cancelled))).next, Next::leave);
  expect_settled(closing(sent(ErrorCode::cancelled)), JobState::uncertain, Billing::uncertain, 5);
  expect_settled(closing(free_of_charge(sent(ErrorCode::cancelled))), JobState::cancelled,
                 Billing::free, 0);
  expect_settled(closing(sent(ErrorCode::refused)), JobState::failed, Billing::not_billed, 0);
}

TEST(CallEnd, a_repetition_with_the_job_s_key_leaves_in_doubt_what_it_does_not_settle) {
  const auto repeated = [](ErrorCode code) {
    CallEnd end = sent(code);
    end.key_counts = end.repeats = true;
    return end;
  };
  for (const ErrorCode code :
       {ErrorCode::network, ErrorCode::timed_out, ErrorCode::rate_limited, ErrorCode::provider,
        ErrorCode::out_of_credit, ErrorCode::invalid_input, ErrorCode::configuration,
        ErrorCode::disk_full, ErrorCode::internal, ErrorCode::uncertain}) {
    expect_settled(repeated(code), JobState::uncertain, Billing::uncertain, 5);
    EXPECT_THAT(judge(repeated(code)).error.hint, HasSubstr("bills once"));
    expect_settled(closing(repeated(code)), JobState::uncertain, Billing::uncertain, 5);
  }
  expect_settled(repeated(ErrorCode::refused), JobState::failed, Billing::not_billed, 0);
  expect_settled(repeated(ErrorCode::bad_picture), JobState::failed, Billing::billed, 5);
  expect_settled(repeated(ErrorCode::cancelled), JobState::cancelled, Billing::uncertain, 5);
}

TEST(BackOff, doubles_up_to_the_longest_and_leaves_half_of_it_to_chance) {
  using std::chrono::milliseconds;
  for (int i = 0; i < 50; ++i) {
    EXPECT_GE(back_off(milliseconds(100), milliseconds(10'000), 3), milliseconds(200));
    EXPECT_LE(back_off(milliseconds(100), milliseconds(10'000), 3), milliseconds(400));
    EXPECT_LE(back_off(milliseconds(100), milliseconds(1'000), 1'000), milliseconds(1'000));
    EXPECT_GE(back_off(milliseconds(100), milliseconds(1'000), 1'000), milliseconds(500));
  }
}

}  // namespace
}  // namespace castboard
