#include <fmt/format.h>

#include <algorithm>

#include "castboard/result.h"
#include "providers/faults.h"
#include "providers/secrets.h"
#include "providers/short_line.h"

namespace castboard {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kDetailBytes = 4096;
constexpr milliseconds kShortestWait{1};

std::string delay_text(milliseconds delay) {
  return fmt::format("{} s", std::chrono::ceil<std::chrono::seconds>(delay).count());
}

struct ErrorForm {
  ErrorCode code;
  const char* message;  // {0} the provider, {1} its words
  const char* hint;
};

constexpr const char* kLostHint =
    "It can be generated again with the same seed; what was made may have been billed.";

ErrorForm no_answer_form(bool free, CallStage stage) {
  if (free || stage != CallStage::submit)
    return {ErrorCode::timed_out, "{0} did not answer: {1}", "Try again."};
  return {ErrorCode::uncertain, "{0} did not answer, but may still finish and bill: {1}",
          "Look at the provider before you generate it again."};
}

ErrorForm error_form(FaultClass fault, bool free, CallStage stage) {
  switch (fault) {
    case FaultClass::refused:
      return {ErrorCode::refused, "{0} refused this content: {1}",
              "Change the description or the references. It is not tried again by itself."};
    case FaultClass::rate_limited:
      return {ErrorCode::rate_limited, "{0} asks to wait: {1}",
              "Nothing was billed. Try again later."};
    case FaultClass::out_of_credit:
      return {ErrorCode::out_of_credit, "{0} has no credit left: {1}",
              "Add credit at the provider, or choose another one."};
    case FaultClass::bad_request:
      return {ErrorCode::invalid_input, "{0} did not accept the request: {1}",
              "Change what it names. A dry run shows the exact request."};
    case FaultClass::key:
      return {ErrorCode::configuration, "{0} did not accept the key: {1}", ""};
    case FaultClass::no_answer:
      return no_answer_form(free, stage);
    case FaultClass::lost:
      return {ErrorCode::provider, "The job is lost: {0} no longer knows it: {1}", kLostHint};
    case FaultClass::session_expired:
      return {ErrorCode::provider, "{0} ended the session again: {1}", "Try again later."};
    case FaultClass::provider:
      break;
  }
  return {ErrorCode::provider, "{0} failed: {1}", "Try again later."};
}

}  // namespace

Failure failure_of(const Descriptor& descriptor, const Fault& fault, const HttpResponse& response,
                   CallStage stage, const std::vector<std::string>& secrets) {
  const ErrorForm form = error_form(fault.kind, descriptor.free, stage);
  Error error;
  error.code = form.code;
  error.message = fmt::format(fmt::runtime(form.message), descriptor.title, fault.text);
  error.hint = fault.hint.empty() ? form.hint : fault.hint;
  if (fault.kind == FaultClass::key && fault.hint.empty())
    error.hint = descriptor.auth.secret.empty() ? "Start Castboard again."
                                                : fmt::format("Check {}.", descriptor.auth.secret);
  if (fault.retry)  // else coming again is of no use, whatever it says of time
    error.retry_after = std::max(fault.retry_after.value_or(kShortestWait), kShortestWait);
  if (fault.retry_after)
    error.hint = fmt::format("It asks to wait {}. {}", delay_text(*fault.retry_after), error.hint);
  error.detail = fmt::format("HTTP {} from {}\n", status_text(response.status), response.final_url);
  if (const auto after = response.header("retry-after"); !after.empty())
    error.detail += fmt::format("Retry-After: {}\n", short_line(mask_secrets(after, secrets)));
  if (const auto id = response.header("x-request-id"); !id.empty())
    error.detail += fmt::format("X-Request-Id: {}\n", short_line(mask_secrets(id, secrets)));
  error.detail += masked_start(response.text(), kDetailBytes, secrets);
  return Failure(std::move(error));
}

Failure lost_job(const Descriptor& descriptor, const std::string& why, std::string detail) {
  return Failure(ErrorCode::provider,
                 fmt::format("The job is lost: {} no longer knows it: {}", descriptor.title, why),
                 kLostHint, std::move(detail));
}

}  // namespace castboard
