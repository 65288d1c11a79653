#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "imaging/imaging.h"
#include "support/pictures.h"
#include "support/png_writing.h"

namespace castboard {

using ::testing::AllOf;
using testing::Bytes;
using testing::drawing;
using testing::failure_of;
using ::testing::HasSubstr;
using testing::picture_file;
using testing::pixel;
using testing::png_claiming;

namespace {

Error decode_failure(const Bytes& bytes) {
  return failure_of([&] { (void)decode_picture(bytes); });
}

bool decodes(const Bytes& bytes) {
  try {
    (void)decode_picture(bytes);
    return true;
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::bad_picture) << failure.what();
    return false;
  }
}

// Every length for small files, and a few hundred for larger ones.
std::vector<std::size_t> cuts_of(std::size_t size) {
  std::vector<std::size_t> cuts;
  const std::size_t step = std::max<std::size_t>(1, size / 400);
  for (std::size_t cut = 0; cut + 1 < size; cut += step) cuts.push_back(cut);
  cuts.push_back(size - 1);
  return cuts;
}

void expect_every_cut_refused(const Bytes& whole) {
  ASSERT_TRUE(decodes(whole));
  for (std::size_t cut : cuts_of(whole.size()))
    EXPECT_FALSE(decodes(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut))))
        << "cut to " << cut << " of " << whole.size();
}

constexpr std::uint8_t kBaselineFrame = 0xC0;
constexpr std::uint8_t kHuffmanTables = 0xC4;
constexpr std::uint8_t kStartOfScan = 0xDA;
constexpr std::uint8_t kQuantisationTables = 0xDB;

struct Segment {
  std::ptrdiff_t begin = 0;  // of its marker
  std::ptrdiff_t end = 0;
};

// The first segment with this marker.
Segment segment_of(const Bytes& jpeg, std::uint8_t marker) {
  for (std::size_t at = 2; at + 4 < jpeg.size();) {
    const std::size_t length = (std::size_t{jpeg[at + 2]} << 8) | jpeg[at + 3];
    if (jpeg[at + 1] == marker)
      return {static_cast<std::ptrdiff_t>(at), static_cast<std::ptrdiff_t>(at + 2 + length)};
    at += 2 + length;
  }
  ADD_FAILURE() << "no such segment";
  return {};
}

class Decoding : public ::testing::TestWithParam<const char*> {};

}  // namespace

TEST_P(Decoding, shows_red_above_blue) {
  const Image image = decode_picture(picture_file(GetParam()));
  ASSERT_EQ(image.width, 24);
  ASSERT_EQ(image.height, 16);
  ASSERT_EQ(image.pixels.size(), 24U * 16U * 4U);
  EXPECT_GT(pixel(image, 12, 0)[0], 180);
  EXPECT_LT(pixel(image, 12, 0)[2], 80);
  EXPECT_LT(pixel(image, 12, 15)[0], 80);
  EXPECT_GT(pixel(image, 12, 15)[2], 180);
}

TEST_P(Decoding, reads_the_size_without_decoding) {
  const PictureHeader header = read_picture_header(picture_file(GetParam()));
  EXPECT_EQ(header.width, 24);
  EXPECT_EQ(header.height, 16);
}

