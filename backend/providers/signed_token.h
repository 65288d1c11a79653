#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace castboard {

// A JSON Web Token (RFC 7519) signed with HS256 that names its `issuer` and is good from a moment
// ago, for clocks differ, until `now` + `valid`.
std::string signed_token(std::string_view issuer, std::string_view key,
                         std::chrono::system_clock::time_point now, std::chrono::seconds valid);

}  // namespace castboard
