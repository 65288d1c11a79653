#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace castboard {

inline constexpr std::size_t kLongestLine = 300;  // bytes

// What somebody else wrote, as it may be shown, logged and stored: one line of valid UTF-8, without
// control characters (also of 8 bits) and marks that turn the direction of writing, of at most
// `most` bytes and three dots. Mask secrets before: a cut leaves half of one.
[[nodiscard]] std::string short_line(std::string_view text, std::size_t most = kLongestLine);

// Whether there are such characters in it.
[[nodiscard]] bool has_controls(std::string_view text);

}  // namespace castboard
