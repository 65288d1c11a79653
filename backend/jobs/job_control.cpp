// What users do to jobs that exist: cancel, resume, check, move, pause.
#include <fmt/format.h>

#include "castboard/job_questions.h"
#include "jobs/job_runner.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

Job JobRunner::cancel(const JobId& id) {
  Job job = read_row(id);
  if (is_final(job.state))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} is over already: {}", job.id, to_string(job.state)));
  bool waits = false;
  if (const RunningPtr found = running(job.id)) {
    {
      const std::lock_guard lock(mutex_);
      // A picture that is here is saved: it may have been paid.
      if (!found->trouble.empty())
        throw Failure(ErrorCode::invalid_input,
                      fmt::format("The picture of job {} is here already", job.id),
                      "It is saved as soon as the library takes it.");
      waits = queue_.remove(job.id);
    }
    found->cancel.cancel();
    if (!waits) return job;  // its own thread writes how it ended
    job = read_row(job.id);  // as its last call left it
  } else if (!is_left(job)) {
    if (job.owner != environment_.process)
      throw Failure(ErrorCode::invalid_input,
                    fmt::format("Job {} runs in another Castboard ({})", job.id, job.owner),
                    "Cancel it there.");
  }
  if (!waits && job.state != JobState::queued) {
    if (recover_pictures(job)) return read_row(job.id);
    job = take_over(job);
  }
  // What is made there is not stopped any more. And of a call that is over, nobody knows what a
  // provider that gave it no id is at now: to stop that might hit somebody else's.
  const bool made = job.state == JobState::downloading;
  const bool told = !made && job.known_to_provider() && cancel_at_provider(job);
  const bool cost = job.state != JobState::queued && !is_free(job) && !told;
  Error error{ErrorCode::cancelled,
              cost ? "Cancelled; the provider had it already" : "Cancelled before it was sent",
              cost ? "It may still be billed." : "",
              {}};
  if (told) error.message = "Cancelled, also at its provider";
  if (made) error.hint = "The picture was made and waits there: check the job to fetch it.";
  if (is_free(job)) error.message = "Cancelled";
  settle(job, error, JobState::cancelled,
         is_free(job) ? Billing::free
         : cost       ? Billing::uncertain
                      : Billing::not_billed,
         cost ? job.credit_estimate : 0);
  return read_row(job.id);
}

std::vector<Job> JobRunner::cancel_queued() {
  std::vector<Job> cancelled;
  for (const Job& job : unfinished()) {
    bool waits = false;
    {
      const std::lock_guard lock(mutex_);
      waits = queue_.is_waiting(job.id) && job.state == JobState::queued;
    }
    if (!waits) continue;
    try {
      cancelled.push_back(cancel(job.id));
    } catch (const Failure& failure) {  // it was sent this moment: not queued any more
      environment_.log(LogLevel::info, failure.error().message);
    }
  }
  return cancelled;
}

std::vector<Job> JobRunner::cancel_all() {
  // What waits first, so that no slot takes up what is about to be cancelled.
  std::vector<Job> cancelled = cancel_queued();
  for (const Job& job : unfinished()) {
    if (!running(job.id)) continue;
    try {
      cancelled.push_back(cancel(job.id));
    } catch (const Failure& failure) {
      environment_.log(LogLevel::info, failure.error().message);
    }
  }
  return cancelled;
}

