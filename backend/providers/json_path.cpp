#include "providers/json_path.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace castboard {

namespace {

using nlohmann::json;

constexpr std::string_view kParseText = ":json";

bool is_key_character(char c) {
  return c != '.' && c != '[' && c != ']' && c != ':';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 9 && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

[[noreturn]] void fail(const std::string& text, std::size_t at, const std::string& problem) {
  throw std::invalid_argument("path \"" + text + "\": " + problem + " at character " +
                              std::to_string(at + 1));
}

}  // namespace

JsonPath::JsonPath(std::string_view text) : text_(text) {
  bool expect_key = true;
  for (std::size_t at = 0; at < text_.size();) {
    if (text_[at] == '[') {
      read_bracket(at);
      expect_key = false;
    } else if (text_.compare(at, kParseText.size(), kParseText) == 0) {
      steps_.push_back({.kind = Kind::parse_text});
      at += kParseText.size();
      expect_key = false;
    } else if (text_[at] == '.' && !expect_key) {
      ++at;
      expect_key = true;
    } else if (expect_key && is_key_character(text_[at])) {
      const std::size_t start = at;
      while (at < text_.size() && is_key_character(text_[at])) ++at;
      const std::string key = text_.substr(start, at - start);
      steps_.push_back({.kind = key == "*" ? Kind::every_member : Kind::key, .key = key});
      expect_key = false;
    } else {
      fail(text_, at, "unexpected character");
    }
  }
  if (expect_key && !text_.empty()) fail(text_, text_.size(), "a key is missing");
}

// "type" or "type=image".
JsonPath::Step JsonPath::first_with(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return {.kind = Kind::first_with, .key = text};
  return {
      .kind = Kind::first_with, .key = text.substr(0, equals), .value = text.substr(equals + 1)};
}

void JsonPath::read_bracket(std::size_t& at) {
  const std::size_t start = at + 1;
  if (start < text_.size() && text_[start] == '"') {
    const std::size_t end = text_.find("\"]", start + 1);
    if (end == std::string::npos) fail(text_, at, "a bracket without end");
    steps_.push_back({.kind = Kind::key, .key = text_.substr(start + 1, end - start - 1)});
    at = end + 2;
    return;
  }
  const std::size_t end = text_.find(']', start);
  if (end == std::string::npos) fail(text_, at, "a bracket without end");
  const std::string inside = text_.substr(start, end - start);
  if (inside == "*")
    steps_.push_back({.kind = Kind::every_item});
  else if (inside.size() > 1 && inside.front() == '?' && inside[1] != '=')
    steps_.push_back(first_with(inside.substr(1)));
  else if (is_number(inside))
    steps_.push_back({.kind = Kind::index, .index = std::stoul(inside)});
  else if (inside.size() > 1 && inside.front() == '-' && is_number(inside.substr(1)) &&
           std::stoul(inside.substr(1)) > 0)
    steps_.push_back({.kind = Kind::from_end, .index = std::stoul(inside.substr(1))});
  else
    fail(text_, at, "brackets take a number, -1, *, ?key, ?key=value or \"key\"");
  at = end + 1;
}

void JsonPath::take(const Step& step, const json& value, std::vector<const json*>& found,
                    std::deque<json>& parsed) {
  const auto take_all = [&] {
    for (const json& item : value) found.push_back(&item);
  };
  switch (step.kind) {
    case Kind::key:
      if (value.is_object() && value.contains(step.key)) found.push_back(&value[step.key]);
      break;
    case Kind::index:
      if (value.is_array() && step.index < value.size()) found.push_back(&value[step.index]);
      break;
    case Kind::from_end:
      if (value.is_array() && step.index <= value.size())
        found.push_back(&value[value.size() - step.index]);
      break;
    case Kind::every_item:
      if (value.is_array()) take_all();
      break;
    case Kind::every_member:
      if (value.is_object()) take_all();
      break;
    case Kind::first_with: {
      if (!value.is_array()) break;
      const auto item = std::find_if(value.begin(), value.end(), [&](const json& candidate) {
        return candidate.is_object() && candidate.contains(step.key) &&
               (!step.value || as_text(candidate[step.key]) == *step.value);
      });
      if (item != value.end()) found.push_back(&*item);
      break;
    }
    case Kind::parse_text: {
      if (!value.is_string()) break;
      json inner = parse_json(value.get_ref<const std::string&>());
      if (!inner.is_discarded()) found.push_back(&parsed.emplace_back(std::move(inner)));
      break;
    }
  }
}

std::vector<json> JsonPath::find(const json& root) const {
  std::deque<json> parsed;
  std::vector<const json*> values{&root};
  for (const Step& step : steps_) {
    std::vector<const json*> next;
    for (const json* value : values) take(step, *value, next, parsed);
    values = std::move(next);
  }
  std::vector<json> found;
  for (const json* value : values)
    if (!value->is_null()) found.push_back(*value);
  return found;
}

namespace {

// The end of the text that begins with a quote.
std::size_t end_of_text(std::string_view json_text, std::size_t at) {
  for (++at; at < json_text.size() && json_text[at] != '"'; ++at)
    if (json_text[at] == '\\') ++at;
  return std::min(at + 1, json_text.size());
}

}  // namespace

// One look at each byte, before anything is built of them.
std::string json_problem(std::string_view text) {
  std::size_t depth = 0;
  std::size_t values = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '"':
        at = end_of_text(text, at) - 1;
        break;
      case '[':
      case '{':
        ++values;
        if (++depth > kDeepestJson)
          return "JSON that nests deeper than " + std::to_string(kDeepestJson) + " levels";
        break;
      case ']':
      case '}':
        if (depth > 0) --depth;
        break;
      case ',':
        ++values;
        break;
      default:
        break;
    }
    if (values > kMostJsonValues)
      return "JSON of more than " + std::to_string(kMostJsonValues) + " values";
  }
  return {};
}

namespace {

// With null for numbers that are larger than any that can be held; nullopt: there are none.
std::optional<std::string> without_endless_numbers(std::string_view text) {
  constexpr std::string_view kOfNumbers = "0123456789+-.eE";
  std::string changed;
  std::size_t kept_to = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = end_of_text(text, at);
    } else if (text[at] == '-' || std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
      const std::size_t end = std::min(text.find_first_not_of(kOfNumbers, at), text.size());
      if (std::isinf(std::strtod(std::string(text.substr(at, end - at)).c_str(), nullptr))) {
        changed.append(text.substr(kept_to, at - kept_to)).append("null");
        kept_to = end;
      }
      at = end;
    } else {
      ++at;
    }
  }
  if (kept_to == 0) return std::nullopt;
  return changed.append(text.substr(kept_to));
}

}  // namespace

json parse_json(std::string_view text) {
  if (!json_problem(text).empty()) return json(json::value_t::discarded);
  json value = json::parse(text.begin(), text.end(), nullptr, false);
  if (!value.is_discarded()) return value;
  // One figure that is no number takes nothing of the rest with it.
  const auto changed = without_endless_numbers(text);
  return changed ? json::parse(*changed, nullptr, false) : value;
}

std::vector<json> find_first(const std::vector<JsonPath>& paths, const json& root) {
  for (const JsonPath& path : paths)
    if (auto values = path.find(root); !values.empty()) return values;
  return {};
}

std::string as_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace castboard
