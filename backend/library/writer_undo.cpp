#include <fmt/format.h>

#include <algorithm>

#include "library/edit_record.h"
#include "library/queries.h"
#include "library/sqlite_writer.h"
#include "os/processes.h"

namespace castboard {

namespace {

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw Failure(ErrorCode::invalid_input, std::move(message), std::move(hint));
}

[[noreturn]] void refuse_changed(std::string_view what, std::string_view field) {
  refuse(fmt::format("{} was changed since ({}), so this cannot be undone.", what, field),
         "Change it by hand where that is still wanted.");
}

template <class Row>
const Row& row_with_id(const std::vector<Row>& rows, const std::string& id) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
  if (found == rows.end())
    throw Failure(ErrorCode::internal, "An edit does not say what it left behind.");
  return *found;
}

// The first field that the edit changed and that is different again.
std::string_view changed_since(const VersionFields& before, const VersionFields& after,
                               const VersionFields& now) {
  if (before.version_name != after.version_name && now.version_name != after.version_name)
    return "name";
  if (before.deleted_at != after.deleted_at && now.deleted_at != after.deleted_at) return "trash";
  if (before.is_active != after.is_active && now.is_active != after.is_active) return "active";
  if (before.activated_at != after.activated_at && now.activated_at != after.activated_at)
    return "active";
  if (before.status != after.status && now.status != after.status) return "status";
  if (before.cell_status != after.cell_status && now.cell_status != after.cell_status)
    return "status of its cells";
  if (before.cell_places != after.cell_places && now.cell_places != after.cell_places)
    return "places of its cells";
  if (before.starred != after.starred && now.starred != after.starred) return "star";
  return {};
}

std::string_view changed_since(const Character& before, const Character& after,
                               const Character& now) {
  if (before.name != after.name && now.name != after.name) return "name";
  if (before.description != after.description && now.description != after.description)
    return "description";
  if (before.traits != after.traits && now.traits != after.traits) return "traits";
  if (before.deleted_at != after.deleted_at && now.deleted_at != after.deleted_at) return "trash";
  return {};
}

// "Undone: trashed v003", and of that "Redone: trashed v003"; what it led to is different now.
std::string say_undone(std::string message) {
  constexpr std::string_view kUndone = "Undone: ";
  constexpr std::string_view kRedone = "Redone: ";
  if (message.ends_with("active now") || message.ends_with("no active version now"))
    message.resize(std::min(message.find("; "), message.size()));
  if (message.starts_with(kUndone)) return std::string(kRedone) + message.substr(kUndone.size());
  if (message.starts_with(kRedone)) message.erase(0, kRedone.size());
  if (!message.empty() && message.front() >= 'A' && message.front() <= 'Z')
    message.front() = static_cast<char>(message.front() - 'A' + 'a');
  return std::string(kUndone) + message;
}

}  // namespace

void SqliteWriter::put_back_version(const VersionFields& before, const VersionFields& after,
                                    const UserId& user, std::string_view now) {
  const auto set = [&](std::string_view sql, auto value) {
    database_->run(sql, value, now, before.id);
  };
  if (before.version_name != after.version_name)
    set("UPDATE character_image_versions SET version_name = ?, updated_at = ? WHERE id = ?",
        std::string_view(before.version_name));
  if (before.deleted_at != after.deleted_at)
    set("UPDATE character_image_versions SET deleted_at = ?, updated_at = ? WHERE id = ?",
        OrNull{before.deleted_at});
  if (before.activated_at != after.activated_at)
    set("UPDATE character_image_versions SET activated_at = ?, updated_at = ? WHERE id = ?",
        OrNull{before.activated_at});
  if (before.status != after.status)
    set("UPDATE character_image_versions SET status = ?, updated_at = ? WHERE id = ?",
        to_string(before.status));
  for (std::size_t i = 0; i < before.cell_status.size() && i < after.cell_status.size(); ++i)
    if (before.cell_status[i] != after.cell_status[i])
      database_->run(
          "UPDATE version_cells SET status = ? WHERE version_id = ? AND cell = "
          "(SELECT cell FROM version_cells WHERE version_id = ?2 ORDER BY cell LIMIT 1 OFFSET ?)",
          to_string(before.cell_status[i]), before.id, static_cast<int>(i));
  for (std::size_t i = 0; i < before.cell_places.size() && i < after.cell_places.size(); ++i) {
    const CellPlace& place = before.cell_places[i];
    if (place != after.cell_places[i])
      database_->run(
          "UPDATE version_cells SET x = ?, y = ?, width = ?, height = ?, image_url = ? "
          "WHERE version_id = ?6 AND cell = "
          "(SELECT cell FROM version_cells WHERE version_id = ?6 ORDER BY cell LIMIT 1 OFFSET ?7)",
          place.box.x, place.box.y, place.box.width, place.box.height, place.image_url, before.id,
          static_cast<int>(i));
  }
  if (before.starred != after.starred)
    database_->run(before.starred
                       ? "INSERT OR IGNORE INTO stars (user_id, version_id) VALUES (?, ?)"
                       : "DELETE FROM stars WHERE user_id = ? AND version_id = ?",
                   user, before.id);
  note("version", before.id);
}

