#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// File system calls of the backend; the POSIX implementation is files_posix.cpp. Throws Failure:
// `disk_full` (ENOSPC, EDQUOT), `read_only` (EROFS, EACCES, EPERM), `not_found`, else `library`,
// always with the path and the system's reason.
namespace castboard {

enum class Durability { durable, derived };  // derived: no fsync, made again at need

// Temporary name in the same directory, write, (fsync,) rename, (fsync of the directory). On
// failure the temporary file is removed and `path` is as it was; or, when only the directory's own
// fsync failed, already new and whole. Creates parent directories (0755) durably.
void write_file_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                           Durability durability);
// The same, durably, but only where there is nothing at `path` yet, whoever comes first: false, and
// nothing written, when there is.
[[nodiscard]] bool write_new_file_atomically(const std::filesystem::path& path,
                                             std::span<const std::uint8_t> bytes);
// fsync of a file somebody else may just have written, and of its directory.
void make_durable(const std::filesystem::path& path);

// The first bytes of a regular file, at most `count`.
std::vector<std::uint8_t> read_file_start(const std::filesystem::path& path, std::size_t count);
// Regular files only. Over `limit` bytes: `invalid_input`.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path, std::size_t limit);
std::string read_text_file(const std::filesystem::path& path, std::size_t limit);

// "nfs", "cifs", "fuse.sshfs" ... when WAL cannot work there (decision 3), else empty.
// CASTBOARD_TEST_FILE_SYSTEM overrides the answer.
std::string network_file_system(const std::filesystem::path& path);

// Secrets kept in a file: refuses one that group or others may read. Trailing newline removed.
std::string read_secret_file(const std::filesystem::path& path);

// A directory only this user may read (0700), made when missing. Throws Failure when it cannot be
// made, or when what is there belongs to somebody else or others may write it.
void make_private_directory(const std::filesystem::path& path);

std::filesystem::path executable_path();
// XDG directories: `$XDG_DATA_HOME/castboard` and so on, with the specification's defaults.
std::filesystem::path data_home();
std::filesystem::path config_home();
std::filesystem::path state_home();
// Of this user, in the directory for temporary files.
std::filesystem::path temporary_home();
// Studio directories of CASTBOARD_PATH, in order.
std::vector<std::filesystem::path> studio_directories();

// Advisory lock file; released on destruction or process end.
class FileLock {
 public:
  // nullopt when somebody else holds it.
  static std::optional<FileLock> try_lock(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace castboard
