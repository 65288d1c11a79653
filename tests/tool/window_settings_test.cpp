#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "settings.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

class WindowSettings : public ::testing::Test {
 protected:
  WindowSettings() { ::setenv("XDG_CONFIG_HOME", directory.path().c_str(), 1); }

  testing::TemporaryDirectory directory;
};

TEST_F(WindowSettings, live_in_a_directory_of_their_own) {
  const SettingsFiles files = settings_files();
  EXPECT_EQ(files.placement.parent_path(), directory.path() / "castboard");
  EXPECT_TRUE(std::filesystem::is_directory(directory.path() / "castboard"));
}

TEST_F(WindowSettings, bring_a_window_back_to_where_it_was) {
  const auto file = settings_files().placement;
  save_placement(
      file, {.x = -30, .y = 40, .width = 1000, .height = 700, .maximized = true, .light = true});
  const auto back = load_placement(file);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->x, -30);
  EXPECT_EQ(back->y, 40);
  EXPECT_EQ(back->width, 1000);
  EXPECT_EQ(back->height, 700);
  EXPECT_TRUE(back->maximized);
  EXPECT_TRUE(back->known);
  EXPECT_TRUE(back->light) << "the theme too";
}

TEST_F(WindowSettings, are_ignored_when_missing_or_damaged) {
  const auto file = settings_files().placement;
  EXPECT_FALSE(load_placement(file).has_value());
  std::ofstream(file) << "width 9 height -4";
  EXPECT_FALSE(load_placement(file).has_value());
  std::ofstream(file) << "width twelve";
  EXPECT_FALSE(load_placement(file).has_value());
}

TEST_F(WindowSettings, do_without_a_directory_that_cannot_be_made) {
  std::ofstream(directory.path() / "castboard") << "a file in the way";
  EXPECT_TRUE(settings_files().placement.empty());
  save_placement({}, {});
}

}  // namespace
}  // namespace castboard
