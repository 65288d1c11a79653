#include "providers/signed_token.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include <nlohmann/json.hpp>

#include "os/digest.h"
#include "providers/base64.h"

namespace castboard {

namespace {

constexpr std::chrono::seconds kClocksDiffer{5};

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// RFC 4648, section 5, without padding.
std::string url_base64(std::span<const std::uint8_t> bytes) {
  std::string text = encode_base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

}  // namespace

std::string signed_token(std::string_view issuer, std::string_view key,
                         std::chrono::system_clock::time_point now, std::chrono::seconds valid) {
  const auto time = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  const nlohmann::json header{{"alg", "HS256"}, {"typ", "JWT"}};
  const nlohmann::json claims{
      {"iss", issuer}, {"exp", (time + valid).count()}, {"nbf", (time - kClocksDiffer).count()}};
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;
  std::string token = url_base64(bytes_of(header.dump())) + '.' +
                      url_base64(bytes_of(claims.dump(-1, ' ', false, kReplace)));
  return token + '.' + url_base64(hmac_sha256(bytes_of(key), bytes_of(token)));
}

}  // namespace castboard
