#include "settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "castboard/result.h"
#include "support/scoped_variable.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::HasSubstr;
using testing::ScopedVariable;
using testing::TemporaryDirectory;

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

TEST(Settings, let_the_environment_win_over_the_user_and_the_user_over_the_studio) {
  TemporaryDirectory studio;
  TemporaryDirectory user;
  write(studio.path() / "settings.json", R"({"api_url": "http://studio", "ca_file": "/studio.pem",
                                      "picture_base_url": "http://pictures"})");
  write(user.path() / "settings.json", R"({"api_url": "http://user/"})");
  std::vector<Error> warnings;
  Settings settings = load_settings({studio.path()}, user.path(), warnings);
  EXPECT_EQ(settings.api_url, "http://user");
  EXPECT_EQ(settings.ca_file, "/studio.pem");
  const ScopedVariable url("CASTBOARD_API_URL", "http://environment");
  settings = load_settings({studio.path()}, user.path(), warnings);
  EXPECT_EQ(settings.api_url, "http://environment");
  EXPECT_EQ(settings.picture_base_url, "http://pictures");
  EXPECT_TRUE(warnings.empty());
}

TEST(Settings, report_a_broken_file_with_its_line_and_leave_it_out) {
  TemporaryDirectory user;
  write(user.path() / "settings.json", "{\n  \"api_url\": \"http://x\",\n  oops\n}");
  std::vector<Error> warnings;
  const Settings settings = load_settings({}, user.path(), warnings);
  EXPECT_EQ(settings.api_url, "");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0].message, HasSubstr("settings.json:3"));
}

TEST(Settings, report_a_field_of_the_wrong_kind_by_name) {
  TemporaryDirectory user;
  write(user.path() / "settings.json", R"({"total_limit": "long"})");
  std::vector<Error> warnings;
  EXPECT_FALSE(load_settings({}, user.path(), warnings).total_limit_ms.has_value());
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0].message, HasSubstr("\"total_limit\""));
}

TEST(Settings, read_limits_in_seconds) {
  TemporaryDirectory user;
  const ScopedVariable total("CASTBOARD_TOTAL_LIMIT", "1.5");
  const ScopedVariable connect("CASTBOARD_CONNECT_LIMIT", "soon");
  std::vector<Error> warnings;
  const Settings settings = load_settings({}, user.path(), warnings);
  EXPECT_EQ(settings.total_limit_ms, 1500);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0].message, HasSubstr("CASTBOARD_CONNECT_LIMIT=soon"));
}

TEST(Secrets, come_from_the_hook_then_the_environment_then_a_private_file_then_the_command) {
  TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "key";
  write(file, "from-file\n");
  chmod(file.c_str(), 0600);
  SecretCommand echo({"/bin/echo", "said"});
  SecretCommand* const command = &echo;
  EXPECT_EQ(find_secret({}, command, "CB_TEST_KEY"), "said CB_TEST_KEY");
  const ScopedVariable path("CB_TEST_KEY_FILE", file.string());
  EXPECT_EQ(find_secret({}, command, "CB_TEST_KEY"), "from-file");
  const ScopedVariable value("CB_TEST_KEY", "from-environment");
  EXPECT_EQ(find_secret({}, command, "CB_TEST_KEY"), "from-environment");
  EXPECT_EQ(find_secret([](std::string_view) { return std::string("from-host"); }, command,
                        "CB_TEST_KEY"),
            "from-host");
  EXPECT_EQ(find_secret({}, {}, "CB_TEST_OTHER"), std::nullopt);
}

TEST(Secrets, of_a_command_are_kept_for_a_minute_or_until_one_is_refused) {
  TemporaryDirectory directory;
  const std::filesystem::path runs = directory.path() / "runs";
  const std::filesystem::path script = directory.path() / "ask";
  // Says how often it was run, and for what.
  write(script, "echo >> " + runs.string() + "; echo \"$1 $(wc -l < " + runs.string() + ")\"\n");
  auto now = SecretCommand::Clock::time_point() + std::chrono::hours(1);
  SecretCommand command({"/bin/sh", script.string()}, [&] { return now; });
  EXPECT_EQ(command.value_of("ONE"), "ONE 1");
  EXPECT_EQ(command.value_of("ONE"), "ONE 1");
  EXPECT_EQ(command.value_of("TWO"), "TWO 2");
  now += SecretCommand::kKeptFor - std::chrono::seconds(1);
  EXPECT_EQ(command.value_of("ONE"), "ONE 1");
  now += std::chrono::seconds(1);
  EXPECT_EQ(command.value_of("ONE"), "ONE 3");
  command.forget("ONE");
  EXPECT_EQ(command.value_of("ONE"), "ONE 4");
  EXPECT_EQ(SecretCommand({}).value_of("ONE"), std::nullopt);
}

TEST(Secrets, refuse_a_file_that_others_may_read) {
  TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "key";
  write(file, "secret");
  chmod(file.c_str(), 0644);
  const ScopedVariable path("CB_TEST_KEY_FILE", file.string());
  try {
    find_secret({}, {}, "CB_TEST_KEY");
    FAIL() << "a readable secret was taken";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::configuration);
    EXPECT_THAT(failure.error().message, HasSubstr(file.string()));
    EXPECT_THAT(failure.error().message, ::testing::Not(HasSubstr("secret\n")));
  }
}

}  // namespace
}  // namespace castboard
