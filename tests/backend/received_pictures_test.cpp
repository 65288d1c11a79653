#include "jobs/received_pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "imaging/imaging.h"
#include "os/processes.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ReceivedPictures : public ::testing::Test {
 protected:
  ReceivedPictures() {
    ProviderContext context;
    context.http = std::make_shared<const Http>(HttpOptions{});
    catalogue_ = load_configuration(CASTBOARD_ASSETS, {}, {}, {}, context).catalogue;
    job_.id = random_uuid();
    job_.request.version_name = "Portrait";
    job_.request.aspect_ratio = "1:1";
    job_.prompt = "A face";
    job_.credit_estimate = 5;
    mira_.name = "Mira";
    mira_.traits = {{"hair", "navy"}};
  }

  NewVersion store(const Image& image, bool crops = false, const std::string& received = {}) {
    return store_picture(library_, catalogue_, job_, mira_, encode_png(image), 0, crops, received);
  }
  bool exists(const std::string& url) { return library_.files().exists(url); }

  testing::TemporaryDirectory directory_;
  Library library_{open_sqlite_store({.directory = (directory_.path() / "library").string()}),
                   PictureFiles(directory_.path() / "library"), [] {}};
  Catalogue catalogue_;
  Job job_;
  Character mira_;
};

TEST_F(ReceivedPictures, become_a_version_that_says_how_it_was_made) {
  const Version version = store(testing::drawing(16, 16, 1)).version;
  EXPECT_EQ(version.job_id, job_.id);
  EXPECT_EQ(version.prompt_used, "A face");
  EXPECT_EQ(version.width, 16);
  EXPECT_EQ(version.credit_cost, 5) << "the estimate, as long as nobody knows better";
  EXPECT_THAT(version.character_snapshot, HasSubstr("navy"));
  EXPECT_TRUE(exists(version.image_url));
  EXPECT_TRUE(exists(version.thumbnail_url));
  EXPECT_TRUE(version.cells.empty());
}

TEST_F(ReceivedPictures, take_what_the_reply_said_beside_them) {
  ProviderResult result;
  result.seed = 7;
  result.model = "m2";
  result.credit_cost = 3;
  result.provider_cost = 0.25;
  result.provider_cost_unit = "USD";
  const Version version =
      store(testing::drawing(16, 16, 1), false, received_to_json(result, 1'500)).version;
  EXPECT_EQ(version.seed, 7);
  EXPECT_EQ(version.model_used, "m2");
  EXPECT_EQ(version.credit_cost, 3);
  EXPECT_EQ(version.provider_cost, 0.25);
  EXPECT_EQ(version.provider_cost_unit, "USD");
  EXPECT_EQ(version.generation_time_ms, 1'500);
  EXPECT_EQ(store(testing::drawing(16, 16, 1), false, "{broken").version.credit_cost, 5);
}

TEST_F(ReceivedPictures,
       are_cropped_beside_the_original_where_the_provider_could_not_do_the_ratio) {
  const Image wide = testing::drawing(32, 16, 1);
  const Version version = store(wide, true).version;
  EXPECT_EQ(version.width, 16);
  EXPECT_EQ(version.crop, (PixelRect{8, 0, 16, 16}));
  EXPECT_NE(version.original_url, version.image_url);
  EXPECT_TRUE(exists(version.original_url));
  EXPECT_TRUE(exists(version.image_url));
  EXPECT_EQ(store(wide, false).version.crop, std::nullopt) << "as it is, when it was asked for so";
  EXPECT_EQ(store(testing::drawing(16, 16, 2), true).version.original_url, "");
}

TEST_F(ReceivedPictures, of_a_sheet_have_nine_cells_with_their_poses) {
  job_.request.template_type = "expression_sheet";
  job_.request.shot = "all";
  const Version version = store(testing::drawing(30, 30, 1)).version;
  ASSERT_THAT(version.cells, SizeIs(9));
  std::set<std::string> poses;
  for (const Cell& cell : version.cells) {
    EXPECT_TRUE(exists(cell.image_url));
    EXPECT_EQ(cell.box.width, 10);
    poses.insert(cell.pose);
  }
  EXPECT_THAT(poses, SizeIs(9));
  EXPECT_EQ(version.cells[0].pose, "happy");
}

TEST_F(ReceivedPictures, that_are_damaged_leave_no_file) {
  std::vector<std::uint8_t> cut = encode_png(testing::drawing(16, 16, 1));
  cut.resize(cut.size() - 20);
  EXPECT_EQ(testing::failure_of([&] {
              store_picture(library_, catalogue_, job_, mira_, cut, 0, false, {});
            }).code,
            ErrorCode::bad_picture);
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "library" / "images"));
}

}  // namespace
}  // namespace castboard
