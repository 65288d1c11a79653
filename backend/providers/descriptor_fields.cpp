#include "providers/descriptor_fields.h"

#include <cctype>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace castboard {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

// 429, or "4xx".
std::pair<int, int> read_status(const JsonField& field) {
  if (!field.is_text()) {
    const int status = static_cast<int>(field.integer(100, 599));
    return {status, status};
  }
  const std::string word = field.word({"2xx", "3xx", "4xx", "5xx"});
  const int lowest = (word[0] - '0') * 100;
  return {lowest, lowest + 99};
}

}  // namespace

std::string text_or(const JsonField& field, const std::string& key, std::string other) {
  const auto found = field.find(key);
  return found ? found->text() : std::move(other);
}

bool flag(const JsonField& field, const std::string& key, bool other) {
  const auto found = field.find(key);
  return found ? found->boolean() : other;
}

std::vector<std::string> texts_or_none(const JsonField& field, const std::string& key) {
  const auto found = field.find(key);
  return found ? found->texts() : std::vector<std::string>();
}

milliseconds seconds(const JsonField& field, const std::string& key, milliseconds other) {
  const auto found = field.find(key);
  if (!found) return other;
  const double number = found->number();
  if (number < 0 || number > 86'400) found->fail("must be from 0 to 86400 seconds");
  return milliseconds(static_cast<std::int64_t>(number * 1000));
}

std::string header_name(const JsonField& field) {
  std::string name = field.text();
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

void check_header_name(const JsonField& place, const std::string& name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";  // RFC 9110, token
  for (const char c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && kMarks.find(c) == kMarks.npos)
      place.fail("\"" + name + "\" is no header's name: write it without spaces and colon");
}

std::vector<std::string> hosts_or_none(const JsonField& field, const std::string& key) {
  const std::vector<std::string> hosts = texts_or_none(field, key);
  for (const std::string& host : hosts)
    if (host.find('/') != host.npos || (host.find(':') != host.npos && host.front() != '['))
      field.require(key).fail("\"" + host +
                              "\" must be a host's name alone, such as \"files.lan\"");
  return hosts;
}

std::regex read_regex(const JsonField& field) {
  try {
    return std::regex(field.text(), std::regex::ECMAScript | std::regex::icase);
  } catch (const std::regex_error& problem) {
    field.fail(std::string("not a regular expression: ") + problem.what());
  }
}

JsonPath read_path(const JsonField& field) {
  try {
    return JsonPath(field.text());
  } catch (const std::invalid_argument& problem) {
    field.fail(problem.what());
  }
}

std::vector<JsonPath> paths_or_none(const JsonField& field, const std::string& key) {
  std::vector<JsonPath> paths;
  const auto found = field.find(key);
  if (!found) return paths;
  if (found->is_text()) return {read_path(*found)};
  for (const JsonField& item : found->items()) paths.push_back(read_path(item));
  return paths;
}

std::vector<std::string> with_condition_keys(std::vector<std::string> keys) {
  keys.insert(keys.end(), {"status", "path", "header", "missing", "equals", "matches"});
  return keys;
}

Condition read_condition(const JsonField& field) {
  Condition condition;
  if (const auto status = field.find("status")) {
    if (status->is_array())
      for (const JsonField& item : status->items()) condition.statuses.push_back(read_status(item));
    else
      condition.statuses.push_back(read_status(*status));
  }
  condition.paths = paths_or_none(field, "path");
  condition.missing = paths_or_none(field, "missing");
  if (const auto header = field.find("header")) {
    if (!condition.paths.empty()) header->fail("looks at \"path\" or at \"header\", not at both");
    condition.header = header_name(*header);
  }
  if (const auto matches = field.find("matches")) condition.matches = read_regex(*matches);
  if (const auto equals = field.find("equals")) {
    if (condition.paths.empty() && condition.header.empty())
      equals->fail("needs a \"path\" or a \"header\"");
    condition.equals = std::make_shared<const json>(
        equals->is_array() ? equals->value() : json::array({equals->value()}));
  }
  return condition;
}

Condition require_condition(const JsonField& field) {
  field.only_keys(with_condition_keys({}));
  Condition condition = read_condition(field);
  if (condition.statuses.empty() && condition.header.empty() && condition.paths.empty() &&
      condition.missing.empty() && !condition.matches)
    field.fail(
        "is always true: it needs \"status\", \"path\", \"header\", \"missing\" or \"matches\"");
  return condition;
}

}  // namespace castboard
