#include "texts.h"

#include <cassert>
#include <string>
#include <unordered_map>

namespace castboard {
namespace {

constexpr std::string_view kEnglish =
#include "texts_en.inc"
    ;

using Texts = std::unordered_map<std::string_view, std::string>;

std::string_view trimmed(std::string_view part) {
  const auto first = part.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return part.substr(first, part.find_last_not_of(" \t\r") - first + 1);
}

// "\n" in the file is a line break on the screen.
std::string unescaped(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.substr(i, 2) == "\\n") {
      out += '\n';
      ++i;
    } else {
      out += value[i];
    }
  }
  return out;
}

Texts parse(std::string_view file) {
  Texts texts;
  while (!file.empty()) {
    const auto end = file.find('\n');
    const std::string_view line = trimmed(file.substr(0, end));
    file = end == std::string_view::npos ? std::string_view() : file.substr(end + 1);
    const auto equals = line.find('=');
    if (line.empty() || line.front() == '#' || equals == std::string_view::npos) continue;
    texts[trimmed(line.substr(0, equals))] = unescaped(trimmed(line.substr(equals + 1)));
  }
  return texts;
}

// Read once, never changed.
const Texts& english() {
  static const Texts texts = parse(kEnglish);
  return texts;
}

}  // namespace

const char* text(std::string_view key) {
  const auto found = english().find(key);
  assert(found != english().end() && "a text that assets/texts/en.txt does not have");
  return found != english().end() ? found->second.c_str() : "?";
}

std::string text(std::string_view key, std::initializer_list<std::string_view> values) {
  const std::string_view form = text(key);
  std::string out;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool is_value = form[i] == '{' && i + 2 < form.size() && form[i + 2] == '}' &&
                          form[i + 1] >= '0' && form[i + 1] <= '9';
    if (!is_value) {
      out += form[i];
      continue;
    }
    const auto number = static_cast<std::size_t>(form[i + 1] - '0');
    if (number < values.size()) out += *(values.begin() + number);
    i += 2;
  }
  return out;
}

std::string labelled(std::string_view key, std::string_view id) {
  return std::string(text(key)).append("###").append(id);
}

std::string counted(std::string_view key, std::int64_t number) {
  const std::string form = std::string(key) + (number == 1 ? ".one" : ".many");
  return text(form, {std::to_string(number)});
}

}  // namespace castboard
