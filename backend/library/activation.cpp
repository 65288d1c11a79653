#include "library/activation.h"

#include "library/rows.h"
#include "library/text_rules.h"

namespace castboard {

namespace {

constexpr std::string_view kCustomTemplate = "custom";
constexpr std::string_view kWholeSheetShot = "all";

using Poses = std::map<std::string, std::string>;

// Poses of the cells of each version that was active at some time.
std::map<VersionId, Poses> cell_poses(Database& database, const CharacterId& character) {
  std::map<VersionId, Poses> poses;
  Statement row = database.query(
      "SELECT c.version_id, c.pose, c.image_url FROM version_cells c "
      "JOIN character_image_versions v ON v.id = c.version_id "
      "WHERE v.character_id = ? AND v.deleted_at IS NULL AND v.activated_at IS NOT NULL",
      character);
  while (row.step()) poses[row.text(0)][row.text(1)] = row.text(2);
  return poses;
}

Poses own_poses(const std::map<VersionId, Poses>& cells, const VersionId& id,
                const std::string& template_type, const std::string& shot,
                const std::string& image_url) {
  if (const auto found = cells.find(id); found != cells.end()) return found->second;
  if (template_type == kCustomTemplate || shot.empty() || shot == kWholeSheetShot) return {};
  return {{shot, image_url}};
}

}  // namespace

CharacterFace face_of(Database& database, const CharacterId& character) {
  CharacterFace face;
  const auto cells = cell_poses(database, character);
  Statement row = database.query(
      "SELECT id, is_active, status, image_url, template_type, shot FROM character_image_versions "
      "WHERE character_id = ? AND deleted_at IS NULL AND (activated_at IS NOT NULL OR is_active) "
      "ORDER BY activated_at, version_number",
      character);
  while (row.step()) {
    const VersionId id = row.text(0);
    const std::string image_url = row.text(3);
    if (row.integer(1) != 0) {
      face.active_id = id;
      face.active_status = parse_status(row.text(2)).value_or(Status::none);
      face.image_url = image_url;
    }
    for (auto& [pose, url] : own_poses(cells, id, row.text(4), row.text(5), image_url))
      if (!pose.empty() && !url.empty()) face.image_poses[pose] = url;
  }
  return face;
}

void write_face(Database& database, const CharacterId& character, const CharacterFace& face) {
  database.run("UPDATE characters SET image_url = ?, image_poses = ? WHERE id = ?",
               OrNull{face.image_url}, write_poses(face.image_poses), character);
}

void make_active(Database& database, const CharacterId& character, const VersionId& version,
                 std::string now) {
  const std::string newest = database.text(
      "SELECT max(activated_at) FROM character_image_versions WHERE character_id = ?", character);
  const std::string activated_at = now > newest ? now : one_millisecond_after(newest);
  database.run(
      "UPDATE character_image_versions SET is_active = 0, updated_at = ? "
      "WHERE character_id = ? AND is_active = 1",
      now, character);
  database.run(
      "UPDATE character_image_versions SET is_active = 1, activated_at = ?, updated_at = ? "
      "WHERE id = ?",
      activated_at, now, version);
}

void make_inactive(Database& database, const VersionId& version, std::string_view now) {
  database.run(
      "UPDATE character_image_versions SET is_active = 0, updated_at = ? "
      "WHERE id = ? AND is_active = 1",
      now, version);
}

VersionId successor(Database& database, const CharacterId& character) {
  return database.text(
      "SELECT id FROM character_image_versions WHERE character_id = ? AND deleted_at IS NULL "
      "ORDER BY activated_at IS NULL, activated_at DESC, version_number DESC LIMIT 1",
      character);
}

bool may_activate(Database& database, const Version& version, ActivatePolicy policy) {
  if (policy == ActivatePolicy::never) return false;
  if (!version.job_id.empty()) {
    const bool later_one_is_here =
        database.number(
            "SELECT count(*) FROM jobs mine JOIN jobs other ON other.id = mine.id "
            "OR other.batch_id = mine.batch_id JOIN character_image_versions v "
            "ON v.job_id = other.id WHERE mine.id = ? AND v.character_id = ? "
            "AND v.deleted_at IS NULL "
            "AND (other.batch_index, v.output_index) > (mine.batch_index, ?)",
            version.job_id, version.character_id, version.output_index) > 0;
    if (later_one_is_here) return false;
  }
  if (policy == ActivatePolicy::always) return true;
  return database.number(
             "SELECT count(*) FROM character_image_versions "
             "WHERE character_id = ? AND is_active = 1 AND status = ?",
             version.character_id, to_string(Status::approved)) == 0;
}

}  // namespace castboard
