#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/result.h"

namespace castboard {

// What the environment and the settings file say beyond one session's options. Environment over
// the user's file over the studio's files. Never from a library (decision 11).
struct Settings {
  std::string api_url;            // CASTBOARD_API_URL: the studio API; empty: push is off
  std::string picture_base_url;   // CASTBOARD_PICTURE_BASE_URL: makes pushed URLs absolute
  std::filesystem::path ca_file;  // CASTBOARD_CA_FILE
  std::vector<std::string> secret_command;  // argv; the secret's name is appended
  std::optional<int> connect_limit_ms;      // CASTBOARD_CONNECT_LIMIT, in seconds there
  std::optional<int> first_byte_limit_ms;   // CASTBOARD_FIRST_BYTE_LIMIT
  std::optional<int> total_limit_ms;        // CASTBOARD_TOTAL_LIMIT
};

// Reads `settings.json` of the studio directories and the user's directory, then the environment.
// A file with an error is left out and reported in `warnings` with file, line and field.
Settings load_settings(const std::vector<std::filesystem::path>& studio_directories,
                       const std::filesystem::path& user_directory, std::vector<Error>& warnings);

// What a secret command answers, kept for `kept_for` and no longer, in memory only: a look at a
// form's price must not ask a password manager each time. Any thread; one command runs at a time.
class SecretCommand {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kKeptFor{60};

  explicit SecretCommand(std::vector<std::string> command,
                         std::function<Clock::time_point()> now = &Clock::now);
  SecretCommand(const SecretCommand&) = delete;
  SecretCommand& operator=(const SecretCommand&) = delete;

  [[nodiscard]] bool is_there() const { return !command_.empty(); }
  // Blocking. Nothing where there is no command, or it prints nothing. Throws Failure
  // (`configuration`).
  std::optional<std::string> value_of(std::string_view name);
  // A provider did not take it: it is asked for anew.
  void forget(std::string_view name);

 private:
  struct Kept {
    std::string value;
    Clock::time_point until;
  };
  std::vector<std::string> command_;
  std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;
};

// A secret by name: the host's hook, the environment variable, the file named by NAME_FILE (0600),
// then the secret command of the settings (null: none). Any thread. Throws Failure
// (`configuration`) when a source is there but cannot be used.
std::optional<std::string> find_secret(const std::function<std::string(std::string_view)>& hook,
                                       SecretCommand* secret_command, std::string_view name);

}  // namespace castboard
