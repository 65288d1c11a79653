#include "session_workers.h"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "os/files.h"
#include "os/processes.h"
#include "session_opening.h"

namespace castboard {

namespace {

// How often other processes' commits are looked for (architecture: 250 ms).
constexpr std::chrono::milliseconds kWatchInterval{250};
constexpr int kChangesPerRead = 1000;
constexpr std::size_t kMaxEndedJobs = 50;
constexpr std::chrono::hours kDoubtShownFor{7 * 24};

}  // namespace

Error error_of(const std::exception_ptr& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const Failure& failure) {
    return failure.error();
  } catch (const std::bad_alloc&) {
    return {
        ErrorCode::internal, "There is not enough memory for this", "Close other programs.", {}};
  } catch (const std::exception& error) {
    return {ErrorCode::internal, "Something unexpected went wrong", "Please report it.",
            error.what()};
  }
}

Session::Workers::Workers(SessionOptions session_options)
    : options(std::move(session_options)),
      file_pool(static_cast<int>(std::max(2U, std::thread::hardware_concurrency()))) {
  opener = std::thread([this] { open_library(); });
}

Session::Workers::~Workers() {
  bool is_watched = false;
  {
    const std::lock_guard lock(event_mutex);
    for (const auto& weak : subscribers) {
      if (const auto subscriber = weak.lock()) {
        subscriber->closed = true;
        is_watched = true;
      }
    }
  }
  if (is_watched)
    log(LogLevel::error,
        "a Session was destroyed before its Panel or Subscription: destroy those first");
  assert(!is_watched && "destroy Panel and Subscription before their Session");
  stop();
}

void Session::Workers::stop() {
  {
    const std::lock_guard lock(stop_mutex);
    if (stopping) return;
    stopping = true;
  }
  stop_changed.notify_all();
  errand_cancel.cancel();
  opener.join();
  if (watcher.joinable()) watcher.join();
  if (open) {
    open->jobs->finish();  // transfers stop; pictures that are in go on to the file pool
    intake.finish();
    file_pool.finish();
    open->push->finish();
    errands.finish();
    open->library->finish();
  }
}

void Session::Workers::log(LogLevel level, std::string_view text) const {
  if (options.log) options.log(level, text);
}

// --- Events ----------------------------------------------------------------------------------

void Session::Workers::deliver(Event event) {
  {
    const std::lock_guard lock(event_mutex);
    std::erase_if(subscribers, [](const auto& subscriber) { return subscriber.expired(); });
    for (const std::weak_ptr<Subscription::State>& weak : subscribers)
      if (const std::shared_ptr<Subscription::State> subscriber = weak.lock())
        subscriber->mailbox.put(event);
  }
  if (options.wake) options.wake();
}

void Session::Workers::deliver_reply(std::uint64_t ticket, ReplyValue value) {
  if (options.keep_replies) {
    const std::lock_guard lock(event_mutex);
    kept_replies.emplace(ticket, value);
    replied.notify_all();
  }
  deliver(Reply{ticket, std::move(value)});
}

ReplyValue Session::Workers::wait_for_reply(std::uint64_t ticket) {
  std::unique_lock lock(event_mutex);
  replied.wait(lock, [&] { return kept_replies.contains(ticket); });
  return std::move(kept_replies.extract(ticket).mapped());
}

// --- Opening -----------------------------------------------------------------------------------

void Session::Workers::open_library() {
  std::unique_ptr<OpenLibrary> built;
  Error error;
  try {
    built = build_library();
  } catch (...) {
    error = error_of(std::current_exception());
    if (!options.library.empty()) log(LogLevel::error, error.message);
  }
  // Requests made meanwhile go first; later ones wait at the mutex until these are handed on.
  std::vector<std::function<void(OpenLibrary*, const Error&)>> waiting;
  OpenLibrary* library = nullptr;
  while (true) {
    {
      const std::lock_guard lock(open_mutex);
      if (built) open = std::move(built);
      library = open.get();
      open_error = error;
      waiting.swap(waiting_for_open);
      if (waiting.empty()) {
        state = library ? State::open : State::failed;
        break;
      }
    }
    for (auto& then : waiting) then(library, error);
    waiting.clear();
  }
  if (!library) return;
  library->library->post_read([this](StoreReader& reader) {
    last_change = open->first_change;
    active = std::move(open->first_active);
    // Money may be at stake: a restart must not put them out of sight.
    ended = reader.jobs_in_doubt(timestamp_after(-kDoubtShownFor));
    publish_jobs(reader, {});
    publish_changes(reader);
  });
  watcher = std::thread([this] { watch_library(); });
}

std::unique_ptr<OpenLibrary> Session::Workers::build_library() {
  auto built = open_configured_library(
      options,
      {.committed = [this] { committed(); },
       .jobs_moved =
           [this] {
             const std::lock_guard lock(open_mutex);
             if (open) open->library->post_read([this](StoreReader&) { deliver_jobs(); });
           },
       .push_changed = [this](PushSummary summary) { deliver(PushChanged{std::move(summary)}); },
       .log = [this](LogLevel level, const std::string& text) { log(level, text); },
       .file_pool = &file_pool});
  return built;
}

