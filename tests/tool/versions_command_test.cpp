#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Mira with a headshot v001, another v002 (active) and a third v003 that is not active.
class VersionsCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    generate({"--seed", "1", "--style", "pixel_art", "--describe", "in the rain"});
    generate({"--seed", "2", "--style", "anime"});
    generate({"--seed", "3", "--style", "pixel_art", "--activate", "never"});
  }

  void generate(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"generate", "--create",    "--project",
                                       "Demo",     "--character", "Mira"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    sandbox.json_of(arguments);
  }

  // v004, a sheet, active.
  void generate_sheet() const {
    generate({"--template", "expression_sheet", "--style", "pixel_art"});
  }

  [[nodiscard]] nlohmann::json shown(const std::string& version) const {
    return sandbox.json_of({"versions", "show", version})["version"];
  }

  [[nodiscard]] nlohmann::json listed(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"versions", "list", "Mira"});
    return sandbox.json_of(more)["versions"];
  }

  Sandbox sandbox;
};

TEST_F(VersionsCommand, lists_oldest_first_and_shows_by_label_or_id) {
  const auto list = listed();
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0]["label"], "v001");
  EXPECT_EQ(list[2]["label"], "v003");
  EXPECT_TRUE(list[1]["cells"].empty());
  EXPECT_EQ(shown("mira/v2")["id"], list[1]["id"]);
  EXPECT_EQ(shown(list[1]["id"])["label"], "v002");
  for (const char* key : {"id",
                          "character_id",
                          "project_id",
                          "user_id",
                          "version_name",
                          "version_number",
                          "is_active",
                          "image_url",
                          "path",
                          "thumbnail_url",
                          "drive_file_id",
                          "art_style",
                          "template_type",
                          "shot",
                          "aspect_ratio",
                          "prompt_used",
                          "character_ref_url",
                          "background_ref_url",
                          "additional_description",
                          "credit_cost",
                          "model_used",
                          "provider",
                          "seed",
                          "created_at",
                          "updated_at",
                          "activated_at",
                          "job_id",
                          "status",
                          "content_hash",
                          "width",
                          "height",
                          "generation_time_ms",
                          "parent_ids",
                          "notes",
                          "deleted_at",
                          "starred"}) {
    EXPECT_TRUE(list[0].contains(key)) << key;
  }
  EXPECT_TRUE(std::filesystem::exists(list[0]["path"].get<std::string>()));
  EXPECT_TRUE(std::filesystem::exists(list[0]["thumbnail_path"].get<std::string>()));
}

TEST_F(VersionsCommand, shows_people_the_picture_and_the_nine_cells) {
  generate_sheet();
  const Outcome sheet = sandbox.run({"versions", "show", "Mira/v004"});
  EXPECT_THAT(sheet.out, AllOf(HasSubstr("Mira/v004"), HasSubstr("active"), HasSubstr("cell 9"),
                               HasSubstr("laugh")));
  EXPECT_THAT(sandbox.run({"versions", "list", "Mira"}).out,
              AllOf(HasSubstr("VERSION"), HasSubstr("v003"), HasSubstr("expression_sheet")));
}

TEST_F(VersionsCommand, activates_explicitly) {
  const auto document = sandbox.json_of({"versions", "activate", "Mira/v003"});
  EXPECT_EQ(document["versions"][0]["is_active"], true);
  EXPECT_EQ(shown("Mira/v002")["is_active"], false);
  EXPECT_EQ(sandbox.json_of({"characters", "show", "Mira"})["character"]["active_label"], "v003");
}

TEST_F(VersionsCommand, sets_and_clears_the_status_of_versions_and_cells) {
  sandbox.json_of({"versions", "approve", "Mira/v001", "Mira/v002"});
  EXPECT_EQ(shown("Mira/v001")["status"], "approved");
  sandbox.json_of({"versions", "omit", "Mira/v001"});
  EXPECT_EQ(shown("Mira/v001")["status"], "omitted");
  generate_sheet();
  sandbox.json_of({"versions", "pending", "Mira/v004", "--cell", "5"});
  const auto sheet = shown("Mira/v004");
  EXPECT_EQ(sheet["status"], "none");
  EXPECT_EQ(sheet["cells"][4]["status"], "pending");
  EXPECT_EQ(sandbox.run({"versions", "approve", "Mira/v004", "--cell", "10"}).exit_code, 2);
  sandbox.json_of({"versions", "approve", "Mira/v002", "--off"});
  EXPECT_EQ(shown("Mira/v002")["status"], "none");
}

