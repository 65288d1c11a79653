#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castboard {

// One line of comma-separated values (RFC 4180), with its CRLF. Text a spreadsheet would take for a
// formula gets an apostrophe in front: a provider's message must not run anything.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);
[[nodiscard]] std::string csv_text(std::string_view text);

}  // namespace castboard
