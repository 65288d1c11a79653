#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include "castboard/result.h"
#include "os/processes.h"
#include "support/pictures.h"
#include "support/temporary_directory.h"

namespace castboard {

using testing::failure_of;
using ::testing::HasSubstr;

namespace {

constexpr std::chrono::milliseconds kLong{60'000};

std::string shell(const std::string& script, std::chrono::milliseconds limit = kLong) {
  return run_command({"/bin/sh", "-c", script}, limit);
}

Error shell_failure(const std::string& script, std::chrono::milliseconds limit = kLong) {
  return failure_of([&] { (void)shell(script, limit); });
}

}  // namespace

TEST(RunCommand, returns_what_was_printed) {
  EXPECT_EQ(run_command({"printf", "%s", "a key"}, kLong), "a key");
  EXPECT_EQ(run_command({"true"}, kLong), "");
}

TEST(RunCommand, passes_arguments_untouched_by_a_shell) {
  EXPECT_EQ(run_command({"printf", "%s|", "$HOME", "a b", "*", ";ls"}, kLong), "$HOME|a b|*|;ls|");
}

TEST(RunCommand, names_the_program_that_cannot_start) {
  const Error error = failure_of([] { (void)run_command({"/castboard-no-such-program"}, kLong); });
  EXPECT_EQ(error.code, ErrorCode::configuration);
  EXPECT_THAT(error.message, HasSubstr("castboard-no-such-program could not start: No such file"));
  EXPECT_EQ(failure_of([] { (void)run_command({}, kLong); }).code, ErrorCode::configuration);
}

TEST(RunCommand, reports_failures_without_what_was_printed) {
  const Error error = shell_failure("echo s3cret; exit 3");
  EXPECT_THAT(error.message, HasSubstr("exit code 3"));
  EXPECT_THAT(error.message + error.hint + error.detail, Not(HasSubstr("s3cret")));
  EXPECT_THAT(shell_failure("kill -9 $$").message, HasSubstr("signal 9"));
}

// Not gone, and not a zombie that waits for init.
bool is_running(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  return std::getline(status, line) && line.find(") Z") == std::string::npos &&
         line.find(") X") == std::string::npos;
}

TEST(RunCommand, stops_a_command_that_takes_too_long_with_its_children) {
  const testing::TemporaryDirectory directory;
  const std::string pid_file = (directory.path() / "pid").string();
  const Error error = shell_failure("sleep 1000 & echo $! > " + pid_file + "; wait",
                                    std::chrono::milliseconds{500});
  EXPECT_EQ(error.code, ErrorCode::configuration);
  EXPECT_THAT(error.message, HasSubstr("within 500 ms"));
  pid_t sleeper = 0;
  std::ifstream(pid_file) >> sleeper;
  ASSERT_GT(sleeper, 0);
  // The signal is sent; it comes true when the sleeper next runs. A miss ends by the test's
  // time-out.
  while (is_running(sleeper)) std::this_thread::yield();
}

TEST(RunCommand, stops_a_command_that_prints_without_end) {
  EXPECT_THAT(shell_failure("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyy; done").message,
              HasSubstr("more than 64 KiB"));
  EXPECT_EQ(shell("head -c 65536 /dev/zero").size(), 65536U);
}

TEST(RunCommand, does_not_wait_for_what_the_command_leaves_behind) {
  // The sleeper holds the output open: only the command's own end counts.
  EXPECT_EQ(shell("echo key; sleep 20 2>/dev/null &", std::chrono::milliseconds{15'000}), "key\n");
}

TEST(RunCommand, gives_no_input_and_default_signals) {
  EXPECT_EQ(shell("cat"), "");
  struct sigaction before {};
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  const std::string ignored = shell("grep SigIgn /proc/self/status");
  ::sigaction(SIGPIPE, &before, nullptr);
  const unsigned long mask = std::stoul(ignored.substr(ignored.find(':') + 1), nullptr, 16);
  EXPECT_EQ(mask & (1UL << (SIGPIPE - 1)), 0UL);
}

}  // namespace castboard
