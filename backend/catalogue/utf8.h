#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace castboard {

// Well-formed UTF-8 as of the Unicode standard, table 3-7: no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text);
// Code points of well-formed text.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
// The longest beginning of at most `bytes` bytes that does not cut a character.
[[nodiscard]] std::size_t utf8_prefix(std::string_view text, std::size_t bytes);
// Any up to U+10FFFF.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace castboard
