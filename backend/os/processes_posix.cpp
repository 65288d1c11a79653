#include "os/processes.h"

#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace castboard {

namespace {

// Of the first pid namespace (linux/proc_ns.h, PROC_PID_INIT_INO).
constexpr std::string_view kFirstPidNamespace = "pid:[4026531836]";

// A container that shares its host's name still has other pids: its namespace goes into the name.
std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) name = {"localhost"};
  std::error_code error;
  const std::string pids = std::filesystem::read_symlink("/proc/self/ns/pid", error).string();
  if (error || pids == kFirstPidNamespace) return name.data();
  return fmt::format("{}+{}", name.data(), pids.substr(5, pids.size() - 6));
}

struct ProcessStatus {
  char state = '?';
  long threads = 0;
  std::string start;  // clock ticks after boot
};

// proc(5), /proc/PID/stat: the command in field 2 may hold anything, so fields count from the last
// parenthesis: state 3, num_threads 20, starttime 22.
std::optional<ProcessStatus> read_status(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  const std::size_t end = line.rfind(')');
  if (end == std::string::npos) return std::nullopt;
  std::istringstream fields(line.substr(end + 1));
  ProcessStatus status;
  fields >> status.state;
  std::string skipped;
  for (int field = 4; field < 20; ++field) fields >> skipped;
  fields >> status.threads >> skipped >> status.start;
  if (!fields) return std::nullopt;
  return status;
}

bool is_over(const ProcessStatus& status) {
  return (status.state == 'Z' || status.state == 'X') && status.threads <= 1;
}

}  // namespace

std::string login_name() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16384> buffer{};
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 &&
      found != nullptr && found->pw_name[0] != '\0')
    return found->pw_name;
  for (const char* variable : {"LOGNAME", "USER"})
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') return name;
  return fmt::format("user-{}", ::getuid());
}

std::string this_process() {
  const std::optional<ProcessStatus> status = read_status("self");
  return fmt::format("{}/{}/{}", host_name(), ::getpid(), status ? status->start : "0");
}

bool may_be_alive(std::string_view process) {
  const std::size_t second = process.rfind('/');
  if (second == std::string_view::npos || second == 0) return true;
  const std::size_t first = process.rfind('/', second - 1);
  if (first == std::string_view::npos || process.substr(0, first) != host_name()) return true;
  const std::string_view pid_text = process.substr(first + 1, second - first - 1);
  pid_t pid = 0;
  const auto parsed = std::from_chars(pid_text.data(), pid_text.data() + pid_text.size(), pid);
  if (parsed.ec != std::errc{} || parsed.ptr != pid_text.data() + pid_text.size() || pid <= 0)
    return true;
  if (::kill(pid, 0) != 0 && errno == ESRCH) return false;
  const std::optional<ProcessStatus> status = read_status(std::string(pid_text));
  if (!status) return true;  // hidden from us, or just gone: ask again later
  const std::string_view start = process.substr(second + 1);
  return !is_over(*status) && (start == "0" || status->start == start);
}

}  // namespace castboard
