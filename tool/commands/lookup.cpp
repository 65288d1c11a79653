#include "commands/lookup.h"

#include <fmt/format.h>

namespace castboard {

Error wrong_usage(std::string message, std::string hint) {
  return {ErrorCode::invalid_input, std::move(message), std::move(hint), {}};
}

Project project_of_command(Console& console) {
  const std::string& wanted = console.options().project;
  if (!wanted.empty()) return console.get(console.session().find_project(wanted));
  std::vector<Project> projects = console.get(console.session().list_projects());
  if (projects.size() == 1) return projects.front();
  if (projects.empty()) {
    throw CommandFailure{
        wrong_usage("There is no project yet", "castboard projects add NAME makes one.")};
  }
  std::string names;
  for (const Project& project : projects) names += (names.empty() ? "" : ", ") + project.name;
  throw CommandFailure{{ErrorCode::ambiguous,
                        "There are several projects",
                        fmt::format("Say which with --project: {}", names),
                        {}}};
}

Character character_named(Console& console, const std::string& name_or_id) {
  return console.get(console.session().find_character(name_or_id, console.options().project));
}

Version version_named(Console& console, const std::string& text) {
  return console.get(console.session().find_version(text, console.options().project));
}

std::vector<Version> versions_named(Console& console, const std::vector<std::string>& texts) {
  std::vector<Version> versions;
  for (const std::string& text : texts) versions.push_back(version_named(console, text));
  return versions;
}

Version version_again(Console& console, const VersionId& id) {
  return console.get(console.session().find_version(id));
}

Preset preset_named(Console& console, const std::string& name) {
  const PresetListPtr list = console.get(console.session().list_presets());
  if (const Preset* preset = list->find(name)) return *preset;
  std::vector<std::string> names;
  for (const Preset& preset : list->presets) names.push_back(preset.name);
  const std::string near = nearest(name, names);
  throw CommandFailure{wrong_usage(fmt::format("There is no preset \"{}\"", name),
                                   near.empty() ? "castboard presets list lists them."
                                                : fmt::format("Did you mean \"{}\"?", near))};
}

std::string character_name(Console& console, const CharacterId& id) {
  const auto found = console.get(console.session().load_characters({id}));
  return found.empty() ? std::string() : found.front().name;
}

Trait parse_trait(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw CommandFailure{wrong_usage(fmt::format("--trait \"{}\" is not key=value", text),
                                     "Such as --trait hair=silver.")};
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string short_time(const std::string& timestamp) {
  constexpr std::size_t kToMinutes = 16;
  std::string text = timestamp.substr(0, kToMinutes);
  if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
  return text;
}

}  // namespace castboard
