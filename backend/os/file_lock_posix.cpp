#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <utility>

#include "os/descriptor_posix.h"
#include "os/files.h"

namespace castboard {

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& path) {
  posix::Descriptor file = posix::open_file(path, O_RDWR | O_CREAT, 0644);
  if (!file) posix::throw_file_failure(errno, "open the lock file", path);
  int result = 0;
  do {
    result = ::flock(file.get(), LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return FileLock(file.release());
  if (errno == EWOULDBLOCK) return std::nullopt;
  posix::throw_file_failure(errno, "lock", path);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace castboard
