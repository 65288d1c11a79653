#include "commands/log_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(LogFile, makes_its_directory_and_writes_one_line_a_message) {
  const testing::TemporaryDirectory directory;
  const auto path = directory.path() / "state" / "castboard" / "castboard.log";
  LogFile log(path);
  log.write(LogLevel::warning, "first\nof two lines");
  EXPECT_THAT(bytes_of(path), HasSubstr(" warning ["));
  EXPECT_THAT(bytes_of(path), EndsWith("] first of two lines\n"));
}

TEST(LogFile, starts_anew_past_its_size_and_keeps_the_last_few) {
  const testing::TemporaryDirectory directory;
  const auto path = directory.path() / "castboard.log";
  LogFile log(path, 200);
  for (int i = 0; i < 100; ++i) log.write(LogLevel::info, "message " + std::to_string(i));
  EXPECT_THAT(bytes_of(path), HasSubstr("message 99\n"));
  EXPECT_LE(std::filesystem::file_size(path), 300U);
  for (int kept = 1; kept <= LogFile::kKeptFiles; ++kept) {
    EXPECT_TRUE(std::filesystem::exists(path.string() + "." + std::to_string(kept)));
  }
  EXPECT_FALSE(
      std::filesystem::exists(path.string() + "." + std::to_string(LogFile::kKeptFiles + 1)));
}

TEST(LogFile, goes_on_where_an_earlier_run_ended) {
  const testing::TemporaryDirectory directory;
  const auto path = directory.path() / "castboard.log";
  LogFile(path).write(LogLevel::info, "one");
  LogFile(path).write(LogLevel::info, "two");
  EXPECT_THAT(bytes_of(path), HasSubstr("one\n"));
  EXPECT_THAT(bytes_of(path), EndsWith("two\n"));
}

TEST(LogFile, does_without_a_directory_it_cannot_write) {
  LogFile log("/proc/castboard/castboard.log");
  log.write(LogLevel::error, "nowhere");
}

}  // namespace
}  // namespace castboard
