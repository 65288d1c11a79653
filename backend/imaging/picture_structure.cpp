#include "imaging/picture_structure.h"

#include <fmt/format.h>
#include <zlib.h>

#include <string>
#include <string_view>

#include "castboard/result.h"

namespace castboard {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kPngSignatureSize = 8;
constexpr std::size_t kChunkFrame = 12;  // length, type, CRC

std::uint32_t crc_of(Bytes bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, bytes.data(), static_cast<unsigned int>(bytes.size())));
}

std::string_view chunk_type(Bytes bytes, std::size_t at) {
  return {reinterpret_cast<const char*>(bytes.data()) + at + 4, 4};
}

}  // namespace

void throw_cut_off(std::string_view format, std::size_t size, std::string_view detail) {
  throw Failure(ErrorCode::bad_picture,
                fmt::format("the {} picture is cut off after {} bytes", format, size),
                "download or save it again", std::string(detail));
}

std::uint32_t big_endian_32(Bytes bytes, std::size_t at) {
  return (std::uint32_t{bytes[at]} << 24) | (std::uint32_t{bytes[at + 1]} << 16) |
         (std::uint32_t{bytes[at + 2]} << 8) | std::uint32_t{bytes[at + 3]};
}

void check_png_structure(Bytes bytes) {
  for (std::size_t at = kPngSignatureSize;;) {
    if (bytes.size() < at || bytes.size() - at < kChunkFrame)
      throw_cut_off("PNG", bytes.size(), "no IEND chunk");
    const std::size_t length = big_endian_32(bytes, at);
    if (length > bytes.size() - at - kChunkFrame)
      throw_cut_off("PNG", bytes.size(), "inside a chunk's data");
    const Bytes covered = bytes.subspan(at + 4, length + 4);
    const std::string_view type = chunk_type(bytes, at);
    if (crc_of(covered) != big_endian_32(bytes, at + 8 + length))
      throw Failure(ErrorCode::bad_picture,
                    fmt::format("the PNG picture is damaged near byte {}", at),
                    "download or save it again", "a chunk's checksum does not match");
    if (type == "IEND") return;
    at += kChunkFrame + length;
  }
}

void check_webp_structure(Bytes bytes) {
  const std::size_t said = std::size_t{bytes[4]} | (std::size_t{bytes[5]} << 8) |
                           (std::size_t{bytes[6]} << 16) | (std::size_t{bytes[7]} << 24);
  if (said > bytes.size() - 8) throw_cut_off("WebP", bytes.size(), "inside the RIFF container");
}

}  // namespace castboard
