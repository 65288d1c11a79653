#include "os/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>

#include "castboard/result.h"
#include "os/descriptor_posix.h"

namespace castboard {

namespace fs = std::filesystem;
using posix::Descriptor;
using posix::open_file;
using posix::throw_file_failure;

namespace posix {

namespace {

ErrorCode code_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return ErrorCode::disk_full;
    case EROFS:
    case EACCES:
    case EPERM:
      return ErrorCode::read_only;
    case ENOENT:
      return ErrorCode::not_found;
    default:
      return ErrorCode::library;
  }
}

std::string_view hint_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::disk_full:
      return "free some space or raise the quota, then try again";
    case ErrorCode::read_only:
      return "check the permissions and the mount of that path";
    case ErrorCode::not_found:
      return "check the path";
    default:
      return {};
  }
}

}  // namespace

void throw_file_failure(int error, std::string_view action, const fs::path& path) {
  const ErrorCode code = code_for(error);
  throw Failure(code,
                fmt::format("cannot {} {}: {}", action, path.string(),
                            std::generic_category().message(error)),
                std::string(hint_for(code)), fmt::format("errno {}", error));
}

Descriptor open_file(const fs::path& path, int flags, unsigned mode) {
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
  } while (number < 0 && errno == EINTR);
  return Descriptor(number);
}

}  // namespace posix

namespace {

constexpr mode_t kFileMode = 0644;
constexpr mode_t kDirectoryMode = 0755;
constexpr std::size_t kReadStep = std::size_t{256} * 1024;

// Removes the file it names unless told to keep it.
class TemporaryFile {
 public:
  // Same directory as `target`, because rename() works within one file system only. The name is
  // hidden, and unique by process and counter; O_EXCL settles what another host might pick.
  explicit TemporaryFile(const fs::path& target) {
    static std::atomic<unsigned> counter{0};
    do {
      path_ = target.parent_path() / fmt::format(".{}.{}-{}.tmp", target.filename().string(),
                                                 ::getpid(), counter.fetch_add(1));
      file_ = open_file(path_, O_WRONLY | O_CREAT | O_EXCL, kFileMode);
    } while (!file_ && errno == EEXIST);
    if (!file_) throw_file_failure(errno, "write", target);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!kept_) ::unlink(path_.c_str());
  }

  [[nodiscard]] const fs::path& path() const { return path_; }
  Descriptor& file() { return file_; }
  void keep() { kept_ = true; }

 private:
  fs::path path_;
  Descriptor file_;
  bool kept_ = false;
};

void sync_directory(const fs::path& directory) {
  const Descriptor opened = open_file(directory, O_RDONLY | O_DIRECTORY);
  if (!opened) throw_file_failure(errno, "open the folder", directory);
  // EINVAL, ENOTSUP: a file system whose directories need no fsync.
  if (::fsync(opened.get()) != 0 && errno != EINVAL && errno != ENOTSUP)
    throw_file_failure(errno, "sync the folder", directory);
}

fs::path folder_of(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

// Parents first, each entry synced in its own parent, so that a durable file below stays reachable.
void create_directories_durably(const fs::path& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) == 0) {
    if (!S_ISDIR(status.st_mode)) throw_file_failure(ENOTDIR, "create the folder", directory);
    return;
  }
  if (errno != ENOENT) throw_file_failure(errno, "create the folder", directory);
  const fs::path parent = folder_of(directory);
  if (parent != directory) create_directories_durably(parent);
  if (::mkdir(directory.c_str(), kDirectoryMode) != 0 && errno != EEXIST)
    throw_file_failure(errno, "create the folder", directory);
  sync_directory(parent);
}

