// The life of a call: from the queue through a generation slot to a picture, or to a verdict.
#include "jobs/job_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "jobs/call_end.h"
#include "jobs/job_lease.h"
#include "jobs/received_pictures.h"
#include "jobs/references.h"
#include "library/lookup.h"
#include "os/processes.h"

namespace castboard {

namespace {

// Whatever a provider says: a day later it is asked again.
constexpr std::chrono::milliseconds kLongestHold = std::chrono::hours(24);
// From here on the user is told until when, and can say otherwise.
constexpr std::chrono::minutes kLongWait{1};

}  // namespace

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

// Writes each step of the provider's work into the job's row before it happens.
class JobRunner::Steps final : public ProviderObserver {
 public:
  Steps(JobRunner& runner, Job& job, Running& running)
      : runner_(runner), job_(job), running_(running) {}

  void submitting() override {
    running_.cancel.check();
    if (job_.state == JobState::submitting) {
      wait_for_limit();
    } else {
      move_to(JobState::submitting);
    }
  }
  void accepted(const RemoteJob& remote) override {
    note(remote);
    move_on_to(JobState::running);
  }
  void answered(const ProviderResult& facts) override {
    running_.answered = true;
    running_.cost_named = !facts.provider_cost_unit.empty() || facts.credit_cost;
    job_.provider_cost = facts.provider_cost;
    job_.provider_cost_unit = facts.provider_cost_unit;
  }
  void broke_down() override { running_.broke_down = true; }
  void unusable(std::vector<std::uint8_t> bytes) override {
    running_.unusable.push_back(std::move(bytes));
  }
  void downloading(const RemoteJob& remote) override {
    note(remote);
    move_on_to(JobState::downloading);
  }
  void received(const std::string& address, const std::vector<std::uint8_t>& bytes,
                const ProviderResult& facts) override {
    try {
      runner_.kept_.keep_early(job_.id, address, bytes, received_to_json(facts, 0));
    } catch (const Failure& failure) {
      runner_.environment_.log(LogLevel::warning,
                               fmt::format("job {}: {}; one of its pictures is in memory alone",
                                           job_.id, failure.error().message));
      running_.early[address] = bytes;
    }
  }
  std::optional<std::vector<std::uint8_t>> received_before(const std::string& address) override {
    const auto found = running_.early.find(address);
    return found != running_.early.end() ? found->second
                                         : runner_.kept_.early_picture(job_.id, address);
  }
  void progress(double fraction) override {
    running_.progress = std::clamp(fraction, 0.0, 1.0);
    runner_.environment_.jobs_changed();
  }
  // A longer wait is the queue's: it needs no slot.
  bool may_wait(std::chrono::milliseconds delay) override { return delay <= kLongestWaitInSlot; }

 private:
  static constexpr std::chrono::milliseconds kLongestWaitInSlot{500};

  void note(const RemoteJob& remote) {
    if (!remote.id.empty()) job_.provider_job_id = remote.id;
    if (!remote.continuation.empty()) job_.continuation = remote.continuation;
    // From here on it is another thing that is tried.
    if (!std::exchange(running_.at_provider, job_.known_to_provider())) running_.attempts = 1;
  }

  void move_to(JobState state) {
    const JobState before = std::exchange(job_.state, state);
    if (job_.started_at.empty()) job_.started_at = timestamp_now();
    job_.lease_until = timestamp_after(kLease);
    job_.message.clear();
    job_.hint.clear();
    job_.error_code.clear();
    try {
      runner_.write_row(job_);
    } catch (const Failure&) {
      job_.state = before;
      throw;
    }
  }

  // The provider has it: a library that takes no writes now is no reason to let go of it.
  void move_on_to(JobState state) {
    try {
      move_to(state);
    } catch (const Failure& failure) {
      if (failure.error().code == ErrorCode::cancelled) throw;  // taken over
      job_.state = state;
      runner_.environment_.log(LogLevel::warning,
                               fmt::format("job {}: {}", job_.id, failure.error().message));
      runner_.keep_remote(job_);
    }
  }

  void wait_for_limit() {
    while (true) {
      JobQueue::Clock::duration wait{};
      {
        const std::lock_guard lock(runner_.mutex_);
        wait = runner_.queue_.send_again_in(job_.request.provider, JobQueue::Clock::now());
      }
      if (wait <= JobQueue::Clock::duration::zero()) return;
      running_.cancel.wait_for(std::chrono::ceil<std::chrono::milliseconds>(wait));
      running_.cancel.check();
    }
  }

