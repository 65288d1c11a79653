#include "library/export_pictures.h"

#include <fstream>

#include "cast_on_disk.h"
#include "os/files.h"
#include "support/other_user.h"
#include "support/small_disk.h"

namespace castboard {
namespace {

using testing::drawing;
using ::testing::ElementsAre;
using testing::failure_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

class ExportPictures : public testing::CastOnDisk {
 protected:
  ExportRequest request(ExportWhat what) {
    ExportRequest asked;
    asked.what = what;
    asked.characters = {mira_};
    asked.directory = out().string();
    return asked;
  }
  ExportReport run(const ExportRequest& asked) {
    return export_pictures({library_, catalogue_, user_, fonts_}, asked);
  }
  [[nodiscard]] fs::path out() const { return directory_.path() / "out" / "deeper"; }
  static std::vector<std::string> names(const ExportReport& report) {
    std::vector<std::string> found;
    for (const ExportedFile& file : report.files)
      found.push_back(fs::path(file.path).filename().string());
    return found;
  }
  [[nodiscard]] std::vector<std::string> there() const {
    std::vector<std::string> found;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(out(), missing))
      found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }
  std::vector<std::uint8_t> bytes(const fs::path& path) {
    return read_file(path, kMaxPictureBytes);
  }

  Catalogue catalogue_;
  std::vector<CaptionFont> fonts_;
};

TEST_F(ExportPictures, writes_the_active_version_byte_for_byte) {
  const auto jpeg = encode_jpeg(drawing(64, 64), 80);
  add_bytes(mira_, jpeg, "jpg", drawing(64, 64), "portrait", "headshot", ActivatePolicy::always,
            false);
  const ExportReport report = run(request(ExportWhat::active));
  EXPECT_THAT(names(report), ElementsAre("mira_voss_portrait_v001.jpg"));
  EXPECT_EQ(bytes(report.files.at(0).path), jpeg);
  EXPECT_EQ(report.files[0].bytes, jpeg.size());
  EXPECT_THAT(there(), ElementsAre("mira_voss_portrait_v001.jpg"));  // and no temporary file
}

TEST_F(ExportPictures, takes_the_extension_from_the_bytes) {
  // A row of an earlier program, or of another, may call a JPEG .png.
  add_bytes(mira_, encode_jpeg(drawing(32, 32), 80), "png", drawing(32, 32), "portrait", "headshot",
            ActivatePolicy::always, false);
  EXPECT_THAT(names(run(request(ExportWhat::active))), ElementsAre("mira_voss_portrait_v001.jpg"));
  ExportRequest dry = request(ExportWhat::active);
  dry.dry_run = true;
  EXPECT_THAT(names(run(dry)), ElementsAre("mira_voss_portrait_v001-1.jpg"));
}

TEST_F(ExportPictures, writes_chosen_cells_by_number_or_pose) {
  const Version sheet = add_sheet(mira_, drawing(96, 96));
  ExportRequest asked = request(ExportWhat::cells);
  asked.cells = {1};
  asked.poses = {"fear"};
  const ExportReport report = run(asked);
  EXPECT_THAT(names(report), ElementsAre("mira_voss_expression_sheet_v001_01_happy.png",
                                         "mira_voss_expression_sheet_v001_05_fear.png"));
  EXPECT_EQ(bytes(report.files[1].path), library_.files().read(sheet.cells[4].image_url, 1 << 20));
  EXPECT_THAT(run(request(ExportWhat::cells)).files, SizeIs(9));
}

TEST_F(ExportPictures, takes_the_sheet_activated_last_where_a_portrait_is_active) {
  add_sheet(mira_, drawing(96, 96, 1));
  add_sheet(mira_, drawing(96, 96, 2));
  add_sheet(mira_, drawing(96, 96, 3), ActivatePolicy::never);
  add_picture(mira_, drawing(32, 32), "walking");
  EXPECT_THAT(names(run(request(ExportWhat::sheet))),
              ElementsAre("mira_voss_expression_sheet_v002.png"));
}

TEST_F(ExportPictures, writes_every_pose_the_production_has) {
  add_sheet(mira_, drawing(96, 96));
  add_picture(mira_, drawing(32, 32), "walking");
  EXPECT_THAT(run(request(ExportWhat::poses)).files, SizeIs(10));
  ExportRequest asked = request(ExportWhat::poses);
  asked.poses = {"walking", "fear", "running"};
  asked.directory += "/some";
  const ExportReport report = run(asked);
  EXPECT_THAT(names(report), ElementsAre("mira_voss_expression_sheet_v001_05_fear.png",
                                         "mira_voss_action_pose_v002.png"));
  EXPECT_THAT(report.notes, ElementsAre("Mira Voss has no picture of \"running\""));
}

TEST_F(ExportPictures, never_replaces_what_is_there_unless_told) {
  add_picture(mira_, drawing(32, 32), "walking");
  fs::create_directories(out());
  std::ofstream(out() / "mira_voss_action_pose_v001.png") << "somebody's own";
  const ExportReport first = run(request(ExportWhat::active));
  EXPECT_THAT(names(first), ElementsAre("mira_voss_action_pose_v001-1.png"));
  EXPECT_EQ(first.names_taken(), 1);
  EXPECT_EQ(bytes(out() / "mira_voss_action_pose_v001.png").size(), 14U);
  EXPECT_THAT(names(run(request(ExportWhat::active))),
              ElementsAre("mira_voss_action_pose_v001-2.png"));
  ExportRequest asked = request(ExportWhat::active);
  asked.overwrite = true;
  const ExportReport second = run(asked);
  EXPECT_THAT(names(second), ElementsAre("mira_voss_action_pose_v001.png"));
  EXPECT_NE(bytes(out() / "mira_voss_action_pose_v001.png").size(), 14U);
}

TEST_F(ExportPictures, gives_two_characters_of_one_slug_two_names_even_when_replacing) {
  add_picture(mira_, drawing(32, 32), "walking");
  const CharacterId other = add_character("Mira-Voss!");
  add_picture(other, drawing(32, 32, 4), "walking");
  ExportRequest asked = request(ExportWhat::active);
  asked.characters = {mira_, other};
  asked.overwrite = true;
  EXPECT_THAT(names(run(asked)),
              ElementsAre("mira_voss_action_pose_v001.png", "mira_voss_action_pose_v001-1.png"));
}

TEST_F(ExportPictures, writes_nothing_in_a_dry_run) {
  add_sheet(mira_, drawing(96, 96));
  ExportRequest asked = request(ExportWhat::cells);
  asked.dry_run = true;
  EXPECT_THAT(run(asked).files, SizeIs(9));
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ExportPictures, says_what_was_left_out) {
  const ExportReport report = run(request(ExportWhat::sheet));
  EXPECT_THAT(report.files, IsEmpty());
  EXPECT_THAT(report.notes, ElementsAre("Mira Voss has no expression sheet"));
}

TEST_F(ExportPictures, refuses_a_file_and_the_library_itself_as_the_folder) {
  add_picture(mira_, drawing(32, 32), "walking");
  ExportRequest asked = request(ExportWhat::active);
  std::ofstream(directory_.path() / "file") << "x";
  asked.directory = (directory_.path() / "file").string();
  EXPECT_THAT(failure_of([&] { run(asked); }).message, HasSubstr("is a file, not a folder"));
  asked.directory = (root() / "images" / "mine").string();
  EXPECT_THAT(failure_of([&] { run(asked); }).message, HasSubstr("lies in the library"));
  asked.directory = "";
  EXPECT_EQ(failure_of([&] { run(asked); }).code, ErrorCode::invalid_input);
}

TEST_F(ExportPictures, leaves_nothing_half_written_on_a_full_disk) {
  const Image noisy = [] {
    Image image = drawing(480, 480);
    unsigned value = 1;
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
      if (i % 4 != 3)
        image.pixels[i] =
            static_cast<std::uint8_t>((value = value * 1664525U + 1013904223U) >> 24U);
    return image;
  }();
  const Version version = add_picture(mira_, noisy, "walking");
  const auto picture = library_.files().read(version.image_url, kMaxPictureBytes);
  ASSERT_GT(picture.size(), 600'000U);  // two do not fit, one does
  const fs::path disk = directory_.path() / "disk";
  const auto good = testing::on_a_small_disk(disk, [&] {
    // The second does not fit; what the first wrote is whole.
    if (!write_new_file_atomically(disk / "one.png", picture)) return false;
    try {
      static_cast<void>(write_new_file_atomically(disk / "two.png", picture));
    } catch (const Failure& failure) {
      int files = 0;
      for (const auto& entry : fs::directory_iterator(disk)) files += entry.exists() ? 1 : 0;
      return failure.error().code == ErrorCode::disk_full && files == 1 &&
             read_file(disk / "one.png", kMaxPictureBytes) == picture;
    }
    return false;
  });
  if (!good) GTEST_SKIP() << "no small disk can be mounted here";
  EXPECT_TRUE(*good);
}

TEST_F(ExportPictures, says_that_a_folder_may_not_be_written) {
  const fs::path closed = directory_.path() / "closed";
  fs::create_directory(closed);
  fs::permissions(directory_.path(), fs::perms::all);
  fs::permissions(closed, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                              fs::perms::others_exec);
  EXPECT_TRUE(testing::as_other_user([&] {
    const std::vector<std::uint8_t> bytes{1, 2, 3};
    try {
      static_cast<void>(write_new_file_atomically(closed / "a.png", bytes));
    } catch (const Failure& failure) {
      return failure.error().code == ErrorCode::read_only &&
             failure.error().message.find("closed") != std::string::npos;
    }
    return false;
  }));
}

TEST_F(ExportPictures, draws_a_contact_sheet_of_every_pose) {
  add_sheet(mira_, drawing(96, 96));
  ExportRequest asked = request(ExportWhat::contact_sheet);
  asked.contact_of = ContactOf::poses;
  asked.contact_sheet.tile_side = 40;
  asked.contact_sheet.columns = 9;
  const ExportReport report = run(asked);
  EXPECT_THAT(names(report), ElementsAre("mira_voss_contact_sheet.png"));
  EXPECT_THAT(report.notes, ElementsAre("There is no font for captions, so they were left out"));
  const Image sheet = decode_picture(bytes(report.files[0].path));
  EXPECT_EQ(sheet.height, 40 + 2 * 6);
  EXPECT_EQ(sheet.width, 9 * 40 + 10 * 6);
}

}  // namespace
}  // namespace castboard
