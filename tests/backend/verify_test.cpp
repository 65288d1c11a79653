#include "library/verify.h"

#include <fstream>

#include "imaging/imaging.h"
#include "os/files.h"
#include "store_support.h"
#include "support/pictures.h"

namespace castboard {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

// A library with one cropped portrait and one sheet of Mira.
class Verify : public ::testing::Test {
 protected:
  Verify() {
    StoreWriter& writer = store_->writer();
    writer.ensure_user(user_, "ada");
    const Project project = writer.add_project("Demo");
    mira_ = writer.add_character({project.id, "Mira", {}, {}}).id;
    portrait_ = writer.add_version(portrait(), {}, false);
    sheet_ = writer.add_version(sheet(), {}, false);
  }

  Version stored(const Image& image, const char* shot) {
    Version version;
    version.character_id = mira_;
    version.user_id = user_;
    version.version_name = "Test";
    version.template_type = "expression_sheet";
    version.shot = shot;
    const auto bytes = encode_png(image);
    version.content_hash = PictureFiles::content_hash(bytes);
    version.image_url = files_.store_original(bytes, version.content_hash, "png");
    return version;
  }
  NewVersion portrait() {
    const Image original = testing::drawing(120, 90);
    Version version = stored(original, "happy");
    version.original_url = version.image_url;
    version.crop = PixelRect{15, 0, 90, 90};
    const Image image = crop_picture(original, *version.crop);
    version.image_url = files_.store_crop(image, version.content_hash);
    version.width = version.height = 90;
    version.thumbnail_url = files_.store_thumbnail(image, version.content_hash);
    return {version, ActivatePolicy::always};
  }
  NewVersion sheet() {
    const Image image = testing::drawing(90, 90, 3);
    Version version = stored(image, "all");
    version.width = version.height = 90;
    version.thumbnail_url = files_.store_thumbnail(image, version.content_hash);
    int number = 0;
    for (const PixelRect& box : sheet_thirds(90, 90)) {
      Cell cell;
      cell.number = ++number;
      cell.pose = "pose_" + std::to_string(number);
      cell.box = box;
      version.cells.push_back(cell);
    }
    files_.store_cells(image, version.content_hash, version.cells);
    return {version, ActivatePolicy::always};
  }

  VerifyReport verify() { return verify_library(store_->reader(), files_); }
  VerifyReport repair() {
    return verify_library(store_->reader(), files_,
                          [this](const VersionId& id, const std::string& url) {
                            store_->writer().set_thumbnail(id, url);
                          });
  }
  void remove(const std::string& url) { ASSERT_TRUE(fs::remove(files_.path_of(url))); }
  void damage(const std::string& url) {
    fs::resize_file(files_.path_of(url), fs::file_size(files_.path_of(url)) / 2);
  }

  testing::TemporaryDirectory scratch_;
  std::unique_ptr<Store> store_ = open_sqlite_store({.directory = scratch_.path().string()});
  PictureFiles files_{scratch_.path()};
  const UserId user_ = "00000000-0000-5000-8000-000000000001";
  CharacterId mira_;
  Version portrait_;
  Version sheet_;
};

TEST_F(Verify, finds_nothing_wrong_with_a_sound_library) {
  const VerifyReport report = verify();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_THAT(report.repaired, IsEmpty());
  EXPECT_EQ(report.versions, 2);
  EXPECT_EQ(report.files, 3 + 2 + 9);  // original, crop, thumbnail; sheet, thumbnail; cells
}

TEST_F(Verify, names_version_file_and_way_out_of_a_lost_original) {
  remove(sheet_.image_url);
  const VerifyReport report = repair();
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_THAT(report.problems[0], AllOf(HasSubstr("v002 of Mira"), HasSubstr(sheet_.image_url),
                                        HasSubstr("is missing"), HasSubstr("backup")));
}

TEST_F(Verify, notices_a_single_changed_byte_of_an_original) {
  {
    std::fstream file(files_.path_of(sheet_.image_url),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(60);
    file.put('\x55');
  }
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("its hash differs")));
}

TEST_F(Verify, reports_derived_files_and_makes_them_again_on_request) {
  const auto cell = files_.read(sheet_.cells[4].image_url, kMaxPictureBytes);
  remove(sheet_.cells[4].image_url);
  damage(sheet_.cells[7].image_url);
  remove(sheet_.thumbnail_url);
  remove(portrait_.image_url);
  const VerifyReport found = verify();
  EXPECT_THAT(found.problems, SizeIs(4));
  for (const std::string& problem : found.problems) EXPECT_THAT(problem, HasSubstr("--repair"));

  const VerifyReport repaired = repair();
  EXPECT_THAT(repaired.problems, IsEmpty());
  EXPECT_THAT(repaired.repaired, SizeIs(4));
  EXPECT_EQ(files_.read(sheet_.cells[4].image_url, kMaxPictureBytes), cell);
  EXPECT_THAT(verify().problems, IsEmpty());
}

TEST_F(Verify, writes_down_where_a_missing_thumbnail_lies_now) {
  store_->writer().set_thumbnail(sheet_.id, "");
  EXPECT_THAT(verify().problems, SizeIs(1));
  EXPECT_THAT(repair().problems, IsEmpty());
  EXPECT_EQ(store_->reader().version(sheet_.id, user_)->thumbnail_url, sheet_.thumbnail_url);
}

TEST_F(Verify, checks_trashed_versions_too) {
  store_->writer().trash_versions({sheet_.id}, false);
  remove(sheet_.image_url);
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("v002 of Mira (in the trash)")));
}

TEST_F(Verify, lists_files_cut_off_over_an_hour_ago_and_leaves_fresh_ones) {
  const fs::path folder = files_.path_of(sheet_.image_url).parent_path();
  const fs::path old_file = folder / ".picture.png.12-0.tmp";
  const fs::path fresh_file = folder / ".picture.png.12-1.tmp";
  std::ofstream(old_file) << "half";
  std::ofstream(fresh_file) << "half";
  fs::last_write_time(old_file, fs::file_time_type::clock::now() - std::chrono::hours(2));
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr(old_file.string())));
  EXPECT_THAT(repair().problems, IsEmpty());
  EXPECT_FALSE(fs::exists(old_file));
  EXPECT_TRUE(fs::exists(fresh_file));
}

TEST_F(Verify, a_url_that_leads_out_of_the_library_is_a_problem_and_not_followed) {
  NewVersion bad = portrait();
  bad.version.original_url = "../../etc/passwd";
  bad.version.thumbnail_url = "/etc/passwd";
  store_->writer().add_version(bad, {}, false);
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("does not lie in the library"),
                                             HasSubstr("does not lie in the library")));
}

TEST_F(Verify, misses_the_reference_of_a_job) {
  const auto bytes = encode_png(testing::drawing(8, 8));
  Job job;
  job.id = "job";
  job.project_id = portrait_.project_id;
  job.character_id = mira_;
  job.user_id = user_;
  job.character_ref_hash = PictureFiles::content_hash(bytes);
  store_->writer().add_job(job);
  EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("reference")));
  files_.store_reference(bytes, job.character_ref_hash, "png");
  EXPECT_THAT(verify().problems, IsEmpty());
}

}  // namespace castboard