  JobRunner& runner_;
  Job& job_;
  Running& running_;
};

JobRunner::JobRunner(Environment environment)
    : environment_(std::move(environment)),
      kept_(environment_.kept_places),
      queue_([this](const std::string& name) {
        const Provider* provider = environment_.configuration->find_provider(name);
        return provider ? provider->limits() : ProviderLimits{};
      }) {
  // Under the lock: a slot that is about to wait must not miss it.
  places_.emplace([this] {
    const std::lock_guard lock(mutex_);
    queue_changed_.notify_all();
  });
  for (int i = 0; i < std::max(environment_.slots, 1); ++i) slots_.emplace_back([this] { work(); });
  timetable_.after(kLeaseRenewal, [this] { renew_leases(); });
}

JobRunner::~JobRunner() {
  finish();
}

void JobRunner::finish() {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    finished_ = true;
    for (auto& [id, running] : running_) {
      running->stopping = true;
      running->cancel.cancel();
    }
  }
  intake_cancel_.cancel();
  queue_changed_.notify_all();
  for (std::thread& slot : slots_) slot.join();
  places_.reset();
  timetable_.finish();
  // What waits for its next attempt to be saved gets a last one.
  const std::lock_guard lock(mutex_);
  for (auto& [id, saving] : waiting_saves_)
    environment_.file_pool->post([this, last = saving] { save(last); });
  waiting_saves_.clear();
}

bool JobRunner::is_finished() const {
  const std::lock_guard lock(mutex_);
  return finished_;
}

// --- Slots ---------------------------------------------------------------------------------------

void JobRunner::work() {
  std::unique_lock lock(mutex_);
  while (!finished_) {
    const auto now = JobQueue::Clock::now();
    if (const std::optional<JobQueue::Taken> taken = queue_.take(now)) {
      lock.unlock();
      run(taken->id);
      lock.lock();
      queue_.finished(*taken);
      lock.unlock();
      tell_of_free_place();  // here too
      lock.lock();
    } else if (const auto next = queue_.next_time(now)) {
      queue_changed_.wait_until(lock, *next);
    } else {
      queue_changed_.wait(lock);
    }
  }
}

void JobRunner::enqueue(const Job& job, JobQueue::Kind kind, Past past) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    auto running = std::make_shared<Running>();
    running->at_provider = kind == JobQueue::Kind::at_provider;
    running->repeats = past.repeats;
    running->was_billed = past.was_billed;
    running_[job.id] = std::move(running);
    queue_.add(job.id, job.request.provider, kind);
  }
  queue_changed_.notify_one();
}

void JobRunner::run(const JobId& id) {
  const RunningPtr running = this->running(id);
  if (!running || running->stopping) return;  // stays as it is for a later start
  ++running->attempts;
  std::optional<Job> job;
  try {
    job = read_row(id);
    if (is_final(job->state) || job->owner != environment_.process) return forget(id);
    running->cancel.check();
    call_provider(*job, running);
  } catch (...) {
    end_call(id, std::move(job), to_error(std::current_exception()), running);
  }
}

ProviderRequest JobRunner::request_of(const Job& job, bool with_references) const {
  Library& library = *environment_.library;
  ProviderRequest request;
  request.asked = job.request;
  request.prompt = job.prompt;
  request.idempotency_key = job.idempotency_key.empty() ? job.id : job.idempotency_key;
  request.character = library.read([&](StoreReader& reader) {
    return find_character(reader, job.character_id, {}, environment_.user);
  });
  if (!with_references) return request;
  if (!job.character_ref_hash.empty())
    request.character_references.push_back(
        stored_reference(library, job.character_ref_hash, job.request.character_reference));
  if (!job.background_ref_hash.empty())
    request.background_references.push_back(
        stored_reference(library, job.background_ref_hash, job.request.background_reference));
  return request;
}

