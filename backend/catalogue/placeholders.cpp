#include "catalogue/placeholders.h"

#include <algorithm>

#include "castboard/catalogue.h"

namespace castboard {

namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

bool is_known(const std::string& name, const std::vector<std::string>& known) {
  return std::any_of(known.begin(), known.end(), [&](const std::string& word) {
    if (word.back() != '*') return word == name;
    const std::string beginning = word.substr(0, word.size() - 1);
    return name.size() > beginning.size() && name.rfind(beginning, 0) == 0;
  });
}

}  // namespace

std::vector<PlaceholderPiece> split_placeholders(std::string_view text) {
  std::vector<PlaceholderPiece> pieces;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) pieces.push_back({false, literal});
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if ((text[i] == '{' || text[i] == '}') && doubled) {
      literal += text[i++];
      continue;
    }
    const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos && is_name(text.substr(i + 1, end - i - 1))) {
      flush();
      pieces.push_back({true, std::string(text.substr(i + 1, end - i - 1))});
      i = end;
    } else {
      literal += text[i];
    }
  }
  flush();
  return pieces;
}

namespace {

// "{width" or "{width, height}": meant as a name, and would be sent as it stands.
std::string stray_brace(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '{') continue;
    const char next = text[i + 1];
    const std::size_t end = std::min(text.find('}', i), text.size());
    if (end < text.size() && is_name(text.substr(i + 1, end - i - 1)))
      i = end;
    else if (next == '{')
      ++i;
    else if ((next >= 'a' && next <= 'z') || next == '_')
      return "\"" + std::string(text.substr(i, end - i + 1)) +
             "\" is no {name}; a brace itself is written {{";
  }
  return {};
}

}  // namespace

std::string placeholder_problem(std::string_view text, const std::vector<std::string>& known) {
  if (std::string problem = stray_brace(text); !problem.empty()) return problem;
  for (const PlaceholderPiece& piece : split_placeholders(text)) {
    if (!piece.placeholder || is_known(piece.text, known)) continue;
    const std::string near = nearest(piece.text, known);
    return "unknown {" + piece.text + "}" +
           (near.empty() ? std::string() : "; did you mean {" + near + "}?");
  }
  return {};
}

std::optional<std::string> fill_placeholders(
    std::string_view text,
    const std::function<std::optional<std::string>(const std::string& name)>& value_of) {
  std::string filled;
  for (const PlaceholderPiece& piece : split_placeholders(text)) {
    if (!piece.placeholder) {
      filled += piece.text;
      continue;
    }
    const auto value = value_of(piece.text);
    if (!value) return std::nullopt;
    filled += *value;
  }
  return filled;
}

const std::vector<std::string>& prompt_placeholders() {
  static const std::vector<std::string> names{"character", "description", "traits",    "shot",
                                              "style",     "references",  "additional"};
  return names;
}

}  // namespace castboard
