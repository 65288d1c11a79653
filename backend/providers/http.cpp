#include "providers/http.h"

#include <algorithm>
#include <cctype>

#include <curl/curl.h>
#include <fmt/format.h>

#include "castboard/result.h"
#include "providers/http_transfer.h"
#include "providers/multipart.h"
#include "providers/secrets.h"
#include "providers/short_line.h"
#include "providers/url.h"

namespace castboard {

namespace {

// Once a process; never undone, because the host may use libcurl as well.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    throw Failure(ErrorCode::internal, "libcurl could not be started.", {},
                  curl_easy_strerror(started));
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

bool only_reads(std::string_view method) {
  return method == "GET" || method == "HEAD";
}

// The same is to be asked of another place: this one did not do it.
bool repeats_request(int status) {
  return status == 307 || status == 308;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Credentials may follow from http to https of the same host, not the other way.
bool may_keep_secrets(const Url& from, const Url& to) {
  if (from.same_origin(to)) return true;
  const bool upgrade = from.scheme == "http" && to.scheme == "https" && from.host == to.host;
  return upgrade && from.port == 80 && to.port == 443;
}

}  // namespace

bool is_trusted(const HttpRequest& request, const Url& url) {
  if (host_matches(url.host, request.trusted_hosts)) return true;
  return std::any_of(request.trusted_origins.begin(), request.trusted_origins.end(),
                     [&](const std::string& text) {
                       const auto origin = parse_url(text);
                       return origin && may_keep_secrets(*origin, url);
                     });
}

namespace {

constexpr std::size_t kLongestShownUrl = 200;

Url checked_url(const HttpRequest& request, const std::optional<Url>& url,
                const std::string& text) {
  if (!url || !url->is_web())
    throw Failure(ErrorCode::configuration,
                  fmt::format("\"{}\" is not an http or https URL.",
                              short_line(mask_secrets(text, request.secrets), kLongestShownUrl)),
                  "Only http and https are used.");
  if (url->has_user)
    throw Failure(ErrorCode::configuration,
                  fmt::format("The URL of {} holds a user name or password.", url->host),
                  "Take it out of the URL; give it as a secret.");
  if (request.public_only && !is_trusted(request, *url) && is_private_host(url->host))
    throw Failure(ErrorCode::provider,
                  fmt::format("{} is a private address and was not asked.", url->host),
                  "Name the host in the descriptor's download.private_hosts if it is right.");
  return *url;
}

// A line break in a header's value would be a header of its own.
void check_headers(const HttpRequest& request) {
  for (const auto& [name, value] : request.headers)
    if (value.find_first_of("\r\n") != std::string::npos || value.find('\0') != std::string::npos)
      throw Failure(ErrorCode::configuration,
                    fmt::format("The value of the header {} has a line break in it.", name),
                    "Correct the secret or the setting it comes from.");
}

// Turns the exchange into the one the redirect asks for.
void follow(HttpExchange& exchange, const HttpResponse& response) {
  const std::string location(response.header("location"));
  const Url next =
      checked_url(exchange.request, resolve_url(exchange.url.text, location), location);
  const bool keeps_secrets = may_keep_secrets(exchange.url, next);
  const bool becomes_get = response.status == 303
                               ? exchange.method != "HEAD"
                               : !repeats_request(response.status) && !only_reads(exchange.method);
  if (becomes_get) {
    exchange.method = "GET";
    exchange.body = nullptr;
    std::erase_if(exchange.headers,
                  [](const auto& header) { return same_name(header.first, "Content-Type"); });
  } else if (exchange.body && !keeps_secrets) {
    throw Failure(ErrorCode::provider,
                  fmt::format("{} redirects to {}; the request was not sent there.",
                              exchange.url.host, next.host),
                  fmt::format("If {} is right, make it the provider's base URL.", next.host));
  }
  if (!keeps_secrets)
    std::erase_if(exchange.headers, [&](const auto& header) {
      const auto& secret = exchange.request.secret_headers;
      return std::any_of(secret.begin(), secret.end(),
                         [&](const std::string& name) { return same_name(header.first, name); });
    });
  exchange.url = next;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::string_view HttpResponse::text() const {
  return {reinterpret_cast<const char*>(body.data()), body.size()};
}

Http::Http(HttpOptions options) : options_(std::move(options)) {
  start_curl();
}

HttpResponse Http::perform(const HttpRequest& request, const HttpLimits& limits,
                           Cancellation& cancel, SentState* sent) const {
  SentState unasked = SentState::nothing_sent;
  SentState& state = sent ? *sent : unasked;
  state = SentState::nothing_sent;
  cancel.check();
  check_headers(request);

  HttpExchange exchange{.request = request,
                        .url = checked_url(request, parse_url(request.url), request.url),
                        .method = request.method,
                        .headers = request.headers,
                        .body = nullptr};
  MultipartBody multipart;
  if (request.multipart || !request.parts.empty()) {
    multipart = encode_multipart(request.parts);
    exchange.headers.emplace_back("Content-Type", multipart.content_type);
    exchange.body = &multipart.body;
  } else if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD")) {
    exchange.body = &request.body;
  }

  const auto never = std::chrono::steady_clock::time_point::max();
  const auto deadline =
      limits.total.count() > 0 ? std::chrono::steady_clock::now() + limits.total : never;
  // Where nothing but a look is asked for, a place that moved did not show it.
  const bool may_be_done = request.may_cost || !only_reads(request.method);
  bool elsewhere = false;
  for (int redirects = 0;; ++redirects) {
    SentState now = SentState::nothing_sent;
    HttpResponse response;
    try {
      response = exchange_http(exchange, options_, limits, deadline, cancel, now);
    } catch (...) {
      if (!elsewhere) state = now;
      throw;
    }
    response.from_elsewhere = elsewhere;
    state = SentState::may_have_been_sent;
    if (!is_redirect(response.status) || response.header("location").empty()) return response;
    if (!repeats_request(response.status) && (may_be_done || response.status == 303))
      elsewhere = true;
    state = elsewhere ? SentState::may_have_been_sent : SentState::nothing_sent;
    if (redirects == limits.max_redirects)
      throw Failure(ErrorCode::provider, fmt::format("{} redirects more than {} times.",
                                                     exchange.url.host, limits.max_redirects));
    follow(exchange, response);
    cancel.check();
  }
}

}  // namespace castboard
