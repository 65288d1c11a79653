#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "castboard/session.h"
#include "jobs/job_runner.h"
#include "jobs/mailbox.h"
#include "jobs/work_queue.h"
#include "library/library.h"
#include "picture_loading.h"
#include "providers/http.h"
#include "providers/provider.h"
#include "settings.h"
#include "studio/push_sender.h"

namespace castboard {

struct Subscription::State {
  Mailbox<Event> mailbox;
  std::atomic<bool> closed{false};
};

// Turns what was thrown into a value; the only place where exceptions of the backend end.
Error error_of(const std::exception_ptr& failed);

template <class T, class F>
Result<T> result_of(F work) {
  try {
    return work();
  } catch (...) {
    return tl::unexpected(error_of(std::current_exception()));
  }
}

// Its provider has no credit left; it goes on when the user says so.
inline bool waits_for_credit(const Job& job) {
  return job.state == JobState::queued && job.error_code == to_string(ErrorCode::out_of_credit);
}

// Everything that exists once the library is open.
struct OpenLibrary {
  Opened opened;
  Settings settings;
  SecretSource secret;
  Configuration configuration;
  std::unique_ptr<Http> http;
  std::unique_ptr<Library> library;
  std::unique_ptr<JobRunner> jobs;
  std::unique_ptr<PushSender> push;
  std::int64_t first_change = 0;
  std::map<CharacterId, VersionId> first_active;  // as of first_change
};

// The session's inside: where events go, what waits for opening, the threads. Members are in
// the order of construction; `stop` ends the threads in the order that loses nothing.
struct Session::Workers {
  explicit Workers(SessionOptions session_options);
  ~Workers();

  // --- Events (any thread) ---
  std::uint64_t next_ticket() { return ++last_ticket; }
  void deliver(Event event);
  void deliver_reply(std::uint64_t ticket, ReplyValue value);
  ReplyValue wait_for_reply(std::uint64_t ticket);

  // --- Opening ---
  void open_library();
  std::unique_ptr<OpenLibrary> build_library();
  // Calls with the open library, or with nullptr and the reason; later if it is still opening.
  void when_open(std::function<void(OpenLibrary*, const Error&)> then);

  // --- Requests ---
  template <class T, class F>
  Ticket<T> ask_reader(F work);
  template <class T, class F>
  Ticket<T> ask_writer(F work);
  // On the given queue, for work that may take long.
  template <class T, class F>
  Ticket<T> ask_worker(WorkQueue& queue, F work);

  // --- The change feed (reader thread) ---
  void watch_library();
  void publish_changes(StoreReader& reader);
  void publish_jobs(StoreReader& reader, const std::set<JobId>& changed);
  void publish_active(StoreReader& reader, const std::vector<CharacterId>& changed);
  void deliver_jobs();
  void answer_finished(const JobOutcome& outcome);
  [[nodiscard]] JobOutcome outcome_of(StoreReader& reader, const Job& job) const;
  void committed();

  void log(LogLevel level, std::string_view text) const;
  void stop();

  SessionOptions options;
  std::atomic<std::uint64_t> last_ticket{0};

  std::mutex event_mutex;
  std::condition_variable replied;
  std::vector<std::weak_ptr<Subscription::State>> subscribers;
  std::map<std::uint64_t, ReplyValue> kept_replies;

  mutable std::mutex open_mutex;
  enum class State { opening, open, failed } state = State::opening;
  std::vector<std::function<void(OpenLibrary*, const Error&)>> waiting_for_open;
  Error open_error;
  std::unique_ptr<OpenLibrary> open;

  // Reader thread only.
  std::int64_t last_change = 0;
  std::map<CharacterId, VersionId> active;  // as last published
  std::vector<Job> unfinished;  // as last published
  std::vector<Job> ended;       // since the session opened
  std::multimap<JobId, std::uint64_t> finish_tickets;
  // Median of the times so far, by provider and template; forgotten when a job ends.
  std::map<std::pair<std::string, std::string>, std::int64_t> usual_times;

  std::mutex search_mutex;  // which cast query runs, so that the right one is stopped
  std::uint64_t running_search = 0;
  std::set<std::uint64_t> stale_searches;

  std::mutex stop_mutex;
  std::condition_variable stop_changed;
  bool stopping = false;

  PictureLoader pictures;

  Cancellation errand_cancel;  // of requests that an errand waits for
  WorkQueue intake{1};   // generation requests, in the order they were asked
  WorkQueue errands{1};  // what may take long and must not hold up the others: push, verify
  WorkQueue file_pool;
  std::thread opener;
  std::thread watcher;
};

template <class T, class F>
Ticket<T> Session::Workers::ask_reader(F work) {
  const Ticket<T> ticket{next_ticket()};
  when_open([this, ticket, work](OpenLibrary* library, const Error& error) {
    if (!library) return deliver_reply(ticket.number, Result<T>(tl::unexpected(error)));
    library->library->post_read([this, ticket, work, library](StoreReader& reader) {
      deliver_reply(ticket.number, result_of<T>([&]() -> T { return work(*library, reader); }));
    });
  });
  return ticket;
}

template <class T, class F>
Ticket<T> Session::Workers::ask_writer(F work) {
  const Ticket<T> ticket{next_ticket()};
  when_open([this, ticket, work](OpenLibrary* library, const Error& error) {
    if (!library) return deliver_reply(ticket.number, Result<T>(tl::unexpected(error)));
    auto value = std::make_shared<std::optional<T>>();
    library->library->post_write(
        [work, value, library](StoreWriter& writer) { value->emplace(work(*library, writer)); },
        [this, ticket, value](std::exception_ptr failed) {
          deliver_reply(ticket.number, failed ? Result<T>(tl::unexpected(error_of(failed)))
                                              : Result<T>(std::move(**value)));
        });
  });
  return ticket;
}

template <class T, class F>
Ticket<T> Session::Workers::ask_worker(WorkQueue& queue, F work) {
  const Ticket<T> ticket{next_ticket()};
  when_open([this, ticket, work, &queue](OpenLibrary* library, const Error& error) {
    if (!library) return deliver_reply(ticket.number, Result<T>(tl::unexpected(error)));
    queue.post([this, ticket, work, library] {
      deliver_reply(ticket.number, result_of<T>([&]() -> T { return work(*library); }));
    });
  });
  return ticket;
}

}  // namespace castboard
