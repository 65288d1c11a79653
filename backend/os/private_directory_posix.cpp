#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "castboard/result.h"
#include "os/files.h"

namespace castboard {

void make_private_directory(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  const bool made = ::mkdir(path.c_str(), 0700) == 0;
  const int problem = errno;
  if (!made && problem != EEXIST)
    throw Failure(
        problem == ENOSPC || problem == EDQUOT ? ErrorCode::disk_full : ErrorCode::read_only,
        fmt::format("{} cannot be made", path.string()), "Make room or choose another place.",
        std::strerror(problem));
  // Somebody else may have put something there, where everybody may write.
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid != ::geteuid() || (status.st_mode & 0022) != 0)
    throw Failure(ErrorCode::read_only,
                  fmt::format("{} is not a directory of this user alone", path.string()),
                  "Remove it.");
}

}  // namespace castboard
