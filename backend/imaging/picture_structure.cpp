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

[[noreturn]] void throw_cut_off(std::string_view format, std::size_t size,
                                std::string_view detail) {
  throw Failure(ErrorCode::bad_picture,
                fmt::format("the {} picture is cut off after {} bytes", format, size),
                "download or save it again", std::string(detail));
}

std::uint32_t crc_of(Bytes bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, bytes.data(), static_cast<unsigned int>(bytes.size())));
}

std::string_view chunk_type(Bytes bytes, std::size_t at) {
  return {reinterpret_cast<const char*>(bytes.data()) + at + 4, 4};
}

// T.81 table B.1: markers without a length field.
bool stands_alone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

constexpr std::uint8_t kEndOfImage = 0xD9;
constexpr std::uint8_t kStartOfScan = 0xDA;

// The position of the 0xFF of the next marker that ends entropy-coded data beginning at `at`:
// 0xFF00 is a stuffed byte and 0xFFD0..D7 are restarts inside it.
std::size_t end_of_scan(Bytes bytes, std::size_t at) {
  for (; at + 1 < bytes.size(); ++at) {
    if (bytes[at] != 0xFF) continue;
    const std::uint8_t next = bytes[at + 1];
    if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return at;
  }
  throw_cut_off("JPEG", bytes.size(), "inside a scan, no EOI marker");
}

}  // namespace

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

void check_jpeg_structure(Bytes bytes) {
  std::size_t at = 2;  // after SOI
  while (true) {
    // Any number of 0xFF may fill the space before a marker.
    if (at < bytes.size() && bytes[at] != 0xFF)
      throw Failure(ErrorCode::bad_picture,
                    fmt::format("the JPEG picture is damaged near byte {}", at),
                    "download or save it again", "a marker is missing");
    while (at < bytes.size() && bytes[at] == 0xFF) ++at;
    if (at >= bytes.size()) throw_cut_off("JPEG", bytes.size(), "no EOI marker");
    const std::uint8_t marker = bytes[at++];
    if (marker == kEndOfImage) return;
    if (stands_alone(marker)) continue;
    if (bytes.size() - at < 2) throw_cut_off("JPEG", bytes.size(), "inside a segment");
    const std::size_t length = (std::size_t{bytes[at]} << 8) | bytes[at + 1];
    if (length < 2 || length > bytes.size() - at)
      throw_cut_off("JPEG", bytes.size(), "inside a segment");
    at += length;
    if (marker == kStartOfScan) at = end_of_scan(bytes, at);
  }
}

void check_webp_structure(Bytes bytes) {
  const std::size_t said = std::size_t{bytes[4]} | (std::size_t{bytes[5]} << 8) |
                           (std::size_t{bytes[6]} << 16) | (std::size_t{bytes[7]} << 24);
  if (said > bytes.size() - 8) throw_cut_off("WebP", bytes.size(), "inside the RIFF container");
}

}  // namespace castboard
