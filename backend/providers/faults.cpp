#include "providers/faults.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <ctime>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// What a status means where no rule says more.
FaultClass usual_class(int status, CallStage stage) {
  if (stage == CallStage::poll && (status == 404 || status == 410)) return FaultClass::lost;
  if (status == 401 || status == 403) return FaultClass::key;
  if (status == 402) return FaultClass::out_of_credit;
  if (status == 429 || status == 503) return FaultClass::rate_limited;
  // A gateway gave up waiting: behind it the picture may still be made and billed.
  if (status == 408 || status == 502 || status == 504 || (status >= 520 && status <= 524))
    return FaultClass::no_answer;
  if (status >= 400 && status < 500) return FaultClass::bad_request;
  return FaultClass::provider;
}

std::optional<milliseconds> delay_of(const Descriptor& descriptor, const HttpResponse& response,
                                     const json& body, const std::string& text) {
  if (auto delay = parse_delay(response.header("retry-after"))) return delay;
  for (const json& value : find_first(descriptor.retry.delay, body))
    if (auto delay = parse_delay(as_text(value)))
      return value.is_number()
                 ? std::chrono::duration_cast<milliseconds>(*delay * descriptor.retry.delay_times)
                 : *delay;
  static const std::regex kInText(R"((?:in|after)\s*~?\s*(\d+(?:\.\d+)?)\s*s)", std::regex::icase);
  std::smatch found;
  if (std::regex_search(text, found, kInText)) return parse_delay(found[1].str());
  return std::nullopt;
}

}  // namespace

std::optional<milliseconds> parse_delay(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double total = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    double number = 0;
    const auto [end, problem] =
        std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
    if (problem != std::errc() || number < 0 || number > 1e6) break;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    double unit = 1;
    if (rest.rfind("ms", 0) == 0)
      unit = 0.001;
    else if (rest.rfind("m", 0) == 0)
      unit = 60;
    else if (rest.rfind("h", 0) == 0)
      unit = 3600;
    while (!rest.empty() && std::isalpha(static_cast<unsigned char>(rest.front())))
      rest.remove_prefix(1);
    total += number * unit;
  }
  if (rest.empty()) return milliseconds(static_cast<std::int64_t>(total * 1000));
  const std::time_t date = curl_getdate(std::string(text).c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const auto left = std::chrono::system_clock::from_time_t(date) - std::chrono::system_clock::now();
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(left));
}

std::optional<Fault> find_fault(const Descriptor& descriptor, const HttpResponse& response,
                                const json& body, CallStage stage) {
  const auto rule = std::find_if(descriptor.errors.begin(), descriptor.errors.end(),
                                 [&](const ErrorRule& candidate) {
                                   return candidate.stage.value_or(stage) == stage &&
                                          candidate.condition.holds(response, body);
                                 });
  const bool found = rule != descriptor.errors.end();
  if (!found && response.status >= 200 && response.status < 300) return std::nullopt;
  Fault fault;
  fault.kind = found ? rule->fault : usual_class(response.status, stage);
  fault.text = error_text(descriptor, response, body);
  if (found) fault.hint = rule->hint;
  fault.by_rule = found;
  fault.retry = found ? rule->retry : fault.kind == FaultClass::rate_limited;
  if (fault.kind == FaultClass::rate_limited)
    fault.retry_after = delay_of(descriptor, response, body, fault.text);
  return fault;
}

}  // namespace castboard
