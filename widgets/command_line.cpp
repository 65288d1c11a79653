#include "command_line.h"

namespace castboard {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == '/' || c == ':' || c == ',' || c == '@' || c == '+';
}

void add(std::string& command, const char* option, const std::string& value) {
  if (value.empty()) return;
  command.append(" ").append(option).append(" ").append(shell_word(value));
}

}  // namespace

std::string shell_word(const std::string& text) {
  bool plain = !text.empty();
  for (const char c : text) plain = plain && is_plain(c);
  if (plain) return text;
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string generate_command(const Version& version, const std::string& character,
                             const std::string& project, const std::string& library) {
  std::string command = "castboard generate";
  add(command, "--library", library);
  add(command, "--project", project);
  add(command, "--character", character);
  add(command, "--template", version.template_type);
  add(command, "--shot", version.shot);
  add(command, "--style", version.art_style);
  add(command, "--size", version.aspect_ratio);
  add(command, "--reference", version.character_ref_url);
  add(command, "--background", version.background_ref_url);
  add(command, "--describe", version.additional_description);
  if (version.prompt_edited) add(command, "--prompt", version.prompt_used);
  add(command, "--name", version.version_name);
  add(command, "--provider", version.provider);
  if (version.seed) add(command, "--seed", std::to_string(*version.seed));
  return command;
}

std::string character_command(const Character& character, const std::string& library) {
  std::string command = "castboard characters show";
  add(command, "--library", library);
  return command + " " + shell_word(character.id);
}

}  // namespace castboard
