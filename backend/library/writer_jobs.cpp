#include <fmt/format.h>

#include <algorithm>

#include "library/queries.h"
#include "library/rows.h"
#include "library/sqlite_writer.h"
#include "os/processes.h"

namespace castboard {

namespace {

[[noreturn]] void no_such_job(const JobId& id) {
  throw Failure(ErrorCode::not_found, fmt::format("There is no job {}.", id),
                "`castboard jobs list` shows them.");
}

}  // namespace

void SqliteWriter::add_job(const Job& job) {
  require_group();
  EditScope scope(*database_);
  insert_job(*database_, job, timestamp_now());
  note("job", job.id);
  scope.finish();
}

CreditUse SqliteWriter::credit_use(const ProjectId& project, std::string_view since) {
  require_group();
  return load_credit_use(*database_, project, since);
}

Job SqliteWriter::job(const JobId& id) {
  require_group();
  auto found = load_jobs(*database_, "j.id = ?", id);
  if (found.empty()) no_such_job(id);
  return std::move(found.front());
}

std::vector<Job> SqliteWriter::jobs_of_batch(std::string_view batch_id) {
  require_group();
  return load_jobs(*database_, "j.batch_id = ?", batch_id);
}

void SqliteWriter::update_job(const Job& job, const JobOwner& owner) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE jobs SET state = ?, prompt = ?, provider_job_id = ?, progress = ?, "
      "credit_estimate = ?, message = ?, hint = ?, error_code = ?, picture_hashes = ?, "
      "received = ?, lease_until = ?, started_at = ?, finished_at = ?, continuation = ?, "
      "kept_files = ?, billing = ?, credits = ?, provider_cost = ?, provider_cost_unit = ?, "
      "updated_at = ? WHERE id = ? AND owner = ? AND epoch = ?",
      to_string(job.state), OrNull{job.prompt}, OrNull{job.provider_job_id}, job.progress,
      job.credit_estimate, OrNull{job.message}, OrNull{job.hint}, OrNull{job.error_code},
      write_texts(job.picture_hashes), OrNull{job.received}, OrNull{job.lease_until},
      OrNull{job.started_at}, OrNull{job.finished_at}, OrNull{job.continuation},
      write_texts(job.kept_files), to_string(job.billing), job.credits, job.provider_cost,
      OrNull{job.provider_cost_unit}, timestamp_now(), job.id, owner.owner, owner.epoch);
  if (database_->changed_rows() == 0) {
    if (load_jobs(*database_, "j.id = ?", job.id).empty()) no_such_job(job.id);
    throw Failure(ErrorCode::cancelled,
                  fmt::format("Job {} was taken over by another process.", job.id));
  }
  note("job", job.id);
  scope.finish();
}

Job SqliteWriter::take_over_job(const JobId& id, std::string_view new_owner, int expected_epoch,
                                std::string_view lease_until) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE jobs SET owner = ?, epoch = epoch + 1, lease_until = ?, updated_at = ? "
      "WHERE id = ? AND epoch = ?",
      new_owner, OrNull{lease_until}, timestamp_now(), id, expected_epoch);
  const bool taken = database_->changed_rows() > 0;
  auto found = load_jobs(*database_, "j.id = ?", id);
  if (found.empty()) no_such_job(id);
  if (!taken)
    throw Failure(ErrorCode::cancelled,
                  fmt::format("Job {} was taken over by another process ({}) first.", id,
                              found.front().owner));
  note("job", id);
  scope.finish();
  return std::move(found.front());
}

void SqliteWriter::renew_leases(std::string_view owner, const std::vector<JobId>& ids,
                                std::string_view lease_until) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE jobs SET lease_until = ? WHERE owner = ? "
      "AND id IN (SELECT value FROM json_each(?)) "
      "AND state IN ('submitting', 'running', 'downloading', 'saving')",
      lease_until, owner, write_texts(ids));
  scope.finish();
}

void SqliteWriter::move_job(const JobId& id, QueueMove move) {
  require_group();
  EditScope scope(*database_);
  rearrange_queue(id, [&](std::vector<JobId>& order, QueueSpot at) {
    switch (move) {
      case QueueMove::first:
        std::rotate(order.begin(), at, at + 1);
        break;
      case QueueMove::last:
        std::rotate(at, at + 1, order.end());
        break;
      case QueueMove::up:
        if (at != order.begin()) std::iter_swap(at, at - 1);
        break;
      case QueueMove::down:
        if (at + 1 != order.end()) std::iter_swap(at, at + 1);
        break;
    }
  });
  scope.finish();
}

void SqliteWriter::move_job_to(const JobId& id, const JobId& place_of) {
  require_group();
  EditScope scope(*database_);
  rearrange_queue(id, [&](std::vector<JobId>& order, QueueSpot at) {
    const QueueSpot to = std::find(order.begin(), order.end(), place_of);
    if (to == order.end())
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("Job {} does not wait in the same queue.", place_of),
                    "Choose one that is queued by the same Castboard.");
    if (to < at)
      std::rotate(to, at, at + 1);
    else
      std::rotate(at, at + 1, to + 1);
  });
  scope.finish();
}

void SqliteWriter::rearrange_queue(
    const JobId& id, const std::function<void(std::vector<JobId>&, QueueSpot)>& rearrange) {
  const auto found = load_jobs(*database_, "j.id = ?", id);
  if (found.empty()) no_such_job(id);
  if (found.front().state != JobState::queued)
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} is {}, not queued.", id, to_string(found.front().state)),
                  "Only what waits can be moved.");
  std::vector<JobId> order;
  std::vector<std::int64_t> ranks;
  {
    Statement row = database_->query(
        "SELECT id, queue_rank FROM jobs WHERE state = 'queued' AND owner = ? ORDER BY queue_rank",
        found.front().owner);
    while (row.step()) {
      order.push_back(row.text(0));
      ranks.push_back(row.integer(1));
    }
  }
  const std::vector<JobId> before = order;
  rearrange(order, std::find(order.begin(), order.end(), id));
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] == before[i]) continue;
    database_->run("UPDATE jobs SET queue_rank = ? WHERE id = ?", ranks[i], order[i]);
    note("job", order[i]);
  }
}

void SqliteWriter::set_waiting_reason(std::string_view owner, std::string_view provider,
                                      const Error& reason) {
  require_group();
  EditScope scope(*database_);
  const bool waits = !reason.message.empty();
  std::vector<JobId> ids;
  {
    Statement row = database_->query(
        "SELECT id FROM jobs WHERE state = 'queued' AND owner = ? AND provider = ? "
        "AND ifnull(message, '') <> ?",
        owner, provider, reason.message);
    while (row.step()) ids.push_back(row.text(0));
  }
  for (const JobId& id : ids) {
    database_->run(
        "UPDATE jobs SET message = ?, hint = ?, error_code = ?, updated_at = ? "
        "WHERE id = ?",
        OrNull{reason.message}, OrNull{reason.hint},
        OrNull{waits ? to_string(reason.code) : std::string_view()}, timestamp_now(), id);
    note("job", id);
  }
  scope.finish();
}

}  // namespace castboard
