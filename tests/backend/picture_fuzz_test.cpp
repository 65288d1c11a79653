#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "imaging/imaging.h"
#include "support/pictures.h"
#include "support/png_writing.h"

// Seeded and bounded: whatever the bytes, decoding gives a whole picture or a Failure that says
// `bad_picture`. Under the sanitizers this is where a memory error would show.
namespace castboard {

using testing::big_endian_length;
using testing::Bytes;
using testing::picture_file;

namespace {

constexpr const char* kFiles[] = {"baseline.jpg",  "progressive.jpg", "cmyk.jpg",
                                  "grey.jpg",      "sixteen_bit.png", "interlaced_grey.png",
                                  "palette.png",   "translucent.png", "lossy.webp",
                                  "lossless.webp", "animation.webp"};

// CASTBOARD_FUZZ_TIMES multiplies the rounds, for a long run by hand.
int rounds(int usual) {
  const char* times = std::getenv("CASTBOARD_FUZZ_TIMES");
  return times != nullptr ? usual * std::max(1, std::atoi(times)) : usual;
}

void expect_picture_or_failure(const Bytes& bytes) {
  try {
    const Image image = decode_picture(bytes);
    EXPECT_EQ(image.pixels.size(),
              static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::bad_picture) << failure.what();
    EXPECT_FALSE(failure.error().message.empty());
  }
}

std::size_t below(std::mt19937& random, std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

Bytes mutated(Bytes bytes, std::mt19937& random) {
  const std::size_t changes = 1 + below(random, 6);
  for (std::size_t i = 0; i < changes && bytes.size() > 8; ++i) {
    const std::size_t at = below(random, bytes.size());
    const auto where = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(random, 5)) {
      case 0:
        bytes[at] = static_cast<std::uint8_t>(random());
        break;
      case 1:
        bytes[at] ^= static_cast<std::uint8_t>(1U << below(random, 8));
        break;
      case 2:
        bytes.insert(where, static_cast<std::uint8_t>(random()));
        break;
      case 3:
        bytes.erase(where);
        break;
      default:
        bytes[at] = below(random, 2) == 0 ? 0x00 : 0xFF;
        break;
    }
  }
  return bytes;
}

}  // namespace

TEST(PictureFuzz, survives_random_bytes_after_each_signature) {
  std::mt19937 random(20260131);
  const Bytes signatures[] = {{},
                              {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                              {0xFF, 0xD8, 0xFF},
                              {'R', 'I', 'F', 'F', 40, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8'}};
  for (const Bytes& signature : signatures) {
    for (int round = 0; round < rounds(500); ++round) {
      Bytes bytes = signature;
      const std::size_t length = below(random, 300);
      for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<std::uint8_t>(random()));
      expect_picture_or_failure(bytes);
      (void)describe_bytes(bytes);
    }
  }
}

TEST(PictureFuzz, survives_mutated_pictures) {
  std::mt19937 random(7);
  for (const char* file : kFiles) {
    const Bytes whole = picture_file(file);
    for (int round = 0; round < rounds(1000); ++round)
      expect_picture_or_failure(mutated(whole, random));
  }
}

// Checksums set right again, so that damage gets past them to the decoder.
TEST(PictureFuzz, survives_mutated_png_chunks_with_right_checksums) {
  std::mt19937 random(11);
  for (const char* file : kFiles) {
    const Bytes whole = picture_file(file);
    if (sniff_format(whole) != PictureFormat::png) continue;
    for (int round = 0; round < rounds(1000); ++round) {
      Bytes png(whole.begin(), whole.begin() + 8);
      for (std::size_t at = 8; at < whole.size();) {
        const std::size_t length = big_endian_length(whole, at);
        const auto data = whole.begin() + static_cast<std::ptrdiff_t>(at) + 8;
        Bytes chunk(data, data + static_cast<std::ptrdiff_t>(length));
        if (below(random, 2) == 0) chunk = mutated(chunk, random);
        testing::append_chunk(png, std::string(data - 4, data), chunk);
        at += 12 + length;
      }
      expect_picture_or_failure(png);
    }
  }
}

}  // namespace castboard
