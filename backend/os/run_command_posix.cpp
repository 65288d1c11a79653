#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "castboard/result.h"
#include "os/descriptor_posix.h"
#include "os/processes.h"

extern char** environ;  // NOLINT: POSIX wants the program to declare it

namespace castboard {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kOutputLimit = std::size_t{64} * 1024;
constexpr milliseconds kExitPoll{10};  // POSIX has no way to wait for output and exit at once

[[noreturn]] void fail(const std::string& program, std::string_view what) {
  throw Failure(ErrorCode::configuration, fmt::format("the command {} {}", program, what),
                "run it in a shell to see what it says");
}

struct SpawnActions {
  posix_spawn_file_actions_t value{};
  SpawnActions() { posix_spawn_file_actions_init(&value); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { posix_spawn_file_actions_destroy(&value); }
};

struct SpawnAttributes {
  posix_spawnattr_t value{};
  SpawnAttributes() { posix_spawnattr_init(&value); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
};

// A child in a process group of its own; whatever happens it is killed and reaped.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, int output) {
    SpawnActions actions;
    posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions.value, output, 1);
    // What a host ignores or blocks (SIGPIPE by an HTTP server) must not be inherited.
    SpawnAttributes attributes;
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes.value, &none);
    posix_spawnattr_setsigdefault(&attributes.value, &all);
    posix_spawnattr_setpgroup(&attributes.value, 0);
    posix_spawnattr_setflags(
        &attributes.value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const int error =
        posix_spawnp(&pid_, argv.front(), &actions.value, &attributes.value, argv.data(), environ);
    if (error != 0)
      fail(arguments.front(),
           fmt::format("could not start: {}", std::generic_category().message(error)));
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (status_) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, &reaped_, 0) < 0 && errno == EINTR) continue;
  }

  // True once it has ended; `status()` is valid then.
  bool ended() {
    if (status_) return true;
    const pid_t result = ::waitpid(pid_, &reaped_, WNOHANG);
    if (result == pid_) status_ = reaped_;
    // Somebody else reaped it (a host that ignores SIGCHLD): how it ended nobody can tell.
    if (result < 0 && errno == ECHILD) status_ = -1;
    return status_.has_value();
  }
  [[nodiscard]] int status() const { return *status_; }

 private:
  pid_t pid_ = -1;
  int reaped_ = 0;
  std::optional<int> status_;
};

// Takes what the pipe holds now. False at its end.
bool drain(int pipe, std::string& output) {
  std::array<char, 4096> buffer{};
  while (output.size() <= kOutputLimit) {
    const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
    if (got > 0) output.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0) return false;
    if (got < 0 && errno != EINTR) return errno == EAGAIN;
  }
  return true;
}

void check_exit(const std::string& program, int status) {
  if (status == -1) fail(program, "ended, but its exit status was lost");
  if (WIFSIGNALED(status)) fail(program, fmt::format("was killed by signal {}", WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    fail(program, fmt::format("failed with exit code {}", WEXITSTATUS(status)));
}

}  // namespace

std::string run_command(const std::vector<std::string>& arguments, milliseconds limit) {
  if (arguments.empty() || arguments.front().empty())
    throw Failure(ErrorCode::configuration, "the command to run is empty");
  const std::string& program = arguments.front();
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(program, "could not start: no pipe");
  const posix::Descriptor reading(ends[0]);
  posix::Descriptor writing(ends[1]);
  ::fcntl(reading.get(), F_SETFL, O_NONBLOCK);

  const Clock::time_point deadline = Clock::now() + limit;
  Child child(arguments, writing.get());
  writing.reset();
  std::string output;
  // Not until the pipe's end alone: an agent the command leaves behind may hold it open for ever.
  bool open = true;
  while (true) {
    const bool ended = child.ended();
    if (open) open = drain(reading.get(), output);
    if (output.size() > kOutputLimit) fail(program, "printed more than 64 KiB");
    if (ended) break;
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left <= milliseconds{0})
      fail(program, fmt::format("did not end within {} ms", limit.count()));
    pollfd waiting{open ? reading.get() : -1, POLLIN, 0};
    ::poll(&waiting, 1, static_cast<int>(std::min(left, kExitPoll).count()));
  }
  check_exit(program, child.status());
  return output;
}

}  // namespace castboard
