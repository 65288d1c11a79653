#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;

// Mira with a sheet v001 (active) and another v002.
class ExportCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* seed : {"1", "2"}) {
      sandbox.json_of({"generate", "--create", "--project", "Demo", "--character", "Mira Voss",
                       "--template", "expression_sheet", "--style", "pixel_art", "--seed", seed,
                       "--activate", std::string(seed) == "1" ? "always" : "never"});
    }
  }

  nlohmann::json exported(std::vector<std::string> more) const {
    more.insert(more.begin(), {"export", "Mira Voss", "--to", (sandbox.home() / "out").string()});
    return sandbox.json_of(more);
  }
  static std::string name(const nlohmann::json& file) {
    return std::filesystem::path(file["path"].get<std::string>()).filename();
  }
  std::string picture_of(const std::string& version) const {
    return sandbox.json_of({"versions", "show", version})["version"]["path"];
  }

  Sandbox sandbox;
};

TEST_F(ExportCommand, writes_the_original_byte_for_byte_under_the_contracts_name) {
  const auto document = exported({});
  ASSERT_EQ(document["files"].size(), 1U);
  EXPECT_EQ(name(document["files"][0]), "mira_voss_expression_sheet_v001.png");
  EXPECT_EQ(file_bytes(document["files"][0]["path"].get<std::string>()),
            file_bytes(picture_of("Mira Voss/v001")));
  EXPECT_EQ(name(exported({})["files"][0]), "mira_voss_expression_sheet_v001-1.png");
  EXPECT_EQ(name(exported({"--overwrite"})["files"][0]), "mira_voss_expression_sheet_v001.png");
}

TEST_F(ExportCommand, writes_chosen_cells_of_a_chosen_version) {
  const auto document =
      exported({"--what", "cells", "--cells", "1,5", "--version", "v002", "--dry-run"});
  ASSERT_EQ(document["files"].size(), 2U);
  EXPECT_EQ(name(document["files"][1]), "mira_voss_expression_sheet_v002_05_fear.png");
  EXPECT_FALSE(std::filesystem::exists(sandbox.home() / "out"));
  EXPECT_EQ(exported({"--what", "cells", "--pose", "fear"})["files"].size(), 1U);
}

TEST_F(ExportCommand, refuses_what_makes_no_sense_and_says_what_does) {
  const std::string out = (sandbox.home() / "out").string();
  const auto misspelt = sandbox.error_of(
      {"export", "Mira Voss", "--to", out, "--what", "poses", "--pose", "feer"}, 2);
  EXPECT_THAT(misspelt["hint"].get<std::string>(), HasSubstr("fear"));
  sandbox.error_of({"export", "Mira Voss", "--to", out, "--what", "sheets"}, 2);
  sandbox.error_of({"export", "Nobody", "--to", out}, 2);
}

TEST_F(ExportCommand, draws_a_contact_sheet) {
  const auto document = exported({"--what", "contact-sheet", "--of", "cells", "--tile", "64"});
  ASSERT_EQ(document["files"].size(), 1U);
  EXPECT_EQ(name(document["files"][0]), "mira_voss_contact_sheet.png");
  EXPECT_TRUE(std::filesystem::exists(document["files"][0]["path"].get<std::string>()));
}

TEST_F(ExportCommand, composes_a_sheet_that_says_where_each_cell_is_from) {
  const auto made = sandbox.json_of(
      {"versions", "composite", "Mira Voss", "--base", "v001", "--cell", "5=v002"})["version"];
  EXPECT_EQ(made["label"], "v003");
  EXPECT_EQ(made["provider"], "composite");
  EXPECT_EQ(made["credit_cost"], 0);
  EXPECT_FALSE(made["is_active"].get<bool>());
  const auto second = sandbox.json_of({"versions", "show", "Mira Voss/v002"})["version"];
  EXPECT_EQ(made["cells"][4]["source_version_id"], second["id"]);
  EXPECT_EQ(made["cells"][4]["source_cell"], 5);
  EXPECT_EQ(made["parent_ids"].size(), 2U);
  sandbox.error_of({"versions", "composite", "Mira Voss", "--base", "v001", "--cell", "5:v002"}, 2);
}

TEST_F(ExportCommand, redoes_one_cell_as_a_picture_that_may_replace_it) {
  const auto made =
      sandbox.json_of({"versions", "redo", "Mira Voss/v001", "--cell", "5"})["version"];
  const auto sheet = sandbox.json_of({"versions", "show", "Mira Voss/v001"})["version"];
  EXPECT_EQ(made["shot"], "fear");
  EXPECT_EQ(made["seed"], 1);
  EXPECT_EQ(made["redo_of_version"], sheet["id"]);
  EXPECT_EQ(made["redo_of_cell"], 5);
  EXPECT_FALSE(made["is_active"].get<bool>());
  EXPECT_TRUE(sheet["is_active"].get<bool>());
  const auto composite = sandbox.json_of(
      {"versions", "composite", "Mira Voss", "--base", "v001", "--cell", "5=v003"})["version"];
  EXPECT_EQ(composite["cells"][4]["source_version_id"], made["id"]);
}

}  // namespace
}  // namespace castboard::testing
