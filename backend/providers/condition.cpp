#include "providers/condition.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace castboard {

namespace {

using nlohmann::json;

constexpr const char* kJobId = "{job_id}";

bool matches_text(const std::regex& pattern, std::string_view text) {
  const std::string_view start = text.substr(0, kMatchedText);
  return std::regex_search(start.begin(), start.end(), pattern);
}

}  // namespace

bool Condition::accepts(const json& value, std::string_view job_id) const {
  if (equals) {
    const auto same = [&](const json& wanted) {
      return value == wanted || (wanted == kJobId && value == job_id);
    };
    if (std::none_of(equals->begin(), equals->end(), same)) return false;
  }
  return !matches || matches_text(*matches, as_text(value));
}

bool Condition::holds_paths(const json& body, std::string_view job_id) const {
  const auto finds = [&](const JsonPath& path) { return !path.find(body).empty(); };
  if (std::any_of(missing.begin(), missing.end(), finds)) return false;
  if (paths.empty()) return true;
  return std::any_of(paths.begin(), paths.end(), [&](const JsonPath& path) {
    const std::vector<json> values = path.find(body);
    return std::any_of(values.begin(), values.end(),
                       [&](const json& value) { return accepts(value, job_id); });
  });
}

bool Condition::holds(const HttpResponse& response, const json& body,
                      std::string_view job_id) const {
  const auto in_range = [&](const std::pair<int, int>& range) {
    return response.status >= range.first && response.status <= range.second;
  };
  if (!statuses.empty() && std::none_of(statuses.begin(), statuses.end(), in_range)) return false;
  if (!header.empty()) {
    const std::string_view value = response.header(header);
    if (value.empty() || !accepts(json(value), job_id)) return false;
  } else if (paths.empty() && matches && !matches_text(*matches, response.text())) {
    return false;
  }
  return holds_paths(body, job_id);
}

bool Condition::holds_in(const json& value) const {
  return holds_paths(value, {});
}

}  // namespace castboard
