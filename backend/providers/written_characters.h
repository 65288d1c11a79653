#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace castboard {

// A character that a text writes as more than itself.
struct WrittenCharacter {
  char32_t character = 0;
  std::size_t length = 0;  // bytes of the text
};

// At the beginning of `text`; nullopt: it begins with none. Constant time.
// HTML: "&lt;", "&#60;", "&#x3C;".
[[nodiscard]] std::optional<WrittenCharacter> html_character(std::string_view text);
// JSON: "\/", "\u002F"; halves of surrogate pairs are none.
[[nodiscard]] std::optional<WrittenCharacter> json_character(std::string_view text);
// URLs and forms: "%2F" (a byte), and "+" for a blank.
[[nodiscard]] std::optional<WrittenCharacter> url_character(std::string_view text);

// Whether one of these could begin so.
[[nodiscard]] inline bool may_be_written(char c) {
  return c == '&' || c == '\\' || c == '%' || c == '+';
}

}  // namespace castboard
