#include "castboard/sketch.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace castboard {
namespace {

TEST(SketchTile, draws_every_template_and_style_differently) {
  std::set<std::vector<std::uint8_t>> seen;
  for (const char* what :
       {"template/portrait", "template/expression_sheet", "template/full_body",
        "template/action_pose", "template/scene", "template/custom", "style/cinematic_realistic",
        "style/anime", "style/ghibli", "style/pixar_3d", "style/disney", "style/cyberpunk",
        "style/comic_book", "style/watercolor", "style/oil_painting", "style/concept_art",
        "style/pixel_art", "style/line_art", "style/claymation", "style/noir"}) {
    const Image image = sketch_tile(what, 64);
    EXPECT_GE(image.width, 64) << what;
    EXPECT_EQ(image.width, image.height) << what;
    seen.insert(image.pixels);
  }
  EXPECT_GE(seen.size(), 19U) << "a portrait is one of the styles too";
}

TEST(SketchTile, has_no_picture_of_what_it_does_not_know) {
  EXPECT_TRUE(sketch_tile("style/house_style", 64).empty());
  EXPECT_TRUE(sketch_tile("template/turntable", 64).empty());
  EXPECT_TRUE(sketch_tile("anime", 64).empty());
}

}  // namespace
}  // namespace castboard
