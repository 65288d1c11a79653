#include "sketch/directives.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

#include "castboard/result.h"

namespace castboard::sketch {
namespace {

constexpr std::string_view kOpen = "[sketch:";
constexpr int kLongestWaitMs = 600'000;

[[noreturn]] void reject(std::string_view word, std::string_view why) {
  throw Failure(ErrorCode::invalid_input,
                fmt::format("The directive '{}' cannot be followed: {}.", word, why),
                "Directives: slow=MS drip=MS hang 429=N 500=N refuse html_error truncated "
                "wrong_format not_image huge uneven offcentre rotated=D captions missing=N "
                "no_gutter gutter=#RRGGBB gutter_width=PX id=TEXT.");
}

template <class T>
T number(std::string_view word, std::string_view value, T low, T high) {
  T result{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
  if (error != std::errc{} || end != value.data() + value.size()) {
    reject(word, "it needs a number after '='");
  }
  if (result < low || result > high) {
    reject(word, fmt::format("the number must lie between {} and {}", low, high));
  }
  return result;
}

std::uint32_t hex_colour(std::string_view word, std::string_view value) {
  if (value.starts_with('#')) value.remove_prefix(1);
  std::uint32_t result = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result, 16);
  if (error != std::errc{} || end != value.data() + value.size() || value.size() != 6) {
    reject(word, "it needs a colour like #ff0000");
  }
  return result;
}

using Setter = std::function<void(Directives&, std::string_view word, std::string_view value)>;

Setter flag(bool Directives::*member) {
  return [member](Directives& d, std::string_view, std::string_view) { d.*member = true; };
}

Setter whole(int Directives::*member, int high, int without_value) {
  return [=](Directives& d, std::string_view word, std::string_view value) {
    d.*member = value.empty() ? without_value : number<int>(word, value, 0, high);
  };
}

Setter share(double SheetFlaws::*member, double low, double high, double without_value) {
  return [=](Directives& d, std::string_view word, std::string_view value) {
    d.flaws.*member = value.empty() ? without_value : number<double>(word, value, low, high);
  };
}

const std::map<std::string_view, Setter>& setters() {
  static const std::map<std::string_view, Setter> table = {
      {"slow", whole(&Directives::slow_ms, kLongestWaitMs, 2000)},
      {"drip", whole(&Directives::drip_ms, kLongestWaitMs, 2000)},
      {"429", whole(&Directives::too_many, 1000, 1)},
      {"500", whole(&Directives::failures, 1000, -1)},
      {"hang", flag(&Directives::hang)},
      {"refuse", flag(&Directives::refuse)},
      {"html_error", flag(&Directives::html_error)},
      {"truncated", flag(&Directives::truncated)},
      {"wrong_format", flag(&Directives::wrong_format)},
      {"not_image", flag(&Directives::not_image)},
      {"huge", flag(&Directives::huge)},
      {"uneven", share(&SheetFlaws::uneven, 0, 0.5, 0.12)},
      {"offcentre", share(&SheetFlaws::off_centre, -0.2, 0.2, 0.03)},
      {"rotated", share(&SheetFlaws::rotated, -15, 15, 1.5)},
      {"captions",
       [](Directives& d, std::string_view, std::string_view) { d.flaws.captions = true; }},
      {"no_gutter",
       [](Directives& d, std::string_view, std::string_view) { d.flaws.gutter_width = 0; }},
      {"missing",
       [](Directives& d, std::string_view word, std::string_view value) {
         d.flaws.missing = value.empty() ? 5 : number<int>(word, value, 1, 9);
       }},
      {"gutter", [](Directives& d, std::string_view word,
                    std::string_view value) { d.flaws.gutter_colour = hex_colour(word, value); }},
      {"gutter_width",
       [](Directives& d, std::string_view word, std::string_view value) {
         d.flaws.gutter_width = number<int>(word, value, 0, 200);
       }},
      {"id", [](Directives&, std::string_view, std::string_view) {}},
  };
  return table;
}

}  // namespace

Directives parse_directives(std::string_view text) {
  Directives directives;
  constexpr std::string_view kBetween = " \t\r\n,;";
  for (std::size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const std::size_t equals = word.find('=');
    const auto found = setters().find(word.substr(0, equals));
    if (found == setters().end()) reject(word, "there is none by this name");
    found->second(directives, word,
                  equals == std::string_view::npos ? "" : word.substr(equals + 1));
    directives.text += directives.text.empty() ? "" : " ";
    directives.text += word;
    at = text.find_first_not_of(kBetween, end);
  }
  return directives;
}

std::string take_directives(std::string& description) {
  std::string taken;
  for (std::size_t at = description.find(kOpen); at != std::string::npos;
       at = description.find(kOpen, at)) {
    const std::size_t close = description.find(']', at);
    if (close == std::string::npos) break;
    const std::size_t from = at + kOpen.size();
    taken += description.substr(from, close - from) + " ";
    description.erase(at, close + 1 - at);
  }
  return taken;
}

}  // namespace castboard::sketch
