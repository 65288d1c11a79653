#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "imaging/imaging.h"
#include "support/pictures.h"

namespace castboard {

using testing::drawing;
using testing::failure_of;
using testing::filled;
using testing::pixel;

TEST(PictureScaling, averages_light_not_numbers) {
  // Black and white columns: half the light is sRGB 188, half the number would be 128.
  Image stripes = filled(64, 64, 0, 0, 0);
  for (std::size_t at = 0; at < stripes.pixels.size(); at += 8)
    std::memset(stripes.pixels.data() + at, 255, 4);
  const Image small = scale_picture(stripes, 4, 4);
  EXPECT_NEAR(pixel(small, 1, 1)[0], 188, 3);
}

TEST(PictureScaling, keeps_the_colour_of_transparent_pixels_out) {
  Image image = filled(64, 64, 0, 255, 0, 0);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 32; ++x)
      std::memcpy(image.pixels.data() + (y * 64 + x) * 4, "\xff\x00\x00\xff", 4);
  const Image small = scale_picture(image, 3, 3);  // the middle column lies across the border
  EXPECT_NEAR(pixel(small, 1, 1)[3], 128, 12);
  EXPECT_GT(pixel(small, 1, 1)[0], 250);
  EXPECT_LT(pixel(small, 1, 1)[1], 5);
}

TEST(PictureScaling, keeps_a_plain_picture_plain_and_opaque) {
  for (auto [width, height] : {std::pair{1, 1}, {7, 300}, {300, 7}, {100, 100}}) {
    const Image scaled = scale_picture(filled(50, 60, 10, 128, 240), width, height);
    ASSERT_EQ(scaled.width, width);
    ASSERT_EQ(scaled.height, height);
    for (int corner : {0, 1}) {
      const std::uint8_t* shown = pixel(scaled, corner * (width - 1), corner * (height - 1));
      EXPECT_NEAR(shown[0], 10, 1);
      EXPECT_NEAR(shown[1], 128, 1);
      EXPECT_NEAR(shown[2], 240, 1);
    }
    EXPECT_TRUE(is_opaque(scaled));
  }
}

TEST(PictureScaling, fits_into_a_box_and_keeps_the_ratio) {
  const Image wide = drawing(400, 100);
  const Image fitted = scale_to_fit(wide, 100, 100);
  EXPECT_EQ(fitted.width, 100);
  EXPECT_EQ(fitted.height, 25);
  EXPECT_EQ(scale_to_fit(wide, 0, 50).width, 200);
  EXPECT_EQ(scale_to_fit(wide, 40, 0).height, 10);
  EXPECT_EQ(scale_to_fit(drawing(1000, 1), 10, 10).height, 1);
}

TEST(PictureScaling, never_enlarges_to_fit) {
  const Image small = drawing(20, 10);
  EXPECT_EQ(scale_to_fit(small, 100, 100).pixels, small.pixels);
  EXPECT_EQ(scale_to_fit(small, 0, 0).pixels, small.pixels);
}

TEST(PictureScaling, refuses_sizes_below_one_pixel) {
  EXPECT_EQ(failure_of([] { (void)scale_picture(drawing(5, 5), 0, 5); }).code, ErrorCode::internal);
  EXPECT_EQ(failure_of([] { (void)scale_picture({}, 5, 5); }).code, ErrorCode::internal);
}

TEST(PictureCropping, copies_the_box) {
  const Image image = drawing(30, 20);
  const Image part = crop_picture(image, {5, 7, 10, 4});
  ASSERT_EQ(part.width, 10);
  ASSERT_EQ(part.height, 4);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 10; ++x)
      EXPECT_EQ(std::memcmp(pixel(part, x, y), pixel(image, x + 5, y + 7), 4), 0);
}

TEST(PictureCropping, clips_the_box_to_the_picture) {
  const Image image = drawing(30, 20);
  EXPECT_EQ(crop_picture(image, {-5, -5, 10, 10}).pixels, crop_picture(image, {0, 0, 5, 5}).pixels);
  EXPECT_EQ(crop_picture(image, {25, 15, 2'000'000'000, 2'000'000'000}).pixels,
            crop_picture(image, {25, 15, 5, 5}).pixels);
  for (PixelRect outside : {PixelRect{30, 0, 5, 5}, {0, -9, 5, 5}, {3, 3, 0, 5}, {3, 3, -4, 5}})
    EXPECT_EQ(failure_of([&] { (void)crop_picture(image, outside); }).code, ErrorCode::internal);
}

TEST(SheetThirds, cover_every_pixel_once) {
  for (auto [width, height] : {std::pair{9, 9}, {10, 11}, {1024, 1024}, {1000, 998}, {3, 3}}) {
    std::vector<int> covered(static_cast<std::size_t>(width * height), 0);
    const std::vector<PixelRect> boxes = sheet_thirds(width, height);
    ASSERT_EQ(boxes.size(), 9U);
    for (const PixelRect& box : boxes)
      for (int y = box.y; y < box.y + box.height; ++y)
        for (int x = box.x; x < box.x + box.width; ++x)
          ++covered[static_cast<std::size_t>(y * width + x)];
    EXPECT_EQ(std::count(covered.begin(), covered.end(), 1),
              static_cast<std::ptrdiff_t>(covered.size()))
        << width << " x " << height;
  }
}

TEST(SheetThirds, go_row_by_row_and_differ_by_a_pixel_at_most) {
  const std::vector<PixelRect> boxes = sheet_thirds(100, 200);
  EXPECT_EQ(boxes[0], (PixelRect{0, 0, 33, 66}));
  EXPECT_EQ(boxes[1], (PixelRect{33, 0, 33, 66}));
  EXPECT_EQ(boxes[2], (PixelRect{66, 0, 34, 66}));
  EXPECT_EQ(boxes[3], (PixelRect{0, 66, 33, 67}));
  EXPECT_EQ(boxes[8], (PixelRect{66, 133, 34, 67}));
}

TEST(CentredCrop, is_the_largest_box_of_the_ratio) {
  EXPECT_EQ(centred_crop(1024, 1024, 16, 9), (PixelRect{0, 224, 1024, 576}));
  EXPECT_EQ(centred_crop(1536, 1024, 1, 1), (PixelRect{256, 0, 1024, 1024}));
  EXPECT_EQ(centred_crop(800, 600, 4, 3), (PixelRect{0, 0, 800, 600}));
  EXPECT_EQ(centred_crop(1, 500, 16, 9), (PixelRect{0, 249, 1, 1}));
}

}  // namespace castboard
