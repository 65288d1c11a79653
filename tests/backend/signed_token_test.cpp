#include "providers/signed_token.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "os/digest.h"
#include "providers/base64.h"

namespace castboard {

namespace {

std::string decoded(const std::string& text) {
  const auto bytes = decode_base64(text);
  return bytes ? std::string(bytes->begin(), bytes->end()) : "(no base64)";
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

// RFC 4231, test case 2.
TEST(SignedToken, its_signature_is_the_standards) {
  EXPECT_EQ(lower_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(SignedToken, names_its_issuer_and_is_good_for_a_time) {
  const std::chrono::system_clock::time_point now{std::chrono::seconds(1'700'000'000)};
  const std::string token = signed_token("access-key", "secret-key", now, std::chrono::minutes(30));
  EXPECT_EQ(token.find_first_of("+/="), std::string::npos) << token;
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  EXPECT_EQ(nlohmann::json::parse(decoded(token.substr(0, first))),
            (nlohmann::json{{"alg", "HS256"}, {"typ", "JWT"}}));
  EXPECT_EQ(
      nlohmann::json::parse(decoded(token.substr(first + 1, second - first - 1))),
      (nlohmann::json{{"iss", "access-key"}, {"exp", 1'700'001'800}, {"nbf", 1'699'999'995}}));
  const auto signature = hmac_sha256(bytes_of("secret-key"), bytes_of(token.substr(0, second)));
  EXPECT_EQ(decoded(token.substr(second + 1)), std::string(signature.begin(), signature.end()));
}

}  // namespace castboard
