#include <fmt/format.h>

#include <algorithm>

#include "library/edit_record.h"
#include "library/queries.h"
#include "library/rows.h"
#include "library/sqlite_writer.h"
#include "library/text_rules.h"
#include "os/processes.h"

namespace castboard {

SqliteWriter::Known SqliteWriter::find_version(const VersionId& id) {
  Statement row = database_->query(
      "SELECT v.character_id, c.name, v.version_number, v.is_active, v.deleted_at IS NOT NULL "
      "FROM character_image_versions v JOIN characters c ON c.id = v.character_id WHERE v.id = ?",
      id);
  if (!row.step())
    throw Failure(ErrorCode::not_found, fmt::format("There is no version with the id {}.", id),
                  "It may have been purged; reload the list of versions.");
  return {id,
          row.text(0),
          row.text(1),
          version_label(row.small_integer(2)),
          row.integer(3) != 0,
          row.integer(4) != 0};
}

std::vector<SqliteWriter::Known> SqliteWriter::find_versions(const std::vector<VersionId>& ids) {
  if (ids.empty())
    throw Failure(ErrorCode::invalid_input, "No version was chosen.", "Choose at least one.");
  std::vector<Known> versions;
  for (const VersionId& id : ids) {
    const bool twice = std::any_of(versions.begin(), versions.end(),
                                   [&](const Known& known) { return known.id == id; });
    if (!twice) versions.push_back(find_version(id));
  }
  return versions;
}

std::string SqliteWriter::say_which(const std::vector<Known>& versions) {
  if (versions.size() == 1) return versions.front().label;
  return fmt::format("{} versions", versions.size());
}

void SqliteWriter::notice_face(Faces& faces, const CharacterId& character) {
  if (!faces.contains(character)) faces[character] = face_of(*database_, character);
}

void SqliteWriter::settle_faces(const Faces& before, bool push) {
  for (const auto& [character, was] : before) {
    const CharacterFace now = face_of(*database_, character);
    if (now == was) continue;
    write_face(*database_, character, now);
    note("character", character);
    if (push) queue_push(character);
  }
}

std::string SqliteWriter::say_active(const Faces& before) {
  std::string said;
  for (const auto& [character, was] : before) {
    const VersionId now = face_of(*database_, character).active_id;
    if (now == was.active_id) continue;
    if (now.empty()) {
      const auto row = load_character_row(*database_, character);
      said += fmt::format("; {} has no active version now", row ? row->name : character);
      continue;
    }
    const Known active = find_version(now);
    said += before.size() == 1
                ? fmt::format("; {} is active now", active.label)
                : fmt::format("; {} of {} is active now", active.label, active.character_name);
  }
  return said;
}

void SqliteWriter::check_job_of(const Version& version, const JobOwner& owner) {
  Statement row = database_->query("SELECT owner, epoch FROM jobs WHERE id = ?", version.job_id);
  if (!row.step())
    throw Failure(ErrorCode::not_found, fmt::format("There is no job {}.", version.job_id));
  if (row.text(0) == owner.owner && row.integer(1) == owner.epoch) return;
  throw Failure(ErrorCode::cancelled,
                fmt::format("Job {} was taken over by another process ({}); its picture is saved "
                            "there.",
                            version.job_id, row.text(0)));
}

std::optional<Version> SqliteWriter::earlier_output(const Version& version) {
  const VersionId id = database_->text(
      "SELECT id FROM character_image_versions WHERE job_id = ? AND output_index = ?",
      version.job_id, version.output_index);
  if (id.empty()) return std::nullopt;
  return load_version(*database_, id, version.user_id);
}

Version SqliteWriter::add_version(const NewVersion& added, const JobOwner& owner, bool push) {
  require_group();
  Version version = added.version;
  version.version_name = checked_name("version's name", version.version_name);
  EditScope scope(*database_);
  if (!version.job_id.empty()) {
    check_job_of(version, owner);
    if (auto there = earlier_output(version)) return std::move(*there);
  }
  const auto character = load_character_row(*database_, version.character_id);
  if (!character)
    throw Failure(ErrorCode::not_found,
                  fmt::format("There is no character with the id {}.", version.character_id));
  Faces faces;
  notice_face(faces, character->id);

  const std::string now = clock_.now();
  if (version.id.empty()) version.id = random_uuid();
  version.project_id = character->project_id;
  version.version_number = character->last_version_number + 1;
  version.is_active = false;
  version.activated_at.clear();
  version.deleted_at.clear();
  if (version.created_at.empty()) version.created_at = now;
  version.updated_at = now;
  database_->run("UPDATE characters SET last_version_number = ?, updated_at = ? WHERE id = ?",
                 version.version_number, now, character->id);
  insert_version(*database_, version);
  for (const Cell& cell : version.cells) insert_cell(*database_, version.id, cell);
  if (may_activate(*database_, version, added.activate))
    make_active(*database_, character->id, version.id, now);
  settle_faces(faces, push);
  note("version", version.id);
  note("character", character->id);
  version = load_version(*database_, version.id, version.user_id).value();
  scope.finish();
  return version;
}

Edit SqliteWriter::activate(const VersionId& id, bool push) {
  require_group();
  EditScope scope(*database_);
  const Known chosen = find_version(id);
  if (chosen.trashed)
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("{} of {} is in the trash and cannot be active.", chosen.label,
                              chosen.character_name),
                  "Restore it first.");
  EditRecord record(*database_, {});
  std::string message = fmt::format("{} is active already", chosen.label);
  if (!chosen.is_active) {
    Faces faces;
    notice_face(faces, chosen.character_id);
    record.version(id);
    const VersionId& old = faces[chosen.character_id].active_id;
    if (!old.empty()) {
      record.version(old);
      note("version", old);
    }
    make_active(*database_, chosen.character_id, id, clock_.now());
    settle_faces(faces, push);
    note("version", id);
    message = fmt::format("{} is active now", chosen.label);
  }
  Edit edit = record.finish(std::move(message), chosen.character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::set_status(const std::vector<VersionId>& ids, Status status, bool push) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, {});
  Faces faces;
  const auto versions = find_versions(ids);
  const std::string now = clock_.now();
  for (const Known& version : versions) {
    if (record.version(version.id).status == status) continue;
    notice_face(faces, version.character_id);
    database_->run("UPDATE character_image_versions SET status = ?, updated_at = ? WHERE id = ?",
                   to_string(status), now, version.id);
    note("version", version.id);
  }
  settle_faces(faces, push);
  std::string message = status == Status::none
                            ? fmt::format("{} without status", say_which(versions))
                            : fmt::format("{} {}", say_which(versions), to_string(status));
  Edit edit = record.finish(std::move(message), versions.front().character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::set_cell_status(const VersionId& id, int cell, Status status) {
  require_group();
  EditScope scope(*database_);
  const Known version = find_version(id);
  EditRecord record(*database_, {});
  record.version(id);
  const std::string pose =
      database_->text("SELECT pose FROM version_cells WHERE version_id = ? AND cell = ?", id, cell);
  database_->run("UPDATE version_cells SET status = ? WHERE version_id = ? AND cell = ?",
                 to_string(status), id, cell);
  if (database_->changed_rows() == 0)
    throw Failure(
        ErrorCode::invalid_input,
        fmt::format("{} of {} has no cell {}.", version.label, version.character_name, cell),
        "Cells 1 to 9 are those of an expression sheet.");
  database_->run("UPDATE character_image_versions SET updated_at = ? WHERE id = ?", clock_.now(),
                 id);
  note("version", id);
  std::string message =
      fmt::format("{} of {} {}", pose, version.label,
                  status == Status::none ? std::string_view("without status") : to_string(status));
  Edit edit = record.finish(std::move(message), version.character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::set_cell_boxes(const VersionId& id, const std::vector<Cell>& cells, bool push) {
  require_group();
  EditScope scope(*database_);
  const Known version = find_version(id);
  EditRecord record(*database_, {});
  record.version(id);
  Faces faces;
  notice_face(faces, version.character_id);
  for (const Cell& cell : cells) {
    database_->run(
        "UPDATE version_cells SET x = ?, y = ?, width = ?, height = ?, image_url = ? "
        "WHERE version_id = ? AND cell = ?",
        cell.box.x, cell.box.y, cell.box.width, cell.box.height, cell.image_url, id, cell.number);
    if (database_->changed_rows() == 0)
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("{} of {} has no cell {}.", version.label, version.character_name,
                                cell.number),
                    "Cells 1 to 9 are those of an expression sheet.");
  }
  if (!cells.empty()) {
    database_->run("UPDATE character_image_versions SET updated_at = ? WHERE id = ?", clock_.now(),
                   id);
    note("version", id);
  }
  settle_faces(faces, push);
  std::string message =
      cells.empty() ? fmt::format("The cells of {} are there already", version.label)
                    : fmt::format("Moved {} of {}",
                                  cells.size() == 1 ? fmt::format("cell {}", cells.front().number)
                                                    : fmt::format("{} cells", cells.size()),
                                  version.label);
  Edit edit = record.finish(std::move(message), version.character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::set_star(const UserId& user, const std::vector<VersionId>& ids, bool starred) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, user);
  const auto versions = find_versions(ids);
  for (const Known& version : versions) {
    if (record.version(version.id).starred == starred) continue;
    database_->run(starred ? "INSERT INTO stars (user_id, version_id) VALUES (?, ?)"
                           : "DELETE FROM stars WHERE user_id = ? AND version_id = ?",
                   user, version.id);
    note("version", version.id);
  }
  std::string message =
      fmt::format("{} {}", starred ? "Starred" : "Removed the star of", say_which(versions));
  Edit edit = record.finish(std::move(message), versions.front().character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::rename_version(const VersionId& id, std::string_view name) {
  require_group();
  const std::string kept = checked_name("version's name", name);
  EditScope scope(*database_);
  const Known version = find_version(id);
  EditRecord record(*database_, {});
  if (record.version(id).version_name != kept) {
    database_->run(
        "UPDATE character_image_versions SET version_name = ?, updated_at = ? WHERE id = ?", kept,
        clock_.now(), id);
    note("version", id);
  }
  Edit edit =
      record.finish(fmt::format("Renamed {} to {}", version.label, kept), version.character_id);
  scope.finish();
  return edit;
}

void SqliteWriter::set_thumbnail(const VersionId& id, std::string_view url) {
  require_group();
  EditScope scope(*database_);
  database_->run("UPDATE character_image_versions SET thumbnail_url = ? WHERE id = ?", OrNull{url},
                 id);
  if (database_->changed_rows() > 0) note("version", id);
  scope.finish();
}

}  // namespace castboard
