#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string_view>

#include "castboard/session.h"

namespace castboard {

// Log lines in a file that starts anew past a size, keeping the last few: castboard.log,
// castboard.log.1 ... Several processes may append to it. A directory that cannot be written only
// means that nothing is kept. Any thread.
class LogFile {
 public:
  static constexpr std::size_t kMaxBytes = 1024 * 1024;
  static constexpr int kKeptFiles = 3;

  explicit LogFile(std::filesystem::path path, std::size_t max_bytes = kMaxBytes);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  void write(LogLevel level, std::string_view message);

 private:
  void open();
  void rotate();

  std::mutex mutex_;
  std::filesystem::path path_;
  std::size_t max_bytes_;
  std::FILE* file_ = nullptr;
};

}  // namespace castboard
