#include "providers/faults.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <ctime>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// What a status means where no rule says more.
FaultClass usual_class(int status, CallStage stage, bool safe_to_repeat) {
  if (stage == CallStage::poll && (status == 404 || status == 410)) return FaultClass::lost;
  if (status == 401 || status == 403) return FaultClass::key;
  if (status == 402) return FaultClass::out_of_credit;
  if (status == 429) return FaultClass::rate_limited;
  // Who says when to come again did not do it. Others say 503 as well when what is behind them took
  // too long over the request.
  if (status == 503 && safe_to_repeat) return FaultClass::rate_limited;
  // A gateway gave up waiting: behind it the picture may still be made and billed.
  if (status == 408 || (status >= 502 && status <= 504) || (status >= 520 && status <= 524))
    return FaultClass::no_answer;
  if (status >= 400 && status < 500) return FaultClass::bad_request;
  return FaultClass::provider;
}

constexpr double kMostSeconds = std::chrono::duration<double>(kLongestWish).count();

milliseconds delay_from(double seconds) {
  return milliseconds(std::llround(std::clamp(seconds, 0.0, kMostSeconds) * 1000));
}

// What the provider asks for in so many words: in its header, or where the descriptor says.
std::optional<milliseconds> named_delay(const Descriptor& descriptor, const HttpResponse& response,
                                        const json& body) {
  if (auto delay = parse_delay(response.header("retry-after"))) return delay;
  for (const json& value : find_first(descriptor.retry.delay, body)) {
    if (value.is_number()) return delay_from(value.get<double>() * descriptor.retry.delay_times);
    if (auto delay = parse_delay(as_text(value))) return delay;
  }
  return std::nullopt;
}

std::optional<milliseconds> delay_in(const std::string& text) {
  static const std::regex kInText(R"((?:in|after)\s*~?\s*(\d+(?:\.\d+)?)\s*s)", std::regex::icase);
  std::smatch found;
  if (std::regex_search(text, found, kInText)) return parse_delay(found[1].str());
  return std::nullopt;
}

// In seconds; nullopt: the text begins with something else.
std::optional<double> unit_of(std::string_view text) {
  if (text.rfind("ms", 0) == 0) return 0.001;
  if (text.rfind('m', 0) == 0) return 60;
  if (text.rfind('h', 0) == 0) return 3600;
  const bool none = text.empty() || !std::isalpha(static_cast<unsigned char>(text.front()));
  return none || text.front() == 's' ? std::optional<double>(1) : std::nullopt;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

// "1m30s", "-1": nullopt when it is not made of numbers and units.
std::optional<milliseconds> parse_durations(std::string_view rest) {
  const bool negative = rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  double total = 0;
  while (!rest.empty()) {
    if (!std::isdigit(static_cast<unsigned char>(rest.front()))) return std::nullopt;
    double number = 0;
    const auto [end, problem] =
        std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
    if (problem == std::errc::result_out_of_range)
      number = kMostSeconds;
    else if (problem != std::errc())
      return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    skip_blanks(rest);
    const auto unit = unit_of(rest);
    if (!unit) return std::nullopt;
    total += number * *unit;
    while (!rest.empty() && std::isalpha(static_cast<unsigned char>(rest.front())))
      rest.remove_prefix(1);
    skip_blanks(rest);
  }
  return delay_from(negative ? -total : total);
}

}  // namespace

std::optional<milliseconds> parse_delay(std::string_view text) {
  skip_blanks(text);
  if (text.empty()) return std::nullopt;
  if (const auto delay = parse_durations(text)) return delay;
  // In whole seconds: a date in the year 9999 is more nanoseconds than a clock can count.
  const std::time_t date = curl_getdate(std::string(text).c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return delay_from(std::difftime(date, std::time(nullptr)));
}

std::optional<Fault> find_fault(const Descriptor& descriptor, const HttpResponse& response,
                                const json& body, CallStage stage,
                                const std::vector<std::string>& secrets) {
  const auto rule = std::find_if(descriptor.errors.begin(), descriptor.errors.end(),
                                 [&](const ErrorRule& candidate) {
                                   return candidate.stage.value_or(stage) == stage &&
                                          candidate.condition.holds(response, body);
                                 });
  const bool found = rule != descriptor.errors.end();
  if (!found && response.status >= 200 && response.status < 300) return std::nullopt;
  const auto delay = named_delay(descriptor, response, body);
  const bool safe_to_repeat = stage != CallStage::submit || descriptor.free || delay.has_value();
  Fault fault;
  fault.kind = found ? rule->fault : usual_class(response.status, stage, safe_to_repeat);
  fault.text = error_text(descriptor, response, body, secrets);
  if (found) fault.hint = rule->hint;
  fault.by_rule = found;
  fault.retry = found ? rule->retry : fault.kind == FaultClass::rate_limited;
  if (fault.kind == FaultClass::rate_limited)
    fault.retry_after = delay ? delay : delay_in(fault.text);
  return fault;
}

}  // namespace castboard
