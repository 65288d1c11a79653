#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::vector<std::string> kGenerate{"generate",    "--create", "--project", "Demo",
                                         "--character", "Mira",     "--style",   "pixel_art"};

void execute(const std::filesystem::path& database, const char* statement) {
  sqlite3* opened = nullptr;
  ASSERT_EQ(sqlite3_open(database.c_str(), &opened), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(opened, statement, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(opened);
}

TEST(LibraryCommand, a_missing_library_is_named_and_never_made_by_reading) {
  const Sandbox sandbox;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"projects", "list"},
                                             {"projects", "show", "x"},
                                             {"characters", "list"},
                                             {"characters", "add", "Mira"},
                                             {"versions", "list", "Mira"},
                                             {"versions", "show", "M/v1"},
                                             {"versions", "approve", "Mira/v001"},
                                             {"jobs", "list"},
                                             {"push"},
                                             {"library", "verify"},
                                             {"generate", "--character", "Mira"}}) {
    const auto error = sandbox.error_of(arguments, 2);
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(sandbox.library().string()));
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("--library"));
  }
  EXPECT_EQ(sandbox.run({"doctor"}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(sandbox.library()));
}

TEST(LibraryCommand, verify_finds_what_is_missing_and_repairs_what_can_be_made_again) {
  const Sandbox sandbox;
  std::vector<std::string> sheet = kGenerate;
  sheet.insert(sheet.end(), {"--template", "expression_sheet"});
  const auto version = sandbox.json_of(sheet)["version"];
  const auto sound = sandbox.json_of({"library", "verify"});
  EXPECT_EQ(sound["versions"], 1);
  EXPECT_GE(sound["files"].get<int>(), 11);
  EXPECT_TRUE(sound["problems"].empty());

  std::filesystem::remove(version["thumbnail_path"].get<std::string>());
  std::filesystem::remove(version["cells"][4]["path"].get<std::string>());
  const Outcome broken = sandbox.run({"library", "verify", "--json"});
  EXPECT_EQ(broken.exit_code, 1) << broken;
  EXPECT_EQ(broken.json()["problems"].size(), 2U) << broken;

  const auto repaired = sandbox.json_of({"library", "verify", "--repair"});
  EXPECT_EQ(repaired["repaired"].size(), 2U);
  EXPECT_TRUE(std::filesystem::exists(version["cells"][4]["path"].get<std::string>()));
  EXPECT_TRUE(sandbox.json_of({"library", "verify"})["problems"].empty());
}

TEST(LibraryCommand, a_lost_original_is_a_problem_that_stays) {
  const Sandbox sandbox;
  const auto version = sandbox.json_of(kGenerate)["version"];
  std::filesystem::remove(version["path"].get<std::string>());
  const Outcome outcome = sandbox.run({"library", "verify", "--repair"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome;
  EXPECT_THAT(outcome.out, HasSubstr("v001"));
}

TEST(LibraryCommand, a_newer_library_is_refused_and_left_untouched) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  const auto database = sandbox.library() / "castboard.db";
  execute(database, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999");
  const std::string before = file_bytes(database);
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"projects", "list"}, {"projects", "add", "More"}}) {
    const auto error = sandbox.error_of(arguments, 1);
    EXPECT_EQ(error["code"], "library");
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("newer"));
  }
  EXPECT_EQ(file_bytes(database), before);
  EXPECT_EQ(sandbox.run({"doctor"}).exit_code, 1);
}

TEST(LibraryCommand, a_corrupt_library_is_named) {
  const Sandbox sandbox;
  std::filesystem::create_directories(sandbox.library());
  std::ofstream(sandbox.library() / "castboard.db") << std::string(8192, 'x');
  const auto error = sandbox.error_of({"projects", "list"}, 1);
  EXPECT_EQ(error["code"], "library");
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("castboard.db"));
  EXPECT_EQ(file_bytes(sandbox.library() / "castboard.db"), std::string(8192, 'x'));
}

// Root may write anywhere: the program runs as nobody.
TEST(LibraryCommand, a_read_only_library_can_be_read_and_refuses_changes) {
  const Sandbox sandbox;
  sandbox.json_of(kGenerate);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sandbox.home())) {
    ::chmod(entry.path().c_str(), entry.is_directory() ? 0555 : 0444);
  }
  ::chmod(sandbox.home().c_str(), 0555);
  const auto as_nobody = [&](std::vector<std::string> arguments) {
    std::vector<std::string> command{"setpriv", "--reuid=65534", "--clear-groups",
                                     castboard_program()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    ::chmod((sandbox.home() / "runs").c_str(), 0755);
    return sandbox.run_program(command);
  };
  if (as_nobody({"--version"}).exit_code != 0) GTEST_SKIP() << "cannot become another user";
  const Outcome listed = as_nobody({"versions", "list", "Mira", "--json"});
  EXPECT_EQ(listed.exit_code, 0) << listed;
  EXPECT_EQ(listed.json()["versions"].size(), 1U) << listed;
  const Outcome refused = as_nobody({"versions", "approve", "Mira/v001", "--json"});
  EXPECT_EQ(refused.exit_code, 1) << refused;
  EXPECT_EQ(refused.json()["error"]["code"], "read_only") << refused;
  EXPECT_EQ(as_nobody(kGenerate).exit_code, 1);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sandbox.home())) {
    ::chmod(entry.path().c_str(), entry.is_directory() ? 0755 : 0644);
  }
  EXPECT_TRUE(sandbox.json_of({"library", "verify"})["problems"].empty());
}

TEST(LibraryCommand, two_processes_see_each_other_s_changes) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  Running first = sandbox.start({"generate", "--create", "--project", "Demo", "--character", "Mira",
                                 "--count", "2", "--style", "pixel_art"});
  Running second = sandbox.start({"generate", "--create", "--project", "Demo", "--character",
                                  "Elin", "--count", "2", "--style", "pixel_art"});
  EXPECT_EQ(first.wait().exit_code, 0);
  EXPECT_EQ(second.wait().exit_code, 0);
  EXPECT_EQ(sandbox.json_of({"projects", "show", "Demo"})["project"]["version_count"], 4);
}

TEST(LibraryCommand, doctor_is_free_read_only_and_has_a_fix_for_each_finding) {
  Sandbox sandbox;
  sandbox.set("DISPLAY", "");
  sandbox.set("OPENAI_API_KEY", "sk-very-secret");
  sandbox.json_of(kGenerate);
  const Outcome outcome = sandbox.run({"doctor", "--json"});
  EXPECT_EQ(outcome.exit_code, 1) << "there is no display";
  bool display = false;
  const auto document = outcome.json();
  for (const auto& finding : document["findings"]) {
    EXPECT_FALSE(finding["subject"].get<std::string>().empty());
    EXPECT_FALSE(finding["message"].get<std::string>().empty());
    EXPECT_EQ(finding["fix"].is_null(), finding["ok"].get<bool>()) << finding;
    display = display || finding["subject"] == "display";
  }
  EXPECT_TRUE(display);
  EXPECT_EQ((outcome.out + outcome.err).find("sk-very-secret"), std::string::npos);
  EXPECT_THAT(sandbox.run({"doctor"}).out, AllOf(HasSubstr("ok  "), HasSubstr("!!  display")));
}

}  // namespace
}  // namespace castboard::testing
