#include "os/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "castboard/result.h"

namespace castboard {

namespace {

template <std::size_t Size>
std::array<std::uint8_t, Size> digest(const EVP_MD* kind, std::span<const std::uint8_t> bytes) {
  std::array<std::uint8_t, Size> result{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), result.data(), &size, kind, nullptr) != 1 ||
      size != Size)
    throw Failure(ErrorCode::internal, "OpenSSL could not compute a digest");
  return result;
}

}  // namespace

std::array<std::uint8_t, 32> sha256(std::span<const std::uint8_t> bytes) {
  return digest<32>(EVP_sha256(), bytes);
}

std::array<std::uint8_t, 20> sha1(std::span<const std::uint8_t> bytes) {
  return digest<20>(EVP_sha1(), bytes);
}

std::array<std::uint8_t, 32> hmac_sha256(std::span<const std::uint8_t> key,
                                         std::span<const std::uint8_t> bytes) {
  std::array<std::uint8_t, 32> result{};
  unsigned int size = 0;
  if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
            result.data(), &size) ||
      size != result.size())
    throw Failure(ErrorCode::internal, "OpenSSL could not compute a digest");
  return result;
}

std::string lower_hex(std::span<const std::uint8_t> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace castboard
