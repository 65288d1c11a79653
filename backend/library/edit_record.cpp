#include "library/edit_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "library/queries.h"

namespace castboard {

std::optional<VersionFields> load_version_fields(Database& database, const VersionId& id,
                                                 const UserId& user) {
  Statement row = database.query(
      "SELECT version_name, is_active, activated_at, status, deleted_at, "
      "EXISTS (SELECT 1 FROM stars WHERE user_id = ?2 AND version_id = ?1) "
      "FROM character_image_versions WHERE id = ?1",
      id, user);
  if (!row.step()) return std::nullopt;
  ColumnReader columns(row);
  VersionFields fields;
  fields.id = id;
  fields.version_name = columns.text();
  fields.is_active = columns.flag();
  fields.activated_at = columns.text();
  fields.status = parse_status(columns.text()).value_or(Status::none);
  fields.deleted_at = columns.text();
  fields.starred = columns.flag();
  Statement cell = database.query(
      "SELECT status, x, y, width, height, image_url FROM version_cells "
      "WHERE version_id = ? ORDER BY cell",
      id);
  while (cell.step()) {
    fields.cell_status.push_back(parse_status(cell.text(0)).value_or(Status::none));
    fields.cell_places.push_back({{cell.small_integer(1), cell.small_integer(2),
                                   cell.small_integer(3), cell.small_integer(4)},
                                  cell.text(5)});
  }
  return fields;
}

bool same_edited_fields(const Character& a, const Character& b) {
  return a.name == b.name && a.description == b.description && a.traits == b.traits &&
         a.deleted_at == b.deleted_at;
}

const VersionFields& EditRecord::version(const VersionId& id) {
  const auto known = std::find_if(versions_.begin(), versions_.end(),
                                  [&](const VersionFields& fields) { return fields.id == id; });
  if (known != versions_.end()) return *known;
  auto fields = load_version_fields(database_, id, user_);
  if (!fields)
    throw Failure(ErrorCode::not_found, fmt::format("There is no version with the id {}.", id),
                  "It may have been purged; reload the list of versions.");
  return versions_.emplace_back(std::move(*fields));
}

const Character& EditRecord::character(const CharacterId& id) {
  const auto known = std::find_if(characters_.begin(), characters_.end(),
                                  [&](const Character& character) { return character.id == id; });
  if (known != characters_.end()) return *known;
  auto row = load_character_row(database_, id);
  if (!row)
    throw Failure(ErrorCode::not_found, fmt::format("There is no character with the id {}.", id),
                  "Reload the list of characters.");
  return characters_.emplace_back(std::move(*row));
}

Edit EditRecord::finish(std::string message, CharacterId character) const {
  Edit edit;
  edit.message = std::move(message);
  edit.character_id = std::move(character);
  for (const VersionFields& before : versions_) {
    auto after = load_version_fields(database_, before.id, user_);
    if (!after || *after == before) continue;
    edit.before.push_back(before);
    edit.after.push_back(std::move(*after));
  }
  for (const Character& before : characters_) {
    auto after = load_character_row(database_, before.id);
    if (!after || same_edited_fields(before, *after)) continue;
    edit.characters_before.push_back(before);
    edit.characters_after.push_back(std::move(*after));
  }
  return edit;
}

}  // namespace castboard