Job JobRunner::resume(const JobId& id) {
  const Job job = read_row(id);
  if (running(job.id)) {
    start_provider(job.request.provider);
    return read_row(job.id);
  }
  if (job.state == JobState::uncertain && job.known_to_provider()) return check(job.id);
  if (is_final(job.state))
    throw Failure(
        ErrorCode::invalid_input,
        fmt::format("Job {} is {}; there is nothing to resume", job.id, to_string(job.state)),
        job.state == JobState::uncertain
            ? "`castboard jobs submit-again` sends it a second time; it may be billed "
              "twice."
            : "");
  if (!is_left(job))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} {} in another Castboard ({})", job.id,
                              job.state == JobState::queued ? "waits" : "runs", job.owner));
  if (job.state == JobState::queued) {
    Job taken = take_over(job);
    // Why it waited there is no reason here.
    taken.message.clear();
    taken.hint.clear();
    taken.error_code.clear();
    taken.lease_until.clear();
    write_row(taken);
    enqueue(taken, JobQueue::Kind::fresh);
    return taken;
  }
  recover_job(job, Recovery::asked_for);
  return read_row(job.id);
}

std::vector<Job> JobRunner::resume_all() {
  std::vector<Job> resumed;
  const std::vector<Job> all =
      environment_.library->read([](StoreReader& reader) { return reader.jobs(true); });
  for (const Job& job : all) {
    const bool asked_for = job.state == JobState::uncertain && job.known_to_provider() &&
                           job.submitted_again_as.empty();
    if (is_final(job.state) ? !asked_for : !is_left(job) && !running(job.id)) continue;
    try {
      resumed.push_back(resume(job.id));
    } catch (const Failure& failure) {  // one that cannot go on keeps none of the others
      environment_.log(LogLevel::warning,
                       fmt::format("job {}: {}", job.id, failure.error().message));
    }
  }
  return resumed;
}

Job JobRunner::check(const JobId& id) {
  Job job = read_row(id);
  if (running(job.id)) {
    if (!is_final(job.state)) return job;
    wait_until_forgotten(job.id);  // its row is written, its thread is about to leave it
  }
  if (!is_final(job.state)) {
    if (job.state != JobState::queued && is_left(job)) recover_job(job, Recovery::asked_for);
    return read_row(job.id);
  }
  job.repeatable = is_repeatable(job);
  if (!leaves_a_question(job) || recover_pictures(job)) return read_row(job.id);
  if (!environment_.run_jobs) return job;
  if (job.known_to_provider())
    go_on_at_provider(job);
  else if (job.repeatable)
    repeat(job);
  return read_row(job.id);
}

std::vector<Job> JobRunner::move(const JobId& id, QueueMove move) {
  const JobId whole = read_row(id).id;
  environment_.library->write([&](StoreWriter& writer) { writer.move_job(whole, move); });
  return queue_of(whole);
}

std::vector<Job> JobRunner::move_to(const JobId& id, const JobId& place_of) {
  const JobId whole = read_row(id).id;
  const JobId other = read_row(place_of).id;
  environment_.library->write([&](StoreWriter& writer) { writer.move_job_to(whole, other); });
  return queue_of(whole);
}

std::vector<Job> JobRunner::queue_of(const JobId& id) {
  std::vector<Job> rows = unfinished();
  follow_order(rows);
  const std::string owner = read_row(id).owner;
  std::erase_if(
      rows, [&](const Job& job) { return job.state != JobState::queued || job.owner != owner; });
  return rows;
}

void JobRunner::follow_order(const std::vector<Job>& rows) {
  std::vector<JobId> order;
  for (const Job& job : rows)
    if (job.state == JobState::queued) order.push_back(job.id);
  const std::lock_guard lock(mutex_);
  queue_.set_order(order);
}

QueueState JobRunner::pause(bool paused) {
  {
    const std::lock_guard lock(mutex_);
    queue_.pause(paused);
  }
  queue_changed_.notify_all();
  environment_.jobs_changed();
  return queue_state();
}

QueueState JobRunner::start_provider(const std::string& name) {
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    started = queue_.start(name);  // a stop or a hold
  }
  if (started) {
    queue_changed_.notify_all();
    environment_.library->write(
        [&](StoreWriter& writer) { writer.set_waiting_reason(environment_.process, name, {}); });
    environment_.jobs_changed();
  }
  return queue_state();
}

}  // namespace castboard
