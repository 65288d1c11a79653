#pragma once

#include <chrono>
#include <string>

#include "providers/http.h"
#include "providers/url.h"

namespace castboard {

// One exchange with one host, redirects not followed: what Http::perform is made of. The strings
// and the request outlive the call.
struct HttpExchange {
  const HttpRequest& request;  // trusted hosts
  Url url;
  std::string method;
  std::vector<std::pair<std::string, std::string>> headers;
  const std::string* body = nullptr;  // nullptr: none
};

// Whether the request names it as a place that may be private.
bool is_trusted(const HttpRequest& request, const Url& url);

// Blocks until answered. Throws Failure as Http::perform does and sets `sent` in every case.
HttpResponse exchange_http(const HttpExchange& exchange, const HttpOptions& options,
                           const HttpLimits& limits, std::chrono::steady_clock::time_point deadline,
                           Cancellation& cancel, SentState& sent);

}  // namespace castboard
