#include "castboard_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <gtest/gtest.h>

namespace castboard::testing {
namespace {

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

pid_t spawn(std::vector<std::string> command, const std::map<std::string, std::string>& environment,
            const std::filesystem::path& directory, const std::filesystem::path& out,
            const std::filesystem::path& err) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + '=' + value);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  pid_t pid = -1;
  const int problem = ::posix_spawnp(&pid, command.front().c_str(), &actions, nullptr,
                                     pointers(command).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw std::runtime_error("cannot start " + command.front());
  return pid;
}

}  // namespace

nlohmann::json Outcome::json() const {
  return nlohmann::json::parse(out, nullptr, false);
}

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
  return stream << "exit code " << outcome.exit_code << "\n--- stdout\n"
                << outcome.out << "--- stderr\n"
                << outcome.err;
}

Running::Running(Running&& other) noexcept
    : pid_(other.pid_), out_(std::move(other.out_)), err_(std::move(other.err_)) {
  other.pid_ = -1;
}

Running::~Running() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Running::signal(int number) const {
  ::kill(pid_, number);
}

bool Running::has_ended() const {
  siginfo_t ended{};
  ::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT);
  return ended.si_pid == pid_;
}

std::string Running::out_so_far() const {
  return file_bytes(out_);
}

Outcome Running::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return {exit_code_of(status), file_bytes(out_), file_bytes(err_)};
}

Sandbox::Sandbox() {
  const std::string root = home();
  environment_ = {{"HOME", root},
                  {"XDG_DATA_HOME", root + "/data"},
                  {"XDG_STATE_HOME", root + "/state"},
                  {"XDG_CONFIG_HOME", root + "/config"},
                  {"XDG_CACHE_HOME", root + "/cache"},
                  {"CASTBOARD_USER", "tester"},
                  {"LANG", "C.UTF-8"}};
  for (const char* kept : {"PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS",
                           "ASAN_SYMBOLIZER_PATH", "DISPLAY"}) {
    if (const char* value = std::getenv(kept)) environment_[kept] = value;
  }
  std::filesystem::create_directory(home() / "runs");
}

Running Sandbox::start(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command{castboard_program()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const std::string number = std::to_string(++runs_);
  const auto out = home() / "runs" / (number + ".out");
  const auto err = home() / "runs" / (number + ".err");
  return {spawn(std::move(command), environment_, home(), out, err), out, err};
}

Outcome Sandbox::run(const std::vector<std::string>& arguments) const {
  return start(arguments).wait();
}

Outcome Sandbox::run_program(const std::vector<std::string>& command) const {
  const std::string number = std::to_string(++runs_);
  const auto out = home() / "runs" / (number + ".out");
  const auto err = home() / "runs" / (number + ".err");
  return Running(spawn(command, environment_, home(), out, err), out, err).wait();
}

nlohmann::json Sandbox::json_of(std::vector<std::string> arguments) const {
  arguments.emplace_back("--json");
  const Outcome outcome = run(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome;
  nlohmann::json document = outcome.json();
  EXPECT_TRUE(document.is_object()) << outcome;
  if (!document.is_object()) return nlohmann::json::object();
  EXPECT_EQ(document.value("schema", 0), 1) << outcome;
  return document;
}

nlohmann::json Sandbox::error_of(std::vector<std::string> arguments, int exit_code) const {
  arguments.emplace_back("--json");
  const Outcome outcome = run(arguments);
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome;
  const nlohmann::json document = outcome.json();
  EXPECT_TRUE(document.is_object() && document.contains("error")) << outcome;
  if (!document.is_object() || !document.contains("error")) return nlohmann::json::object();
  nlohmann::json error = document["error"];
  EXPECT_TRUE(error.contains("code") && error.contains("message") && error.contains("hint"));
  EXPECT_FALSE(error.value("message", "").empty());
  EXPECT_NE(outcome.err.find(error.value("message", "?").substr(0, 20)), std::string::npos)
      << "people see it on standard error as well: " << outcome;
  return error;
}

std::filesystem::path Sandbox::file(const std::string& name, const std::string& bytes) const {
  const auto path = home() / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string castboard_program() {
  return CASTBOARD_PROGRAM;
}

std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace castboard::testing
