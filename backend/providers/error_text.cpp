#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "providers/faults.h"
#include "providers/secrets.h"
#include "providers/short_line.h"
#include "providers/written_characters.h"

namespace castboard {

namespace {

using nlohmann::json;

constexpr std::size_t kLookedAt = std::size_t{64} * 1024;  // of a page

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
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

// Its end may be cut off where `to_the_end` says so.
std::string html_element(std::string_view html, const std::string& name, bool to_the_end = false) {
  const std::string small = lower(html);
  const auto open = small.find('<' + name);
  if (open == std::string::npos) return {};
  const auto start = small.find('>', open);
  auto end = small.find("</" + name, open);
  if (end == std::string::npos && to_the_end) end = html.size();
  if (start == std::string::npos || end == std::string::npos || end < start) return {};
  return std::string(html.substr(start + 1, end - start - 1));
}

std::string without_tags(std::string_view html) {
  std::string plain;
  bool in_tag = false;
  for (char c : html) {
    if (c == '<') in_tag = true;
    if (!in_tag) plain += c;
    if (c == '>') {
      in_tag = false;
      plain += ' ';
    }
  }
  return plain;
}

// What it writes in ASCII; the rest stays as it is written.
std::string with_characters(std::string_view html) {
  std::string plain;
  for (std::size_t at = 0; at < html.size();) {
    const auto written = html_character(html.substr(at));
    if (written && written->character < 0x80) {
      plain += static_cast<char>(written->character);
      at += written->length;
    } else {
      plain += html[at++];
    }
  }
  return plain;
}

std::string html_text(std::string_view html) {
  std::string text = html_element(html, "title");
  if (text.empty()) text = html_element(html, "h1");
  if (text.empty()) text = html_element(html, "body", true);
  return with_characters(without_tags(text));
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
    // Masked before tags are taken out, which a key may look like, and before it is cut.
    const std::string start = masked_start(response.text(), kLookedAt, secrets);
    if (looks_like_html(response))
      text = html_text(start);
    else if (looks_like_xml(response))
      text = html_element(start, "message");
    if (text.empty() && is_mostly_text(start)) text = start.substr(0, 2 * kLongestLine);
  }
  text = short_line(masked_start(text, kLookedAt, secrets));
  return text.empty() ? "HTTP " + status_text(response.status) : text;
}

}  // namespace castboard
