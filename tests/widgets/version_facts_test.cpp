#include "version_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_catalogue.h"

namespace castboard {
namespace {

Version full_version() {
  Version v;
  v.id = "id3";
  v.version_number = 3;
  v.version_name = "Anime Sheet";
  v.template_type = "expression_sheet";
  v.shot = "all";
  v.art_style = "anime";
  v.aspect_ratio = "1:1";
  v.width = 900;
  v.height = 900;
  v.crop = PixelRect{10, 20, 900, 900};
  v.provider = "free";
  v.model_used = "flux";
  v.seed = 77;
  v.prompt_used = "A sheet of Mira";
  v.additional_description = "in armor";
  v.credit_cost = 12;
  v.provider_cost = 0.25;
  v.provider_cost_unit = "USD";
  v.generation_time_ms = 12'345;
  v.created_at = v.updated_at = "2026-01-31T12:00:05.123Z";
  v.user_id = "user-id";
  v.job_id = "job-id";
  v.character_snapshot =
      R"({"name": "Mira", "description": "A pilot", "traits": {"hair": "blue"}})";
  v.content_hash = "abcdef";
  v.status = Status::approved;
  v.is_active = true;
  return v;
}

class VersionFactsTest : public ::testing::Test {
 protected:
  // The value by its key; empty: there is no such line.
  std::string value(const Version& version, const std::string& key) const {
    for (const FactGroup& group : facts(version)) {
      for (const Fact& fact : group.facts) {
        if (fact.key == key) return fact.value;
      }
    }
    return {};
  }

  std::vector<FactGroup> facts(const Version& version) const {
    return version_facts({.version = version,
                          .catalogue = &catalogue,
                          .character_name = "Mira Voss",
                          .user_name = "tester",
                          .path = "/library/images/a.png",
                          .original_path = {}});
  }

  Catalogue catalogue = testing::small_catalogue();
};

TEST_F(VersionFactsTest, says_every_setting_in_the_words_of_the_screen) {
  const Version version = full_version();
  EXPECT_EQ(value(version, "number"), "v003, Mira Voss");
  EXPECT_EQ(value(version, "state"), "Approved, active");
  EXPECT_EQ(value(version, "template"), "Expression Sheet, All nine");
  EXPECT_EQ(value(version, "style"), "Anime");
  EXPECT_EQ(value(version, "size"), "1:1 Square");
  EXPECT_EQ(value(version, "pixels"), "900 x 900, cropped at 10, 20");
  EXPECT_EQ(value(version, "provider"), "Free (free)");
  EXPECT_EQ(value(version, "model"), "flux");
  EXPECT_EQ(value(version, "seed"), "77");
  EXPECT_EQ(value(version, "prompt"), "A sheet of Mira");
  EXPECT_EQ(value(version, "description"), "in armor");
  EXPECT_EQ(value(version, "credits"), "12 credits");
  EXPECT_EQ(value(version, "provider_cost"), "0.25 USD");
  EXPECT_EQ(value(version, "generation_time"), "12.3 s");
  EXPECT_EQ(value(version, "created"), "2026-01-31 12:00:05 UTC");
  EXPECT_EQ(value(version, "user"), "tester");
  EXPECT_EQ(value(version, "job"), "job-id");
  EXPECT_EQ(value(version, "character_description"), "A pilot");
  EXPECT_EQ(value(version, "trait_hair"), "blue");
  EXPECT_EQ(value(version, "path"), "/library/images/a.png");
  EXPECT_EQ(value(version, "hash"), "abcdef");
}

TEST_F(VersionFactsTest, has_no_line_for_what_is_not_known) {
  Version imported;
  imported.id = "id1";
  imported.version_number = 1;
  imported.version_name = "Scan";
  for (const char* key : {"seed", "provider", "credits", "provider_cost", "generation_time",
                          "prompt", "activated", "trashed", "job", "pixels", "state", "notes"}) {
    EXPECT_EQ(value(imported, key), "") << key;
  }
  EXPECT_EQ(value(imported, "name"), "Scan");
}

TEST_F(VersionFactsTest, shows_keys_the_catalogue_does_not_know_as_they_are) {
  Version version = full_version();
  version.art_style = "gone_style";
  version.provider = "closed";
  EXPECT_EQ(value(version, "style"), "gone_style");
  EXPECT_EQ(value(version, "provider"), "closed");
}

TEST_F(VersionFactsTest, is_copied_as_lines) {
  const std::string lines = facts_text(facts(full_version()));
  EXPECT_THAT(lines, ::testing::HasSubstr("Seed: 77\n"));
  EXPECT_THAT(lines, ::testing::HasSubstr("\nSettings\nTemplate: Expression Sheet, All nine\n"));
}

TEST(VersionFactsWords, writes_times_and_durations_for_people) {
  EXPECT_EQ(readable_time("2026-01-31T12:00:05.123Z"), "2026-01-31 12:00:05 UTC");
  EXPECT_EQ(readable_time("yesterday"), "yesterday");
  EXPECT_EQ(readable_time(""), "");
  EXPECT_EQ(readable_duration(850), "850 ms");
  EXPECT_EQ(readable_duration(12'400), "12.4 s");
  EXPECT_EQ(readable_duration(185'000), "3 min 05 s");
}

}  // namespace
}  // namespace castboard
