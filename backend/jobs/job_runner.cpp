#include "jobs/job_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "jobs/received_pictures.h"
#include "jobs/references.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

namespace {

Error to_error(const std::exception_ptr& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const Failure& failure) {
    return failure.error();
  } catch (const std::exception& error) {
    return {ErrorCode::internal, "Something unexpected went wrong", "Please report it.",
            error.what()};
  }
}

}  // namespace

// Writes each step of the provider's work into the job's row before it happens.
class JobRunner::Steps final : public ProviderObserver {
 public:
  Steps(JobRunner& runner, Job& job, Running& running)
      : runner_(runner), job_(job), running_(running) {}

  void submitting() override {
    running_.cancel.check();
    move_to(JobState::submitting);
  }
  void accepted(const RemoteJob& remote) override {
    job_.provider_job_id = remote.id;
    move_to(JobState::running);
  }
  void downloading(const RemoteJob&) override { move_to(JobState::downloading); }
  void progress(double fraction) override {
    running_.progress = std::clamp(fraction, 0.0, 1.0);
    runner_.environment_.jobs_changed();
  }

 private:
  void move_to(JobState state) {
    job_.state = state;
    if (job_.started_at.empty()) job_.started_at = timestamp_now();
    runner_.write_row(job_);
  }

  JobRunner& runner_;
  Job& job_;
  Running& running_;
};

JobRunner::JobRunner(Environment environment)
    : environment_(std::move(environment)), slots_(environment_.slots) {}

JobRunner::~JobRunner() {
  finish();
}

void JobRunner::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    for (auto& [id, running] : running_) {
      running->stopping = true;
      running->cancel.cancel();
    }
  }
  intake_cancel_.cancel();
  slots_.finish();
}

const Provider& JobRunner::named_provider(const GenerationRequest& request) const {
  const Provider* provider = environment_.configuration->find_provider(request.provider);
  if (!provider)
    throw Failure(ErrorCode::not_found,
                  fmt::format("There is no provider \"{}\"", request.provider),
                  "`castboard providers list` lists them.");
  return *provider;
}

const Provider& JobRunner::usable_provider(const GenerationRequest& request) const {
  const Provider& provider = named_provider(request);
  if (!provider.info().usable)
    throw Failure(ErrorCode::configuration,
                  fmt::format("{} cannot be used: {}", provider.info().title,
                              provider.info().unusable_reason),
                  fmt::format("`castboard providers check {}` says more.", request.provider));
  return provider;
}

GenerationQuote JobRunner::quote(const GenerationRequest& request) {
  const Catalogue& catalogue = environment_.configuration->catalogue;
  check_request(catalogue, request);
  const Provider& provider = named_provider(request);
  provider.check(request);
  const Character character = environment_.library->read([&](StoreReader& reader) {
    return find_character(reader, request.character_id, {}, environment_.user);
  });
  ProviderRequest asked{request, character, build_prompt(catalogue, request, character),
                        {},      {},        {}};
  const auto reference = [&](const Reference& from, std::string_view which,
                             std::vector<ReferenceImage>& to) {
    if (!from) return;
    to.push_back(take_reference(from, which, *environment_.library, environment_.user,
                                *environment_.http, false, intake_cancel_)
                     .image);
  };
  reference(request.character_reference, "character", asked.character_references);
  reference(request.background_reference, "background", asked.background_references);

  GenerationQuote quote;
  quote.prompt = asked.prompt;
  quote.credits = provider.credits(request, quote.credits_reason) * request.count;
  if (!provider.info().usable)
    quote.notes.push_back(fmt::format("{} cannot be used yet: {}", provider.info().title,
                                      provider.info().unusable_reason));
  if (provider.crops(request))
    quote.notes.push_back(
        fmt::format("{} cannot make {} itself; the nearest size is asked for and cropped.",
                    provider.info().title, request.aspect_ratio));
  check_limits(request, character, quote.credits);
  quote.request_preview = provider.preview(asked);
  return quote;
}

void JobRunner::check_limits(const GenerationRequest& request, const Character& character,
                             std::int64_t credits) const {
  if (request.max_credits && credits > *request.max_credits)
    throw Failure(ErrorCode::out_of_credit,
                  fmt::format("This would cost {} credits; the limit given is {}", credits,
                              *request.max_credits),
                  "Raise the limit, or ask for less.");
  const std::optional<Project> project = environment_.library->read(
      [&](StoreReader& reader) { return reader.project(character.project_id); });
  if (project && project->credit_limit && project->credits_used + credits > *project->credit_limit)
    throw Failure(ErrorCode::out_of_credit,
                  fmt::format("{} has {} of {} credits left; this would cost {}", project->name,
                              *project->credit_limit - project->credits_used,
                              *project->credit_limit, credits),
                  "Raise the project's limit, or ask for less.");
}

