#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Rules for names and text of the library. Pure; any thread.
namespace castboard {

// Offset of the first byte that is not valid UTF-8 (RFC 3629: no overlong forms, no surrogates).
std::optional<std::size_t> invalid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view utf8);

// Without surrounding white space, or throws Failure (`invalid_input`) that says what is wrong:
// empty, not UTF-8, control characters, more than 255 code points. `whose`: "character's name".
std::string checked_name(std::string_view whose, std::string_view name);
// Throws `invalid_input` when it is not UTF-8.
void check_text(std::string_view what, std::string_view text);

// For comparing and searching: lower case for ASCII, Latin, Greek and Cyrillic letters; everything
// else as it is.
std::string fold_case(std::string_view utf8);
// The words of a search box, folded.
std::vector<std::string> search_words(std::string_view text);

// The timestamp (2026-01-31T12:00:00.000Z) one millisecond after `timestamp`; text that is none is
// returned with a character added, which sorts after it as well.
std::string one_millisecond_after(std::string_view timestamp);

}  // namespace castboard
