#include "library/queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "library/rows.h"
#include "library/text_rules.h"

namespace castboard {

namespace {

void attach_cells(Database& database, std::vector<Version>& versions) {
  std::map<VersionId, Version*> by_id;
  std::vector<VersionId> ids;
  for (Version& version : versions) {
    by_id[version.id] = &version;
    ids.push_back(version.id);
  }
  Statement row = database.query(
      fmt::format("SELECT version_id, {} FROM version_cells "
                  "WHERE version_id IN (SELECT value FROM json_each(?)) ORDER BY version_id, cell",
                  kCellColumns),
      write_texts(ids));
  while (row.step()) {
    ColumnReader columns(row, 1);
    by_id.at(row.text(0))->cells.push_back(read_cell(columns));
  }
}

// Whose prompt the user wrote is known from the request of their job.
void attach_edited_prompts(Database& database, std::vector<Version>& versions) {
  std::map<JobId, std::vector<Version*>> by_job;
  std::vector<JobId> jobs;
  for (Version& version : versions) {
    if (version.job_id.empty()) continue;
    std::vector<Version*>& of_job = by_job[version.job_id];
    if (of_job.empty()) jobs.push_back(version.job_id);
    of_job.push_back(&version);
  }
  if (jobs.empty()) return;
  Statement row = database.query(
      "SELECT j.id FROM jobs j WHERE j.id IN (SELECT value FROM json_each(?)) "
      "AND coalesce(json_extract(j.request, '$.prompt'), '') <> ''",
      write_texts(jobs));
  while (row.step())
    for (Version* version : by_job.at(row.text(0))) version->prompt_edited = true;
}

constexpr std::string_view kProjectQuery =
    "SELECT p.id, p.name, p.credit_limit, p.credit_ask_above, p.daily_credit_limit, "
    "p.daily_credit_ask_above, p.created_at, p.updated_at, "
    "(SELECT count(*) FROM characters c WHERE c.project_id = p.id AND c.deleted_at IS NULL), "
    "(SELECT count(*) FROM character_image_versions v JOIN characters c ON c.id = v.character_id "
    " WHERE v.project_id = p.id AND v.deleted_at IS NULL AND c.deleted_at IS NULL), "
    // Figures a provider invented must not close the library: sum() fails where it overflows.
    "min(p.purged_credits, 1000000000000000) "
    " + (SELECT CAST(min(total(v.credit_cost), 1e15) AS INTEGER) "
    "    FROM character_image_versions v WHERE v.project_id = p.id AND v.job_id IS NULL) "
    " + (SELECT CAST(min(total(j.credits), 1e15) AS INTEGER) FROM jobs j "
    "    WHERE j.project_id = p.id AND j.billing IN ('billed', 'uncertain')), "
    "(SELECT CAST(min(total(j.credit_estimate), 1e15) AS INTEGER) FROM jobs j "
    "    WHERE j.project_id = p.id AND j.billing = 'open') "
    "FROM projects p ";

Project read_project(const Statement& row) {
  ColumnReader columns(row);
  Project project;
  project.id = columns.text();
  project.name = columns.text();
  project.credit_limit = columns.optional_integer();
  project.credit_ask_above = columns.optional_integer();
  project.daily_credit_limit = columns.optional_integer();
  project.daily_credit_ask_above = columns.optional_integer();
  project.created_at = columns.text();
  project.updated_at = columns.text();
  project.character_count = columns.small_integer();
  project.version_count = columns.small_integer();
  project.credits_used = columns.integer();
  project.credits_reserved = columns.integer();
  return project;
}

// Counts and the version to show, one grouped query for all: max() takes the other columns from
// the row it found, which is the active version, else the newest.
void attach_version_counts(Database& database, const std::string& ids_json, const UserId& user,
                           const std::map<CharacterId, Character*>& by_id) {
  Statement row = database.query(
      "SELECT v.character_id, count(*), "
      "sum(v.job_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM user_views w "
      "    WHERE w.user_id = ?1 AND w.version_id = v.id)), "
      "max(v.is_active * 1000000000 + v.version_number), "
      "v.id, v.version_number, v.is_active, coalesce(v.thumbnail_url, v.image_url), v.status "
      "FROM character_image_versions v WHERE v.deleted_at IS NULL "
      "AND v.character_id IN (SELECT value FROM json_each(?2)) GROUP BY v.character_id",
      user, ids_json);
  while (row.step()) {
    Character& character = *by_id.at(row.text(0));
    character.version_count = row.small_integer(1);
    character.new_count = row.small_integer(2);
    character.thumbnail_url = row.text(7);
    if (row.integer(6) == 0) continue;
    character.active_version_id = row.text(4);
    character.active_version_number = row.small_integer(5);
    character.active_status = parse_status(row.text(8)).value_or(Status::none);
  }
}

}  // namespace

std::vector<Version> load_versions(Database& database, std::string_view condition,
                                   std::string_view parameter, const UserId& user) {
  std::vector<Version> versions;
  Statement row = database.query(
      fmt::format(
          "SELECT {}, EXISTS (SELECT 1 FROM stars s WHERE s.user_id = ?2 AND s.version_id = v.id), "
          "v.job_id IS NULL OR EXISTS (SELECT 1 FROM user_views w "
          "  WHERE w.user_id = ?2 AND w.version_id = v.id) "
          "FROM character_image_versions v WHERE {} ORDER BY v.character_id, v.version_number",
          kVersionColumns, condition),
      parameter, user);
  while (row.step()) {
    ColumnReader columns(row);
    versions.push_back(read_version(columns));
    versions.back().starred = columns.flag();
    versions.back().viewed = columns.flag();
  }
  if (!versions.empty()) attach_cells(database, versions);
  attach_edited_prompts(database, versions);
  return versions;
}

std::optional<Version> load_version(Database& database, const VersionId& id, const UserId& user) {
  auto found = load_versions(database, "v.id = ?1", id, user);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Character> load_characters(Database& database, const std::vector<CharacterId>& ids,
                                       const UserId& user) {
  std::vector<Character> characters;
  characters.reserve(ids.size());
  const std::string ids_json = write_texts(ids);
  Statement row = database.query(
      fmt::format("SELECT {} FROM json_each(?) asked JOIN characters c ON c.id = asked.value "
                  "ORDER BY asked.key",
                  kCharacterColumns),
      ids_json);
  while (row.step()) {
    ColumnReader columns(row);
    characters.push_back(read_character(columns));
  }
  std::map<CharacterId, Character*> by_id;
  for (Character& character : characters) by_id[character.id] = &character;
  if (!characters.empty()) attach_version_counts(database, ids_json, user, by_id);
  return characters;
}

std::optional<Character> load_character_row(Database& database, const CharacterId& id) {
  Statement row = database.query(
      fmt::format("SELECT {} FROM characters c WHERE c.id = ?", kCharacterColumns), id);
  if (!row.step()) return std::nullopt;
  ColumnReader columns(row);
  return read_character(columns);
}

std::optional<Project> load_project(Database& database, const ProjectId& id) {
  Statement row = database.query(fmt::format("{} WHERE p.id = ?", kProjectQuery), id);
  if (!row.step()) return std::nullopt;
  return read_project(row);
}

std::vector<Project> load_projects(Database& database) {
  std::vector<Project> projects;
  Statement row = database.query(fmt::format("{} ORDER BY p.name_key, p.id", kProjectQuery));
  while (row.step()) projects.push_back(read_project(row));
  return projects;
}

CreditUse load_credit_use(Database& database, const ProjectId& project, std::string_view since) {
  CreditUse use;
  Statement row = database.query(
      "SELECT CAST(min(total(iif(billing <> 'open', credits, 0)), 1e15) AS INTEGER), "
      "CAST(min(total(iif(billing = 'open', credit_estimate, 0)), 1e15) AS INTEGER), "
      "CAST(min(total(iif(billing <> 'open' AND since, credits, 0)), 1e15) AS INTEGER), "
      "CAST(min(total(iif(billing = 'open' AND since, credit_estimate, 0)), 1e15) AS INTEGER) FROM "
      // What waits is sent today at the earliest, whatever day it was asked for.
      "(SELECT billing, credits, credit_estimate, "
      " iif(billing = 'open' AND started_at IS NULL, 1, "
      "     coalesce(started_at, created_at) >= ?2) AS since "
      " FROM jobs WHERE project_id = ?1 AND billing IN ('open', 'billed', 'uncertain'))",
      project, since);
  if (row.step()) {
    use.used = row.integer(0);
    use.reserved = row.integer(1);
    use.used_since = row.integer(2);
    use.reserved_since = row.integer(3);
  }
  use.used += database.number(
      "SELECT min(p.purged_credits, 1000000000000000) "
      " + (SELECT CAST(min(total(v.credit_cost), 1e15) AS INTEGER) "
      "    FROM character_image_versions v WHERE v.project_id = p.id AND v.job_id IS NULL) "
      "FROM projects p WHERE p.id = ?",
      project);
  return use;
}

namespace {

// The queue is one per process: positions count among the queued jobs of one owner.
std::string job_query(std::string_view condition, std::string_view order) {
  return fmt::format(
      "SELECT {}, c.name, iif(j.state = 'queued', (SELECT count(*) FROM jobs q "
      "  WHERE q.state = 'queued' AND q.owner = j.owner AND q.queue_rank <= j.queue_rank), 0), "
      "(SELECT a.id FROM jobs a WHERE a.again_of = j.id ORDER BY a.queue_order DESC LIMIT 1), "
      "(SELECT json_group_array(id) FROM (SELECT v.id FROM character_image_versions v "
      "  WHERE v.job_id = j.id ORDER BY v.output_index)) "
      "FROM jobs j JOIN characters c ON c.id = j.character_id WHERE {} ORDER BY {}",
      kJobColumns, condition, order);
}

Job read_job_row(const Statement& row) {
  ColumnReader columns(row);
  Job job = read_job(columns);
  job.character_name = columns.text();
  job.queue_position = columns.small_integer();
  job.submitted_again_as = columns.text();
  job.version_ids = read_texts(columns.text(), fmt::format("job {}", job.id));
  return job;
}

bool has_words(const Job& job, const std::vector<std::string>& words) {
  const std::string said =
      fold_case(fmt::format("{}\n{}\n{}\n{}", job.character_name, job.request.version_name,
                            job.request.provider, job.message));
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return said.find(word) != std::string::npos; });
}

}  // namespace

std::vector<Job> load_jobs(Database& database, std::string_view condition,
                           std::string_view parameter) {
  Statement row = database.prepare(job_query(condition, "j.queue_rank"));
  if (condition.find('?') != std::string_view::npos) row.bind(parameter);
  std::vector<Job> jobs;
  while (row.step()) jobs.push_back(read_job_row(row));
  return jobs;
}

std::vector<Job> load_job_history(Database& database, const JobHistoryQuery& query) {
  Statement row =
      database.query(job_query("j.state IN ('done', 'failed', 'cancelled', 'uncertain') "
                               "AND (?1 = '' OR j.project_id = ?1) AND (?2 = '' OR j.state = ?2)",
                               "j.finished_at DESC, j.queue_order DESC"),
                     query.project_id, query.state ? to_string(*query.state) : std::string_view());
  const std::vector<std::string> words = search_words(query.text);
  std::vector<Job> jobs;
  while (static_cast<int>(jobs.size()) < query.limit && row.step()) {
    Job job = read_job_row(row);
    if (has_words(job, words)) jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace castboard
