#include <fmt/format.h>

#include <set>

#include "library/edit_record.h"
#include "library/queries.h"
#include "library/rows.h"
#include "library/sqlite_writer.h"
#include "library/text_rules.h"
#include "os/processes.h"

namespace castboard {

namespace {

[[noreturn]] void no_such_project(const ProjectId& id) {
  throw Failure(ErrorCode::not_found, fmt::format("There is no project with the id {}.", id),
                "Reload the list of projects.");
}

Project required_project(Database& database, const ProjectId& id) {
  auto project = load_project(database, id);
  if (!project) no_such_project(id);
  return std::move(*project);
}

std::string project_name(Database& database, const ProjectId& id) {
  std::string name = database.text("SELECT name FROM projects WHERE id = ?", id);
  if (name.empty()) no_such_project(id);
  return name;
}

void check_project_name(Database& database, const std::string& name, const ProjectId& except) {
  const std::string other = database.text(
      "SELECT name FROM projects WHERE name_key = ? AND id <> ?", fold_case(name), except);
  if (other.empty()) return;
  throw Failure(ErrorCode::invalid_input,
                fmt::format("There is a project named \"{}\" already.", other),
                "Choose another name.");
}

// Traits as they are stored: rows left empty in a form are dropped, keys are unique.
std::vector<Trait> checked_traits(const std::vector<Trait>& traits) {
  std::vector<Trait> kept;
  std::set<std::string> keys;
  for (const Trait& trait : traits) {
    if (trait.key.empty() && trait.value.empty()) continue;
    check_text("trait", trait.key + trait.value);
    if (trait.key.empty())
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("The trait \"{}\" has no name.", trait.value),
                    "Give it as name and value, such as hair: red.");
    if (!keys.insert(trait.key).second)
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("The trait \"{}\" is given twice.", trait.key),
                    "Keep one of them.");
    kept.push_back(trait);
  }
  return kept;
}

void fill_from_draft(Character& character, const CharacterDraft& draft) {
  character.name = checked_name("character's name", draft.name);
  check_text("character's description", draft.description);
  character.description = draft.description;
  character.traits = checked_traits(draft.traits);
}

// "Trashed Mira", "Trashed 12 characters".
std::string say_moved(std::string_view what, const std::vector<std::string>& names) {
  if (names.size() == 1) return fmt::format("{} {}", what, names.front());
  return fmt::format("{} {} characters", what, names.size());
}

// An edit of several characters is no one's in particular.
CharacterId only_id(const std::vector<CharacterId>& ids) {
  return ids.size() == 1 ? ids.front() : CharacterId();
}

}  // namespace

Project SqliteWriter::add_project(std::string_view name) {
  require_group();
  const std::string kept = checked_name("project's name", name);
  EditScope scope(*database_);
  check_project_name(*database_, kept, "");
  const ProjectId id = random_uuid();
  const std::string now = clock_.now();
  database_->run(
      "INSERT INTO projects (id, name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
      id, kept, fold_case(kept), now, now);
  note("project", id);
  Project project = required_project(*database_, id);
  scope.finish();
  return project;
}

Project SqliteWriter::rename_project(const ProjectId& id, std::string_view name) {
  require_group();
  const std::string kept = checked_name("project's name", name);
  EditScope scope(*database_);
  check_project_name(*database_, kept, id);
  database_->run("UPDATE projects SET name = ?, name_key = ?, updated_at = ? WHERE id = ?", kept,
                 fold_case(kept), clock_.now(), id);
  if (database_->changed_rows() == 0) no_such_project(id);
  note("project", id);
  Project project = required_project(*database_, id);
  scope.finish();
  return project;
}

void SqliteWriter::check_character_name(const ProjectId& project, const std::string& name,
                                        const CharacterId& except) {
  const std::string other = database_->text(
      "SELECT name FROM characters WHERE project_id = ? AND name_key = ? AND id <> ? "
      "AND deleted_at IS NULL",
      project, fold_case(name), except);
  if (other.empty()) return;
  throw Failure(ErrorCode::invalid_input,
                fmt::format("There is a character named \"{}\" in the project {} already.", other,
                            project_name(*database_, project)),
                "Choose another name, or rename the other one.");
}