void JobRunner::call_provider(Job& job, const RunningPtr& running) {
  const Provider& provider = usable_provider(job.request);
  const ProviderRequest request = request_of(job, !running->at_provider);
  Steps steps(*this, job, *running);
  const auto started = std::chrono::steady_clock::now();
  const bool goes_on = running->at_provider;
  ProviderResult result = goes_on
                              ? provider.resume(request, {job.provider_job_id, job.continuation},
                                                steps, running->cancel)
                              : provider.generate(request, steps, running->cancel);
  // Of a job that went on in another process nobody knows how long it took.
  const auto took = goes_on ? std::chrono::milliseconds(0)
                            : std::chrono::duration_cast<std::chrono::milliseconds>(
                                  std::chrono::steady_clock::now() - started);
  auto saving = std::make_shared<Saving>();
  saving->job = job;
  saving->pictures = std::move(result.pictures);
  // Under the addresses it names now some may be gone that came under earlier ones.
  if (!result.problems.empty()) add_early(*saving, *running);
  saving->unusable = std::move(running->unusable);
  saving->received = received_to_json(result, took.count());
  saving->job.message = fmt::format("{}", fmt::join(result.problems, "; "));
  // The slot is free again: saving is the file pool's work.
  environment_.file_pool->post([this, saving] { save(saving); });
}

// --- How a call ended ----------------------------------------------------------------------------

void JobRunner::end_call(const JobId& id, std::optional<Job> job, const Error& error,
                         const RunningPtr& running) {
  if (!job) {  // its row could not even be read
    if (is_finished() || running->attempts > 20) return forget(id);
    return try_again(id, std::nullopt, error, back_off(kRowRetry, kLease, running->attempts),
                     running);
  }
  CallEnd end;
  end.error = error;
  end.state = job->state;
  end.at_provider = job->known_to_provider();
  end.answered = running->answered;
  end.broke_down = running->broke_down;
  end.cost_named = running->cost_named;
  end.was_billed = running->was_billed;
  end.free = is_free(*job);
  end.stopping = running->stopping;
  end.attempts = running->attempts;
  end.credits = job->credit_estimate;
  end.key_counts = key_counts(*job);
  end.repeats = running->repeats;
  // Also where the provider gave no id: some stop what they are at. What is made is not stopped.
  if (error.code == ErrorCode::cancelled && !end.stopping && running->cancel.cancelled() &&
      end.state != JobState::queued && !is_made(end))
    end.cancelled_there = cancel_at_provider(*job);
  Verdict verdict = judge(end);
  if (verdict.next == Verdict::Next::settle && verdict.state == JobState::failed &&
      save_early(*job, verdict.error, *running))
    return;
  const auto unusable = std::exchange(running->unusable, {});
  if (verdict.next == Verdict::Next::settle && !end.free)
    keep_bytes(*job, unusable, {}, verdict.error);
  switch (verdict.next) {
    case Verdict::Next::leave:
      if (job->state != JobState::queued) {
        job->lease_until = timestamp_now();  // whoever comes next need not wait
        try {
          write_row(*job);
        } catch (const Failure& failure) {
          environment_.log(LogLevel::warning, failure.error().message);
        }
      }
      return forget(id);
    case Verdict::Next::try_again:
      return try_again(id, std::move(job), verdict.error, verdict.delay, running);
    case Verdict::Next::stop_provider:
      return stop_provider(std::move(*job), verdict.error);
    case Verdict::Next::settle:
      return settle(std::move(*job), verdict.error, verdict.state, verdict.billing,
                    verdict.credits);
  }
}

