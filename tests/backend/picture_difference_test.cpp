#include <gtest/gtest.h>

#include <cstring>

#include "imaging/imaging.h"
#include "support/pictures.h"

namespace castboard {

using testing::drawing;
using testing::filled;
using testing::pixel;

TEST(PictureDifference, is_black_and_counts_nothing_where_pictures_are_the_same) {
  const Image picture = drawing(40, 30);
  const Difference difference = picture_difference(picture, picture, 64);
  EXPECT_EQ(difference.differing, 0);
  for (int x = 0; x < 40; ++x) {
    EXPECT_EQ(pixel(difference.image, x, 7)[0], 0);
    EXPECT_EQ(pixel(difference.image, x, 7)[3], 255);
  }
}

TEST(PictureDifference, is_absolute_for_each_channel_whichever_is_lighter) {
  const Difference difference =
      picture_difference(filled(4, 4, 100, 20, 7), filled(4, 4, 90, 50, 7), 1);
  EXPECT_EQ(pixel(difference.image, 1, 1)[0], 10);
  EXPECT_EQ(pixel(difference.image, 1, 1)[1], 30);
  EXPECT_EQ(pixel(difference.image, 1, 1)[2], 0);
  EXPECT_EQ(difference.differing, 1);
}

TEST(PictureDifference, is_multiplied_by_the_gain_and_stops_at_white) {
  const Difference difference =
      picture_difference(filled(4, 4, 100, 100, 100), filled(4, 4, 101, 110, 200), 8);
  EXPECT_EQ(pixel(difference.image, 0, 0)[0], 8);
  EXPECT_EQ(pixel(difference.image, 0, 0)[1], 80);
  EXPECT_EQ(pixel(difference.image, 0, 0)[2], 255);
}

TEST(PictureDifference, tells_which_part_of_the_pixels_differs) {
  const Image plain = filled(10, 10, 50, 50, 50);
  Image touched = plain;
  std::memset(touched.pixels.data(), 51, 4 * 5);  // five pixels, alpha too
  EXPECT_FLOAT_EQ(picture_difference(plain, touched, 1).differing, 0.05F);
}

TEST(PictureDifference, scales_the_other_picture_to_match) {
  const Difference same_shape =
      picture_difference(filled(60, 60, 10, 20, 30), filled(20, 20, 10, 20, 30), 16);
  EXPECT_EQ(same_shape.image.width, 60);
  EXPECT_EQ(same_shape.differing, 0);
  const Difference wide =
      picture_difference(filled(60, 60, 10, 20, 30), filled(60, 30, 10, 20, 30), 1);
  EXPECT_EQ(pixel(wide.image, 30, 30)[2], 0) << "the middle is covered by both";
  EXPECT_EQ(pixel(wide.image, 30, 5)[2], 30) << "above it there is nothing to compare with";
  EXPECT_FLOAT_EQ(wide.differing, 0.5F);
}

TEST(PictureDifference, ignores_the_colour_of_what_is_transparent_and_sees_that_it_is) {
  EXPECT_EQ(picture_difference(filled(4, 4, 200, 0, 0, 0), filled(4, 4, 0, 200, 0, 0), 1).differing,
            0);
  const Difference holed =
      picture_difference(filled(4, 4, 0, 0, 0, 255), filled(4, 4, 0, 0, 0, 0), 1);
  EXPECT_EQ(pixel(holed.image, 0, 0)[0], 255) << "black that turned transparent";
}

TEST(PictureMagnifying, makes_each_pixel_a_block_of_its_own_colour) {
  Image two = filled(2, 1, 10, 20, 30);
  std::memset(two.pixels.data() + 4, 200, 4);
  const Image large = magnify_picture(two, 16, 8);
  ASSERT_EQ(large.width, 16);
  ASSERT_EQ(large.height, 8);
  for (int x = 0; x < 16; ++x) EXPECT_EQ(pixel(large, x, 5)[0], x < 8 ? 10 : 200) << x;
}

TEST(PictureMagnifying, takes_any_size_that_is_no_multiple) {
  const Image picture = drawing(7, 5);
  const Image large = magnify_picture(picture, 17, 13);
  EXPECT_EQ(pixel(large, 0, 0)[1], pixel(picture, 0, 0)[1]);
  EXPECT_EQ(pixel(large, 16, 12)[1], pixel(picture, 6, 4)[1]);
}

}  // namespace castboard
