#include <fmt/format.h>

#include <set>

#include "library/edit_record.h"
#include "library/sqlite_writer.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr std::string_view kNamesFile =
    "SELECT (SELECT count(*) FROM character_image_versions "
    "  WHERE ?1 IN (image_url, original_url, thumbnail_url)) + "
    "(SELECT count(*) FROM version_cells WHERE image_url = ?1)";

std::vector<std::string> files_of(Database& database, const VersionId& id) {
  std::vector<std::string> files;
  Statement row = database.query(
      "SELECT url FROM (SELECT image_url AS url FROM character_image_versions WHERE id = ?1 "
      "UNION SELECT original_url FROM character_image_versions WHERE id = ?1 "
      "UNION SELECT thumbnail_url FROM character_image_versions WHERE id = ?1 "
      "UNION SELECT image_url FROM version_cells WHERE version_id = ?1) WHERE url <> ''",
      id);
  while (row.step()) files.push_back(row.text(0));
  return files;
}

}  // namespace

Edit SqliteWriter::trash_versions(const std::vector<VersionId>& ids, bool push) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, {});
  Faces faces;
  auto versions = find_versions(ids);
  std::erase_if(versions, [](const Known& version) { return version.trashed; });
  if (versions.empty())
    throw Failure(ErrorCode::invalid_input, "What was chosen is in the trash already.",
                  "Restore it or purge it there.");
  const std::string now = clock_.now();
  std::set<CharacterId> without_active;
  for (const Known& version : versions) {
    record.version(version.id);
    notice_face(faces, version.character_id);
    if (version.is_active) without_active.insert(version.character_id);
    database_->run(
        "UPDATE character_image_versions SET is_active = 0, deleted_at = ?, updated_at = ? "
        "WHERE id = ?",
        now, now, version.id);
    note("version", version.id);
  }
  for (const CharacterId& character : without_active) {
    const VersionId next = successor(*database_, character);
    if (next.empty()) continue;
    record.version(next);
    make_active(*database_, character, next, now);
    note("version", next);
  }
  settle_faces(faces, push);
  Edit edit = record.finish(fmt::format("Trashed {}{}", say_which(versions), say_active(faces)),
                            versions.front().character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::restore_versions(const std::vector<VersionId>& ids, bool push) {
  require_group();
  EditScope scope(*database_);
  EditRecord record(*database_, {});
  Faces faces;
  auto versions = find_versions(ids);
  std::erase_if(versions, [](const Known& version) { return !version.trashed; });
  if (versions.empty())
    throw Failure(ErrorCode::invalid_input, "What was chosen is not in the trash.",
                  "Nothing needs to be restored.");
  const std::string now = clock_.now();
  for (const Known& version : versions) {
    record.version(version.id);
    notice_face(faces, version.character_id);
    database_->run(
        "UPDATE character_image_versions SET deleted_at = NULL, updated_at = ? WHERE id = ?", now,
        version.id);
    note("version", version.id);
  }
  settle_faces(faces, push);
  Edit edit =
      record.finish(fmt::format("Restored {}", say_which(versions)), versions.front().character_id);
  scope.finish();
  return edit;
}

Edit SqliteWriter::purge_versions(const std::vector<VersionId>& ids,
                                  std::vector<std::string>& removed_files) {
  require_group();
  EditScope scope(*database_);
  const auto versions = find_versions(ids);
  for (const Known& version : versions)
    if (!version.trashed)
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("{} of {} is not in the trash; only trashed versions are purged.",
                                version.label, version.character_name),
                    "Trash it first.");
  std::set<std::string> files;
  for (const Known& version : versions) {
    for (std::string& file : files_of(*database_, version.id)) files.insert(std::move(file));
    // What was spent stays spent; of a version that has a job, the job's row says how much.
    database_->run(
        "UPDATE projects SET purged_credits = purged_credits + v.credit_cost "
        "FROM character_image_versions v WHERE v.id = ? AND projects.id = v.project_id "
        "AND v.job_id IS NULL",
        version.id);
    database_->run("DELETE FROM character_image_versions WHERE id = ?", version.id);
    note("version", version.id);
    note("character", version.character_id);
  }
  // Pictures are named by content: another version may have the same file.
  for (const std::string& file : files)
    if (database_->number(kNamesFile, file) == 0) removed_files.push_back(file);
  Edit edit;
  edit.message = fmt::format("Purged {} for good", say_which(versions));
  edit.character_id = versions.front().character_id;
  scope.finish();
  return edit;
}

}  // namespace castboard
