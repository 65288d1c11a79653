#pragma once

#include <unistd.h>

#include <filesystem>
#include <string_view>
#include <utility>

// What the POSIX files of this folder share. Included by *_posix.cpp only.
namespace castboard::posix {

// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { reset(); }

  [[nodiscard]] int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  // The result of close(): network and quota file systems report lost writes there.
  int reset() { return number_ < 0 ? 0 : ::close(release()); }

 private:
  int number_ = -1;
};

// Throws the Failure for errno `error`: "cannot <action> <path>: <reason>".
[[noreturn]] void throw_file_failure(int error, std::string_view action,
                                     const std::filesystem::path& path);

// open() with O_CLOEXEC, again after EINTR; an empty descriptor and errno on failure.
Descriptor open_file(const std::filesystem::path& path, int flags, unsigned mode = 0);

}  // namespace castboard::posix
