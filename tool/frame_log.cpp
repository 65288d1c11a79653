#include "frame_log.h"

#include <fmt/format.h>

#include <ctime>
#include <optional>
#include <stdexcept>
#include <utility>

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

TextureHost FrameLog::uncounted(TextureHost host) {
  if (!file_) return host;
  TextureHost out;
  out.create = [this, create = std::move(host.create)](const Image& image) {
    const double from = thread_milliseconds();
    const std::optional<ImTextureID> texture = create(image);
    began_ += thread_milliseconds() - from;
    return texture;
  };
  out.destroy = [this, destroy = std::move(host.destroy)](ImTextureID texture) {
    const double from = thread_milliseconds();
    destroy(texture);
    began_ += thread_milliseconds() - from;
  };
  return out;
}

void FrameLog::end() {
  if (!file_) return;
  fmt::print(file_.get(), "{:.3f}\n", thread_milliseconds() - began_);
  std::fflush(file_.get());
}

}  // namespace castboard
