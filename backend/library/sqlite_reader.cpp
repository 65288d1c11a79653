#include "library/sqlite_reader.h"

#include <fmt/format.h>

#include "library/pose_queries.h"
#include "library/queries.h"
#include "library/rows.h"
#include "library/text_rules.h"

namespace castboard {

namespace {

std::string_view order_of(CastQuery::Sort sort) {
  switch (sort) {
    case CastQuery::Sort::newest:
      return "c.created_at DESC, c.rowid DESC";
    case CastQuery::Sort::updated:
      return "c.updated_at DESC, c.rowid DESC";
    case CastQuery::Sort::missing:
      return "EXISTS (SELECT 1 FROM character_image_versions v WHERE v.character_id = c.id "
             "AND v.deleted_at IS NULL), (SELECT count(*) FROM json_each(c.image_poses)), "
             "c.name_key, c.id";
    case CastQuery::Sort::name:
      break;
  }
  return "c.name_key, c.id";
}

// ?4: the status of the active version; empty: any.
constexpr std::string_view kHasStatus =
    "(?4 = '' OR EXISTS (SELECT 1 FROM character_image_versions v WHERE v.character_id = c.id "
    "AND v.is_active = 1 AND v.status = ?4))";

// ?5: only those without a version.
constexpr std::string_view kIsWithoutPicture =
    "(NOT ?5 OR NOT EXISTS (SELECT 1 FROM character_image_versions v WHERE v.character_id = c.id "
    "AND v.deleted_at IS NULL))";

// ?6: a pose. What stands for it is found as for image_poses: the most recently activated version
// that has it.
constexpr std::string_view kLacksPose =
    "(?6 = '' OR 'omitted' = coalesce((SELECT iif(v.status = 'omitted', v.status, "
    "coalesce(cell.status, v.status)) FROM character_image_versions v "
    "LEFT JOIN version_cells cell ON cell.version_id = v.id AND cell.pose = ?6 "
    "WHERE v.character_id = c.id AND v.deleted_at IS NULL AND v.activated_at IS NOT NULL "
    "AND (cell.pose IS NOT NULL OR (v.shot = ?6 AND v.template_type <> 'custom')) "
    "ORDER BY v.activated_at DESC, v.version_number DESC LIMIT 1), 'omitted'))";

std::vector<std::string> first_column(Statement row) {
  std::vector<std::string> texts;
  while (row.step()) texts.push_back(row.text(0));
  return texts;
}

}  // namespace

SqliteReader::SqliteReader(std::unique_ptr<Database> database) : database_(std::move(database)) {
  data_version_ = database_->number("PRAGMA data_version");
}

std::vector<Project> SqliteReader::projects() {
  return load_projects(*database_);
}

std::optional<Project> SqliteReader::project(const ProjectId& id) {
  return load_project(*database_, id);
}

Cast SqliteReader::cast(const CastQuery& query) {
  ReadScope scope(*database_);
  Cast cast;
  cast.query = query;
  cast.ids = first_column(database_->query(
      fmt::format("SELECT c.id FROM characters c WHERE (?1 = '' OR c.project_id = ?1) "
                  "AND (c.deleted_at IS NOT NULL) = ?2 AND NOT EXISTS "
                  "(SELECT 1 FROM json_each(?3) word WHERE instr(c.search_text, word.value) = 0) "
                  "AND {} AND {} AND {} ORDER BY {}",
                  kHasStatus, kIsWithoutPicture, kLacksPose, order_of(query.sort)),
      query.project_id, query.trashed, write_texts(search_words(query.text)),
      query.status ? to_string(*query.status) : std::string_view(), query.without_picture,
      query.lacks_pose));
  cast.character_count = static_cast<int>(database_->number(
      "SELECT count(*) FROM characters WHERE (?1 = '' OR project_id = ?1) AND deleted_at IS NULL",
      query.project_id));
  cast.version_count = static_cast<int>(database_->number(
      "SELECT count(*) FROM character_image_versions v JOIN characters c ON c.id = v.character_id "
      "WHERE (?1 = '' OR c.project_id = ?1) AND c.deleted_at IS NULL AND v.deleted_at IS NULL",
      query.project_id));
  return cast;
}

std::vector<Character> SqliteReader::characters(const std::vector<CharacterId>& ids,
                                                const UserId& user) {
  ReadScope scope(*database_);
  return load_characters(*database_, ids, user);
}

std::map<CharacterId, VersionId> SqliteReader::active_versions() {
  ReadScope scope(*database_);
  std::map<CharacterId, VersionId> active;
  Statement row =
      database_->query("SELECT character_id, id FROM character_image_versions WHERE is_active = 1");
  while (row.step()) active.emplace(std::string(row.text(0)), std::string(row.text(1)));
  return active;
}

std::vector<Character> SqliteReader::characters_named(std::string_view name_or_id,
                                                      const ProjectId& project,
                                                      const UserId& user) {
  ReadScope scope(*database_);
  const auto ids = first_column(
      database_->query("SELECT id FROM characters WHERE (id = ?1 OR name_key = ?2) "
                       "AND (?3 = '' OR project_id = ?3) "
                       "ORDER BY deleted_at IS NOT NULL, id <> ?1, name_key, created_at, id",
                       name_or_id, fold_case(name_or_id), project));
  return load_characters(*database_, ids, user);
}

std::vector<std::string> SqliteReader::character_names(const ProjectId& project) {
  return first_column(
      database_->query("SELECT name FROM characters WHERE (?1 = '' OR project_id = ?1) "
                       "AND deleted_at IS NULL ORDER BY name_key, id",
                       project));
}

std::vector<Version> SqliteReader::versions(const CharacterId& character, bool trashed,
                                            const UserId& user) {
  ReadScope scope(*database_);
  return load_versions(*database_,
                       trashed ? "v.character_id = ?1 AND v.deleted_at IS NOT NULL"
                               : "v.character_id = ?1 AND v.deleted_at IS NULL",
                       character, user);
}

std::optional<Version> SqliteReader::version(const VersionId& id, const UserId& user) {
  ReadScope scope(*database_);
  return load_version(*database_, id, user);
}

std::optional<Version> SqliteReader::version_numbered(const CharacterId& character, int number,
                                                      const UserId& user) {
  ReadScope scope(*database_);
  const VersionId id = database_->text(
      "SELECT id FROM character_image_versions WHERE character_id = ? AND version_number = ?",
      character, number);
  return load_version(*database_, id, user);
}

std::vector<Version> SqliteReader::all_versions() {
  ReadScope scope(*database_);
  return load_versions(*database_, "?1 = ''", "", "");
}

std::vector<CharacterPoses> SqliteReader::poses(const std::vector<CharacterId>& ids,
                                                PoseSource source, const UserId& user) {
  ReadScope scope(*database_);
  return load_poses(*database_, ids, source, user);
}

PoseGaps SqliteReader::pose_gaps(const CastQuery& query, const std::vector<std::string>& poses,
                                 PoseSource source, const UserId& user) {
  ReadScope scope(*database_);
  return load_pose_gaps(*database_, cast(query).ids, poses, source, user);
}

LastViewed SqliteReader::last_viewed(const UserId& user) {
  Statement row = database_->query(
      "SELECT project_id, character_id, version_id, cell FROM user_views WHERE user_id = ? "
      "ORDER BY viewed_at DESC, rowid DESC LIMIT 1",
      user);
  if (!row.step()) return {};
  return {row.text(0), row.text(1), row.text(2), row.small_integer(3)};
}

std::vector<Job> SqliteReader::jobs(bool with_final) {
  return load_jobs(
      *database_, with_final ? "1" : "j.state NOT IN ('done', 'failed', 'cancelled', 'uncertain')");
}

std::vector<Job> SqliteReader::jobs_over(const JobHistoryQuery& query) {
  ReadScope scope(*database_);
  return load_job_history(*database_, query);
}

std::vector<Job> SqliteReader::jobs_in_doubt(std::string_view since) {
  auto found = load_jobs(*database_, "j.state = 'uncertain' AND j.finished_at >= ?", since);
  std::erase_if(found, [](const Job& job) { return !job.submitted_again_as.empty(); });
  return found;
}

std::optional<Job> SqliteReader::job(const JobId& id) {
  auto found = load_jobs(*database_, "j.id = ?", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Job> SqliteReader::jobs_starting_with(std::string_view id_prefix) {
  return load_jobs(*database_, "substr(j.id, 1, length(?1)) = ?1", id_prefix);
}

std::vector<Job> SqliteReader::jobs_of_batch(std::string_view batch_id) {
  return load_jobs(*database_, "j.batch_id = ?", batch_id);
}

std::vector<OutboxRow> SqliteReader::outbox() {
  std::vector<OutboxRow> rows;
  Statement row = database_->prepare(
      "SELECT seq, character_id, version_id, attempts, next_attempt_at, last_error FROM outbox "
      "WHERE seq IN (SELECT max(seq) FROM outbox GROUP BY character_id) ORDER BY seq");
  while (row.step()) {
    OutboxRow out;
    ColumnReader columns(row);
    out.seq = columns.integer();
    out.character_id = columns.text();
    out.version_id = columns.text();
    out.attempts = columns.small_integer();
    out.next_attempt_at = columns.text();
    out.last_error = columns.text();
    rows.push_back(std::move(out));
  }
  return rows;
}

std::vector<std::string> SqliteReader::referenced_files() {
  return first_column(database_->prepare(
      "SELECT url FROM (SELECT image_url AS url FROM character_image_versions "
      "UNION SELECT original_url FROM character_image_versions "
      "UNION SELECT thumbnail_url FROM character_image_versions "
      "UNION SELECT image_url FROM version_cells "
      "UNION SELECT 'images/references/' || substr(hash, 1, 2) || '/' || hash FROM "
      "  (SELECT character_ref_hash AS hash FROM jobs UNION SELECT background_ref_hash FROM jobs "
      "   UNION SELECT character_ref_hash FROM character_image_versions "
      "   UNION SELECT background_ref_hash FROM character_image_versions) WHERE hash <> '') "
      "WHERE url <> '' ORDER BY url"));
}

std::vector<Change> SqliteReader::changes_after(std::int64_t seq, int limit) {
  std::vector<Change> changes;
  Statement row = database_->query(
      "SELECT seq, kind, id FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", seq, limit);
  while (row.step()) changes.push_back({row.integer(0), row.text(1), row.text(2)});
  return changes;
}

std::int64_t SqliteReader::last_change() {
  return database_->number("SELECT coalesce(max(seq), 0) FROM changes");
}

bool SqliteReader::changed_elsewhere() {
  const std::int64_t now = database_->number("PRAGMA data_version");
  return std::exchange(data_version_, now) != now;
}

std::vector<std::string> SqliteReader::check_integrity() {
  std::vector<std::string> problems;
  try {
    Statement check = database_->prepare("PRAGMA integrity_check");
    while (check.step())
      if (check.text(0) != "ok") problems.push_back("castboard.db: " + check.text(0));
    Statement keys = database_->prepare("PRAGMA foreign_key_check");
    while (keys.step())
      problems.push_back(
          fmt::format("castboard.db: row {} of {} names a row of {} that is not there",
                      keys.text(1), keys.text(0), keys.text(2)));
  } catch (const Failure& failure) {
    // Damage can be too deep even for the check.
    if (failure.error().code != ErrorCode::library) throw;
    problems.push_back(fmt::format("{} {}", failure.error().message, failure.error().hint));
  }
  return problems;
}

int SqliteReader::schema_version() {
  return static_cast<int>(database_->number("PRAGMA user_version"));
}

}  // namespace castboard
