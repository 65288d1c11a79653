#include "commands/log_file.h"

#include <unistd.h>

#include <chrono>
#include <string>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace castboard {
namespace {

constexpr std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)), milliseconds);
}

}  // namespace

LogFile::LogFile(std::filesystem::path path, std::size_t max_bytes)
    : path_(std::move(path)), max_bytes_(max_bytes) {}

LogFile::~LogFile() {
  if (file_ != nullptr) std::fclose(file_);
}

void LogFile::write(LogLevel level, std::string_view message) {
  const std::scoped_lock lock(mutex_);
  open();
  if (file_ == nullptr) return;
  std::string text(message);
  for (char& letter : text) {
    if (letter == '\n' || letter == '\r') letter = ' ';  // one message, one line
  }
  const std::string line =
      fmt::format("{} {} [{}] {}\n", utc_now(), level_name(level), ::getpid(), text);
  std::fwrite(line.data(), 1, line.size(), file_);
  std::fflush(file_);
}

void LogFile::open() {
  std::error_code ignored;
  if (file_ != nullptr) {
    if (static_cast<std::size_t>(std::ftell(file_)) < max_bytes_) return;
    std::fclose(file_);
    file_ = nullptr;
  } else {
    std::filesystem::create_directories(path_.parent_path(), ignored);
  }
  const auto size = std::filesystem::file_size(path_, ignored);
  if (!ignored && size >= max_bytes_) rotate();
  file_ = std::fopen(path_.c_str(), "ae");
  if (file_ != nullptr) std::fseek(file_, 0, SEEK_END);
}

void LogFile::rotate() {
  const auto numbered = [this](int number) {
    return number == 0 ? path_
                       : std::filesystem::path(fmt::format("{}.{}", path_.string(), number));
  };
  std::error_code ignored;
  for (int number = kKeptFiles - 1; number >= 0; --number) {
    std::filesystem::rename(numbered(number), numbered(number + 1), ignored);
  }
}

}  // namespace castboard
