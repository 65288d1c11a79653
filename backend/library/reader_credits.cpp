// What was spent and on what: the ledger and the sums that limits are held against.
#include <algorithm>
#include <vector>

#include "library/queries.h"
#include "library/sqlite_reader.h"

namespace castboard {

namespace {

constexpr int kTimesForMedian = 31;

}  // namespace

std::int64_t SqliteReader::usual_time_ms(std::string_view provider,
                                         std::string_view template_type) {
  Statement row = database_->query(
      "SELECT generation_time_ms FROM character_image_versions WHERE provider = ? "
      "AND template_type = ? AND generation_time_ms > 0 ORDER BY created_at DESC LIMIT ?",
      provider, template_type, kTimesForMedian);
  std::vector<std::int64_t> times;
  while (row.step()) times.push_back(row.integer(0));
  if (times.empty()) return 0;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

CreditUse SqliteReader::credit_use(const ProjectId& project, std::string_view since) {
  ReadScope scope(*database_);
  return load_credit_use(*database_, project, since);
}

std::vector<LedgerEntry> SqliteReader::ledger_entries(const LedgerQuery& query) {
  ReadScope scope(*database_);
  std::vector<LedgerEntry> entries;
  Statement row = database_->query(
      "SELECT j.id, j.project_id, p.name, j.character_id, c.name, j.user_id, j.provider, "
      "coalesce((SELECT v.model_used FROM character_image_versions v WHERE v.job_id = j.id), "
      "         j.request ->> '$.model'), "
      "j.request ->> '$.template_type', coalesce(j.started_at, j.created_at) AS time, j.state, "
      "j.billing, min(iif(j.billing = 'open', j.credit_estimate, j.credits), 1000000000000000), "
      "j.provider_cost, "
      "j.provider_cost_unit, j.message, "
      "(SELECT count(*) FROM character_image_versions v WHERE v.job_id = j.id), "
      "(SELECT count(*) FROM character_image_versions v WHERE v.job_id = j.id "
      "  AND v.status = 'omitted'), "
      "(SELECT count(*) FROM character_image_versions v WHERE v.job_id = j.id "
      "  AND v.deleted_at IS NOT NULL AND v.status <> 'omitted') "
      "FROM jobs j JOIN projects p ON p.id = j.project_id "
      "JOIN characters c ON c.id = j.character_id "
      "WHERE (?1 = '' OR j.project_id = ?1) AND (?2 = '' OR j.character_id = ?2) "
      "AND (?3 = '' OR j.provider = ?3) AND (?4 = '' OR time >= ?4) AND (?5 = '' OR time < ?5) "
      "ORDER BY time, j.queue_order",
      query.project_id, query.character_id, query.provider, query.since, query.until);
  while (row.step()) {
    ColumnReader columns(row);
    LedgerEntry entry;
    entry.job_id = columns.text();
    entry.project_id = columns.text();
    entry.project_name = columns.text();
    entry.character_id = columns.text();
    entry.character_name = columns.text();
    entry.user_id = columns.text();
    entry.provider = columns.text();
    entry.model = columns.text();
    entry.template_type = columns.text();
    entry.time = columns.text();
    entry.state = parse_job_state(columns.text()).value_or(JobState::uncertain);
    entry.billing = parse_billing(columns.text()).value_or(Billing::uncertain);
    entry.credits = columns.integer();
    entry.provider_cost = columns.real();
    entry.provider_cost_unit = columns.text();
    entry.message = columns.text();
    entry.pictures = columns.small_integer();
    entry.omitted = columns.small_integer();
    entry.trashed = columns.small_integer();
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace castboard
