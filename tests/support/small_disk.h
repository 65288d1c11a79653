#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <functional>
#include <optional>

namespace castboard::testing {

// Runs `check` in a child process in which `directory` is a file system of 1 MiB of its own;
// nullopt where such a one cannot be mounted.
inline std::optional<bool> on_a_small_disk(const std::filesystem::path& directory,
                                           const std::function<bool()>& check) {
  constexpr int kCannotMount = 77;
  std::filesystem::create_directories(directory);
  const pid_t child = fork();
  if (child == 0) {
    if (unshare(CLONE_NEWNS) != 0 || mount("", "/", "", MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=1m") != 0)
      _exit(kCannotMount);
    bool good = false;
    try {
      good = check();
    } catch (const std::exception&) {
    }
    _exit(good ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotMount) return std::nullopt;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace castboard::testing
