#include "desktop.h"

#include <spawn.h>
#include <sys/wait.h>

#include <filesystem>

extern char** environ;

namespace castboard {

void show_in_folder(const std::string& path) {
  std::string directory = std::filesystem::path(path).parent_path().string();
  // The shell ends at once and leaves the file manager to the system, so there is no child to keep.
  char shell[] = "/bin/sh";
  char option[] = "-c";
  char command[] = "xdg-open \"$1\" >/dev/null 2>&1 &";
  char* arguments[] = {shell, option, command, shell, directory.data(), nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, shell, nullptr, nullptr, arguments, environ) == 0) {
    waitpid(child, nullptr, 0);
  }
}

}  // namespace castboard
