#include "castboard/version_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace castboard {
namespace {

std::string below_the_library(std::string_view url) {
  return "/library/" + std::string(url);
}

TEST(VersionRecord, says_everything_of_a_version_as_json) {
  Version version;
  version.id = "id3";
  version.version_number = 3;
  version.image_url = "images/ab/abc.png";
  version.prompt_used = "A \"portrait\"\nof Mira \xff";
  version.seed = 77;
  version.crop = PixelRect{1, 2, 3, 4};
  version.character_snapshot = R"({"name": "Mira"})";
  version.cells.resize(kCellsPerSheet);
  const auto json = nlohmann::json::parse(version_json(version, "Mira", below_the_library));
  EXPECT_EQ(json["label"], "v003");
  EXPECT_EQ(json["path"], "/library/images/ab/abc.png");
  EXPECT_EQ(json["prompt_used"], "A \"portrait\"\nof Mira \xef\xbf\xbd");
  EXPECT_EQ(json["seed"], 77);
  EXPECT_EQ(json["crop"]["height"], 4);
  EXPECT_EQ(json["character_snapshot"]["name"], "Mira");
  EXPECT_EQ(json["cells"].size(), 9U);
  EXPECT_TRUE(json["notes"].is_null());
}

TEST(VersionRecord, reads_the_character_as_it_was) {
  const CharacterSnapshot snapshot = read_character_snapshot(
      R"({"name": "Mira", "description": "A pilot", "traits": {"hair": "blue", "age": "30"}})");
  EXPECT_EQ(snapshot.name, "Mira");
  EXPECT_EQ(snapshot.description, "A pilot");
  EXPECT_THAT(snapshot.traits, ::testing::ElementsAre(Trait{"hair", "blue"}, Trait{"age", "30"}));
}

TEST(VersionRecord, takes_a_snapshot_it_cannot_read_for_none) {
  for (const char* text : {"", "no json", "[1, 2]", R"({"name": 5, "traits": [1]})"}) {
    const CharacterSnapshot snapshot = read_character_snapshot(text);
    EXPECT_EQ(snapshot.name, "") << text;
    EXPECT_TRUE(snapshot.traits.empty()) << text;
  }
}

TEST(VersionRecord, knows_where_the_copy_of_a_reference_may_be) {
  EXPECT_THAT(reference_copies("abcd"), ::testing::ElementsAre("images/references/ab/abcd.png",
                                                               "images/references/ab/abcd.jpg",
                                                               "images/references/ab/abcd.webp"));
  EXPECT_TRUE(reference_copies("").empty());
}

}  // namespace
}  // namespace castboard
