#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "castboard_program.h"
#include "imaging/imaging.h"
#include "virtual_display.h"

namespace castboard::testing {
namespace {

// The default layout at the default size; `castboard gui --screenshot` shows it.
constexpr int kWidth = 1440;
constexpr int kHeight = 900;
struct Point {
  int x, y;
};
constexpr Point kSecondTile{240, 195};
constexpr Point kSheetTemplate{1187, 171};
constexpr Point kAdditionalDescription{1264, 612};
constexpr Point kGenerate{1305, 790};
constexpr PixelRect kShownPicture{471, 114, 482, 482};  // of a square version

// A run of a program takes a tenth of a second where nothing else runs, so this is minutes.
constexpr int kPatience = 600;
constexpr const char* kSecondsForWindow = "120";

// One text of the library, read with plain SQLite as any other program would.
std::string ask_library(const Sandbox& sandbox, const char* query) {
  sqlite3* opened = nullptr;
  sqlite3_open_v2((sandbox.library() / "castboard.db").c_str(), &opened, SQLITE_OPEN_READONLY,
                  nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  sqlite3_busy_timeout(opened, 10'000);
  std::string found;
  const auto keep = [](void* to, int, char** values, char**) {
    static_cast<std::string*>(to)->assign(values[0] != nullptr ? values[0] : "");
    return 0;
  };
  char* problem = nullptr;
  sqlite3_exec(database.get(), query, keep, &found, &problem);
  EXPECT_EQ(problem, nullptr) << problem;
  sqlite3_free(problem);
  return found;
}

// What was viewed last, as "name/number".
std::string last_viewed(const Sandbox& sandbox) {
  return ask_library(sandbox,
                     "SELECT c.name || '/' || v.version_number FROM user_views u"
                     " JOIN characters c ON c.id = u.character_id"
                     " JOIN character_image_versions v ON v.id = u.version_id"
                     " ORDER BY u.viewed_at DESC LIMIT 1");
}

// The same with the cell that fills the view, "Mira/2 cell 5".
std::string last_viewed_cell(const Sandbox& sandbox) {
  return ask_library(sandbox,
                     "SELECT c.name || '/' || v.version_number || ' cell ' || u.cell FROM"
                     " user_views u JOIN characters c ON c.id = u.character_id"
                     " JOIN character_image_versions v ON v.id = u.version_id"
                     " ORDER BY u.viewed_at DESC LIMIT 1");
}

nlohmann::json versions_of(const Sandbox& sandbox, const std::string& character) {
  return sandbox.json_of({"versions", "list", character})["versions"];
}

// Asks again and again, each time by a run of the program, which is the pause as well.
bool comes_true(const Sandbox& sandbox, const std::string& character,
                const std::function<bool(const nlohmann::json& versions)>& condition) {
  for (int i = 0; i < kPatience; ++i) {
    if (condition(versions_of(sandbox, character))) return true;
    if (::testing::Test::HasFailure()) return false;
  }
  return false;
}

bool comes_to_view(const Sandbox& sandbox, const std::string& version) {
  return comes_true(sandbox, version.substr(0, version.find('/')),
                    [&](const nlohmann::json&) { return last_viewed(sandbox) == version; });
}

// The user's hands.
class Hands {
 public:
  explicit Hands(const Sandbox& sandbox) : sandbox_(sandbox) {}

  // Waits for Castboard's window and gives it the keyboard, which is a window manager's work.
  [[nodiscard]] bool take_window() const {
    const Outcome found =
        sandbox_.run_program({"timeout", kSecondsForWindow, "xdotool", "search", "--sync",
                              "--onlyvisible", "--name", "^Castboard$"});
    if (found.exit_code != 0) return false;
    const std::string window = found.out.substr(0, found.out.find('\n'));
    return does({"windowfocus", "--sync", window});
  }
  void click(Point at) const {
    EXPECT_TRUE(does({"mousemove", std::to_string(at.x), std::to_string(at.y), "click", "1"}));
  }
  void type(const std::string& text) const { EXPECT_TRUE(does({"type", text})); }
  void press(const std::string& key) const { EXPECT_TRUE(does({"key", key})); }

 private:
  [[nodiscard]] bool does(std::vector<std::string> what) const {
    what.insert(what.begin(), {"timeout", kSecondsForWindow, "xdotool"});
    return sandbox_.run_program(what).exit_code == 0;
  }

  const Sandbox& sandbox_;
};

Image picture_in(const std::filesystem::path& path) {
  const std::string bytes = file_bytes(path);
  return decode_picture({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void make_cast(const Sandbox& sandbox) {
  for (const std::string character : {"Kaito", "Mira"}) {
    (void)sandbox.json_of({"generate", "--create", "--project", "Northwind", "--character",
                           character, "--template", "portrait", "--style", "anime"});
  }
}

// How many bits what a new window shows differs from a version's picture.
int difference(const Image& screenshot, const nlohmann::json& version) {
  return hash_distance(perceptual_hash(crop_picture(screenshot, kShownPicture)),
                       perceptual_hash(picture_in(version.value("path", ""))));
}

TEST(RealWindow, takes_clicks_and_keys_from_a_character_to_a_new_version_and_remembers_the_view) {
  Sandbox sandbox;
  if (sandbox.run_program({"sh", "-c", "command -v Xvfb && command -v xdotool"}).exit_code != 0) {
    GTEST_SKIP() << "no Xvfb or no xdotool here";
  }
  const auto display = VirtualDisplay::open(kWidth, kHeight);
  ASSERT_TRUE(display) << "Xvfb does not start";
  sandbox.set("DISPLAY", display->name());
  make_cast(sandbox);
  keep_libraries(sandbox);
  const std::vector<std::string> gui{"gui",
                                     "--library",
                                     sandbox.library().string(),
                                     "--project",
                                     "Northwind",
                                     "--window",
                                     std::to_string(kWidth) + "x" + std::to_string(kHeight)};

  Running window = sandbox.start(gui);
  const Hands hands(sandbox);
  ASSERT_TRUE(hands.take_window());
  ASSERT_TRUE(comes_to_view(sandbox, "Kaito/1")) << "the first of the cast is shown";
  hands.click(kSecondTile);
  ASSERT_TRUE(comes_to_view(sandbox, "Mira/1"));

  hands.click(kSheetTemplate);
  hands.click(kAdditionalDescription);
  hands.type("wearing a raincoat");
  hands.click(kGenerate);
  ASSERT_TRUE(comes_true(sandbox, "Mira", [](const auto& all) { return all.size() == 2; }));
  ASSERT_TRUE(comes_to_view(sandbox, "Mira/2")) << "the view follows the new version";
  const auto versions = versions_of(sandbox, "Mira");
  const auto& portrait = versions[0]["version_number"] == 1 ? versions[0] : versions[1];
  const auto& sheet = versions[0]["version_number"] == 1 ? versions[1] : versions[0];
  EXPECT_EQ(sheet["template_type"], "expression_sheet");
  EXPECT_EQ(sheet["additional_description"], "wearing a raincoat");
  EXPECT_EQ(sheet["is_active"], true);
  EXPECT_EQ(sheet["cells"].size(), 9U);

  hands.press("Left");
  ASSERT_TRUE(comes_to_view(sandbox, "Mira/1"));
  hands.press("ctrl+q");
  ASSERT_TRUE(comes_true(sandbox, "Mira", [&](const auto&) { return window.has_ended(); }));
  const Outcome closed = window.wait();
  EXPECT_EQ(closed.exit_code, 0) << closed;

  const auto file = sandbox.home() / "again.png";
  std::vector<std::string> again = gui;
  again.insert(again.end(), {"--screenshot", file.string()});
  const Outcome shown = sandbox.run(again);
  ASSERT_EQ(shown.exit_code, 0) << shown;
  EXPECT_EQ(last_viewed(sandbox), "Mira/1");
  const Image screenshot = picture_in(file);
  ASSERT_EQ(screenshot.width, kWidth);
  ASSERT_EQ(screenshot.height, kHeight);
  constexpr int kSamePicture = 8;  // bits of 64
  EXPECT_LE(difference(screenshot, portrait), kSamePicture);
  EXPECT_GT(difference(screenshot, sheet), kSamePicture) << "a test that could not fail";
}

// What judging takes: look, compare, judge, put away, bring back.
TEST(RealWindow, carries_a_review_session_with_mouse_and_keys) {
  Sandbox sandbox;
  if (sandbox.run_program({"sh", "-c", "command -v Xvfb && command -v xdotool"}).exit_code != 0) {
    GTEST_SKIP() << "no Xvfb or no xdotool here";
  }
  const auto display = VirtualDisplay::open(kWidth, kHeight);
  ASSERT_TRUE(display) << "Xvfb does not start";
  sandbox.set("DISPLAY", display->name());
  make_cast(sandbox);
  for (const char* seed : {"1", "2"}) {
    (void)sandbox.json_of({"generate", "--character", "Mira", "--template", "expression_sheet",
                           "--style", "anime", "--seed", seed});
  }
  keep_libraries(sandbox);
  const auto frames = sandbox.home() / "frames.txt";
  Running window = sandbox.start(
      {"gui", "--library", sandbox.library().string(), "--project", "Northwind", "--window",
       std::to_string(kWidth) + "x" + std::to_string(kHeight), "--frame-log", frames.string()});
  const Hands hands(sandbox);
  ASSERT_TRUE(hands.take_window());
  ASSERT_TRUE(comes_to_view(sandbox, "Kaito/1"));
  const auto shows = [&](const std::string& what) {
    return comes_true(sandbox, "Mira",
                      [&](const auto&) { return last_viewed_cell(sandbox) == what; });
  };
  const auto mira = [&](const auto& condition) { return comes_true(sandbox, "Mira", condition); };
  const auto version = [](const nlohmann::json& all, int number) {
    for (const auto& each : all)
      if (each["version_number"] == number) return each;
    return nlohmann::json();
  };

  // Look: a character, a cell of its newest sheet, the same cell of the one before.
  hands.click(kSecondTile);
  ASSERT_TRUE(shows("Mira/3 cell 0"));
  hands.click(
      {(kShownPicture.x + kShownPicture.width / 2), kShownPicture.y + kShownPicture.height / 2});
  ASSERT_TRUE(shows("Mira/3 cell 5")) << "the one in the middle";
  hands.press("Left");
  ASSERT_TRUE(shows("Mira/2 cell 5")) << "the expression stays";
  hands.press("bracketright");
  ASSERT_TRUE(shows("Mira/2 cell 6"));

  // Compare: in every mode, swapped, back.
  for (const char* key : {"m", "m", "m", "F6", "shift+F6"}) hands.press(key);
  hands.press("c");
  ASSERT_TRUE(shows("Mira/3 cell 6")) << "B became A";
  hands.press("Escape");

  // Judge the cell, then the version.
  hands.press("ctrl+3");
  ASSERT_TRUE(mira([&](const auto& all) {
    return version(all, 3)["cells"][5].value("status", "") == "omitted";
  }));
  hands.press("0");
  ASSERT_TRUE(shows("Mira/3 cell 0"));
  hands.press("ctrl+2");
  ASSERT_TRUE(
      mira([&](const auto& all) { return version(all, 3).value("status", "") == "approved"; }));
  hands.press("period");
  ASSERT_TRUE(mira([&](const auto& all) { return version(all, 3).value("starred", false); }));

  // The flipbook stops at what caught the eye.
  hands.press("space");
  hands.press("space");
  ASSERT_TRUE(mira([&](const auto&) {
    return last_viewed_cell(sandbox).starts_with("Mira/3 cell ") &&
           last_viewed_cell(sandbox) != "Mira/3 cell 0";
  }));

  // Put away and brought back.
  hands.press("Left");
  ASSERT_TRUE(comes_to_view(sandbox, "Mira/2"));
  hands.press("Delete");
  ASSERT_TRUE(mira([](const auto& all) { return all.size() == 2; }));
  hands.press("ctrl+z");
  ASSERT_TRUE(mira([](const auto& all) { return all.size() == 3; }));

  hands.press("ctrl+q");
  ASSERT_TRUE(mira([&](const auto&) { return window.has_ended(); }));
  EXPECT_EQ(window.wait().exit_code, 0);
  std::istringstream log(file_bytes(frames));
  std::vector<double> milliseconds;
  for (double each = 0; log >> each;) milliseconds.push_back(each);
  ASSERT_GT(milliseconds.size(), 20U) << "every input draws frames";
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto part = [&](double of) {
    return milliseconds[static_cast<std::size_t>(of *
                                                 static_cast<double>(milliseconds.size() - 1))];
  };
  std::printf("%zu frames: median %.2f ms, 99 %% within %.2f ms, the longest %.2f ms\n",
              milliseconds.size(), part(0.5), part(0.99), part(1));
}

}  // namespace
}  // namespace castboard::testing
