#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "castboard/result.h"
#include "providers/provider.h"
#include "support/temporary_directory.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

ProviderContext context_without_anything() {
  ProviderContext context;
  context.http = std::make_shared<const Http>(HttpOptions{});
  return context;
}

Configuration built_in() {
  return load_configuration(CASTBOARD_ASSETS, {}, {}, {}, context_without_anything());
}

template <class Item>
std::vector<std::string> keys_of(const std::vector<Item>& items) {
  std::vector<std::string> keys;
  for (const Item& item : items) keys.push_back(item.key);
  return keys;
}

}  // namespace

TEST(Configuration, reads_the_built_in_assets_without_a_warning) {
  const Configuration configuration = built_in();
  for (const Error& warning : configuration.warnings) ADD_FAILURE() << warning.message;
  const Catalogue& catalogue = configuration.catalogue;
  EXPECT_THAT(keys_of(catalogue.templates), ElementsAre("portrait", "expression_sheet", "full_body",
                                                        "action_pose", "scene", "custom"));
  EXPECT_THAT(keys_of(catalogue.styles),
              ElementsAre("cinematic_realistic", "anime", "ghibli", "pixar_3d", "disney",
                          "cyberpunk", "comic_book", "watercolor", "oil_painting", "concept_art",
                          "pixel_art", "line_art", "claymation", "noir"));
  EXPECT_THAT(keys_of(catalogue.sizes), ElementsAre("1:1", "4:3", "3:4", "16:9", "9:16"));
  EXPECT_THAT(sheet_poses(catalogue), ElementsAre("happy", "sad", "angry", "surprised", "fear",
                                                  "disgust", "neutral", "smirk", "laugh"));
  EXPECT_EQ(catalogue.default_provider, "sketch");
}

}  // namespace castboard
