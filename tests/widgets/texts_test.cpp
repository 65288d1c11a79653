#include "texts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace castboard {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// "a.b.c" wherever a source says it between quotes.
std::set<std::string> dotted_literals() {
  std::set<std::string> found;
  const std::regex literal(R"re("([a-z0-9_]+(?:\.[a-z0-9_]+)+)")re");
  for (const auto& entry : std::filesystem::directory_iterator(CASTBOARD_SOURCE_DIR "/widgets")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    const std::string source = content_of(entry.path());
    for (std::sregex_iterator i(source.begin(), source.end(), literal), end; i != end; ++i) {
      found.insert((*i)[1]);
    }
  }
  return found;
}

std::set<std::string> keys_asked_for() {
  std::set<std::string> found;
  const std::regex call(R"re(\b(text|counted)\(\s*"([^"]+)")re");
  for (const auto& entry : std::filesystem::directory_iterator(CASTBOARD_SOURCE_DIR "/widgets")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    const std::string source = content_of(entry.path());
    for (std::sregex_iterator i(source.begin(), source.end(), call), end; i != end; ++i) {
      const std::string key = (*i)[2];
      if (key == "action.") continue;  // its end is the action's name
      if ((*i)[1] == "counted") {
        found.insert(key + ".one");
        found.insert(key + ".many");
      } else {
        found.insert(key);
      }
    }
  }
  return found;
}

std::set<std::string> keys_of_catalogue() {
  std::set<std::string> found;
  std::istringstream lines(content_of(CASTBOARD_SOURCE_DIR "/assets/texts/en.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::string key = line.substr(0, line.find(" ="));
    EXPECT_TRUE(found.insert(key).second) << key << " is there twice";
  }
  return found;
}

TEST(Texts, has_every_text_that_a_widget_asks_for) {
  const std::set<std::string> there = keys_of_catalogue();
  const std::set<std::string> asked = keys_asked_for();
  ASSERT_GT(asked.size(), 5U);
  for (const std::string& key : asked) EXPECT_TRUE(there.count(key) == 1) << key;
}

TEST(Texts, has_no_text_that_nothing_asks_for) {
  std::set<std::string> used = dotted_literals();
  used.merge(keys_asked_for());
  for (const std::string& key : keys_of_catalogue()) {
    const bool by_action = key.rfind("action.", 0) == 0;  // looked at by the keymap's test
    EXPECT_TRUE(by_action || used.count(key) == 1) << key;
  }
}

TEST(Texts, puts_values_into_their_places) {
  EXPECT_EQ(text("keys.conflict", {"Star"}), "also Star");
  EXPECT_STREQ(text("keys.title"), "Keys");
}

}  // namespace
}  // namespace castboard
