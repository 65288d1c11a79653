#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "catalogue/utf8.h"
#include "providers/faults.h"
#include "providers/secrets.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 300;  // bytes

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// One line, no control characters, not too long, valid UTF-8.
std::string short_line(std::string_view text) {
  std::string line;
  for (char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  if (!is_utf8(line))
    for (char& c : line)
      if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  if (line.size() > kLongestText) line = line.substr(0, utf8_prefix(line, kLongestText)) + "...";
  return line;
}

std::string words_of(const json& value);

std::string words_of_list(const json& list) {
  std::string text;
  for (const json& item : list) {
    const std::string words = words_of(item);
    if (words.empty()) continue;
    if (!text.empty()) text += "; ";
    text += words;
  }
  return text;
}

// FastAPI's {"loc": ["body", "prompt"], "msg": "field required"} among others.
std::string words_of(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) return words_of_list(value);
  if (!value.is_object()) return {};
  for (const char* key : {"message", "msg", "detail", "error", "errors", "description", "reason"}) {
    if (!value.contains(key)) continue;
    std::string words = words_of(value[key]);
    if (words.empty()) continue;
    if (value.contains("loc") && value["loc"].is_array() && !value["loc"].empty())
      words = as_text(value["loc"].back()) + ": " + words;
    return words;
  }
  return {};
}

std::string html_element(std::string_view html, const std::string& name) {
  const std::string small = lower(html);
  const auto open = small.find('<' + name);
  if (open == std::string::npos) return {};
  const auto start = small.find('>', open);
  const auto end = small.find("</" + name, open);
  if (start == std::string::npos || end == std::string::npos || end < start) return {};
  return std::string(html.substr(start + 1, end - start - 1));
}

std::string html_text(std::string_view html) {
  std::string text = html_element(html, "title");
  if (text.empty()) text = html_element(html, "h1");
  if (text.empty()) text = html_element(html, "body");
  std::string plain;
  bool in_tag = false;
  for (char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) plain += c;
    if (c == '>') {
      in_tag = false;
      plain += ' ';
    }
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{
      {{"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&#39;", "'"},
       {"&nbsp;", " "},
       {"&amp;", "&"}}};
  for (const auto& [entity, character] : kEntities)
    for (std::size_t at = 0; (at = plain.find(entity, at)) != std::string::npos; ++at)
      plain.replace(at, entity.size(), character);
  return plain;
}

// Stores of files answer so: <Error><Code>AccessDenied</Code><Message>Request has
// expired</Message>.
bool looks_like_xml(const HttpResponse& response) {
  return response.header("content-type").find("xml") != std::string_view::npos ||
         response.text().rfind("<?xml", 0) == 0;
}

bool looks_like_html(const HttpResponse& response) {
  if (response.header("content-type").find("html") != std::string_view::npos) return true;
  const std::string start = lower(response.text().substr(0, 256));
  return start.find("<html") != std::string::npos || start.find("<!doctype") != std::string::npos;
}

bool is_mostly_text(std::string_view text) {
  const std::string_view start = text.substr(0, 512);
  return std::none_of(start.begin(), start.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' && c != '\n' && c != '\r' && c != '\t';
  });
}

}  // namespace

std::string status_text(int status) {
  constexpr std::array<std::pair<int, std::string_view>, 22> kWords{
      {{400, "Bad Request"},
       {401, "Unauthorized"},
       {402, "Payment Required"},
       {403, "Forbidden"},
       {404, "Not Found"},
       {405, "Method Not Allowed"},
       {408, "Request Timeout"},
       {409, "Conflict"},
       {410, "Gone"},
       {413, "Content Too Large"},
       {415, "Unsupported Media Type"},
       {422, "Unprocessable Content"},
       {429, "Too Many Requests"},
       {451, "Unavailable For Legal Reasons"},
       {500, "Internal Server Error"},
       {501, "Not Implemented"},
       {502, "Bad Gateway"},
       {503, "Service Unavailable"},
       {504, "Gateway Timeout"},
       {507, "Insufficient Storage"},
       {522, "Connection Timed Out"},
       {524, "A Timeout Occurred"}}};
  for (const auto& [code, words] : kWords)
    if (code == status) return fmt::format("{} {}", status, words);
  return std::to_string(status);
}

std::string error_text(const Descriptor& descriptor, const HttpResponse& response, const json& body,
                       const std::vector<std::string>& secrets) {
  std::string text;
  for (const json& value : find_first(descriptor.reply.message, body)) {
    text = words_of(value);
    if (!text.empty()) break;
  }
  if (text.empty() && !body.is_null()) text = words_of(body);
  if (text.empty() && body.is_null()) {
    if (looks_like_html(response))
      text = html_text(response.text());
    else if (looks_like_xml(response))
      text = html_element(response.text(), "message");
    if (text.empty() && is_mostly_text(response.text()))
      text = masked_start(response.text(), 2 * kLongestText, secrets);
  }
  text = short_line(mask_secrets(text, secrets));
  return text.empty() ? "HTTP " + status_text(response.status) : text;
}

}  // namespace castboard
