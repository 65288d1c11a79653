#include "virtual_display.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

// In the child, where only async-signal-safe calls are allowed.
[[noreturn]] void become_x_server(int ready, const char* ready_text, const char* screen) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A display that the last window left would start over, and lose the next one's connection.
  ::execlp("Xvfb", "Xvfb", "-displayfd", ready_text, "-screen", "0", screen, "-nolisten", "tcp",
           "-noreset", static_cast<char*>(nullptr));
  ::close(ready);
  ::_exit(127);
}

// The number that the server writes when it takes connections; empty when it ended instead.
std::string read_line(int from) {
  std::string line;
  char letter = 0;
  while (::read(from, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

}  // namespace

std::optional<VirtualDisplay> VirtualDisplay::open(int width, int height) {
  int ends[2];
  if (::pipe(ends) != 0) return std::nullopt;
  const std::string ready = std::to_string(ends[1]);
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::close(ends[0]);
    become_x_server(ends[1], ready.c_str(), screen.c_str());
  }
  ::close(ends[1]);
  VirtualDisplay display(pid, pid < 0 ? std::string() : read_line(ends[0]));
  ::close(ends[0]);
  if (display.name_.empty()) return std::nullopt;
  display.name_.insert(0, ":");
  return display;
}

void keep_libraries([[maybe_unused]] Sandbox& sandbox) {
#ifdef CASTBOARD_PRELOAD
  const char* options = std::getenv("ASAN_OPTIONS");
  sandbox.set("ASAN_OPTIONS",
              std::string(options != nullptr ? options : "") + ":verify_asan_link_order=0");
  sandbox.set("LD_PRELOAD", CASTBOARD_PRELOAD);
#endif
}

VirtualDisplay::VirtualDisplay(VirtualDisplay&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), name_(std::move(other.name_)) {}

VirtualDisplay::~VirtualDisplay() {
  if (pid_ < 0) return;
  // Not SIGKILL: the server removes its lock file and its socket.
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace castboard::testing
