#pragma once

#include <filesystem>
#include <functional>
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

// A secret by name: the host's hook, the environment variable, the file named by NAME_FILE (0600),
// then the secret command of the settings. Any thread. Throws Failure (`configuration`) when a
// source is there but cannot be used.
std::optional<std::string> find_secret(const std::function<std::string(std::string_view)>& hook,
                                       const std::vector<std::string>& secret_command,
                                       std::string_view name);

}  // namespace castboard
