#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

struct Mistake {
  std::vector<std::string> arguments;
  std::string suggestion;

  friend void PrintTo(const Mistake& mistake, std::ostream* stream) {
    *stream << mistake.suggestion;
  }
};

class MistypedWords : public ::testing::TestWithParam<Mistake> {};

TEST_P(MistypedWords, end_with_exit_code_2_and_the_nearest_word) {
  const Sandbox sandbox;
  const Outcome outcome = sandbox.run(GetParam().arguments);
  EXPECT_EQ(outcome.exit_code, 2) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("did you mean \"" + GetParam().suggestion + "\"?"));
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(sandbox.library())) << "nothing is created by a typo";
}

INSTANTIATE_TEST_SUITE_P(
    Usage, MistypedWords,
    ::testing::Values(Mistake{{"genrate"}, "generate"}, Mistake{{"projetcs", "list"}, "projects"},
                      Mistake{{"projects", "lst"}, "list"},
                      Mistake{{"versions", "aprove", "Mira/v001"}, "approve"},
                      Mistake{{"generate", "--charcter", "Mira"}, "--character"},
                      Mistake{{"characters", "list", "--jsn"}, "--json"},
                      Mistake{{"--libary", "x", "projects", "list"}, "--library"},
                      Mistake{{"--screenshto", "x.png"}, "--screenshot"}));

TEST(Usage, says_what_a_group_of_commands_needs) {
  const Outcome outcome = Sandbox().run({"projects"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr("castboard projects needs one of: list, add, show, edit, rename"));
}

TEST(Usage, names_a_missing_option) {
  const Outcome outcome = Sandbox().run({"generate", "--template", "portrait"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("--character"), HasSubstr("castboard generate --help")));
}

TEST(Usage, refuses_numbers_that_are_none) {
  for (const char* option : {"--seed", "--count", "--max-credits"}) {
    const Outcome outcome = Sandbox().run({"generate", "--character", "Mira", option, "many"});
    EXPECT_EQ(outcome.exit_code, 2) << outcome;
    EXPECT_THAT(outcome.err, HasSubstr(option));
  }
}

TEST(Usage, prints_mistakes_as_json_when_asked) {
  const auto error = Sandbox().error_of({"projects", "lst"}, 2);
  EXPECT_EQ(error["code"], "invalid_input");
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("did you mean \"list\""));
}

TEST(Usage, tells_its_version_and_imgui_s_and_whether_docking_is_in) {
  const Outcome outcome = Sandbox().run({"--version"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  EXPECT_THAT(outcome.out,
              MatchesRegex("castboard [0-9.]+\nDear ImGui [0-9a-z.]+ .with(out)? docking.\n"));
  const auto json = Sandbox().json_of({"--version"});
  EXPECT_TRUE(json["castboard"].is_string());
  EXPECT_TRUE(json["imgui"].is_string());
  EXPECT_TRUE(json["imgui_docking"].is_boolean());
}

TEST(Usage, explains_itself) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"--help"}, {"generate", "--help"}, {"versions", "approve", "-h"}, {"help", "push"}}) {
    const Outcome outcome = Sandbox().run(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("Usage: castboard"), HasSubstr("--library DIR")));
  }
}

TEST(Usage, takes_common_options_before_and_after_the_command) {
  const Sandbox sandbox;
  const std::string library = (sandbox.home() / "elsewhere").string();
  EXPECT_EQ(sandbox.run({"projects", "add", "Northwind", "--library", library}).exit_code, 0);
  const Outcome outcome = sandbox.run({"--library", library, "--json", "projects", "list"});
  EXPECT_EQ(outcome.json()["projects"][0]["name"], "Northwind") << outcome;
}

TEST(Usage, finds_the_library_by_flag_then_environment_then_the_usual_place) {
  Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Usual"});
  EXPECT_TRUE(std::filesystem::exists(sandbox.library() / "castboard.db"));
  sandbox.set("CASTBOARD_LIBRARY", (sandbox.home() / "named").string());
  sandbox.json_of({"projects", "add", "Named"});
  EXPECT_EQ(sandbox.json_of({"projects", "list"})["projects"][0]["name"], "Named");
  EXPECT_EQ(sandbox.json_of({"projects", "list", "--library",
                             sandbox.library().string()})["projects"][0]["name"],
            "Usual");
}

TEST(Usage, without_a_command_it_is_the_window_and_says_so_when_it_has_no_display) {
  Sandbox sandbox;
  sandbox.set("DISPLAY", "");
  sandbox.set("WAYLAND_DISPLAY", "");
  const Outcome outcome = sandbox.run({});
  EXPECT_EQ(outcome.exit_code, 1) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("display"));
}

TEST(Usage, refuses_window_options_that_make_no_sense) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"--window", "big"},
                                             {"--window", "10x10"},
                                             {"--scale", "-1"},
                                             {"--frames", "0"},
                                             {"--screenshot", "no/such/directory/shot.png"}}) {
    const Outcome outcome = Sandbox().run(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome;
    EXPECT_THAT(outcome.err, HasSubstr(arguments.front()));
  }
}

TEST(Usage, refuses_preview_files_that_are_not_there) {
  const Outcome outcome = Sandbox().run({"preview", "missing.png"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr("missing.png"));
}

}  // namespace
}  // namespace castboard::testing
