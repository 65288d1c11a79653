#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/temporary_directory.h"

namespace castboard::testing {

// How one run of the program ended.
struct Outcome {
  int exit_code = -1;  // 128 + signal when a signal ended it
  std::string out;
  std::string err;

  // Standard output as JSON; a JSON null when it is not, which fails whatever is asked of it.
  [[nodiscard]] nlohmann::json json() const;
};

// For EXPECT_ failures: everything a reader needs.
std::ostream& operator<<(std::ostream& stream, const Outcome& outcome);

class Sandbox;

// A run that has not ended yet; killed when it is forgotten.
class Running {
 public:
  Running(pid_t pid, std::filesystem::path out, std::filesystem::path err)
      : pid_(pid), out_(std::move(out)), err_(std::move(err)) {}
  ~Running();
  Running(Running&& other) noexcept;
  Running& operator=(Running&&) = delete;

  void signal(int number) const;
  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool has_ended() const;
  [[nodiscard]] std::string out_so_far() const;
  [[nodiscard]] Outcome wait();

 private:
  pid_t pid_;
  std::filesystem::path out_;
  std::filesystem::path err_;
};

// The built `castboard` in a home directory of its own: no variable of the tester's reaches it.
class Sandbox {
 public:
  Sandbox();

  // Options and arguments after the program's name.
  Outcome run(const std::vector<std::string>& arguments) const;
  [[nodiscard]] Running start(const std::vector<std::string>& arguments) const;
  // Any other program, in the same surroundings.
  [[nodiscard]] Outcome run_program(const std::vector<std::string>& command) const;

  // Runs, expects exit code 0 and gives the JSON; `--json` is added.
  nlohmann::json json_of(std::vector<std::string> arguments) const;
  // Runs with `--json`, expects this exit code and gives the `error` object.
  nlohmann::json error_of(std::vector<std::string> arguments, int exit_code) const;

  void set(const std::string& variable, const std::string& value) {
    environment_[variable] = value;
  }

  [[nodiscard]] std::filesystem::path home() const { return directory_.path(); }
  [[nodiscard]] std::filesystem::path library() const { return home() / "data" / "castboard"; }
  std::filesystem::path file(const std::string& name, const std::string& bytes) const;

 private:
  TemporaryDirectory directory_;
  std::map<std::string, std::string> environment_;
  mutable int runs_ = 0;
};

// Path of the program under test.
std::string castboard_program();

std::string file_bytes(const std::filesystem::path& path);

}  // namespace castboard::testing