std::vector<Job> JobRunner::submit(const GenerationRequest& request) {
  const std::lock_guard order(intake_);
  intake_cancel_.check();
  const Catalogue& catalogue = environment_.configuration->catalogue;
  check_request(catalogue, request);
  const Provider& provider = usable_provider(request);
  provider.check(request);
  Library& library = *environment_.library;
  const Character character = library.read([&](StoreReader& reader) {
    return find_character(reader, request.character_id, {}, environment_.user);
  });
  if (!character.deleted_at.empty())
    throw Failure(ErrorCode::invalid_input, fmt::format("{} is in the trash", character.name),
                  "Restore it first.");
  std::string reason;
  const std::int64_t credits = provider.credits(request, reason);
  check_limits(request, character, credits * request.count);

  const auto take = [&](const Reference& from, std::string_view which) {
    return take_reference(from, which, library, environment_.user, *environment_.http, true,
                          intake_cancel_);
  };
  const CopiedReference character_copy = take(request.character_reference, "character");
  const CopiedReference background_copy = take(request.background_reference, "background");

  Job job;
  job.project_id = character.project_id;
  job.character_id = character.id;
  job.character_name = character.name;
  job.user_id = environment_.user;
  job.request = request;
  job.request.character_id = character.id;
  job.request.count = 1;
  if (!character_copy.version_id.empty())
    job.request.character_reference.text = character_copy.version_id;
  if (!background_copy.version_id.empty())
    job.request.background_reference.text = background_copy.version_id;
  if (job.request.model.empty()) job.request.model = provider.info().default_model;
  job.prompt = build_prompt(catalogue, request, character);
  job.credit_estimate = credits;
  job.character_ref_hash = character_copy.hash;
  job.background_ref_hash = background_copy.hash;
  job.owner = environment_.process;
  job.epoch = 1;

  job.batch_id = random_uuid();
  std::vector<Job> jobs;
  for (int i = 0; i < request.count; ++i) {
    job.id = random_uuid();
    job.batch_index = i;
    job.created_at = timestamp_now();
    if (request.count > 1) job.batch_id = jobs.empty() ? job.id : jobs.front().id;
    job.batch_index = i;
    // Several of one request with a fixed seed would be the same picture again.
    if (request.seed) job.request.seed = *request.seed + i;
    jobs.push_back(job);
  }
  library.write([&](StoreWriter& writer) {
    for (const Job& row : jobs) writer.add_job(row);
  });
  if (environment_.run_jobs)
    for (const Job& row : jobs) enqueue(row);
  return jobs;
}

void JobRunner::enqueue(const Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    running_[job.id] = std::make_shared<Running>();
  }
  slots_.post([this, id = job.id] { run(id); });
}

void JobRunner::run(const JobId& id) {
  const std::shared_ptr<Running> running = this->running(id);
  if (!running || running->stopping) return;  // stays queued for a later start
  Job job;
  try {
    job = read_row(id);
    if (is_final(job.state)) return forget(id);
    running->cancel.check();
    call_provider(job, running);
  } catch (...) {
    settle_row(id, to_error(std::current_exception()), running->stopping);
  }
}

void JobRunner::settle_row(const JobId& id, const Error& error, bool stopping) {
  try {
    // The steps so far are in the row; what they mean for money is decided by it.
    settle(read_row(id), error, stopping);
  } catch (const Failure& failure) {
    environment_.log(LogLevel::error, fmt::format("job {}: {}; its row cannot be read: {}", id,
                                                  error.message, failure.error().message));
    forget(id);
  }
}

