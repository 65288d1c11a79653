#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/image.h"
#include "castboard/result.h"
#include "providers/provider_call.h"
#include "providers/url.h"

namespace castboard {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr int kAttempts = 3;  // where nothing says how long the address lives
constexpr milliseconds kFirstRest{500};
constexpr milliseconds kLongestRest{30'000};
constexpr milliseconds kTransferLimit{120'000};

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

bool is_gone(int status) {
  return status == 403 || status == 404 || status == 410;
}

bool may_pass(const Failure& failure) {
  const ErrorCode code = failure.error().code;
  return code == ErrorCode::network || code == ErrorCode::timed_out;
}

}  // namespace

ProviderResult ProviderCall::collect(ReadReply reply) {
  std::vector<std::string> urls;
  for (const ReceivedPicture& picture : reply.pictures)
    if (!picture.url.empty()) urls.push_back(picture.url);
  if (!urls.empty()) {
    if (continuation_.expires_at == 0 && descriptor_.download.expires.count() > 0)
      continuation_.expires_at = now_ms() + descriptor_.download.expires.count();
    continuation_.stage = Continuation::Stage::downloading;
    continuation_.urls = urls;
    observer_.downloading(remote_job());
  }
  std::vector<std::vector<std::uint8_t>> pictures;
  std::optional<Failure> first_failure;
  for (ReceivedPicture& picture : reply.pictures) {
    try {
      pictures.push_back(picture.url.empty() ? std::move(picture.bytes) : download(picture.url));
    } catch (const Failure& failure) {
      // One that can still be fetched later keeps the job as it is; one that is gone for good does
      // not take the others with it.
      if (may_pass(failure) || failure.error().code == ErrorCode::cancelled) throw;
      reply.problems.push_back(failure.error().message);
      if (!first_failure) first_failure = failure;
    }
  }
  if (pictures.empty() && first_failure) throw Failure(*first_failure);
  return finished(std::move(pictures), std::move(reply.problems));
}

ProviderResult ProviderCall::finished(std::vector<std::vector<std::uint8_t>> pictures,
                                      std::vector<std::string> problems) {
  ProviderResult result = continuation_.facts;
  result.pictures = std::move(pictures);
  result.problems = std::move(problems);
  if (result.model.empty()) result.model = setting_.model;
  return result;
}

HttpRequest ProviderCall::download_request(const std::string& url) const {
  const DownloadRule& rule = descriptor_.download;
  const Access& access = setting_.access;
  HttpRequest request;
  request.url = url;
  request.public_only = true;
  request.trusted_hosts = rule.private_hosts;
  const auto base = parse_url(access.base_url);
  if (base) request.trusted_hosts.push_back(base->host);
  const auto target = parse_url(url);
  const bool own = base && target && base->same_origin(*target);
  if ((own && !rule.send_auth) || !may_send_auth(access, url, rule.auth_hosts)) return request;
  add_secret_headers(descriptor_.headers, values(), request);
  if (!access.header.empty()) {
    request.headers.emplace_back(access.header, access.header_value);
    request.secret_headers.push_back(access.header);
  }
  return request;
}

std::vector<std::uint8_t> ProviderCall::download(const std::string& url) {
  const HttpRequest request = download_request(url);
  HttpLimits limits = setting_.limits;
  limits.max_body = kMaxPictureBytes;
  const std::string& title = descriptor_.title;
  const auto lost = [&](const std::string& why, const std::string& detail) {
    return Failure(
        ErrorCode::provider,
        fmt::format("{} made the picture, but it could not be downloaded: {}", title, why),
        "It is lost if its address in the details shows nothing. It can be generated "
        "again with the same seed; the first one was billed.",
        url + "\n" + detail);
  };
  for (int attempt = 1;; ++attempt) {
    std::string problem;
    std::string detail;
    bool gone = false;
    SentState sent = SentState::nothing_sent;
    limits.total = std::min(kTransferLimit, time_left());
    try {
      HttpResponse response = setting_.http.perform(request, limits, cancel_, &sent);
      if (response.status == 200) {
        require_picture(descriptor_, response.body);
        return std::move(response.body);
      }
      const auto fault = fault_in(response, parse_body(response), CallStage::download);
      problem = fault ? fault->text : "HTTP " + status_text(response.status);
      gone = is_gone(response.status);
      if (fault && fault->by_rule && fault->kind == FaultClass::lost) {
        gone = true;
        attempt = kAttempts;
      }
    } catch (const Failure& failure) {
      const ErrorCode code = failure.error().code;
      if (code == ErrorCode::cancelled || code == ErrorCode::bad_picture) throw;
      problem = failure.error().message;
      detail = failure.error().detail;
      // It would be no other the next time.
      const bool refused = code == ErrorCode::configuration ||
                           (code == ErrorCode::provider && sent == SentState::nothing_sent);
      if (refused) throw code == ErrorCode::provider ? lost(problem, detail) : failure;
    }
    if (gone && attempt >= kAttempts) throw lost(problem, detail);
    const std::int64_t expires_at = continuation_.expires_at;
    if (expires_at != 0 && now_ms() >= expires_at)
      throw lost(fmt::format("its address has expired ({})", problem), detail);
    if ((expires_at == 0 && attempt >= kAttempts) || Clock::now() >= deadline_)
      throw Failure(
          ErrorCode::network,
          fmt::format("{} made the picture, but it could not be downloaded: {}", title, problem),
          "It waits at the provider: check again, or open the address in the details.",
          url + "\n" + detail);
    pause(std::min(back_off(kFirstRest, attempt), kLongestRest));
  }
}

}  // namespace castboard