void JobRunner::try_again(const JobId& id, std::optional<Job> job, const Error& error,
                          std::chrono::milliseconds delay, const RunningPtr& running) {
  delay = std::min(std::max(delay, error.retry_after), kLongestHold);
  const bool long_wait = delay >= kLongWait;
  const std::string again =
      long_wait ? fmt::format("{} Tried again at {}.", error.message, local_time_after(delay))
                : fmt::format("{} Tried again in {} s.", error.message,
                              std::chrono::ceil<std::chrono::seconds>(delay).count());
  if (job) {
    environment_.log(LogLevel::info,
                     fmt::format("job {}: {}; again in {} ms", id, error.message, delay.count()));
    if (!running->at_provider) job->state = JobState::queued;
    job->message = again;
    job->hint.clear();
    job->error_code = to_string(error.code);
    try {
      write_row(*job);
    } catch (const Failure& failure) {
      if (failure.error().code == ErrorCode::cancelled) return forget(id);  // taken over
      environment_.log(LogLevel::warning, failure.error().message);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    if (finished_) {
      running_.erase(id);
      return;
    }
    const auto when = JobQueue::Clock::now() + delay;
    // "Wait" is said to all who ask, not to one job.
    if (job && error.code == ErrorCode::rate_limited && !running->at_provider)
      queue_.hold(job->request.provider, when, long_wait ? again : std::string());
    queue_.put_back(id, running->at_provider ? JobQueue::Kind::at_provider : JobQueue::Kind::fresh,
                    when);
  }
  if (long_wait) environment_.jobs_changed();  // the queue says why it waits
}

void JobRunner::stop_provider(Job job, const Error& error) {
  const std::string provider = job.request.provider;
  job.state = JobState::queued;
  job.message = error.message;
  job.hint = fmt::format("{} Then take up its queue again.", error.hint);
  job.error_code = to_string(error.code);
  environment_.log(LogLevel::warning, fmt::format("{} stopped: {}", provider, error.message));
  {
    const std::lock_guard lock(mutex_);
    queue_.stop(provider, error.message);
  }
  try {
    environment_.library->write([&](StoreWriter& writer) {
      writer.update_job(job, {job.owner, job.epoch});
      writer.set_waiting_reason(job.owner, provider,
                                {error.code, job.message, job.hint, error.detail});
    });
  } catch (const Failure& failure) {
    environment_.log(LogLevel::error, failure.error().message);
  }
  {
    const std::lock_guard lock(mutex_);
    queue_.put_back(job.id, JobQueue::Kind::fresh, {});
    if (finished_) running_.erase(job.id);
  }
  environment_.jobs_changed();
}

void JobRunner::settle(Job job, const Error& error, JobState state, Billing billing,
                       std::int64_t credits) {
  job.state = state;
  job.billing = billing;
  job.credits = credits;
  job.message = error.message;
  job.hint = hint_of_early(job.id) + error.hint;
  job.error_code = to_string(error.code);
  job.finished_at = timestamp_now();
  job.lease_until.clear();
  environment_.log(LogLevel::warning,
                   fmt::format("job {} {}: {}", job.id, to_string(job.state), job.message));
  try {
    write_row(job);
  } catch (const Failure& failure) {
    // The row keeps its last state, or is another process's; recovery settles it.
    environment_.log(LogLevel::error, fmt::format("job {}: its end could not be written: {}",
                                                  job.id, failure.error().message));
  }
  forget(job.id);
}

// A transfer that was cancelled here goes on there, and may be billed.
bool JobRunner::cancel_at_provider(const Job& job) const {
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  if (!provider || !provider->can_cancel_remote()) return false;
  try {
    Cancellation never;
    return provider->cancel_remote({job.provider_job_id, job.continuation}, never);
  } catch (const Failure& failure) {
    environment_.log(LogLevel::warning,
                     fmt::format("job {} could not be cancelled at its provider: {}", job.id,
                                 failure.error().message));
    return false;
  }
}

// --- Rows and what is in hand --------------------------------------------------------------------

void JobRunner::write_row(const Job& job) {
  environment_.library->write([&](StoreWriter& writer) {
    writer.update_job(job, {job.owner, job.epoch});
  });
}

Job JobRunner::read_row(const JobId& id) const {
  return environment_.library->read([&](StoreReader& reader) { return find_job(reader, id); });
}

JobRunner::RunningPtr JobRunner::running(const JobId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = running_.find(id);
  return found == running_.end() ? nullptr : found->second;
}

void JobRunner::forget(const JobId& id) {
  {
    const std::lock_guard lock(mutex_);
    running_.erase(id);
    waiting_saves_.erase(id);
  }
  forgotten_.notify_all();
}

void JobRunner::wait_until_forgotten(const JobId& id) {
  std::unique_lock lock(mutex_);
  forgotten_.wait(lock, [&] { return !running_.contains(id); });
}

bool JobRunner::is_free(const Job& job) const {
  const Provider* provider = environment_.configuration->find_provider(job.request.provider);
  return provider ? provider->info().free : job.credit_estimate == 0;
}

void JobRunner::add_live(Job& job) const {
  job.progress = -1;
  job.repeatable = is_repeatable(job);
  if (is_final(job.state)) return;
  job.elsewhere = !has(job);
  const std::lock_guard lock(mutex_);
  const auto found = running_.find(job.id);
  if (found == running_.end()) return;
  job.progress = found->second->progress;
  if (found->second->trouble.empty()) return;
  job.state = JobState::saving;
  job.message = found->second->trouble;
  job.hint = found->second->hint;
  job.error_code = found->second->error_code;
}

QueueState JobRunner::queue_state() const {
  const std::lock_guard lock(mutex_);
  return queue_.state(JobQueue::Clock::now());
}

}  // namespace castboard