Edit SqliteWriter::undo(const Edit& edit, const UserId& user, bool push) {
  require_group();
  if (!edit.undoable()) refuse("There is nothing to undo.", "What was purged stays purged.");
  EditScope scope(*database_);
  EditRecord record(*database_, user);
  Faces faces;
  for (const VersionFields& before : edit.before) {
    const auto now = load_version_fields(*database_, before.id, user);
    if (!now)
      refuse("A version was purged since, so this cannot be undone.",
             "What was purged stays purged.");
    const Known version = find_version(before.id);
    const VersionFields& after = row_with_id(edit.after, before.id);
    const auto field = changed_since(before, after, *now);
    if (!field.empty())
      refuse_changed(fmt::format("{} of {}", version.label, version.character_name), field);
    if (!before.deleted_at.empty() && now->is_active && !after.is_active)
      refuse(fmt::format("{} of {} is active now, so its restoring cannot be undone.",
                         version.label, version.character_name),
             "Trash it if that is what you want.");
    record.version(before.id);
    notice_face(faces, version.character_id);
  }
  for (const Character& before : edit.characters_before) {
    const Character now = record.character(before.id);
    const auto field = changed_since(before, row_with_id(edit.characters_after, before.id), now);
    if (!field.empty()) refuse_changed(now.name, field);
  }

  // At no moment may a character have two active versions, or a trashed one be active.
  const std::string now = clock_.now();
  for (const VersionFields& before : edit.before)
    if (!before.is_active && row_with_id(edit.after, before.id).is_active)
      make_inactive(*database_, before.id, now);
  for (const VersionFields& before : edit.before)
    put_back_version(before, row_with_id(edit.after, before.id), user, now);
  for (const VersionFields& before : edit.before) {
    if (!before.is_active || row_with_id(edit.after, before.id).is_active) continue;
    const Known version = find_version(before.id);
    const VersionId other = face_of(*database_, version.character_id).active_id;
    if (!other.empty() && other != before.id)
      refuse(fmt::format("{} of {} became active since, so this cannot be undone.",
                         find_version(other).label, version.character_name),
             "Set active what you want to be active.");
    database_->run("UPDATE character_image_versions SET is_active = 1, updated_at = ? WHERE id = ?",
                   now, before.id);
  }
  for (const Character& before : edit.characters_before) {
    const Character& after = row_with_id(edit.characters_after, before.id);
    Character character = record.character(before.id);
    if (before.name != after.name) character.name = before.name;
    if (before.description != after.description) character.description = before.description;
    if (before.traits != after.traits) character.traits = before.traits;
    if (before.deleted_at != after.deleted_at) character.deleted_at = before.deleted_at;
    write_character(character, now);
  }
  settle_faces(faces, push);
  Edit undone = record.finish(say_undone(edit.message) + say_active(faces), edit.character_id);
  scope.finish();
  return undone;
}

}  // namespace castboard
