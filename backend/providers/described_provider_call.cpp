#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/image.h"
#include "castboard/result.h"
#include "providers/continuation.h"
#include "providers/described_provider.h"
#include "providers/reply_reader.h"
#include "providers/secrets.h"
#include "providers/url.h"

namespace castboard {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kDetailBytes = 4096;
constexpr int kDownloadAttempts = 3;
constexpr milliseconds kDownloadDelay{500};
constexpr milliseconds kDownloadLimit{120'000};

std::string delay_text(milliseconds delay) {
  return fmt::format("{} s", std::chrono::ceil<std::chrono::seconds>(delay).count());
}

// Doubles with each attempt; the jitter keeps several workers from coming back together.
milliseconds back_off(milliseconds first, int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto longest = first * (1 << std::min(attempt - 1, 10));
  if (longest.count() < 2) return longest;
  std::uniform_int_distribution<milliseconds::rep> share(longest.count() / 2, longest.count());
  return milliseconds(share(random));
}

struct ErrorForm {
  ErrorCode code;
  const char* message;  // {0} the provider, {1} its words
  const char* hint;
};

ErrorForm error_form(FaultClass fault, bool free) {
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
      if (free) return {ErrorCode::timed_out, "{0} did not answer: {1}", "Try again."};
      return {ErrorCode::uncertain, "{0} did not answer, but may still finish and bill: {1}",
              "Look at the provider before you generate it again."};
    case FaultClass::provider:
      break;
  }
  return {ErrorCode::provider, "{0} failed: {1}", "Try again later."};
}

}  // namespace

// What one call carries from step to step.
struct DescribedProvider::Call {
  Access access;
  HttpLimits limits;
  ProviderObserver& observer;
  Cancellation& cancel;
};

DescribedProvider::Call DescribedProvider::open_call(ProviderObserver& observer,
                                                     Cancellation& cancel) const {
  Call call{
      .access = access(true), .limits = context_.limits, .observer = observer, .cancel = cancel};
  if (call.limits.total.count() <= 0) call.limits.total = descriptor_.total_limit;
  if (call.limits.first_byte.count() <= 0) call.limits.first_byte = descriptor_.first_byte_limit;
  return call;
}

ProviderResult DescribedProvider::generate(const ProviderRequest& request,
                                           ProviderObserver& observer, Cancellation& cancel) const {
  check(request.asked);
  check_references(request);
  Call call = open_call(observer, cancel);
  const HttpRequest http = build_request(values_of(request, false), call.access);
  cancel.check();
  try {
    const HttpResponse response = submit(http, call);
    ReadReply reply = read_reply(descriptor_, response, parse_body(response));
    if (reply.result.model.empty()) reply.result.model = model_of(request.asked);
    return collect(std::move(reply), call);
  } catch (const Failure& failure) {
    throw masked(failure, call.access);
  }
}

ProviderResult DescribedProvider::resume(const ProviderRequest& request, const RemoteJob& job,
                                         ProviderObserver& observer, Cancellation& cancel) const {
  const Continuation continuation = Continuation::parse(job.continuation);
  Call call = open_call(observer, cancel);
  try {
    ReadReply reply{.pictures = {}, .result = continuation.facts};
    for (const std::string& url : continuation.urls) reply.pictures.push_back({{}, url});
    if (reply.result.model.empty()) reply.result.model = model_of(request.asked);
    return collect(std::move(reply), call);
  } catch (const Failure& failure) {
    throw masked(failure, call.access);
  }
}

ProviderLimits DescribedProvider::limits() const {
  return {.in_flight = descriptor_.in_flight_limit,
          .submits_per_minute = descriptor_.submits_per_minute};
}

bool DescribedProvider::sends_idempotency_key() const {
  const auto names_it = [](const RequestTemplate& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
      return header.second.find("{idempotency_key}") != std::string::npos;
    });
  };
  return names_it(descriptor_.text_to_image);
}

bool DescribedProvider::can_cancel_remote() const {
  return false;
}

bool DescribedProvider::cancel_remote(const RemoteJob&, Cancellation&) const {
  return false;
}

ProviderResult DescribedProvider::collect(ReadReply reply, Call& call) const {
  Continuation continuation;
  continuation.stage = Continuation::Stage::downloading;
  for (const ReceivedPicture& picture : reply.pictures)
    if (!picture.url.empty()) continuation.urls.push_back(picture.url);
  if (!continuation.urls.empty()) {
    continuation.facts = reply.result;
    call.observer.downloading({.id = {}, .continuation = continuation.to_text()});
  }
  for (ReceivedPicture& picture : reply.pictures)
    reply.result.pictures.push_back(picture.url.empty() ? std::move(picture.bytes)
                                                        : download(picture.url, call));
  return std::move(reply.result);
}

// Providers like to repeat the key they were given.
Failure DescribedProvider::masked(const Failure& failure, const Access& access) {
  Error error = failure.error();
  error.message = mask_secrets(std::move(error.message), access.secrets);
  error.hint = mask_secrets(std::move(error.hint), access.secrets);
  error.detail = mask_secrets(std::move(error.detail), access.secrets);
  return Failure(std::move(error));
}

