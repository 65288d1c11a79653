#include <gtest/gtest.h>

#include "imaging/imaging.h"
#include "support/pictures.h"

namespace castboard {

using testing::drawing;

TEST(PerceptualHash, is_the_same_for_the_same_picture) {
  EXPECT_EQ(perceptual_hash(drawing(200, 150)), perceptual_hash(drawing(200, 150)));
}

TEST(PerceptualHash, hardly_changes_with_size_and_jpeg_quality) {
  const Image picture = drawing(640, 480);
  const std::uint64_t hash = perceptual_hash(picture);
  EXPECT_LE(hash_distance(hash, perceptual_hash(scale_picture(picture, 100, 75))), 4);
  EXPECT_LE(hash_distance(hash, perceptual_hash(decode_picture(encode_jpeg(picture, 40)))), 4);
}

TEST(PerceptualHash, differs_much_between_different_pictures) {
  for (int a = 0; a < 4; ++a)
    for (int b = a + 1; b < 4; ++b)
      EXPECT_GE(hash_distance(perceptual_hash(drawing(256, 256, a)),
                              perceptual_hash(drawing(256, 256, b))),
                12)
          << a << " and " << b;
}

TEST(PerceptualHash, sees_a_transparent_part_as_white_paper) {
  Image transparent = drawing(64, 64);
  Image white = transparent;
  for (std::size_t at = 0; at < transparent.pixels.size() / 2; at += 4) {
    transparent.pixels[at + 3] = 0;
    for (std::size_t channel = 0; channel < 3; ++channel) white.pixels[at + channel] = 255;
  }
  EXPECT_LE(hash_distance(perceptual_hash(transparent), perceptual_hash(white)), 6);
}

TEST(PerceptualHash, counts_differing_bits) {
  EXPECT_EQ(hash_distance(0, 0), 0);
  EXPECT_EQ(hash_distance(0b1011, 0b0001), 2);
  EXPECT_EQ(hash_distance(0, ~std::uint64_t{0}), 64);
}

}  // namespace castboard