void JobRunner::call_provider(Job job, const std::shared_ptr<Running>& running) {
  const Provider& provider = usable_provider(job.request);
  ProviderRequest request;
  request.asked = job.request;
  request.prompt = job.prompt;
  request.idempotency_key = job.id;
  request.character = environment_.library->read([&](StoreReader& reader) {
    return find_character(reader, job.character_id, {}, environment_.user);
  });
  if (!job.character_ref_hash.empty())
    request.character_references.push_back(stored_reference(
        *environment_.library, job.character_ref_hash, job.request.character_reference));
  if (!job.background_ref_hash.empty())
    request.background_references.push_back(stored_reference(
        *environment_.library, job.background_ref_hash, job.request.background_reference));

  Steps steps(*this, job, *running);
  const auto started = std::chrono::steady_clock::now();
  ProviderResult result = provider.generate(request, steps, running->cancel);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  // The slot is free again: saving is the file pool's work.
  environment_.file_pool->post([this, job, received = received_to_json(result, took.count()),
                                pictures = std::move(result.pictures)]() mutable {
    save(std::move(job), std::move(pictures), received);
  });
}

void JobRunner::save(Job job, std::vector<std::vector<std::uint8_t>> pictures,
                     const std::string& received) {
  try {
    store_outputs(job, pictures, received);
    forget(job.id);
  } catch (...) {
    settle(std::move(job), to_error(std::current_exception()), false);
  }
}

void JobRunner::store_outputs(Job& job, const std::vector<std::vector<std::uint8_t>>& pictures,
                              const std::string& received) {
  if (pictures.empty())
    throw Failure(ErrorCode::provider, "The provider answered without a picture",
                  "Try again, or another provider.");
  Library& library = *environment_.library;
  job.picture_hashes.clear();
  for (const auto& bytes : pictures) {
    read_picture_header(bytes);  // what is not a picture is not named in the row
    job.picture_hashes.push_back(PictureFiles::content_hash(bytes));
  }
  job.state = JobState::saving;
  job.received = received;
  write_row(job);

  const Character character = library.read([&](StoreReader& reader) {
    return find_character(reader, job.character_id, {}, environment_.user);
  });
  const bool crops = named_provider(job.request).crops(job.request);
  std::vector<NewVersion> made;
  for (std::size_t i = 0; i < pictures.size(); ++i)
    made.push_back(store_picture(library, environment_.configuration->catalogue, job, character,
                                 pictures[i], static_cast<int>(i), crops, received));
  library.write([&](StoreWriter& writer) {
    const JobOwner owner{job.owner, job.epoch};
    job.version_ids.clear();
    for (const NewVersion& version : made)
      job.version_ids.push_back(writer.add_version(version, owner, environment_.push).id);
    job.state = JobState::done;
    job.finished_at = timestamp_now();
    writer.update_job(job, owner);
  });
}

void JobRunner::settle(Job job, const Error& error, bool stopping) {
  const bool sent = job.state != JobState::queued;
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  const bool free = !provider || provider->info().free;
  if (stopping && !sent) return forget(job.id);  // waits, queued, for the next start
  job.message = error.message;
  job.hint = error.hint;
  job.error_code = to_string(error.code);
  if (error.code == ErrorCode::uncertain || (stopping && !free)) {
    job.state = JobState::uncertain;
    if (stopping) {
      job.message = "Castboard was closed while the provider was working";
      job.hint = "It may have been billed. Ask the provider before you generate it again.";
      job.error_code = to_string(ErrorCode::uncertain);
    }
  } else {
    job.state = error.code == ErrorCode::cancelled ? JobState::cancelled : JobState::failed;
  }
  job.finished_at = timestamp_now();
  environment_.log(LogLevel::warning,
                   fmt::format("job {} {}: {}", job.id, to_string(job.state), job.message));
  try {
    write_row(job);
  } catch (const Failure& failure) {
    // The row keeps its last state; recovery settles it on the next start.
    environment_.log(LogLevel::error, fmt::format("job {}: its end could not be written: {}",
                                                  job.id, failure.error().message));
  }
  forget(job.id);
}

void JobRunner::write_row(const Job& job) {
  environment_.library->write([&](StoreWriter& writer) {
    writer.update_job(job, {job.owner, job.epoch});
  });
}

Job JobRunner::read_row(const JobId& id) const {
  return environment_.library->read([&](StoreReader& reader) { return find_job(reader, id); });
}

std::shared_ptr<JobRunner::Running> JobRunner::running(const JobId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = running_.find(id);
  return found == running_.end() ? nullptr : found->second;
}

void JobRunner::forget(const JobId& id) {
  const std::lock_guard lock(mutex_);
  running_.erase(id);
}

double JobRunner::progress_of(const JobId& id) const {
  const std::shared_ptr<Running> running = this->running(id);
  return running ? running->progress.load() : -1;
}

int JobRunner::under_way() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(running_.size());
}

}  // namespace castboard