Project SqliteWriter::project(const ProjectId& id) {
  require_group();
  return required_project(*database_, id);
}

Project SqliteWriter::set_credit_limits(const ProjectId& id, const CreditLimits& limits) {
  require_group();
  for (const auto& limit :
       {limits.total, limits.total_ask_above, limits.daily, limits.daily_ask_above})
    if (limit && *limit < 0)
      throw Failure(ErrorCode::invalid_input, fmt::format("A limit of {} credits is none.", *limit),
                    "Give a whole number from 0 on, or no limit at all.");
  EditScope scope(*database_);
  database_->run(
      "UPDATE projects SET credit_limit = ?, credit_ask_above = ?, daily_credit_limit = ?, "
      "daily_credit_ask_above = ?, updated_at = ? WHERE id = ?",
      limits.total, limits.total_ask_above, limits.daily, limits.daily_ask_above, clock_.now(), id);
  Project project = required_project(*database_, id);
  note("project", id);
  scope.finish();
  return project;
}

Character SqliteWriter::add_character(const CharacterDraft& draft) {
  require_group();
  Character character;
  fill_from_draft(character, draft);
  EditScope scope(*database_);
  project_name(*database_, draft.project_id);
  check_character_name(draft.project_id, character.name, "");
  character.id = random_uuid();
  const std::string now = clock_.now();
  database_->run(
      "INSERT INTO characters (id, project_id, name, name_key, description, traits, search_text, "
      "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      character.id, draft.project_id, character.name, fold_case(character.name),
      character.description, write_traits(character.traits),
      searchable_text(character.name, character.description, character.traits), now, now);
  note("character", character.id);
  character = load_character_row(*database_, character.id).value();
  scope.finish();
  return character;
}

void SqliteWriter::write_character(const Character& character, std::string_view now) {
  if (character.deleted_at.empty())
    check_character_name(character.project_id, character.name, character.id);
  database_->run(
      "UPDATE characters SET name = ?, name_key = ?, description = ?, traits = ?, search_text = ?, "
      "deleted_at = ?, updated_at = ? WHERE id = ?",
      character.name, fold_case(character.name), character.description,
      write_traits(character.traits),
      searchable_text(character.name, character.description, character.traits),
      OrNull{character.deleted_at}, now, character.id);
  note("character", character.id);
}

Edit SqliteWriter::edit_character(const CharacterId& id, const CharacterDraft& draft) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, {});
  const Character before = record.character(id);
  Character character = before;
  fill_from_draft(character, draft);
  std::string message = fmt::format("{} is as before", before.name);
  if (!same_edited_fields(before, character)) {
    write_character(character, clock_.now());
    message = before.name == character.name
                  ? fmt::format("Changed {}", character.name)
                  : fmt::format("Renamed {} to {}", before.name, character.name);
  }
  Edit edit = record.finish(std::move(message), id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::trash_characters(const std::vector<CharacterId>& ids) {
  return move_characters(ids, true);
}

Edit SqliteWriter::restore_characters(const std::vector<CharacterId>& ids) {
  return move_characters(ids, false);
}

Edit SqliteWriter::move_characters(const std::vector<CharacterId>& ids, bool to_trash) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, {});
  const std::string now = clock_.now();
  std::vector<std::string> names;
  std::string message = "Nobody is chosen";
  for (const CharacterId& id : ids) {
    Character character = record.character(id);
    message = character.name + (to_trash ? " is in the trash already" : " is not in the trash");
    const bool is_trashed = !character.deleted_at.empty();
    if (is_trashed == to_trash) continue;
    character.deleted_at = to_trash ? now : std::string();
    write_character(character, now);
    names.push_back(character.name);
  }
  if (!names.empty()) message = say_moved(to_trash ? "Trashed" : "Restored", names);
  Edit edit = record.finish(std::move(message), only_id(ids));
  scope.finish();
  return edit;
}

}  // namespace castboard
