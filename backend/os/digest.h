#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

// Digests by the machine's OpenSSL. Pure functions; any thread.
namespace castboard {

std::array<std::uint8_t, 32> sha256(std::span<const std::uint8_t> bytes);
std::array<std::uint8_t, 20> sha1(std::span<const std::uint8_t> bytes);

std::array<std::uint8_t, 32> hmac_sha256(std::span<const std::uint8_t> key,
                                         std::span<const std::uint8_t> bytes);

std::string lower_hex(std::span<const std::uint8_t> bytes);

}  // namespace castboard
