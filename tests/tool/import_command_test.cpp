#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;

class ImportCommand : public ::testing::Test {
 protected:
  ImportCommand() {
    sandbox.run({"projects", "add", "Northwind"});
    sandbox.run({"characters", "add", "Mira"});
    const auto made = sandbox.json_of({"generate", "--character", "Mira", "--style", "pixel_art",
                                       "--template", "expression_sheet"});
    sheet = made["version"]["path"];
  }

  Sandbox sandbox;
  std::string sheet;
};

TEST_F(ImportCommand, keeps_the_bytes_and_never_activates) {
  const auto document =
      sandbox.json_of({"import", sheet, "--character", "Mira", "--style", "anime"});
  const auto& version = document["versions"][0];
  EXPECT_EQ(version["label"], "v002");
  EXPECT_EQ(version["provider"], "import");
  EXPECT_EQ(version["is_active"], false);
  EXPECT_EQ(version["aspect_ratio"], "1:1") << "by its shape";
  EXPECT_TRUE(version["cells"].empty()) << "nobody said that it is a sheet";
  EXPECT_EQ(file_bytes(version["path"].get<std::string>()), file_bytes(sheet));
}

TEST_F(ImportCommand, cuts_a_sheet_into_its_nine_cells) {
  const auto document = sandbox.json_of({"import", sheet, "--character", "Mira", "--template",
                                         "expression_sheet", "--name", "From the outside"});
  const auto& version = document["versions"][0];
  EXPECT_EQ(version["version_name"], "From the outside");
  EXPECT_EQ(version["cells"].size(), 9U);
  EXPECT_EQ(version["cells"][4]["pose"], "fear");
}

TEST_F(ImportCommand, takes_the_good_ones_and_reports_the_others) {
  const auto bad = sandbox.file("not_a_picture.png", "words");
  const Outcome outcome =
      sandbox.run({"import", bad.string(), sheet, "--character", "Mira", "--json"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("not_a_picture.png"));
  EXPECT_EQ(outcome.json()["versions"].size(), 1U);
  EXPECT_EQ(sandbox.run({"import", sheet, "--character", "Mira", "--style", "animee"}).exit_code,
            2);
  EXPECT_EQ(sandbox.run({"import", "nowhere.png", "--character", "Mira"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"import", sheet, "--character", "Nobody"}).exit_code, 2);
}

}  // namespace
}  // namespace castboard::testing