TEST_P(Decoding, refuses_a_file_cut_anywhere) {
  expect_every_cut_refused(picture_file(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Files, Decoding,
                         ::testing::Values("baseline.jpg", "progressive.jpg", "cmyk.jpg",
                                           "sixteen_bit.png", "palette.png", "translucent.png",
                                           "lossy.webp", "lossless.webp"),
                         [](const auto& file) {
                           std::string name = file.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(PictureDecoding, shows_greyscale_from_black_to_white) {
  for (const char* name : {"grey.jpg", "interlaced_grey.png"}) {
    const Image image = decode_picture(picture_file(name));
    for (int channel = 0; channel < 3; ++channel) {
      EXPECT_LT(pixel(image, 3, 0)[channel], 40) << name;
      EXPECT_GT(pixel(image, 3, 15)[channel], 215) << name;
    }
    EXPECT_EQ(pixel(image, 3, 3)[3], 255) << name;
  }
}

TEST(PictureDecoding, keeps_straight_alpha) {
  const Image image = decode_picture(picture_file("translucent.png"));
  EXPECT_NEAR(pixel(image, 0, 0)[3], 128, 1);
  EXPECT_EQ(pixel(image, 0, 0)[0], 255);
}

TEST(PictureDecoding, refuses_larger_pictures_cut_anywhere) {
  expect_every_cut_refused(encode_png(drawing(300, 200)));
  expect_every_cut_refused(encode_jpeg(drawing(300, 200), 90));
}

TEST(PictureDecoding, says_where_a_picture_was_cut_off) {
  Bytes png = encode_png(drawing(100, 100));
  png.resize(png.size() / 2);
  EXPECT_THAT(decode_failure(png).message,
              HasSubstr("cut off after " + std::to_string(png.size()) + " bytes"));
  Bytes jpeg = encode_jpeg(drawing(100, 100), 90);
  jpeg.resize(jpeg.size() / 2);
  EXPECT_THAT(decode_failure(jpeg).message,
              HasSubstr("cut off after " + std::to_string(jpeg.size()) + " bytes"));
}

TEST(PictureDecoding, refuses_a_png_with_any_bit_flipped) {
  const Bytes whole = encode_png(drawing(40, 30));
  // The last four bytes are the checksum of the empty IEND chunk: covered too.
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Bytes flipped = whole;
    flipped[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    EXPECT_FALSE(decodes(flipped)) << "byte " << at;
  }
}

TEST(PictureDecoding, takes_bytes_after_the_end_of_a_picture) {
  for (Bytes bytes : {encode_png(drawing(20, 20)), encode_jpeg(drawing(20, 20), 90)}) {
    bytes.insert(bytes.end(), {'t', 'a', 'i', 'l', 0xFF, 0xD9});
    EXPECT_TRUE(decodes(bytes));
  }
}

TEST(PictureDecoding, takes_the_end_of_a_thumbnail_inside_a_jpeg_for_no_end) {
  const Bytes outer = encode_jpeg(drawing(64, 64), 90);
  const Bytes inner = encode_jpeg(drawing(16, 16), 60);
  Bytes bytes(outer.begin(), outer.begin() + 2);
  const std::size_t length = inner.size() + 2;
  bytes.insert(bytes.end(), {0xFF, 0xE1, static_cast<std::uint8_t>(length >> 8),
                             static_cast<std::uint8_t>(length & 0xFF)});
  bytes.insert(bytes.end(), inner.begin(), inner.end());
  const std::size_t after_thumbnail = bytes.size();
  bytes.insert(bytes.end(), outer.begin() + 2, outer.end());
  EXPECT_TRUE(decodes(bytes));
  bytes.resize(after_thumbnail + (bytes.size() - after_thumbnail) / 2);
  EXPECT_FALSE(decodes(bytes));
}

TEST(PictureDecoding, refuses_a_jpeg_with_a_table_missing) {
  const Bytes whole = encode_jpeg(drawing(32, 32), 90);
  for (const std::uint8_t table : {kQuantisationTables, kHuffmanTables}) {
    const Segment segment = segment_of(whole, table);
    Bytes without = whole;
    without.erase(without.begin() + segment.begin, without.begin() + segment.end);
    EXPECT_THAT(decode_failure(without).detail, HasSubstr("table is missing"));
  }
}

TEST(PictureDecoding, refuses_a_jpeg_with_a_huffman_table_of_too_many_values) {
  Bytes jpeg = encode_jpeg(drawing(32, 32), 90);
  const auto counts = jpeg.begin() + segment_of(jpeg, kHuffmanTables).begin + 5;
  std::fill(counts, counts + 16, std::uint8_t{200});
  EXPECT_THAT(decode_failure(jpeg).detail, HasSubstr("Huffman table is broken"));
}

TEST(PictureDecoding, refuses_a_jpeg_without_a_scan_of_each_component) {
  Bytes jpeg = encode_jpeg(drawing(32, 32), 90);
  const Segment scan = segment_of(jpeg, kStartOfScan);
  jpeg.erase(jpeg.begin() + scan.begin, jpeg.end() - 2);
  EXPECT_THAT(decode_failure(jpeg).detail, HasSubstr("component is missing"));
}

TEST(PictureDecoding, names_size_and_limit_of_a_jpeg_that_is_too_large) {
  Bytes jpeg = encode_jpeg(drawing(32, 32), 90);
  const auto size = jpeg.begin() + segment_of(jpeg, kBaselineFrame).begin + 5;
  std::fill(size, size + 4, std::uint8_t{0xFF});
  EXPECT_THAT(decode_failure(jpeg).message, HasSubstr("65535 x 65535"));
}

TEST(PictureDecoding, names_size_and_limit_of_a_picture_that_is_too_wide) {
  const Error error = decode_failure(png_claiming(20'000, 10, {}));
  EXPECT_EQ(error.code, ErrorCode::bad_picture);
  EXPECT_THAT(error.message, AllOf(HasSubstr("20000 x 10"), HasSubstr("16384")));
}

TEST(PictureDecoding, names_size_and_limit_of_a_picture_with_too_many_pixels) {
  const Error error = decode_failure(png_claiming(16'384, 16'384, {}));
  EXPECT_EQ(error.code, ErrorCode::bad_picture);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("16384 x 16384"), HasSubstr("268.4 megapixels"), HasSubstr("100")));
}

TEST(PictureDecoding, names_size_and_limit_of_a_file_with_too_many_bytes) {
  const Error error = decode_failure(Bytes(kMaxPictureBytes + 1));
  EXPECT_EQ(error.code, ErrorCode::bad_picture);
  EXPECT_THAT(error.message, HasSubstr("64.0 MiB; the limit is 64 MiB"));
}

TEST(PictureDecoding, refuses_sizes_of_nothing_and_of_more_than_31_bits) {
  EXPECT_FALSE(decodes(png_claiming(0, 10, {})));
  EXPECT_FALSE(decodes(png_claiming(10, 0, {})));
  EXPECT_FALSE(decodes(png_claiming(0xFFFFFFFF, 0xFFFFFFFF, {})));
}

TEST(PictureDecoding, refuses_a_small_picture_whose_data_inflates_without_end) {
  // 16 x 16 pixels need 272 bytes of rows. 64 MB of zeros shrink to 64 kB.
  const Bytes bomb = png_claiming(16, 16, Bytes(64'000'000));
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_FALSE(decodes(bomb));
}

TEST(PictureDecoding, refuses_a_png_with_too_few_rows) {
  EXPECT_TRUE(decodes(png_claiming(16, 16, Bytes(16 * 17))));
  EXPECT_FALSE(decodes(png_claiming(16, 16, Bytes(8 * 17))));
}

TEST(PictureDecoding, says_what_a_file_is_that_is_no_picture) {
  const std::string page = "<!DOCTYPE html><html><body>Sign in</body></html>";
  const Error error = decode_failure(Bytes(page.begin(), page.end()));
  EXPECT_THAT(error.message, HasSubstr("an HTML page"));
  EXPECT_THAT(error.hint, HasSubstr("PNG, JPEG and WebP"));
  EXPECT_THAT(decode_failure({}).message, HasSubstr("no bytes"));
}

TEST(PictureDecoding, refuses_an_animation) {
  EXPECT_THAT(decode_failure(picture_file("animation.webp")).message, HasSubstr("an animation"));
}

}  // namespace castboard
