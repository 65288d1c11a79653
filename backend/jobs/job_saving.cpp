// From received bytes to versions. What was received may have been paid: while the library does not
// take it, it is kept elsewhere and tried again.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "imaging/imaging.h"
#include "jobs/call_end.h"
#include "jobs/job_lease.h"
#include "jobs/job_runner.h"
#include "jobs/received_pictures.h"
#include "library/lookup.h"
#include "os/files.h"
#include "os/processes.h"

namespace castboard {

namespace {

constexpr std::chrono::milliseconds kLongestSaveDelay{60'000};
// A full disk gets room again; what goes wrong for no known reason does so again.
constexpr int kUnexpectedTried = 8;

// What the reply said of money, else the estimate.
void apply_cost(const std::string& received, bool free, Job& job) {
  job.billing = free ? Billing::free : Billing::billed;
  job.credits = free ? 0 : job.credit_estimate;
  const nlohmann::json json = nlohmann::json::parse(received, nullptr, false);
  if (!json.is_object()) return;
  if (!free) job.credits = json.value("credits", job.credits);
  job.provider_cost = json.value("cost", 0.0);
  job.provider_cost_unit = json.value("cost_unit", "");
}

// Each picture of a job has its share, together exactly what the job cost.
void share_cost(const Job& job, std::size_t index, std::size_t count, Version& version) {
  const auto whole = static_cast<std::int64_t>(count);
  const auto place = static_cast<std::int64_t>(index);
  version.credit_cost = job.credits / whole + (place < job.credits % whole ? 1 : 0);
  version.provider_cost = job.provider_cost / static_cast<double>(whole);
}

}  // namespace

void JobRunner::save(const SavingPtr& saving) {
  {
    const std::lock_guard lock(mutex_);
    waiting_saves_.erase(saving->job.id);
  }
  ++saving->attempts;
  keep_beside(*saving);
  try {
    if (saving->pictures.empty() && saving->kept)
      saving->pictures = KeptJobs::pictures_of(*saving->kept);
    store_outputs(*saving);
    kept_.remove(saving->job.id);
    kept_.remove_early(saving->job.id);
    forget(saving->job.id);
  } catch (...) {
    Error error = to_error(std::current_exception());
    if (error.code == ErrorCode::bad_picture || error.code == ErrorCode::provider)
      return keep_unusable(saving, std::move(error));
    keep_trying(saving, error);
  }
}

void JobRunner::store_outputs(Saving& saving) {
  Job& job = saving.job;
  if (saving.pictures.empty())
    throw Failure(ErrorCode::provider, "The provider answered without a picture",
                  "Try again, or another provider.");
  Library& library = *environment_.library;
  // One that is no picture takes none of the others down.
  std::vector<std::size_t> good;
  std::optional<Error> bad;
  const auto unless_bad = [&bad](auto&& work) {
    try {
      work();
    } catch (const Failure& failure) {
      if (failure.error().code != ErrorCode::bad_picture) throw;
      bad = failure.error();
      return false;
    }
    return true;
  };
  job.picture_hashes.clear();
  std::vector<std::size_t> none;
  for (std::size_t i = 0; i < saving.pictures.size(); ++i) {
    const bool is_picture = unless_bad([&] {
      read_picture_header(saving.pictures[i]);  // what is not a picture is not named in the row
      good.push_back(i);
      job.picture_hashes.push_back(PictureFiles::content_hash(saving.pictures[i]));
    });
    if (!is_picture) none.push_back(i);
  }
  if (good.empty()) throw Failure(bad.value());
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  job.state = JobState::saving;
  job.received = saving.received;
  job.lease_until = timestamp_after(kLease);
  apply_cost(saving.received, is_free(job), job);
  Job row = job;
  row.billing = Billing::open;  // it is counted when it is over
  write_row(row);

  const Character character = library.read([&](StoreReader& reader) {
    return find_character(reader, job.character_id, {}, environment_.user);
  });
  const bool crops = provider && provider->crops(job.request);
  std::vector<NewVersion> made;
  for (const std::size_t index : good) {
    const bool is_whole = unless_bad([&] {
      made.push_back(store_picture(library, environment_.configuration->catalogue, job, character,
                                   saving.pictures[index], static_cast<int>(index), crops,
                                   saving.received));
    });
    if (!is_whole) none.push_back(index);
  }
  if (made.empty()) throw Failure(bad.value());
  if (!std::exchange(saving.bad_kept, true))
    for (const std::size_t index : none) saving.unusable.push_back(saving.pictures[index]);
  keep_beside(saving);
  for (std::size_t i = 0; i < made.size(); ++i) share_cost(job, i, made.size(), made[i].version);
  library.write([&](StoreWriter& writer) {
    const JobOwner owner{job.owner, job.epoch};
    Job done = job;
    done.version_ids.clear();
    for (const NewVersion& version : made)
      done.version_ids.push_back(writer.add_version(version, owner, environment_.push).id);
    done.state = JobState::done;
    done.finished_at = timestamp_now();
    done.lease_until.clear();
    done.kept_files.clear();
    done.error_code.clear();
    done.hint.clear();
    done.message = bad ? fmt::format("{} of {} pictures could not be used: {}",
                                     saving.pictures.size() - made.size(), saving.pictures.size(),
                                     bad->message)
                       : job.message;
    if (!saving.unusable_kept_in.empty())
      done.message +=
          fmt::format(" What could not be used is kept in {}.", saving.unusable_kept_in);
    if (done.message.empty())
      done.message = other_shape(environment_.configuration->catalogue, made.front().version);
    writer.update_job(done, owner);
  });
}

// The library does not take it now. Nothing is lost as long as one of library, another place or
// this process has it.
void JobRunner::keep_trying(const SavingPtr& saving, const Error& error) {
  Job& job = saving->job;
  environment_.log(LogLevel::error, fmt::format("job {}: its picture could not be saved: {} {}",
                                                job.id, error.message, error.detail));
  if (!saving->kept) {
    try {
      saving->kept = kept_.keep(job, saving->pictures, saving->received);
      job.kept_files.clear();
      for (const auto& file : saving->kept->files) job.kept_files.push_back(file.string());
    } catch (const Failure& failure) {
      environment_.log(LogLevel::error,
                       fmt::format("job {}: there is no other place for it either: {}", job.id,
                                   failure.error().message));
    }
  }
  if (saving->kept) saving->pictures.clear();                     // read again when it is time
  if (error.code == ErrorCode::cancelled) return forget(job.id);  // another process has the job
  const bool hopeless = error.code == ErrorCode::internal && saving->attempts >= kUnexpectedTried;
  if (hopeless && saving->kept) return stop_trying(saving, error);
  say_trouble(saving, error);
  const std::lock_guard lock(mutex_);
  if (finished_) {
    running_.erase(job.id);
    return;
  }
  waiting_saves_[job.id] = saving;
  timetable_.after(
      back_off(environment_.first_save_delay, kLongestSaveDelay, saving->attempts),
      [this, saving] { environment_.file_pool->post([this, saving] { save(saving); }); });
}

// It was paid and lies elsewhere: the next start tries it again, and the user can.
void JobRunner::stop_trying(const SavingPtr& saving, const Error& error) {
  Job job = saving->job;
  {
    const std::lock_guard lock(mutex_);
    unsaved_.insert(job.id);
  }
  apply_cost(saving->received, is_free(job), job);
  Error told = error;
  told.message = fmt::format("The picture is here but cannot be saved: {}", error.message);
  told.hint = fmt::format(
      "It is kept in {}. Check it again, or start Castboard again: both try to save it. {}",
      saving->kept->directory.string(), error.hint);
  settle(job, told, JobState::uncertain, job.billing, job.credits);
}

void JobRunner::say_trouble(const SavingPtr& saving, const Error& error) {
  Job row = saving->job;
  row.state = JobState::saving;
  row.message = fmt::format("The picture is here but cannot be saved: {}", error.message);
  row.hint =
      saving->kept
          ? fmt::format("It is kept in {} and saved as soon as the library takes it. {}",
                        saving->kept->directory.string(), error.hint)
          : fmt::format("Do not close Castboard: nowhere else could it be kept. {}", error.hint);
  row.error_code = to_string(error.code);
  row.lease_until = timestamp_after(kLease);
  row.billing = Billing::open;
  {
    const std::lock_guard lock(mutex_);
    RunningPtr& running = running_[row.id];  // a recovered one is not there yet
    if (!running) running = std::make_shared<Running>();
    running->trouble = row.message;
    running->hint = row.hint;
    running->error_code = row.error_code;
  }
  try {
    write_row(row);
  } catch (const Failure&) {  // that is the trouble; those who ask this process hear of it
  }
  environment_.jobs_changed();
}

void JobRunner::add_early(Saving& saving, const Running& running) const {
  std::vector<std::vector<std::uint8_t>>& pictures = saving.pictures;
  const auto add = [&](std::vector<std::uint8_t> bytes) {
    if (std::find(pictures.begin(), pictures.end(), bytes) == pictures.end())
      pictures.push_back(std::move(bytes));
  };
  if (const auto early = kept_.find_early(saving.job.id)) {
    if (saving.received.empty()) saving.received = early->received;
    for (const auto& file : early->files) {
      try {
        add(read_file(file, kMaxPictureBytes));
      } catch (const Failure& failure) {
        environment_.log(LogLevel::warning, failure.error().message);
      }
    }
  }
  for (const auto& [address, bytes] : running.early) add(bytes);
}

bool JobRunner::save_early(const Job& job, const Error& error, const Running& running) {
  auto saving = std::make_shared<Saving>();
  saving->job = job;
  add_early(*saving, running);
  if (saving->pictures.empty()) return false;
  saving->unusable = running.unusable;
  saving->job.message = fmt::format("Not all of its pictures came: {}", error.message);
  environment_.log(LogLevel::warning, fmt::format("job {}: {}", job.id, saving->job.message));
  environment_.file_pool->post([this, saving] { save(saving); });
  return true;
}

std::string JobRunner::hint_of_early(const JobId& job) const {
  const auto early = kept_.find_early(job);
  if (!early) return {};
  const std::size_t count = early->files.size();
  return fmt::format("{} of its pictures {} here already and {} kept in {}. ", count,
                     count == 1 ? "is" : "are", count == 1 ? "is" : "are",
                     early->directory.string());
}

// Bytes that are no picture cannot become a version, but they were paid for: the user may know
// more.
void JobRunner::keep_unusable(const SavingPtr& saving, Error error) {
  CallEnd end;
  end.error = std::move(error);
  end.state = JobState::saving;
  end.free = is_free(saving->job);
  end.credits = saving->job.credit_estimate;
  if (!end.free) keep_bytes(saving->job, saving->pictures, saving->received, end.error);
  const Verdict verdict = judge(end);
  apply_cost(saving->received, end.free, saving->job);
  const std::int64_t credits =
      verdict.billing == Billing::billed ? saving->job.credits : verdict.credits;
  settle(std::move(saving->job), verdict.error, verdict.state, verdict.billing, credits);
}

void JobRunner::keep_bytes(const Job& job, const std::vector<std::vector<std::uint8_t>>& bytes,
                           const std::string& received, Error& error) const {
  if (bytes.empty()) return;
  try {
    const KeptJobs::Kept kept = kept_.keep(job, bytes, received, true);
    error.hint =
        fmt::format("What was received is kept in {}. {}", kept.directory.string(), error.hint);
  } catch (const Failure& failure) {
    environment_.log(LogLevel::warning, failure.error().message);
  }
}

// The same for what came with pictures that can be used.
void JobRunner::keep_beside(Saving& saving) const {
  if (saving.unusable.empty() || is_free(saving.job)) return;
  try {
    saving.unusable_kept_in = kept_.keep_beside(saving.job.id, saving.unusable).string();
    saving.unusable.clear();
  } catch (const Failure& failure) {
    environment_.log(LogLevel::warning, failure.error().message);
  }
}

void JobRunner::keep_remote(const Job& job) const {
  try {
    kept_.keep(job, {}, {});
  } catch (const Failure& failure) {
    environment_.log(LogLevel::error,
                     fmt::format("job {}: its id at the provider is nowhere on disk: {}", job.id,
                                 failure.error().message));
  }
}

}  // namespace castboard
