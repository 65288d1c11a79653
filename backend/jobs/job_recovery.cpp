// What processes left that ended, or gave no sign of life: saved, asked for, or settled. Nothing is
// submitted here.
#include <fmt/format.h>

#include "jobs/call_end.h"
#include "jobs/job_lease.h"
#include "jobs/job_runner.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

namespace {

// Rows of the first schema have no lease: nobody works that long on a picture.
constexpr std::chrono::hours kLongestWithoutLease{1};

std::string original_url_of(const PictureFiles& files, const std::string& hash) {
  for (const char* extension : {"png", "jpg", "webp"}) {
    std::string url = PictureFiles::original_url(hash, extension);
    if (files.exists(url)) return url;
  }
  return {};
}

// All the pictures the row names, or none.
std::vector<std::vector<std::uint8_t>> stored_pictures(const PictureFiles& files, const Job& job) {
  std::vector<std::vector<std::uint8_t>> pictures;
  for (const std::string& hash : job.picture_hashes) {
    const std::string url = original_url_of(files, hash);
    if (url.empty()) return {};
    pictures.push_back(files.read(url, kMaxPictureBytes));
    if (PictureFiles::content_hash(pictures.back()) != hash) return {};
  }
  return pictures;
}

}  // namespace

bool JobRunner::is_left(const Job& job) const {
  if (running(job.id)) return false;
  if (job.owner != environment_.process && !may_be_alive(job.owner)) return true;
  if (job.state == JobState::queued) return false;
  if (!job.lease_until.empty()) return job.lease_until <= timestamp_now();
  return job.owner != environment_.process && !job.started_at.empty() &&
         job.started_at < timestamp_after(-kLongestWithoutLease);
}

Job JobRunner::take_over(const Job& left) {
  return environment_.library->write([&](StoreWriter& writer) {
    return writer.take_over_job(left.id, environment_.process, left.epoch, timestamp_after(kLease));
  });
}

std::vector<Job> JobRunner::unfinished() const {
  return environment_.library->read([](StoreReader& reader) { return reader.jobs(false); });
}

void JobRunner::recover() {
  const auto tried = [this](const JobId& id, auto&& work) {
    try {
      work();
    } catch (const Failure& failure) {
      // Another process was faster, or the library takes no writes: the row says what is true.
      environment_.log(LogLevel::info,
                       fmt::format("job {} was not taken over: {}", id, failure.error().message));
    }
  };
  for (const Job& job : unfinished())
    if (job.state != JobState::queued && is_left(job))
      tried(job.id, [&] { recover_job(job, Recovery::automatic); });
  tried("", [this] { recover_kept(); });
}

// Also for jobs that are over in the rows: their pictures came after that, or could not be noted.
void JobRunner::recover_kept() {
  for (const KeptJobs::Kept& kept : kept_.all()) {
    if (kept.unusable || kept.files.empty()) continue;
    {
      const std::lock_guard lock(mutex_);
      if (unsaved_.contains(kept.job)) continue;
    }
    const std::optional<Job> job =
        environment_.library->read([&](StoreReader& reader) { return reader.job(kept.job); });
    if (!job) continue;  // of another library
    if (job->state == JobState::done) {
      kept_.remove(kept.job);
      kept_.remove_early(kept.job);
    } else if (is_final(job->state) || is_left(*job)) {
      (void)recover_pictures(*job);
    }
  }
}

// True when its pictures are here; then they are saved.
bool JobRunner::recover_pictures(const Job& left) {
  auto saving = std::make_shared<Saving>();
  saving->received = left.received;
  if (std::optional<KeptJobs::Kept> kept = kept_.find(left.id);
      kept && !kept->unusable && !kept->files.empty()) {
    saving->received = kept->received;
    saving->kept = std::move(kept);
  } else {
    saving->pictures = stored_pictures(environment_.library->files(), left);
    if (saving->pictures.empty()) return false;
  }
  saving->job = take_over(left);
  save(saving);
  return true;
}

void JobRunner::go_on_at_provider(const Job& left) {
  Job job = take_over(left);
  const bool was_billed = is_final(job.state) && job.billing == Billing::billed;
  if (is_final(job.state)) {  // somebody asks: what becomes of it is open again
    job.state = JobState::running;
    job.billing = Billing::open;
    job.credits = 0;
    job.finished_at.clear();
  }
  job.message.clear();
  job.hint.clear();
  job.error_code.clear();
  if (const auto kept = kept_.find(job.id); kept && !job.known_to_provider()) {
    job.provider_job_id = kept->provider_job_id;
    job.continuation = kept->continuation;
  }
  write_row(job);
  // Bytes that were no picture stay until there is one.
  if (const auto kept = kept_.find(job.id); kept && !kept->unusable) kept_.remove(job.id);
  enqueue(job, JobQueue::Kind::at_provider, {.repeats = false, .was_billed = was_billed});
}

bool JobRunner::key_counts(const Job& job) const {
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  if (!provider || job.started_at.empty()) return false;
  return timestamp_after(-provider->honours_key_for()) < job.started_at;
}

bool JobRunner::is_repeatable(const Job& job) const {
  return job.state == JobState::uncertain && !job.known_to_provider() &&
         job.submitted_again_as.empty() && key_counts(job);
}

// Only because the user asks. It is `submitting` from the start, never `queued`: should this
// process end too, it is as uncertain as before.
void JobRunner::repeat(const Job& left) {
  Job job = take_over(left);
  job.state = JobState::submitting;
  job.billing = Billing::open;
  job.credits = 0;
  job.finished_at.clear();
  job.message.clear();
  job.hint.clear();
  job.error_code.clear();
  write_row(job);
  enqueue(job, JobQueue::Kind::fresh, {.repeats = true, .was_billed = false});
}

void JobRunner::recover_job(const Job& left, Recovery how) {
  if (recover_pictures(left)) return;
  const std::optional<KeptJobs::Kept> kept = kept_.find(left.id);
  const bool known =
      left.known_to_provider() ||
      (kept && !kept->unusable && (!kept->provider_job_id.empty() || !kept->continuation.empty()));
  if (known && environment_.run_jobs &&
      (how == Recovery::asked_for || environment_.resume_left_jobs))
    return go_on_at_provider(left);
  if (known) return;  // it stays at its provider until somebody resumes it
  Job job = take_over(left);
  CallEnd end;
  end.state = job.state;
  end.free = is_free(job);
  end.credits = job.credit_estimate;
  end.key_counts = key_counts(job);
  if (end.free) {
    end.error = {ErrorCode::provider,
                 "Castboard ended before the picture was there",
                 "It cost nothing: generate it again.",
                 {}};
  } else {
    end.error = {ErrorCode::uncertain,
                 "Castboard ended while the provider was working; it may be billed",
                 {},
                 {}};
  }
  const Verdict verdict = judge(end);
  settle(std::move(job), verdict.error, verdict.state, verdict.billing, verdict.credits);
}

// A sign of life for what is in hand here; and a look for what others gave up.
void JobRunner::renew_leases() {
  try {
    std::vector<JobId> ids;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [id, running] : running_) ids.push_back(id);
    }
    if (!ids.empty())
      environment_.library->write([&](StoreWriter& writer) {
        writer.renew_leases(environment_.process, ids, timestamp_after(kLease));
      });
    if (environment_.run_jobs && environment_.resume_left_jobs) recover();
  } catch (const Failure& failure) {
    environment_.log(LogLevel::warning, failure.error().message);
  }
  timetable_.after(kLeaseRenewal, [this] { renew_leases(); });
}

}  // namespace castboard
