#include "providers/progress_watch.h"

#include <algorithm>
#include <exception>

#include <nlohmann/json.hpp>

#include "providers/reply_reader.h"

namespace castboard {

using nlohmann::json;

std::optional<double> read_progress(const ProgressRule& rule, const json& body) {
  const auto found = find_first(rule.paths, body);
  if (found.empty() || !found.front().is_number()) return std::nullopt;
  return std::clamp(found.front().get<double>() * rule.times, 0.0, 1.0);
}

ProgressWatch::ProgressWatch(const ProgressRule& rule, const Http& http, HttpRequest request,
                             std::chrono::milliseconds limit, ProviderObserver& observer)
    : rule_(rule), http_(http), request_(std::move(request)), observer_(observer) {
  limits_.total = limit;
  thread_ = std::thread([this] { run(); });
}

ProgressWatch::~ProgressWatch() {
  stop_.cancel();
  thread_.join();
}

void ProgressWatch::run() {
  while (!stop_.wait_for(rule_.interval)) {
    try {
      const HttpResponse response = http_.perform(request_, limits_, stop_);
      const auto fraction = read_progress(rule_, parse_body(response));
      if (response.status == 200 && fraction && !stop_.cancelled()) observer_.progress(*fraction);
    } catch (const std::exception&) {  // the answer that counts is on its way elsewhere
    }
  }
}

}  // namespace castboard
