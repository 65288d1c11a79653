#include "os/digest.h"

#include <gtest/gtest.h>

#include <string_view>

namespace castboard {

namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

// The examples of FIPS 180-2, appendices A and B.
TEST(Digest, agrees_with_the_standards_examples) {
  EXPECT_EQ(lower_hex(sha256(bytes_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(lower_hex(sha1(bytes_of("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Digest, takes_no_bytes_at_all) {
  EXPECT_EQ(lower_hex(sha256({})),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace castboard