void Session::Workers::when_open(std::function<void(OpenLibrary*, const Error&)> then) {
  {
    const std::lock_guard lock(open_mutex);
    if (state == State::opening) {
      waiting_for_open.push_back(std::move(then));
      return;
    }
  }
  then(open.get(), open_error);
}

// --- The change feed ---------------------------------------------------------------------------

void Session::Workers::committed() {
  const std::lock_guard lock(open_mutex);
  if (open) open->library->post_read([this](StoreReader& reader) { publish_changes(reader); });
}

void Session::Workers::watch_library() {
  std::unique_lock lock(stop_mutex);
  while (!stop_changed.wait_for(lock, kWatchInterval, [this] { return stopping; })) {
    lock.unlock();
    open->library->post_read([this](StoreReader& reader) {
      try {
        if (reader.changed_elsewhere()) publish_changes(reader);
      } catch (const Failure& failure) {
        log(LogLevel::warning, failure.error().message);
      }
    });
    lock.lock();
  }
}

void Session::Workers::publish_changes(StoreReader& reader) {
  try {
    while (true) {
      std::vector<Change> changes = reader.changes_after(last_change, kChangesPerRead);
      if (changes.empty()) return;
      last_change = changes.back().seq;
      std::set<JobId> jobs;
      std::vector<CharacterId> characters;
      bool pushes = false;
      for (const Change& change : changes) {
        if (change.kind == "job") jobs.insert(change.id);
        if (change.kind == "character") characters.push_back(change.id);
        pushes = pushes || change.kind == "outbox";
      }
      deliver(LibraryChanged{std::move(changes)});
      publish_active(reader, characters);
      if (!jobs.empty()) publish_jobs(reader, jobs);
      if (pushes) open->push->wake();
    }
  } catch (const Failure& failure) {
    log(LogLevel::warning, failure.error().message);
  }
}

void Session::Workers::publish_active(StoreReader& reader,
                                      const std::vector<CharacterId>& changed) {
  if (changed.empty()) return;
  ActiveChanged event;
  for (Character& character : reader.characters(changed, open->opened.library.user_id)) {
    VersionId& known = active[character.id];
    if (known == character.active_version_id) continue;
    known = character.active_version_id;
    event.characters.push_back(std::move(character));
  }
  if (!event.characters.empty()) deliver(std::move(event));
}

void Session::Workers::publish_jobs(StoreReader& reader, const std::set<JobId>& changed) {
  unfinished = reader.jobs(false);
  open->jobs->follow_order(unfinished);  // another process may have moved one
  int position = 0;
  for (Job& job : unfinished) {
    if (job.state == JobState::queued) job.queue_position = open->jobs->has(job) ? ++position : 0;
    const auto [time, added] =
        usual_times.try_emplace({job.request.provider, job.request.template_type});
    if (added) time->second = reader.usual_time_ms(time->first.first, time->first.second);
    job.usual_ms = time->second;
    if (waits_for_credit(job)) answer_finished({job, {}});
  }
  for (const JobId& id : changed) {
    const std::optional<Job> job = reader.job(id);
    if (!job || !is_final(job->state)) {
      std::erase_if(ended, [&](const Job& other) { return other.id == id; });  // asked for again
      continue;
    }
    const bool known = std::any_of(ended.begin(), ended.end(), [&](const Job& other) {
      return other.id == id && other.state == job->state;
    });
    if (known) continue;
    std::erase_if(ended, [&](const Job& other) { return other.id == id; });
    ended.push_back(*job);
    if (ended.size() > kMaxEndedJobs) ended.erase(ended.begin());
    usual_times.clear();
    const JobOutcome outcome = outcome_of(reader, *job);
    deliver(JobFinished{outcome});
    answer_finished(outcome);
  }
  deliver_jobs();
}

void Session::Workers::deliver_jobs() {
  auto jobs = std::make_shared<std::vector<Job>>(ended);
  jobs->insert(jobs->end(), unfinished.begin(), unfinished.end());
  for (Job& job : *jobs) open->jobs->add_live(job);
  deliver(JobsChanged{std::move(jobs), open->jobs->queue_state()});
}

JobOutcome Session::Workers::outcome_of(StoreReader& reader, const Job& job) const {
  JobOutcome outcome{job, {}};
  for (const VersionId& id : job.version_ids)
    if (std::optional<Version> version = reader.version(id, open->opened.library.user_id))
      outcome.versions.push_back(std::move(*version));
  return outcome;
}

void Session::Workers::answer_finished(const JobOutcome& outcome) {
  const auto [first, last] = finish_tickets.equal_range(outcome.job.id);
  for (auto waiting = first; waiting != last; ++waiting)
    deliver_reply(waiting->second, Result<JobOutcome>(outcome));
  finish_tickets.erase(first, last);
}

}  // namespace castboard
