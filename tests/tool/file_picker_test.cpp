#include "file_picker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app.h"
#include "support/temporary_directory.h"

namespace castboard {

void wake_window() {}  // there is no window in this test

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ListPictures : public ::testing::Test {
 protected:
  void touch(const std::string& name) { std::ofstream(directory.path() / name) << "x"; }

  testing::TemporaryDirectory directory;
};

TEST_F(ListPictures, shows_folders_and_pictures_by_name_and_nothing_else) {
  for (const char* name : {"b.PNG", "a.jpeg", "c.webp", "notes.txt", ".hidden.png"}) touch(name);
  std::filesystem::create_directory(directory.path() / "refs");
  std::filesystem::create_directory(directory.path() / ".cache");
  const DirectoryListing listing = list_pictures(directory.path());
  EXPECT_THAT(listing.folders, ElementsAre("refs"));
  EXPECT_THAT(listing.pictures, ElementsAre("a.jpeg", "b.PNG", "c.webp"));
  EXPECT_TRUE(listing.problem.empty());
}

TEST_F(ListPictures, of_a_file_lists_where_it_lies) {
  touch("a.png");
  EXPECT_EQ(list_pictures(directory.path() / "a.png").directory, directory.path());
}

TEST_F(ListPictures, skips_a_broken_link) {
  std::filesystem::create_symlink("nowhere", directory.path() / "gone");
  touch("a.png");
  EXPECT_THAT(list_pictures(directory.path()).pictures, ElementsAre("a.png"));
}

TEST_F(ListPictures, says_which_directory_cannot_be_read) {
  const DirectoryListing listing = list_pictures(directory.path() / "none" / "deeper");
  EXPECT_THAT(listing.problem, HasSubstr("none"));
}

}  // namespace
}  // namespace castboard