TEST_F(VersionsCommand, refuses_cells_that_are_not_there) {
  sandbox.error_of({"versions", "approve", "Mira/v001", "--cell", "5"}, 2);
  sandbox.error_of({"versions", "approve", "Mira/v001", "Mira/v002", "--cell", "1"}, 2);
}

TEST_F(VersionsCommand, stars_for_one_user_only) {
  sandbox.json_of({"versions", "star", "Mira/v001"});
  EXPECT_EQ(shown("Mira/v001")["starred"], true);
  EXPECT_EQ(
      sandbox.json_of({"versions", "show", "Mira/v001", "--user", "other"})["version"]["starred"],
      false);
  sandbox.json_of({"versions", "star", "Mira/v001", "--off"});
  EXPECT_EQ(shown("Mira/v001")["starred"], false);
}

TEST_F(VersionsCommand, renames) {
  sandbox.json_of({"versions", "rename", "Mira/v001", "Rainy Mira"});
  EXPECT_EQ(shown("Mira/v001")["version_name"], "Rainy Mira");
  for (const std::string& name : {std::string(), std::string(10'000, 'x'), std::string("\xff")}) {
    sandbox.error_of({"versions", "rename", "Mira/v001", name}, 2);
  }
  EXPECT_EQ(shown("Mira/v001")["version_name"], "Rainy Mira");
}

TEST_F(VersionsCommand, remixes_with_all_settings_but_the_seed) {
  const auto made = sandbox.json_of({"versions", "remix", "Mira/v001"})["version"];
  const auto from = shown("Mira/v001");
  EXPECT_EQ(made["art_style"], "pixel_art");
  EXPECT_EQ(made["additional_description"], "in the rain");
  EXPECT_EQ(made["version_name"], from["version_name"]);
  EXPECT_NE(made["seed"], from["seed"]);
  EXPECT_EQ(made["parent_ids"], nlohmann::json::array({from["id"]}));
  const auto other =
      sandbox.json_of({"versions", "remix", "Mira/v001", "--style", "ghibli"})["version"];
  EXPECT_EQ(other["art_style"], "ghibli");
  EXPECT_EQ(other["shot"], "headshot");
}

TEST_F(VersionsCommand, trashing_the_active_one_says_which_is_active_now) {
  const auto document = sandbox.json_of({"versions", "trash", "Mira/v002"});
  EXPECT_THAT(document["message"].get<std::string>(), HasSubstr("v001"));
  EXPECT_EQ(shown("Mira/v001")["is_active"], true);
  EXPECT_EQ(listed().size(), 2U);
  EXPECT_EQ(listed({"--trashed"}).size(), 1U);
  sandbox.json_of({"versions", "restore", "Mira/v002"});
  EXPECT_EQ(shown("Mira/v002")["is_active"], false) << "restore never activates";
  EXPECT_EQ(listed().size(), 3U);
}

TEST_F(VersionsCommand, purges_trashed_ones_only_and_only_when_told) {
  sandbox.error_of({"versions", "purge", "Mira/v001", "--yes"}, 2);
  const auto from = shown("Mira/v001");
  sandbox.json_of({"versions", "trash", "Mira/v001"});
  sandbox.error_of({"versions", "purge", "Mira/v001"}, 2);
  EXPECT_EQ(listed({"--trashed"}).size(), 1U);
  sandbox.json_of({"versions", "purge", "Mira/v001", "--yes"});
  EXPECT_TRUE(listed({"--trashed"}).empty());
  sandbox.error_of({"versions", "show", from["id"]}, 2);
  EXPECT_EQ(sandbox.json_of({"library", "verify"})["problems"].size(), 0U);
}

TEST_F(VersionsCommand, names_what_it_does_not_find) {
  EXPECT_THAT(sandbox.error_of({"versions", "show", "Mira/v009"}, 2)["hint"].get<std::string>(),
              HasSubstr("v003"));
  EXPECT_THAT(sandbox.error_of({"versions", "show", "Mirra/v001"}, 2)["hint"].get<std::string>(),
              HasSubstr("Mira"));
  EXPECT_THAT(sandbox.error_of({"versions", "show", "nonsense"}, 2)["hint"].get<std::string>(),
              HasSubstr("CHARACTER/v003"));
}

}  // namespace
}  // namespace castboard::testing
