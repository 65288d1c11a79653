#include "texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

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

// A string between quotes in a source, without its escapes resolved.
struct Literal {
  std::string words;
  std::string call;  // the name before the innermost ( it stands in: "button"; empty for none
  int line = 0;
};

bool is_word_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The name that ends at `end`, such as the one before a bracket.
std::string name_before(const std::string& source, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && is_word_part(source[start - 1])) --start;
  return source.substr(start, end - start);
}

// Where the quoted part that opens at `start` closes.
std::size_t closing_quote(const std::string& source, std::size_t start) {
  std::size_t at = start + 1;
  while (at < source.size() && source[at] != source[start]) at += source[at] == '\\' ? 2 : 1;
  return at;
}

// Every literal of a source but those of its includes; comments have none.
std::vector<Literal> literals_of(const std::string& source) {
  std::vector<Literal> found;
  // Of each open bracket. One without a name belongs to the call around it, a body to none.
  std::vector<std::string> calls;
  int line = 1;
  bool is_directive = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '\n') {
      ++line;
      is_directive = false;
    } else if (c == '#') {
      is_directive = true;
    } else if (source.compare(i, 2, "//") == 0) {
      i = std::min(source.find('\n', i), source.size()) - 1;
    } else if (c == '(') {
      const std::string name = name_before(source, i);
      calls.push_back(!name.empty() || calls.empty() ? name : calls.back());
    } else if (c == '{') {
      const std::size_t before = source.find_last_not_of(" \n", i == 0 ? 0 : i - 1);
      const bool is_body =
          before != std::string::npos && (source[before] == ')' || source[before] == ']');
      calls.push_back(is_body || calls.empty() ? "" : calls.back());
    } else if ((c == ')' || c == '}') && !calls.empty()) {
      calls.pop_back();
    } else if (c == '"') {
      const std::size_t end = closing_quote(source, i);
      if (!is_directive) {
        found.push_back(
            {source.substr(i + 1, end - i - 1), calls.empty() ? "" : calls.back(), line});
      }
      i = end;
    } else if (c == '\'' && (i == 0 || !is_word_part(source[i - 1]))) {  // not as in 20'000
      i = closing_quote(source, i);
    }
  }
  return found;
}

// The keys in the calls that ask for a text, also where one of several is chosen.
std::set<std::string> keys_asked_for() {
  std::set<std::string> found;
  const std::regex key(R"re([a-z0-9_]+(\.[a-z0-9_]+)+)re");
  for (const auto& entry : std::filesystem::directory_iterator(CASTBOARD_SOURCE_DIR "/widgets")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    for (const Literal& literal : literals_of(content_of(entry.path()))) {
      if (!std::regex_match(literal.words, key)) continue;
      if (literal.call == "counted") {
        found.insert(literal.words + ".one");
        found.insert(literal.words + ".many");
      } else if (literal.call == "text" || literal.call == "labelled") {
        found.insert(literal.words);
      }
    }
  }
  return found;
}

// Calls whose strings are read by the user; what comes after "##" is not.
// clang-format off
const std::set<std::string> kShowing{
    "button", "button_width", "card_button", "item_tooltip", "empty_state", "field_label",
    "field_problem", "heading", "caption", "pane_title", "text_field", "text_elided",
    "badge_size", "draw_badge", "label", "hint", "drop_down", "say", "say_error", "say_undoable",
    "modal", "MenuItem", "Selectable", "Button", "Checkbox", "BeginMenu", "Text",
    "TextUnformatted", "TextWrapped", "TextDisabled", "SetItemTooltip", "CalcTextSize"};
// clang-format on
// Calls whose strings nobody reads, sentences though they may be.
const std::set<std::string> kSilent{"assert", "static_assert", "starts_with"};

// Whether a literal says a word of a language. Formats, units of a picture's size and the letters A
// and B of a comparison are none.
bool says_a_word(const Literal& literal) {
  if (kSilent.count(literal.call) != 0) return false;
  static const std::regex placeholder(R"re(%[-+.*0-9]*[a-z%]+|\\[a-z]|\\x[0-9a-fA-F]{2})re");
  const std::string words = std::regex_replace(literal.words, placeholder, " ");
  const std::string shown = words.substr(0, words.find("##"));
  static const std::regex letters("[A-Za-z]{2}");
  if (!std::regex_search(shown, letters)) return false;
  if (kShowing.count(literal.call) != 0) return true;
  // Whatever the call: a label with its id, or a sentence.
  static const std::regex sentence("[A-Za-z,:;.)]{2} +[A-Za-z(]{2}");
  return words.find("###") != std::string::npos || std::regex_search(shown, sentence);
}