// The only place where a request is sent again: after an answer that says nothing was made.
HttpResponse DescribedProvider::submit(const HttpRequest& request, Call& call) const {
  const RetryRule& rule = descriptor_.retry;
  for (int attempt = 1;; ++attempt) {
    call.observer.submitting();
    HttpResponse response = send(request, call);
    const auto fault = find_fault(descriptor_, response, parse_body(response));
    if (!fault) return response;
    const milliseconds delay = fault->retry_after.value_or(back_off(rule.first_delay, attempt));
    if (!fault->retry || attempt >= rule.attempts || delay > rule.longest_delay)
      throw failure_of(*fault, response);
    if (call.cancel.wait_for(delay)) call.cancel.check();
  }
}

HttpResponse DescribedProvider::send(const HttpRequest& request, Call& call) const {
  SentState sent = SentState::nothing_sent;
  try {
    return http_->perform(request, call.limits, call.cancel, &sent);
  } catch (const Failure& failure) {
    Error error = failure.error();
    if (sent == SentState::nothing_sent || descriptor_.free) throw;
    // From here on the picture may be made and billed, and nobody hears of it.
    if (error.code == ErrorCode::cancelled) {
      error.hint = fmt::format("{} already had the request and may still bill it.", info_.title);
      throw Failure(std::move(error));
    }
    error.code = ErrorCode::uncertain;
    error.message += fmt::format(" {} had the request and may have billed it.", info_.title);
    error.hint = "Look at the provider before you generate it again: it may be billed twice.";
    throw Failure(std::move(error));
  }
}

Failure DescribedProvider::failure_of(const Fault& fault, const HttpResponse& response) const {
  const ErrorForm form = error_form(fault.kind, descriptor_.free);
  Error error;
  error.code = form.code;
  error.message = fmt::format(fmt::runtime(form.message), info_.title, fault.text);
  error.hint = fault.hint.empty() ? form.hint : fault.hint;
  if (fault.kind == FaultClass::key && fault.hint.empty())
    error.hint = descriptor_.auth.secret.empty()
                     ? "Start Castboard again."
                     : fmt::format("Check {}.", descriptor_.auth.secret);
  if (fault.retry_after)
    error.hint = fmt::format("It asks to wait {}. {}", delay_text(*fault.retry_after), error.hint);
  error.detail = fmt::format("HTTP {} from {}\n", status_text(response.status), response.final_url);
  if (const auto after = response.header("retry-after"); !after.empty())
    error.detail += fmt::format("Retry-After: {}\n", after);
  if (const auto id = response.header("x-request-id"); !id.empty())
    error.detail += fmt::format("X-Request-Id: {}\n", id);
  error.detail += response.text().substr(0, kDetailBytes);
  return Failure(std::move(error));
}

std::vector<std::uint8_t> DescribedProvider::download(const std::string& url, Call& call) const {
  const auto base = parse_url(call.access.base_url);
  const auto target = parse_url(url);
  HttpRequest request;
  request.url = url;
  request.public_only = true;
  request.trusted_hosts = descriptor_.download.private_hosts;
  if (base) request.trusted_hosts.push_back(base->host);
  const bool own_host = base && target && base->same_origin(*target);
  const bool named_host = target && target->scheme == "https" &&
                          host_matches(target->host, descriptor_.download.auth_hosts);
  if (!call.access.header.empty() && ((own_host && descriptor_.download.send_auth) || named_host)) {
    request.headers.emplace_back(call.access.header, call.access.header_value);
    request.secret_headers.push_back(call.access.header);
  }
  HttpLimits limits = call.limits;
  limits.total = std::min(limits.total, kDownloadLimit);
  limits.max_body = kMaxPictureBytes;
  for (int attempt = 1;; ++attempt) {
    std::string problem;
    std::string detail;
    SentState sent = SentState::nothing_sent;
    try {
      HttpResponse response = http_->perform(request, limits, call.cancel, &sent);
      if (response.status == 200) {
        require_picture(descriptor_, response.body);
        return std::move(response.body);
      }
      problem = error_text(descriptor_, response, parse_body(response));
      if (response.status < 500 && response.status != 429) attempt = kDownloadAttempts;
    } catch (const Failure& failure) {
      if (failure.error().code == ErrorCode::cancelled ||
          failure.error().code == ErrorCode::bad_picture)
        throw;
      const bool refused =
          failure.error().code == ErrorCode::configuration ||
          (failure.error().code == ErrorCode::provider && sent == SentState::nothing_sent);
      if (refused) attempt = kDownloadAttempts;  // it would be no other the next time
      problem = failure.error().message;
      detail = failure.error().detail;
    }
    if (attempt >= kDownloadAttempts)
      throw Failure(descriptor_.free ? ErrorCode::provider : ErrorCode::uncertain,
                    fmt::format("{} made the picture, but it could not be downloaded: {}",
                                info_.title, problem),
                    "Open the address in the details before it expires.", url + "\n" + detail);
    if (call.cancel.wait_for(back_off(kDownloadDelay, attempt))) call.cancel.check();
  }
}

}  // namespace castboard
