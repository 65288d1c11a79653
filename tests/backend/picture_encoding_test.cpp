#include <gtest/gtest.h>

#include <cstdlib>

#include "imaging/imaging.h"
#include "support/pictures.h"

namespace castboard {

using testing::drawing;
using testing::failure_of;
using testing::filled;

namespace {

Image with_alpha(Image image) {
  for (std::size_t at = 3; at < image.pixels.size(); at += 4)
    image.pixels[at] = static_cast<std::uint8_t>(at / 4);
  return image;
}

}  // namespace

TEST(PictureEncoding, gives_back_every_pixel_of_a_png) {
  for (const Image& image : {drawing(1, 1), drawing(3, 7), drawing(250, 100),
                             with_alpha(drawing(33, 20)), filled(5, 5, 1, 2, 3, 0)}) {
    const Image back = decode_picture(encode_png(image));
    EXPECT_EQ(back.width, image.width);
    EXPECT_EQ(back.height, image.height);
    EXPECT_EQ(back.pixels, image.pixels);
  }
}

TEST(PictureEncoding, writes_the_same_png_every_time) {
  EXPECT_EQ(encode_png(drawing(120, 90)), encode_png(drawing(120, 90)));
}

TEST(PictureEncoding, leaves_alpha_out_of_a_png_only_when_all_is_opaque) {
  constexpr std::size_t kColourType = 25;  // in IHDR
  EXPECT_EQ(encode_png(drawing(8, 8))[kColourType], 2);
  EXPECT_EQ(encode_png(with_alpha(drawing(8, 8)))[kColourType], 6);
}

TEST(PictureEncoding, knows_opaque_pictures) {
  EXPECT_TRUE(is_opaque(filled(4, 4, 0, 0, 0)));
  Image image = filled(4, 4, 0, 0, 0);
  image.pixels.back() = 254;
  EXPECT_FALSE(is_opaque(image));
}

TEST(PictureEncoding, stays_close_to_the_picture_in_a_jpeg) {
  const Image image = drawing(160, 120);
  const Image back = decode_picture(encode_jpeg(image, 92));
  ASSERT_EQ(back.pixels.size(), image.pixels.size());
  double sum = 0;
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    sum += std::abs(int{image.pixels[i]} - int{back.pixels[i]});
  EXPECT_LT(sum / static_cast<double>(image.pixels.size()), 3.0);
}

TEST(PictureEncoding, refuses_an_empty_picture) {
  EXPECT_EQ(failure_of([] { (void)encode_png({}); }).code, ErrorCode::internal);
  EXPECT_EQ(failure_of([] { (void)encode_jpeg({}, 90); }).code, ErrorCode::internal);
}

}  // namespace castboard