// The literals of a source that should be texts, as "board.cpp:12: Saved".
std::vector<std::string> literal_words(const std::string& name, const std::string& source,
                                       const std::set<std::string>& keys) {
  std::vector<std::string> found;
  for (const Literal& literal : literals_of(source)) {
    if (keys.count(literal.words) != 0 || !says_a_word(literal)) continue;
    found.push_back(name + ":" + std::to_string(literal.line) + ": " + literal.words);
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

TEST(Texts, are_the_only_words_that_a_widget_says) {
  const std::set<std::string> keys = keys_of_catalogue();
  int sources = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CASTBOARD_SOURCE_DIR "/widgets")) {
    const std::string name = entry.path().filename().string();
    // Commands of the command line are the same in every language.
    if (entry.path().extension() != ".cpp" || name == "command_line.cpp") continue;
    // What it says goes to programmers: into a log and asserts, never onto the screen.
    if (name == "host_contract.cpp") continue;
    ++sources;
    for (const std::string& words : literal_words(name, content_of(entry.path()), keys)) {
      ADD_FAILURE() << words << " belongs into assets/texts/en.txt";
    }
  }
  EXPECT_GT(sources, 50);
}

TEST(Texts, are_told_from_words_between_quotes) {
  const auto words = [](const std::string& source) {
    return literal_words("a.cpp", source, {"strip.clear"});
  };
  const auto one = [](const std::string& found) { return std::vector<std::string>{found}; };
  EXPECT_EQ(words(R"(button(look, "Cancel"))"), one("a.cpp:1: Cancel"));
  EXPECT_EQ(words(R"(button(look, (fits ? "Queue" : "")))"), one("a.cpp:1: Queue"));
  EXPECT_EQ(words("\n"
                  R"(if (ImGui::MenuItem("Dismiss###dismiss")) {})"),
            one("a.cpp:2: Dismiss###dismiss"));
  EXPECT_EQ(words(R"(constexpr const char* kTitle = "Rename###rename";)"),
            one("a.cpp:1: Rename###rename"));
  EXPECT_EQ(words(R"(return "Nothing was generated";)"), one("a.cpp:1: Nothing was generated"));
  EXPECT_EQ(words(R"(x.push_back({"Fit", "F", "Show all of it"});)"),
            one("a.cpp:1: Show all of it"));
  EXPECT_EQ(words(R"(board.say("undone"))"), one("a.cpp:1: undone"));
  EXPECT_EQ(words(R"(board.say({"undone", 1}))"), one("a.cpp:1: undone"));

  EXPECT_TRUE(words(R"(button(look, labelled("strip.filter", "filter").c_str()))").empty());
  EXPECT_TRUE(words(R"(say("strip.clear"))").empty());
  EXPECT_TRUE(words(R"(drop_down(look, [&] { name = "state_" + key; }))").empty());
  EXPECT_TRUE(words(R"(InvisibleButton("###remove", size); child("tiles", size);)").empty());
  EXPECT_TRUE(words("// say(\"no\"): it says so\nconst int most = 20'000;").empty());
  EXPECT_TRUE(words(R"(SliderInt("###side", &side, 64, 1024, "%d px"))").empty());
  EXPECT_TRUE(words(R"(ImGui::TextWrapped("%s", problem.c_str()))").empty());
  EXPECT_TRUE(words(R"(assert(found && "a text that is not there"))").empty());
}

TEST(Texts, makes_a_label_of_a_text_and_an_id) {
  EXPECT_EQ(labelled("keys.title", "sheet"), "Keys###sheet");
}

TEST(Texts, puts_values_into_their_places) {
  EXPECT_EQ(text("keys.conflict", {"Star"}), "also Star");
  EXPECT_STREQ(text("keys.title"), "Keys");
}

}  // namespace
}  // namespace castboard
