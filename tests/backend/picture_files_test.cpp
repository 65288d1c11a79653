#include "library/picture_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "castboard/result.h"
#include "imaging/imaging.h"
#include "os/files.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {

namespace fs = std::filesystem;
using testing::drawing;
using testing::failure_of;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

namespace {

constexpr std::size_t kLimit = 10'000'000;

class PictureFilesTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  PictureFiles files_{directory_.path()};
  Image image_ = drawing(600, 400);
  std::vector<std::uint8_t> bytes_ = encode_png(image_);
  std::string hash_ = PictureFiles::content_hash(bytes_);

  std::vector<Cell> cells_of(const Image& sheet) const {
    std::vector<Cell> cells;
    for (const PixelRect& box : sheet_thirds(sheet.width, sheet.height)) {
      cells.emplace_back();
      cells.back().number = static_cast<int>(cells.size());
      cells.back().box = box;
    }
    return cells;
  }
};

}  // namespace

TEST_F(PictureFilesTest, names_originals_by_their_bytes) {
  EXPECT_THAT(hash_, MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(hash_.size(), 64U);
  const std::string url = files_.store_original(bytes_, hash_, "png");
  EXPECT_EQ(url, "images/" + hash_.substr(0, 2) + "/" + hash_ + ".png");
  EXPECT_EQ(url, PictureFiles::original_url(hash_, "png"));
  EXPECT_TRUE(files_.exists(url));
  EXPECT_EQ(files_.read(url, kLimit), bytes_);
}

TEST_F(PictureFilesTest, writes_an_original_that_is_there_only_once) {
  const std::string url = files_.store_original(bytes_, hash_, "png");
  const auto written = fs::last_write_time(files_.path_of(url));
  fs::last_write_time(files_.path_of(url), written - std::chrono::hours(1));
  files_.store_original(bytes_, hash_, "png");
  EXPECT_EQ(fs::last_write_time(files_.path_of(url)), written - std::chrono::hours(1));
}

TEST_F(PictureFilesTest, replaces_an_original_that_was_damaged) {
  const std::string url = files_.store_original(bytes_, hash_, "png");
  std::vector<std::uint8_t> damaged = bytes_;
  damaged[50] ^= 1;
  write_file_atomically(files_.path_of(url), damaged, Durability::derived);
  files_.store_original(bytes_, hash_, "png");
  EXPECT_EQ(files_.read(url, kLimit), bytes_);
}

TEST_F(PictureFilesTest, keeps_references_apart_from_originals) {
  const std::string url = files_.store_reference(bytes_, hash_, "png");
  EXPECT_EQ(url, "images/references/" + hash_.substr(0, 2) + "/" + hash_ + ".png");
  EXPECT_EQ(files_.read(url, kLimit), bytes_);
  EXPECT_FALSE(files_.exists(PictureFiles::original_url(hash_, "png")));
}

TEST_F(PictureFilesTest, writes_nine_different_cells_of_a_sheet) {
  std::vector<Cell> cells = cells_of(image_);
  files_.store_cells(image_, hash_, cells);
  std::set<std::string> urls;
  std::set<std::vector<std::uint8_t>> contents;
  for (const Cell& cell : cells) {
    urls.insert(cell.image_url);
    contents.insert(files_.read(cell.image_url, kLimit));
    EXPECT_THAT(cell.image_url, HasSubstr("images/cells/" + hash_.substr(0, 2) + "/" + hash_));
    EXPECT_EQ(decode_picture(files_.read(cell.image_url, kLimit)).pixels,
              crop_picture(image_, cell.box).pixels);
  }
  EXPECT_EQ(urls.size(), 9U);
  EXPECT_EQ(contents.size(), 9U);
}

TEST_F(PictureFilesTest, gives_a_cell_with_another_box_a_file_of_its_own) {
  std::vector<Cell> before = cells_of(image_);
  files_.store_cells(image_, hash_, before);
  std::vector<Cell> after = before;
  after[4].box.x += 3;
  files_.store_cells(image_, hash_, after);
  EXPECT_NE(after[4].image_url, before[4].image_url);
  EXPECT_EQ(after[5].image_url, before[5].image_url);
  EXPECT_TRUE(files_.exists(before[4].image_url));
}

TEST_F(PictureFilesTest, keeps_different_crops_of_one_original_apart) {
  const Image left = crop_picture(image_, {0, 0, 300, 300});
  const Image right = crop_picture(image_, {300, 0, 300, 300});
  const std::string left_url = files_.store_crop(left, hash_);
  const std::string right_url = files_.store_crop(right, hash_);
  EXPECT_NE(left_url, right_url);
  EXPECT_EQ(files_.store_crop(left, hash_), left_url);
  EXPECT_EQ(decode_picture(files_.read(right_url, kLimit)).pixels, right.pixels);
}

TEST_F(PictureFilesTest, makes_a_jpeg_thumbnail_of_an_opaque_picture) {
  const std::string url = files_.store_thumbnail(image_, hash_);
  EXPECT_TRUE(url.starts_with("thumbs/" + hash_.substr(0, 2) + "/" + hash_));
  EXPECT_TRUE(url.ends_with(".jpg"));
  const Image thumbnail = decode_picture(files_.read(url, kLimit));
  EXPECT_EQ(thumbnail.width, kThumbnailSide);
  EXPECT_EQ(thumbnail.height, 256);
}

TEST_F(PictureFilesTest, makes_a_png_thumbnail_of_a_transparent_picture) {
  image_.pixels[3] = 0;
  for (std::size_t at = 3; at < image_.pixels.size() / 2; at += 4) image_.pixels[at] = 100;
  const std::string url = files_.store_thumbnail(image_, hash_);
  EXPECT_TRUE(url.ends_with(".png"));
  EXPECT_FALSE(is_opaque(decode_picture(files_.read(url, kLimit))));
}

TEST_F(PictureFilesTest, refuses_urls_that_leave_the_library) {
  for (const char* url : {"", "/etc/passwd", "../other/castboard.db", "images/../../x", "images/..",
                          "https://example.org/a.png", "file:///etc/passwd"})
    EXPECT_EQ(failure_of([&] { (void)files_.path_of(url); }).code, ErrorCode::library) << url;
  EXPECT_EQ(files_.path_of("images/a..b/c.png"), directory_.path() / "images/a..b/c.png");
}

TEST_F(PictureFilesTest, refuses_names_that_are_no_hash) {
  for (const char* hash : {"", "a", "../../evil", "AB/CD", "ab\\cd"})
    EXPECT_EQ(failure_of([&] { files_.store_original(bytes_, hash, "png"); }).code,
              ErrorCode::internal)
        << hash;
  EXPECT_EQ(failure_of([&] { files_.store_original(bytes_, hash_, "../png"); }).code,
            ErrorCode::internal);
}

TEST_F(PictureFilesTest, says_what_is_missing_or_too_large) {
  const Error missing = failure_of([&] { (void)files_.read("images/ab/none.png", kLimit); });
  EXPECT_EQ(missing.code, ErrorCode::not_found);
  EXPECT_THAT(missing.message, HasSubstr("none.png"));
  const std::string url = files_.store_original(bytes_, hash_, "png");
  EXPECT_EQ(failure_of([&] { (void)files_.read(url, 10); }).code, ErrorCode::bad_picture);
}

}  // namespace castboard
