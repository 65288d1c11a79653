#include "frame_log.h"

#include <fmt/format.h>

#include <ctime>
#include <stdexcept>

namespace castboard {
namespace {

double thread_milliseconds() {
  std::timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

}  // namespace

FrameLog::FrameLog(const std::string& path) {
  if (path.empty()) return;
  file_.reset(std::fopen(path.c_str(), "w"));
  if (!file_) throw std::runtime_error(fmt::format("cannot write the frame log {}", path));
}

void FrameLog::begin() {
  if (file_) began_ = thread_milliseconds();
}

void FrameLog::end() {
  if (!file_) return;
  fmt::print(file_.get(), "{:.3f}\n", thread_milliseconds() - began_);
  std::fflush(file_.get());
}

}  // namespace castboard
