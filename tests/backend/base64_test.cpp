#include "providers/base64.h"

#include <gtest/gtest.h>

namespace castboard {

namespace {

std::string decoded(std::string_view text) {
  const auto bytes = decode_base64(text);
  return bytes ? std::string(bytes->begin(), bytes->end()) : "(none)";
}

}  // namespace

TEST(Base64, reads_what_it_writes) {
  for (std::size_t size = 0; size < 20; ++size) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 37 + 200));
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes) << size;
  }
}

TEST(Base64, reads_it_as_providers_write_it) {
  EXPECT_EQ(decoded("aGVsbG8="), "hello");
  EXPECT_EQ(decoded("aGVsbG8"), "hello");
  EXPECT_EQ(decoded(" aGVs\r\nbG8=\n"), "hello");
  EXPECT_EQ(decoded("data:image/png;base64,aGVsbG8="), "hello");
  EXPECT_EQ(decoded("_-8="), "\xff\xef");
}

TEST(Base64, refuses_what_is_damaged) {
  EXPECT_EQ(decoded("aGVs*G8="), "(none)");
  EXPECT_EQ(decoded("aGVsb"), "(none)");
  EXPECT_EQ(decoded("aG=VsbG8"), "(none)");
}

}  // namespace castboard
