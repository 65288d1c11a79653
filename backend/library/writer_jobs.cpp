#include <fmt/format.h>

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

void SqliteWriter::update_job(const Job& job, const JobOwner& owner) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE jobs SET state = ?, prompt = ?, provider_job_id = ?, progress = ?, "
      "credit_estimate = ?, message = ?, hint = ?, error_code = ?, picture_hashes = ?, received = "
      "?, "
      "lease_until = ?, started_at = ?, finished_at = ?, updated_at = ? "
      "WHERE id = ? AND owner = ? AND epoch = ?",
      to_string(job.state), OrNull{job.prompt}, OrNull{job.provider_job_id}, job.progress,
      job.credit_estimate, OrNull{job.message}, OrNull{job.hint}, OrNull{job.error_code},
      write_texts(job.picture_hashes), OrNull{job.received}, OrNull{job.lease_until},
      OrNull{job.started_at}, OrNull{job.finished_at}, timestamp_now(), job.id, owner.owner,
      owner.epoch);
  if (database_->changed_rows() == 0) {
    if (load_jobs(*database_, "j.id = ?", job.id).empty()) no_such_job(job.id);
    throw Failure(ErrorCode::cancelled,
                  fmt::format("Job {} was taken over by another process.", job.id));
  }
  note("job", job.id);
  scope.finish();
}

Job SqliteWriter::take_over_job(const JobId& id, std::string_view new_owner, int expected_epoch) {
  require_group();
  EditScope scope(*database_);
  database_->run(
      "UPDATE jobs SET owner = ?, epoch = epoch + 1, lease_until = NULL, updated_at = ? "
      "WHERE id = ? AND epoch = ?",
      new_owner, timestamp_now(), id, expected_epoch);
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

}  // namespace castboard
