#include <gtest/gtest.h>

#include <string_view>

#include "imaging/imaging.h"
#include "support/pictures.h"

namespace castboard {

namespace {

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

}  // namespace

TEST(PictureFormats, are_told_by_their_first_bytes) {
  EXPECT_EQ(sniff_format(testing::picture_file("palette.png")), PictureFormat::png);
  EXPECT_EQ(sniff_format(testing::picture_file("grey.jpg")), PictureFormat::jpeg);
  EXPECT_EQ(sniff_format(testing::picture_file("lossy.webp")), PictureFormat::webp);
  EXPECT_EQ(sniff_format({}), std::nullopt);
  EXPECT_EQ(sniff_format(bytes_of("\x89PNG")), std::nullopt);
  EXPECT_EQ(sniff_format(bytes_of("RIFFabcdWAVE")), std::nullopt);
}

TEST(PictureFormats, have_an_extension_and_a_mime_type) {
  EXPECT_EQ(extension_of(PictureFormat::jpeg), "jpg");
  EXPECT_EQ(mime_type_of(PictureFormat::jpeg), "image/jpeg");
  EXPECT_EQ(extension_of(PictureFormat::webp), "webp");
  EXPECT_EQ(mime_type_of(PictureFormat::png), "image/png");
}

TEST(PictureFormats, say_what_other_bytes_are) {
  using namespace std::string_view_literals;
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"", "no bytes"},
      {"<!DOCTYPE HTML><p>", "an HTML page"},
      {"\n  <html lang=en>", "an HTML page"},
      {"<?xml version=\"1.0\"?><svg/>", "an SVG drawing"},
      {"<?xml version=\"1.0\"?><Error/>", "an XML document"},
      {"{\"error\": 1}", "a JSON document"},
      {"data:image/png;base64,iVBOR", "a data: URL, not the picture's bytes"},
      {"Not Found", "plain text"},
      {"GIF89a...", "a GIF picture"},
      {"\0\0\0\x20"
       "ftypavif"sv,
       "an AVIF picture"},
      {"\0\0\0\x20"
       "ftypheic"sv,
       "an HEIC picture"},
      {"\0\0\0\x20"
       "ftypisom"sv,
       "a video"},
      {"PK\x03\x04zip", "a ZIP archive"},
      {"\x01\x02\x03\x04\x05"sv, "5 bytes of unknown data"}};
  for (const auto& [text, what] : cases) EXPECT_EQ(describe_bytes(bytes_of(text)), what);
  EXPECT_EQ(describe_bytes(testing::picture_file("lossy.webp")), "a WebP picture");
}

}  // namespace castboard
