#include "library/lookup.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/result.h"

namespace castboard {

namespace {

std::string suggestion(std::string_view word, const std::vector<std::string>& names,
                       std::string_view list_command) {
  const std::string near = nearest(word, names);
  if (!near.empty()) return fmt::format("Did you mean \"{}\"?", near);
  return fmt::format("`{}` lists what there is.", list_command);
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// 3 from "v003" or "3"; nullopt when it is not a version number.
std::optional<int> parse_version_number(std::string_view text) {
  if (!text.empty() && (text.front() == 'v' || text.front() == 'V')) text.remove_prefix(1);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

Project find_project(StoreReader& reader, std::string_view name_or_id) {
  std::vector<std::string> names;
  for (const Project& project : reader.projects()) {
    if (project.id == name_or_id || same_name(project.name, name_or_id)) return project;
    names.push_back(project.name);
  }
  throw Failure(ErrorCode::not_found, fmt::format("There is no project \"{}\"", name_or_id),
                suggestion(name_or_id, names, "castboard projects list"));
}

Character find_character(StoreReader& reader, std::string_view name_or_id, std::string_view project,
                         const UserId& user) {
  const ProjectId project_id = project.empty() ? ProjectId() : find_project(reader, project).id;
  std::vector<Character> found = reader.characters_named(name_or_id, project_id, user);
  if (found.size() > 1 && found.front().deleted_at.empty())
    std::erase_if(found, [](const Character& character) { return !character.deleted_at.empty(); });
  if (found.size() == 1) return found.front();
  if (found.empty())
    throw Failure(
        ErrorCode::not_found, fmt::format("There is no character \"{}\"", name_or_id),
        suggestion(name_or_id, reader.character_names(project_id), "castboard characters list"));
  std::string candidates;
  for (const Character& character : found) {
    const std::optional<Project> home = reader.project(character.project_id);
    candidates += fmt::format("\n  {}  {} in {}{}", character.id, character.name,
                              home ? home->name : character.project_id,
                              character.deleted_at.empty() ? "" : " (trashed)");
  }
  throw Failure(ErrorCode::ambiguous,
                fmt::format("{} characters are called \"{}\"", found.size(), name_or_id),
                "Name the project, or use an id:" + candidates);
}

Version find_version(StoreReader& reader, std::string_view text, std::string_view project,
                     const UserId& user) {
  if (std::optional<Version> version = reader.version(std::string(text), user)) return *version;
  const std::size_t slash = text.rfind('/');
  const std::optional<int> number =
      slash == std::string_view::npos ? std::nullopt : parse_version_number(text.substr(slash + 1));
  if (!number)
    throw Failure(ErrorCode::not_found, fmt::format("There is no version \"{}\"", text),
                  "A version is written CHARACTER/v003, or by its id.");
  const Character character = find_character(reader, text.substr(0, slash), project, user);
  if (std::optional<Version> version = reader.version_numbered(character.id, *number, user))
    return *version;
  throw Failure(
      ErrorCode::not_found,
      fmt::format("{} has no version {}", character.name, version_label(*number)),
      character.last_version_number == 0
          ? std::string("It has no versions yet.")
          : fmt::format("Its newest is {}.", version_label(character.last_version_number)));
}

Job find_job(StoreReader& reader, std::string_view id) {
  constexpr std::size_t kShortestPrefix = 4;
  if (std::optional<Job> job = reader.job(std::string(id))) return *job;
  const std::vector<Job> found =
      id.size() < kShortestPrefix ? std::vector<Job>() : reader.jobs_starting_with(id);
  if (found.size() == 1) return found.front();
  if (found.empty())
    throw Failure(ErrorCode::not_found, fmt::format("There is no job \"{}\"", id),
                  "`castboard jobs list --all` lists them.");
  std::string candidates;
  for (const Job& job : found) candidates += "\n  " + job.id;
  throw Failure(ErrorCode::ambiguous, fmt::format("{} jobs begin with \"{}\"", found.size(), id),
                "Use more of the id:" + candidates);
}

}  // namespace castboard
