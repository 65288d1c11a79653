#include <fmt/format.h>

#include <algorithm>

#include "castboard/result.h"
#include "imaging/decoders.h"
#include "imaging/imaging.h"
#include "imaging/memory_gate.h"
#include "imaging/picture_structure.h"

namespace castboard {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kDecodeMemory = std::size_t{1024} * 1024 * 1024;  // bytes under way
// The decoder's inflated, unfiltered and converted copies beside our own.
constexpr std::size_t kDecodeBytesPerPixel = 16;
constexpr double kMebibyte = 1024.0 * 1024.0;

// The only state of this folder: the cap is the process's, whoever decodes.
MemoryGate& decode_gate() {
  static MemoryGate gate(kDecodeMemory);
  return gate;
}

void check_byte_limit(std::size_t size) {
  if (size > kMaxPictureBytes)
    throw Failure(
        ErrorCode::bad_picture,
        fmt::format("the picture has {:.1f} MiB; the limit is {} MiB",
                    static_cast<double>(size) / kMebibyte, kMaxPictureBytes / (1024 * 1024)),
        "save it smaller");
}

void check_size_limits(const PictureHeader& header) {
  if (header.width <= 0 || header.height <= 0)
    throw Failure(ErrorCode::bad_picture, fmt::format("the picture says it is {} x {} pixels",
                                                      header.width, header.height));
  if (header.width > kMaxPictureSide || header.height > kMaxPictureSide)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("the picture has {} x {} pixels; the limit is {} pixels a side",
                              header.width, header.height, kMaxPictureSide),
                  "scale it down");
  const std::int64_t pixels = std::int64_t{header.width} * header.height;
  if (pixels > kMaxPicturePixels)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("the picture has {} x {} pixels, {:.1f} megapixels; the limit is {}",
                              header.width, header.height, static_cast<double>(pixels) / 1e6,
                              kMaxPicturePixels / 1'000'000),
                  "scale it down");
}

PictureHeader read_png_header(Bytes bytes) {
  // Signature, then IHDR first of all (PNG specification, 5.6): length, type, width, height.
  constexpr std::size_t kNeeded = 24;
  if (bytes.size() < kNeeded)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("the PNG picture is cut off after {} bytes", bytes.size()),
                  "download or save it again");
  if (big_endian_32(bytes, 12) != 0x49484452)  // "IHDR"
    throw Failure(ErrorCode::bad_picture, "the PNG picture does not begin with its header",
                  "save it again");
  const std::uint32_t width = big_endian_32(bytes, 16);
  const std::uint32_t height = big_endian_32(bytes, 20);
  return {PictureFormat::png, static_cast<int>(std::min(width, 0x7FFFFFFFU)),
          static_cast<int>(std::min(height, 0x7FFFFFFFU))};
}

PictureHeader read_header_of(PictureFormat format, Bytes bytes) {
  switch (format) {
    case PictureFormat::png:
      return read_png_header(bytes);
    case PictureFormat::jpeg:
      return read_jpeg_header(bytes);
    case PictureFormat::webp:
      return read_webp_header(bytes);
  }
  return {};
}

void check_structure(PictureFormat format, Bytes bytes) {
  switch (format) {
    case PictureFormat::png:
      return check_png_structure(bytes);
    case PictureFormat::jpeg:
      return check_jpeg_structure(bytes);
    case PictureFormat::webp:
      return check_webp_structure(bytes);
  }
}

}  // namespace

PictureHeader read_picture_header(Bytes bytes) {
  check_byte_limit(bytes.size());
  const std::optional<PictureFormat> format = sniff_format(bytes);
  if (!format)
    throw Failure(ErrorCode::bad_picture,
                  fmt::format("not a picture but {}", describe_bytes(bytes)),
                  "PNG, JPEG and WebP are supported");
  const PictureHeader header = read_header_of(*format, bytes);
  check_size_limits(header);
  return header;
}

Image decode_picture(Bytes bytes) {
  const PictureHeader header = read_picture_header(bytes);
  check_structure(header.format, bytes);
  const auto pixels =
      static_cast<std::size_t>(header.width) * static_cast<std::size_t>(header.height);
  const MemoryGate::Share share(decode_gate(), pixels * kDecodeBytesPerPixel);
  return header.format == PictureFormat::webp ? decode_webp(bytes, header)
                                              : decode_png_or_jpeg(bytes, header);
}

}  // namespace castboard
