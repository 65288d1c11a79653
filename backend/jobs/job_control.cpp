// What users and restarts do to jobs that exist: cancel, resume, check, recover.
#include <fmt/format.h>

#include "jobs/job_runner.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

namespace {

std::string original_url_of(const PictureFiles& files, const std::string& hash) {
  for (const char* extension : {"png", "jpg", "webp"}) {
    std::string url = PictureFiles::original_url(hash, extension);
    if (files.exists(url)) return url;
  }
  return {};
}

}  // namespace

Job JobRunner::cancel(const JobId& id) {
  Job job = read_row(id);
  if (is_final(job.state))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} is over already: {}", job.id, to_string(job.state)));
  if (const std::shared_ptr<Running> found = running(job.id)) {
    found->cancel.cancel();
    if (job.state != JobState::queued) return job;  // its own thread writes how it ended
  } else if (job.owner != environment_.process && may_be_alive(job.owner)) {
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} runs in another Castboard ({})", job.id, job.owner),
                  "Cancel it there.");
  }
  if (job.state != JobState::queued) return check(job.id);  // left by a dead process: settle it
  job.state = JobState::cancelled;
  job.message = "Cancelled before it was sent";
  job.error_code = to_string(ErrorCode::cancelled);
  job.finished_at = timestamp_now();
  write_row(job);
  return job;
}

Job JobRunner::resume(const JobId& id) {
  const Job job = read_row(id);
  if (job.state != JobState::queued)
    throw Failure(
        ErrorCode::invalid_input,
        fmt::format("Job {} is {}, not queued", job.id, to_string(job.state)),
        job.state == JobState::uncertain ? "`castboard jobs check` asks the provider again." : "");
  if (running(job.id)) return job;
  if (job.owner != environment_.process && may_be_alive(job.owner))
    throw Failure(ErrorCode::invalid_input,
                  fmt::format("Job {} waits in another Castboard ({})", job.id, job.owner));
  const Job taken = environment_.library->write([&](StoreWriter& writer) {
    return writer.take_over_job(job.id, environment_.process, job.epoch, {});
  });
  enqueue(taken);
  return taken;
}

Job JobRunner::check(const JobId& id) {
  const Job job = read_row(id);
  const bool ours = running(job.id) != nullptr;
  if (!is_final(job.state) && !ours && !may_be_alive(job.owner)) {
    recover_job(job);
    return read_row(id);
  }
  if (job.state == JobState::uncertain && !job.picture_hashes.empty()) {
    recover_job(job);
    return read_row(id);
  }
  return job;
}

void JobRunner::recover() {
  const std::vector<Job> left =
      environment_.library->read([](StoreReader& reader) { return reader.jobs(false); });
  for (const Job& job : left) {
    if (job.state == JobState::queued || job.owner == environment_.process ||
        may_be_alive(job.owner))
      continue;
    try {
      recover_job(job);
    } catch (const Failure& failure) {
      // Another process was faster, or the library takes no writes: the row says what is true.
      environment_.log(LogLevel::info, fmt::format("job {} was not taken over: {}", job.id,
                                                   failure.error().message));
    }
  }
}

void JobRunner::recover_job(const Job& left) {
  Job job = environment_.library->write([&](StoreWriter& writer) {
    return writer.take_over_job(left.id, environment_.process, left.epoch, {});
  });
  std::vector<std::vector<std::uint8_t>> pictures;
  for (const std::string& hash : job.picture_hashes) {
    const std::string url = original_url_of(environment_.library->files(), hash);
    if (url.empty()) break;
    pictures.push_back(environment_.library->files().read(url, kMaxPictureBytes));
    if (PictureFiles::content_hash(pictures.back()) != hash) {
      pictures.pop_back();
      break;
    }
  }
  if (!job.picture_hashes.empty() && pictures.size() == job.picture_hashes.size()) {
    save(std::move(job), std::move(pictures), left.received);
    return;
  }
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  const bool free = provider && provider->info().free;
  settle(std::move(job),
         free ? Error{ErrorCode::provider,
                      "Castboard ended before the picture was there",
                      "It cost nothing: generate it again.",
                      {}}
              : Error{ErrorCode::uncertain,
                      "Castboard ended while the provider was working",
                      "It may have been billed. Ask the provider before you generate it again.",
                      {}},
         false);
}

}  // namespace castboard
