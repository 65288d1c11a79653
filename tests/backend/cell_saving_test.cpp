#include "cell_saving.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "imaging/imaging.h"
#include "os/files.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {

using testing::drawing;
using testing::failure_of;
using testing::pixel;

class CellSaving : public ::testing::Test {
 protected:
  CellSaving() : sheet(drawing(90, 91)) {
    path = (directory.path() / "Mira Voss.png").string();
    write_file_atomically(path, encode_png(sheet), Durability::derived);
    wanted.url = path;
    wanted.boxes = sheet_thirds(90, 91);
  }

  testing::TemporaryDirectory directory;
  Image sheet;
  std::string path;
  CellsToSave wanted;
};

TEST_F(CellSaving, writes_nine_files_of_exactly_the_sheet_s_pixels) {
  const SavedCells saved = save_cells(wanted, path);
  ASSERT_EQ(saved.paths.size(), 9U);
  const Image fifth = decode_picture(read_file(saved.paths[4], kMaxPictureBytes));
  EXPECT_EQ(fifth.width, wanted.boxes[4].width);
  EXPECT_EQ(pixel(fifth, 3, 2)[1], pixel(sheet, wanted.boxes[4].x + 3, wanted.boxes[4].y + 2)[1]);
  EXPECT_EQ(std::filesystem::path(saved.paths[4]).filename(), "mira_voss_05.png");
}

TEST_F(CellSaving, names_the_expression_where_it_is_known) {
  EXPECT_EQ(cell_file_stem("Mira", 5, "fear"), "mira_05_fear");
  EXPECT_EQ(cell_file_stem("  Mira - Voss!", 1, ""), "mira_voss_01");
  EXPECT_EQ(cell_file_stem("海斗", 9, "laugh"), "sheet_09_laugh");
}

TEST_F(CellSaving, never_overwrites_what_is_there) {
  const SavedCells first = save_cells(wanted, path);
  const auto before = read_file(first.paths[0], kMaxPictureBytes);
  write_file_atomically(path, encode_png(drawing(90, 91, 5)), Durability::derived);
  const SavedCells second = save_cells(wanted, path);
  const SavedCells third = save_cells(wanted, path);
  EXPECT_EQ(std::filesystem::path(second.paths[0]).filename(), "mira_voss_01-1.png");
  EXPECT_EQ(std::filesystem::path(third.paths[0]).filename(), "mira_voss_01-2.png");
  EXPECT_EQ(read_file(first.paths[0], kMaxPictureBytes), before);
}

TEST_F(CellSaving, leaves_nothing_else_in_the_directory) {
  save_cells(wanted, path);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    EXPECT_EQ(entry.path().extension(), ".png");
    ++files;
  }
  EXPECT_EQ(files, 10);
}

TEST_F(CellSaving, says_what_is_wrong_with_a_picture_that_cannot_be_read) {
  const std::string broken = (directory.path() / "broken.png").string();
  const std::string bytes = "no picture";
  write_file_atomically(broken, std::vector<std::uint8_t>(bytes.begin(), bytes.end()),
                        Durability::derived);
  EXPECT_EQ(failure_of([&] { save_cells(wanted, broken); }).code, ErrorCode::bad_picture);
}

}  // namespace castboard
