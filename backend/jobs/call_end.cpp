#include "jobs/call_end.h"

#include <algorithm>
#include <random>

namespace castboard {

namespace {

using std::chrono::milliseconds;

constexpr int kRefusalsTried = 8;     // "wait": nothing was made
constexpr int kConnectionsTried = 3;  // not reached: nothing was sent
constexpr int kQuestionsTried = 8;    // asked for what is at the provider, and not reached
constexpr int kDeadlinesTried = 2;    // asked for until the provider's own time limit
constexpr int kRowsTried = 5;         // the library did not take the row: nothing was sent
constexpr milliseconds kFirstDelay{1'000};
constexpr milliseconds kFirstWait{1'000};  // after "wait"; its own wish counts if longer
constexpr milliseconds kLongestDelay{60'000};

Verdict leave() {
  Verdict verdict;
  verdict.next = Verdict::Next::leave;
  return verdict;
}

Verdict try_again(const CallEnd& end, milliseconds first) {
  Verdict verdict;
  verdict.next = Verdict::Next::try_again;
  verdict.error = end.error;
  verdict.delay = back_off(first, kLongestDelay, end.attempts);
  return verdict;
}

Verdict settled(const CallEnd& end, JobState state, Billing billing) {
  Verdict verdict;
  verdict.state = state;
  verdict.billing = end.free ? Billing::free : billing;
  const bool costs = verdict.billing == Billing::billed || verdict.billing == Billing::uncertain;
  verdict.credits = costs ? end.credits : 0;
  verdict.error = end.error;
  return verdict;
}

Verdict uncertain(const CallEnd& end) {
  Verdict verdict = settled(end, JobState::uncertain, Billing::uncertain);
  verdict.error.code = ErrorCode::uncertain;
  if (end.at_provider)
    verdict.error.hint =
        "Check it again later: the provider knows it. It is not sent a second time.";
  else if (end.key_counts)
    verdict.error.hint =
        "Check it again: the request is repeated with its key, for which the provider bills once.";
  else
    verdict.error.hint = "Look at the provider's own pages; submitting it again may bill it twice.";
  return verdict;
}

Verdict closed(const CallEnd& end) {
  if (end.state == JobState::queued || end.at_provider) return leave();
  CallEnd told = end;
  told.error.message = "Castboard was closed while the provider was working; it may be billed";
  if (end.free) {
    told.error.hint = "It cost nothing: generate it again.";
    return settled(told, JobState::cancelled, Billing::free);
  }
  return uncertain(told);
}

Verdict cancelled(const CallEnd& end) {
  const bool sent = end.state != JobState::queued;
  if (!sent || end.free || (end.cancelled_there && !is_made(end)))
    return settled(end, JobState::cancelled, Billing::not_billed);
  if (is_made(end)) {
    CallEnd told = end;
    told.error.hint = end.at_provider
                          ? "The picture was made and waits there: check the job to fetch it."
                          : "The picture was made already; it may be billed.";
    return settled(told, JobState::cancelled,
                   end.cost_named ? Billing::billed : Billing::uncertain);
  }
  Verdict verdict = settled(end, JobState::cancelled, Billing::uncertain);
  if (verdict.error.hint.empty())
    verdict.error.hint = "The provider had it already and may still bill it.";
  return verdict;
}

// Nobody answered in time, or at all.
Verdict unanswered(const CallEnd& end) {
  const bool unreached = end.error.code == ErrorCode::network;
  const int questions = unreached ? kQuestionsTried : kDeadlinesTried;
  if (end.at_provider)
    return end.attempts < questions ? try_again(end, kFirstDelay) : uncertain(end);
  if (unreached && end.attempts < kConnectionsTried) return try_again(end, kFirstDelay);
  return settled(end, JobState::failed, Billing::not_billed);
}

Verdict told_to_wait(const CallEnd& end) {
  const int tries = end.at_provider ? kQuestionsTried : kRefusalsTried;
  const bool welcome = end.at_provider || end.error.retry_after.count() > 0;
  if (welcome && end.attempts < tries) return try_again(end, kFirstWait);
  return end.at_provider ? uncertain(end) : settled(end, JobState::failed, Billing::not_billed);
}

Verdict out_of_credit(const CallEnd& end) {
  if (end.at_provider) return settled(end, JobState::failed, Billing::uncertain);
  Verdict verdict;
  verdict.next = Verdict::Next::stop_provider;
  verdict.error = end.error;
  return verdict;
}

Verdict not_written(const CallEnd& end) {
  if (end.state != JobState::queued)
    return end.free ? settled(end, JobState::failed, Billing::free) : uncertain(end);
  if (end.attempts < kRowsTried) return try_again(end, kFirstDelay);
  return settled(end, JobState::failed, Billing::not_billed);
}

// What the first request came to is not known any better: unless the provider says that it refused
// it, or sent something, it may be billed as before.
bool tells_nothing_of_the_first(const CallEnd& end) {
  return end.repeats && !end.at_provider && !end.answered && end.error.code != ErrorCode::refused &&
         end.error.code != ErrorCode::bad_picture &&
         (end.error.code != ErrorCode::cancelled || end.stopping);
}

Verdict verdict_on(const CallEnd& end) {
  const ErrorCode code = end.error.code;
  if (tells_nothing_of_the_first(end)) return uncertain(end);
  const bool unanswered_code = code == ErrorCode::network || code == ErrorCode::timed_out;
  if (end.stopping &&
      (code == ErrorCode::cancelled || code == ErrorCode::rate_limited || unanswered_code))
    return closed(end);
  switch (code) {
    case ErrorCode::cancelled:
      return cancelled(end);
    case ErrorCode::network:
    case ErrorCode::timed_out:
      return unanswered(end);
    case ErrorCode::rate_limited:
      return told_to_wait(end);
    case ErrorCode::out_of_credit:
      return out_of_credit(end);
    case ErrorCode::uncertain:
      return uncertain(end);
    case ErrorCode::library:
    case ErrorCode::disk_full:
    case ErrorCode::read_only:
      return not_written(end);
    case ErrorCode::bad_picture:
      return settled(end, JobState::failed, Billing::billed);
    case ErrorCode::internal:
      if (end.state != JobState::queued && !end.free) return uncertain(end);
      break;
    case ErrorCode::provider:
      // Accepted, and then failed or lost there, or done and no picture in the answer, or broken
      // down over it: what it bills for that is the provider's affair.
      if (end.at_provider || end.answered || end.broke_down)
        return settled(end, JobState::failed, Billing::uncertain);
      break;
    case ErrorCode::configuration:
    case ErrorCode::not_found:
    case ErrorCode::invalid_input:
      // A key or a descriptor is missing here; the picture is still there.
      if (end.at_provider) return uncertain(end);
      break;
    default:
      break;
  }
  // A refusal that names what it cost is not for nothing.
  return settled(end, JobState::failed, end.answered ? Billing::uncertain : Billing::not_billed);
}

}  // namespace

milliseconds back_off(milliseconds first, milliseconds longest, int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const milliseconds whole = std::min(longest, first * (1 << std::clamp(attempt - 1, 0, 10)));
  if (whole.count() < 2) return whole;
  std::uniform_int_distribution<milliseconds::rep> share(whole.count() / 2, whole.count());
  return milliseconds(share(random));
}

bool is_made(const CallEnd& end) {
  return end.answered || end.state == JobState::downloading || end.state == JobState::saving;
}

Verdict judge(const CallEnd& end) {
  Verdict verdict = verdict_on(end);
  // What was billed once stays so, however asking for it again went.
  const bool settles = verdict.next == Verdict::Next::settle;
  if (settles && end.was_billed && !end.free && verdict.billing != Billing::billed) {
    verdict.billing = Billing::billed;
    verdict.credits = end.credits;
  }
  return verdict;
}

}  // namespace castboard
