#include "settings.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "os/files.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr std::size_t kMaxSettingsBytes = 1024 * 1024;
constexpr std::chrono::seconds kSecretCommandLimit{20};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

Failure bad_field(const std::filesystem::path& file, std::string_view field,
                  std::string_view wanted) {
  return Failure(ErrorCode::configuration,
                 fmt::format("{}: field \"{}\" must be {}", file.string(), field, wanted),
                 "Correct the file; until then its settings are left out.");
}

void read_text(const nlohmann::json& json, const char* field, const std::filesystem::path& file,
               std::string& value) {
  const auto found = json.find(field);
  if (found == json.end()) return;
  if (!found->is_string()) throw bad_field(file, field, "a text");
  value = found->get<std::string>();
}

void read_seconds(const nlohmann::json& json, const char* field, const std::filesystem::path& file,
                  std::optional<int>& milliseconds) {
  const auto found = json.find(field);
  if (found == json.end()) return;
  if (!found->is_number() || found->get<double>() <= 0 || found->get<double>() > 86'400)
    throw bad_field(file, field, "a number of seconds between 0 and 86400");
  milliseconds = static_cast<int>(found->get<double>() * 1000);
}

int line_of(std::string_view text, std::size_t position) {
  int line = 1;
  for (char c : text.substr(0, position)) line += c == '\n';
  return line;
}

void apply_file(const std::filesystem::path& file, Settings& settings) {
  const std::string text = read_text_file(file, kMaxSettingsBytes);
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    throw Failure(ErrorCode::configuration,
                  fmt::format("{}:{}: not valid JSON", file.string(), line_of(text, error.byte)),
                  "Correct the file; until then its settings are left out.", error.what());
  }
  if (!json.is_object()) throw bad_field(file, "(whole file)", "an object");
  Settings changed = settings;
  read_text(json, "api_url", file, changed.api_url);
  read_text(json, "picture_base_url", file, changed.picture_base_url);
  std::string ca_file = changed.ca_file.string();
  read_text(json, "ca_file", file, ca_file);
  changed.ca_file = ca_file;
  if (const auto found = json.find("secret_command"); found != json.end()) {
    if (!found->is_array() || found->empty())
      throw bad_field(file, "secret_command", "a list of texts");
    changed.secret_command.clear();
    for (const auto& part : *found) {
      if (!part.is_string()) throw bad_field(file, "secret_command", "a list of texts");
      changed.secret_command.push_back(part.get<std::string>());
    }
  }
  read_seconds(json, "connect_limit", file, changed.connect_limit_ms);
  read_seconds(json, "first_byte_limit", file, changed.first_byte_limit_ms);
  read_seconds(json, "total_limit", file, changed.total_limit_ms);
  settings = changed;
}

void read_seconds_of_environment(const char* name, std::optional<int>& milliseconds,
                                 std::vector<Error>& warnings) {
  const std::string text = environment(name);
  if (text.empty()) return;
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (*end != '\0' || !(seconds > 0) || seconds > 86'400) {
    warnings.push_back({ErrorCode::configuration,
                        fmt::format("{}={}: not a number of seconds", name, text),
                        "Set it to a number such as 600, or unset it.",
                        {}});
    return;
  }
  milliseconds = static_cast<int>(seconds * 1000);
}

}  // namespace

Settings load_settings(const std::vector<std::filesystem::path>& studio_directories,
                       const std::filesystem::path& user_directory, std::vector<Error>& warnings) {
  Settings settings;
  std::vector<std::filesystem::path> directories = studio_directories;
  directories.push_back(user_directory);
  for (const std::filesystem::path& directory : directories) {
    const std::filesystem::path file = directory / "settings.json";
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) continue;
    try {
      apply_file(file, settings);
    } catch (const Failure& failure) {
      warnings.push_back(failure.error());
    }
  }
  if (const std::string url = environment("CASTBOARD_API_URL"); !url.empty())
    settings.api_url = url;
  if (const std::string url = environment("CASTBOARD_PICTURE_BASE_URL"); !url.empty())
    settings.picture_base_url = url;
  if (const std::string file = environment("CASTBOARD_CA_FILE"); !file.empty())
    settings.ca_file = file;
  read_seconds_of_environment("CASTBOARD_CONNECT_LIMIT", settings.connect_limit_ms, warnings);
  read_seconds_of_environment("CASTBOARD_FIRST_BYTE_LIMIT", settings.first_byte_limit_ms, warnings);
  read_seconds_of_environment("CASTBOARD_TOTAL_LIMIT", settings.total_limit_ms, warnings);
  while (!settings.api_url.empty() && settings.api_url.back() == '/') settings.api_url.pop_back();
  return settings;
}

std::optional<std::string> find_secret(const std::function<std::string(std::string_view)>& hook,
                                       SecretCommand* secret_command, std::string_view name) {
  if (hook)
    if (std::string value = hook(name); !value.empty()) return value;
  const std::string variable(name);
  if (std::string value = environment(variable.c_str()); !value.empty()) return value;
  if (const std::string file = environment((variable + "_FILE").c_str()); !file.empty())
    return read_secret_file(file);
  return secret_command ? secret_command->value_of(name) : std::nullopt;
}

SecretCommand::SecretCommand(std::vector<std::string> command,
                             std::function<Clock::time_point()> now)
    : command_(std::move(command)), now_(std::move(now)) {}

std::optional<std::string> SecretCommand::value_of(std::string_view name) {
  if (command_.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto kept = kept_.find(name);
  if (kept != kept_.end() && now_() < kept->second.until) return kept->second.value;
  std::vector<std::string> arguments = command_;
  arguments.emplace_back(name);
  std::string value = run_command(arguments, kSecretCommandLimit);
  while (value.ends_with('\n')) value.pop_back();
  if (value.empty()) return std::nullopt;
  kept_.insert_or_assign(std::string(name), Kept{value, now_() + kKeptFor});
  return value;
}

void SecretCommand::forget(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto kept = kept_.find(name); kept != kept_.end()) kept_.erase(kept);
}

}  // namespace castboard
