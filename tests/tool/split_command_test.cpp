#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "castboard_program.h"
#include "support/pictures.h"
#include "support/png_writing.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// Mira with a sheet, v001, active.
class SplitCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    sandbox.json_of({"generate", "--create", "--project", "Demo", "--character", "Mira",
                     "--template", "expression_sheet", "--style", "anime", "--seed", "3"});
  }

  [[nodiscard]] nlohmann::json version() const {
    return sandbox.json_of({"versions", "show", "Mira/v001"})["version"];
  }
  [[nodiscard]] nlohmann::json poses() const {
    return sandbox.json_of({"characters", "show", "Mira"})["character"]["image_poses"];
  }

  Sandbox sandbox;
};

std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

TEST_F(SplitCommand, cuts_a_new_sheet_at_its_gutters_and_finds_it_sound) {
  const auto found = sandbox.json_of({"split", "Mira/v001"});
  EXPECT_EQ(found["found"], true);
  EXPECT_GT(found["confidence"].get<double>(), 0.8);
  EXPECT_THAT(found["cells"], SizeIs(9));
  EXPECT_EQ(found["cells"], found["stored"]);
  EXPECT_TRUE(found["findings"].empty()) << found["findings"];
  EXPECT_EQ(found["cells"][4]["pose"], "fear");
  // The gutters belong to no cell.
  const auto& cells = found["cells"];
  EXPECT_LT(cells[0]["x"].get<int>() + cells[0]["width"].get<int>(), cells[1]["x"].get<int>());
}

TEST_F(SplitCommand, stores_thirds_and_the_found_cells_again) {
  const auto before = version();
  const auto poses_before = poses();
  const auto thirds = sandbox.json_of({"split", "Mira/v001", "--thirds"});
  EXPECT_EQ(thirds["stored"][0]["x"], 0);
  EXPECT_EQ(thirds["stored"][0]["width"].get<int>(), before["width"].get<int>() / 3);
  EXPECT_THAT(thirds["message"].get<std::string>(), HasSubstr("Moved 9 cells of v001"));
  EXPECT_NE(poses(), poses_before);
  const auto moved = version();
  for (const auto& cell : moved["cells"])
    EXPECT_TRUE(std::filesystem::exists(cell["path"].get<std::string>()));
  EXPECT_EQ(version()["image_url"], before["image_url"]);

  const auto applied = sandbox.json_of({"split", "Mira/v001", "--apply"});
  EXPECT_EQ(applied["stored"], applied["cells"]);
  EXPECT_EQ(poses(), poses_before);
  EXPECT_EQ(version()["cells"], before["cells"]);
}

TEST_F(SplitCommand, splits_any_picture_without_a_library) {
  const std::string path = version()["path"];
  const auto found = sandbox.json_of({"--library", "/nowhere", "split", path});
  EXPECT_EQ(found["file"], path);
  EXPECT_TRUE(found["version"].is_null());
  EXPECT_TRUE(found["stored"].is_null());
  EXPECT_EQ(found["found"], true);
  EXPECT_EQ(sandbox.json_of({"split", path, "--thirds"})["cells"][0]["x"], 0);
  EXPECT_THAT(sandbox.run({"split", path}).out, HasSubstr("CELL"));
}

TEST_F(SplitCommand, says_what_it_cannot_split) {
  EXPECT_EQ(sandbox.error_of({"split", "missing.png"}, 2)["message"],
            "There is no file missing.png");
  EXPECT_EQ(sandbox.run({"split", "Mira/v009"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"split", "Mira/v001", "--apply", "--thirds"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"split", version()["path"], "--apply"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"split", sandbox.home().string()}).exit_code, 2);
}

// Whatever a file is: nine boxes inside of it, or a reason.
TEST_F(SplitCommand, gives_boxes_or_a_reason_for_every_odd_picture) {
  for (const char* name : {"baseline.jpg", "progressive.jpg", "cmyk.jpg", "grey.jpg",
                           "sixteen_bit.png", "interlaced_grey.png", "palette.png",
                           "translucent.png", "lossy.webp", "lossless.webp", "animation.webp"}) {
    const auto bytes = picture_file(name);
    const auto path = sandbox.file(name, {bytes.begin(), bytes.end()});
    const Outcome outcome = sandbox.run({"split", path.string(), "--json"});
    if (outcome.exit_code == 0) {
      EXPECT_THAT(outcome.json()["cells"], SizeIs(9)) << name;
    } else {
      EXPECT_EQ(outcome.exit_code, 1) << name << outcome;
      EXPECT_EQ(outcome.json()["error"]["code"], "bad_picture") << name;
    }
    const auto cut =
        sandbox.file(std::string("cut_") + name, {bytes.begin(), bytes.begin() + bytes.size() / 2});
    EXPECT_EQ(sandbox.error_of({"split", cut.string()}, 1)["code"], "bad_picture") << name;
  }
}

TEST_F(SplitCommand, takes_one_pixel_and_long_strips_and_refuses_the_huge) {
  const auto picture = [&](std::uint32_t width, std::uint32_t height) {
    const Bytes rows((std::size_t{width} + 1) * height, 0);
    return sandbox.file("p" + std::to_string(width) + "x" + std::to_string(height) + ".png",
                        text_of(png_claiming(width, height, rows)));
  };
  for (const auto& [width, height] :
       {std::pair{1U, 1U}, {16384U, 1U}, {1U, 4000U}, {1200U, 300U}}) {
    const auto found = sandbox.json_of({"split", picture(width, height).string()});
    EXPECT_EQ(found["found"], false);
    ASSERT_THAT(found["cells"], SizeIs(9));
    for (const auto& cell : found["cells"]) {
      EXPECT_GE(cell["x"].get<int>(), 0);
      EXPECT_LE(cell["x"].get<int>() + cell["width"].get<int>(), static_cast<int>(width));
      EXPECT_LE(cell["y"].get<int>() + cell["height"].get<int>(), static_cast<int>(height));
    }
  }
  const auto huge = sandbox.file("huge.png", text_of(png_claiming(16385, 100, Bytes(10, 0))));
  EXPECT_EQ(sandbox.error_of({"split", huge.string()}, 1)["code"], "bad_picture");
  const auto empty = sandbox.file("empty.png", "");
  EXPECT_EQ(sandbox.error_of({"split", empty.string()}, 1)["code"], "bad_picture");
}

}  // namespace
}  // namespace castboard::testing