void write_all(int file, std::span<const std::uint8_t> bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_file_failure(errno, "write", path);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

// A regular file; anything else (a pipe, a device) could keep the reader waiting for ever.
Descriptor open_for_reading(const fs::path& path, struct stat& status) {
  Descriptor file = open_file(path, O_RDONLY | O_NONBLOCK);
  if (!file || ::fstat(file.get(), &status) != 0) throw_file_failure(errno, "read", path);
  if (S_ISDIR(status.st_mode)) throw_file_failure(EISDIR, "read", path);
  if (!S_ISREG(status.st_mode))
    throw Failure(ErrorCode::library,
                  fmt::format("cannot read {}: not a regular file", path.string()),
                  "save its contents to a file first");
  return file;
}

[[noreturn]] void throw_too_long(const fs::path& path, std::uintmax_t size, std::size_t limit) {
  throw Failure(ErrorCode::invalid_input,
                fmt::format("{} has {} bytes; the limit is {}", path.string(), size, limit));
}

template <class Bytes>
Bytes read_whole(int file, const fs::path& path, std::uintmax_t expected, std::size_t limit) {
  Bytes bytes;
  std::size_t used = 0;
  // One byte past the expected size, so that the end shows without a second round.
  bytes.resize(std::min<std::uintmax_t>(expected, limit) + 1);
  while (true) {
    if (used == bytes.size()) bytes.resize(used + kReadStep);
    const ssize_t got = ::read(file, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_file_failure(errno, "read", path);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) throw_too_long(path, used, limit);
  }
  bytes.resize(used);
  return bytes;
}

template <class Bytes>
Bytes read_path(const fs::path& path, std::size_t limit) {
  struct stat status {};
  const Descriptor file = open_for_reading(path, status);
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size > limit) throw_too_long(path, size, limit);
  return read_whole<Bytes>(file.get(), path, size, limit);
}

}  // namespace

void write_file_atomically(const fs::path& path, std::span<const std::uint8_t> bytes,
                           Durability durability) {
  create_directories_durably(folder_of(path));
  TemporaryFile temporary(path);
  write_all(temporary.file().get(), bytes, path);
  if (durability == Durability::durable && ::fsync(temporary.file().get()) != 0)
    throw_file_failure(errno, "sync", path);
  if (temporary.file().reset() != 0) throw_file_failure(errno, "write", path);
  if (::rename(temporary.path().c_str(), path.c_str()) != 0)
    throw_file_failure(errno, "write", path);
  temporary.keep();
  if (durability == Durability::durable) sync_directory(folder_of(path));
}

bool write_new_file_atomically(const fs::path& path, std::span<const std::uint8_t> bytes) {
  create_directories_durably(folder_of(path));
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return false;  // before the work; link() decides
  TemporaryFile temporary(path);
  write_all(temporary.file().get(), bytes, path);
  if (::fsync(temporary.file().get()) != 0) throw_file_failure(errno, "sync", path);
  if (temporary.file().reset() != 0) throw_file_failure(errno, "write", path);
  // rename() replaces what is there, link() does not. Where a file system has no links (FAT, some
  // network ones) the look before is what there is.
  if (::link(temporary.path().c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) return false;
    if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
      throw_file_failure(errno, "write", path);
    if (::lstat(path.c_str(), &status) == 0) return false;
    if (::rename(temporary.path().c_str(), path.c_str()) != 0)
      throw_file_failure(errno, "write", path);
    temporary.keep();
  }
  sync_directory(folder_of(path));
  return true;
}

void make_durable(const fs::path& path) {
  const Descriptor file = open_file(path, O_RDONLY);
  if (!file) throw_file_failure(errno, "open", path);
  if (::fsync(file.get()) != 0) throw_file_failure(errno, "sync", path);
  sync_directory(folder_of(path));
}

std::vector<std::uint8_t> read_file_start(const fs::path& path, std::size_t count) {
  struct stat status {};
  const Descriptor file = open_for_reading(path, status);
  std::vector<std::uint8_t> bytes(count);
  std::size_t used = 0;
  while (used < count) {
    const ssize_t got = ::read(file.get(), bytes.data() + used, count - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_file_failure(errno, "read", path);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

std::vector<std::uint8_t> read_file(const fs::path& path, std::size_t limit) {
  return read_path<std::vector<std::uint8_t>>(path, limit);
}

std::string read_text_file(const fs::path& path, std::size_t limit) {
  return read_path<std::string>(path, limit);
}

std::string read_secret_file(const fs::path& path) {
  static constexpr std::size_t kSecretLimit = std::size_t{64} * 1024;
  struct stat status {};
  const Descriptor file = open_for_reading(path, status);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw Failure(ErrorCode::configuration,
                  fmt::format("{} holds a secret and is open to others (mode {:04o})",
                              path.string(), status.st_mode & 07777U),
                  fmt::format("chmod 600 {}", path.string()));
  auto secret = read_whole<std::string>(file.get(), path,
                                        static_cast<std::uintmax_t>(status.st_size), kSecretLimit);
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.ends_with('\r')) secret.pop_back();
  return secret;
}

}  // namespace castboard
