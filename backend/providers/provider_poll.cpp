#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/result.h"
#include "providers/progress_watch.h"
#include "providers/provider_call.h"
#include "providers/secrets.h"

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds kAskLimit{60'000};
constexpr milliseconds kLongestRest{30'000};  // between answers that are none
// A job is lost when its provider says so twice: the first time may be too early.
constexpr int kLostAnswers = 2;
constexpr std::size_t kDetailBytes = 1000;
constexpr CallStage kStage = CallStage::poll;

}  // namespace

// What one look at a job brought.
struct ProviderCall::Look {
  enum class State { waiting, done, no_answer, lost, session_expired };
  State state = State::waiting;
  HttpResponse response;
  json body;
  std::optional<Fault> fault;
  std::string problem;               // of no answer, or of lost
  std::optional<milliseconds> rest;  // what the provider asks for
};

HttpResponse ProviderCall::wait_until_done(bool at_once, json& body) {
  const PollRule& rule = *descriptor_.poll;
  milliseconds interval = rule.interval;
  std::string last_problem;
  int lost_answers = 0;
  bool session_renewed = false;
  for (int silent = 0;;) {
    if (!at_once) pause(std::min(interval, time_left()));
    at_once = false;
    if (Clock::now() >= deadline_)
      throw Failure(ErrorCode::timed_out,
                    fmt::format("{} did not finish within {} s.{}", descriptor_.title,
                                setting_.limits.total.count() / 1000,
                                last_problem.empty() ? "" : " The last answer: " + last_problem),
                    "It may still finish there: check again later.");
    Look seen = look();
    last_problem = seen.problem;
    interval = std::min(interval * 3 / 2, rule.longest_interval);
    switch (seen.state) {
      case Look::State::done:
        body = std::move(seen.body);
        return std::move(seen.response);
      case Look::State::lost:
        if (++lost_answers >= kLostAnswers)
          throw lost_job(descriptor_, seen.problem,
                         masked_start(seen.response.text(), kDetailBytes, setting_.access.secrets));
        break;
      case Look::State::session_expired:
        if (session_renewed) throw_fault(*seen.fault, seen.response, kStage);
        session_renewed = true;
        reopen_session();
        at_once = true;
        break;
      case Look::State::no_answer:
        interval = std::max(interval, std::min(back_off(rule.interval, ++silent), kLongestRest));
        break;
      case Look::State::waiting:
        silent = 0;
        lost_answers = 0;
        session_renewed = false;
        break;
    }
    if (seen.rest) interval = std::max(interval, *seen.rest);
  }
}

ProviderCall::Look ProviderCall::look() {
  const PollRule& rule = *descriptor_.poll;
  Look seen = answer_to(rule.request);
  if (seen.state != Look::State::waiting) return seen;
  tell_progress(seen.body);
  if (rule.done.holds(seen.response, seen.body, captured_.job_id)) {
    take_facts(seen.response, seen.body);
    if (rule.result) seen = answer_to(*rule.result);
    if (seen.state == Look::State::waiting) seen.state = Look::State::done;
  } else if (rule.alive && !is_alive()) {
    seen.state = Look::State::lost;
    seen.problem = "it is neither waiting nor finished there.";
  }
  return seen;
}

// `waiting` for an answer without fault. Throws what ends the job.
ProviderCall::Look ProviderCall::answer_to(const RequestTemplate& from) {
  Look seen;
  SentState sent = SentState::nothing_sent;
  try {
    seen.response = ask(from, kAskLimit, descriptor_.poll->auth_hosts, &sent);
  } catch (const Failure& failure) {
    const ErrorCode code = failure.error().code;
    const bool not_allowed = code == ErrorCode::configuration ||
                             (code == ErrorCode::provider && sent == SentState::nothing_sent);
    if (code == ErrorCode::cancelled || not_allowed) throw;
    seen.state = Look::State::no_answer;
    seen.problem = failure.error().message;
    return seen;
  }
  seen.body = parse_body(seen.response);
  seen.fault = fault_in(seen.response, seen.body, kStage);
  if (!seen.fault) return seen;
  const Fault& fault = *seen.fault;
  seen.problem = fault.text;
  seen.rest = fault.retry_after;
  if (fault.kind == FaultClass::session_expired)
    seen.state = Look::State::session_expired;
  else if (fault.kind == FaultClass::lost)
    seen.state = Look::State::lost;
  else if (fault.kind == FaultClass::rate_limited || fault.kind == FaultClass::no_answer ||
           (fault.kind == FaultClass::provider && !fault.by_rule))
    seen.state = Look::State::no_answer;
  else
    throw_fault(fault, seen.response, kStage);
  return seen;
}

// In doubt it is: only an answer that leaves it out counts.
bool ProviderCall::is_alive() {
  const Question& question = *descriptor_.poll->alive;
  try {
    const HttpResponse answer = ask(question.request, kAskLimit);
    return answer.status != 200 || question.yes.holds(answer, parse_body(answer), captured_.job_id);
  } catch (const Failure& failure) {
    if (failure.error().code == ErrorCode::cancelled) throw;
    return true;
  }
}

void ProviderCall::tell_progress(const json& body) {
  if (!descriptor_.progress || descriptor_.progress->request) return;
  if (const auto fraction = read_progress(*descriptor_.progress, body))
    observer_.progress(*fraction);
}

HttpResponse ProviderCall::ask(const RequestTemplate& from, milliseconds limit,
                               const std::vector<std::string>& auth_hosts, SentState* sent) {
  HttpLimits limits = setting_.limits;
  limits.total = std::min(limit, time_left());
  return setting_.http.perform(build_request(from, values(), setting_.access, nullptr, auth_hosts),
                               limits, cancel_, sent);
}

}  // namespace castboard
