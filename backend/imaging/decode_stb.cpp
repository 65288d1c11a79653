#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "castboard/result.h"
#include "imaging/decoders.h"

namespace {

// The largest single allocation of the decode under way on this thread. stb_image inflates whatever
// a PNG's data holds, however small the picture says it is: a file of 4 MiB could ask for 4 GiB.
thread_local std::size_t allocation_limit = 0;

void* limited_malloc(std::size_t size) {
  // Cleared: a damaged picture must not show what this memory held before.
  return size <= allocation_limit ? std::calloc(size, 1) : nullptr;
}

void* limited_realloc(void* memory, std::size_t size) {
  return size <= allocation_limit ? std::realloc(memory, size) : nullptr;
}

}  // namespace

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_MALLOC(size) limited_malloc(size)
#define STBI_REALLOC(memory, size) limited_realloc(memory, size)
#define STBI_FREE(memory) std::free(memory)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"  // a static copy leaves most of it unused
#pragma GCC diagnostic ignored "-Wold-style-cast"   // around the macros above
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace castboard {

namespace {

constexpr int kChannels = 4;
constexpr std::size_t kBytesPerPixel = 8;              // four channels of 16 bits
constexpr std::size_t kTables = std::size_t{1} << 20;  // what a decode needs whatever the size

[[noreturn]] void throw_undecodable(PictureFormat format) {
  const char* reason = stbi_failure_reason();
  throw Failure(ErrorCode::bad_picture,
                fmt::format("the {} picture cannot be decoded: {}",
                            format == PictureFormat::png ? "PNG" : "JPEG",
                            reason != nullptr ? reason : "unknown reason"),
                "save it again as an 8-bit PNG or JPEG");
}

// Twice the rows of 16-bit pixels with their filter bytes, because the inflater doubles its buffer;
// or twice the file, because the collected data does too.
std::size_t largest_sound_allocation(std::size_t file_size, const PictureHeader& header) {
  const auto width = static_cast<std::size_t>(header.width);
  const auto height = static_cast<std::size_t>(header.height);
  return 2 * std::max((width * kBytesPerPixel + 8) * (height + 8), file_size) + kTables;
}

}  // namespace

Image decode_png_or_jpeg(std::span<const std::uint8_t> bytes, const PictureHeader& header) {
  allocation_limit = largest_sound_allocation(bytes.size(), header);
  Image image;
  int channels = 0;
  const std::unique_ptr<stbi_uc, decltype(&std::free)> pixels(
      stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &image.width,
                            &image.height, &channels, kChannels),
      &std::free);
  if (!pixels || image.width != header.width || image.height != header.height)
    throw_undecodable(header.format);
  const auto size =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * kChannels;
  image.pixels.assign(pixels.get(), pixels.get() + size);
  return image;
}

}  // namespace castboard
