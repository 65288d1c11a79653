#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "castboard/composite.h"
#include "castboard/events.h"
#include "castboard/session.h"
#include "jobs/job_queue.h"
#include "jobs/kept_jobs.h"
#include "jobs/timetable.h"
#include "jobs/work_queue.h"
#include "library/library.h"
#include "providers/provider.h"

namespace castboard {

// Takes generation requests through the states of decision 6, every step on disk before the
// network sees it: intake (checks, references, rows) on one thread in request order, the call on
// a generation slot, saving on the file pool. What dead processes left goes on here. Owned by the
// session; safe from any thread.
class JobRunner {
 public:
  struct Environment {
    Library* library = nullptr;
    const Configuration* configuration = nullptr;
    const Http* http = nullptr;
    WorkQueue* file_pool = nullptr;
    UserId user;
    std::string process;  // this_process()
    int slots = 4;
    bool run_jobs = true;
    bool resume_left_jobs = true;
    bool push = false;                   // the studio API is configured: activation queues a push
    std::function<void()> jobs_changed;  // in-memory progress moved; any thread
    std::function<void(LogLevel, std::string)> log;
    // Where received pictures go when the library takes none, in order.
    std::vector<std::filesystem::path> kept_places;
    std::chrono::milliseconds first_save_delay{1'000};  // doubles with each attempt
  };

  explicit JobRunner(Environment environment);
  ~JobRunner();

  // --- Intake (job_intake.cpp); blocking, throws Failure ---
  // Everything that can be said before doing it.
  GenerationQuote quote(const GenerationRequest& request);
  // What making one cell of a sheet again would take.
  RedoOffer offer_redo(const VersionId& sheet, int cell, bool new_seed);
  // Checks, copies references, writes one row per version asked for and queues them, in the order
  // asked. When it throws, nothing was written. Those of a wish that are there are among the
  // answer.
  std::vector<Job> submit(const GenerationRequest& request);
  // The same for several characters (batch_intake.cpp).
  BatchQuote quote_batch(const BatchRequest& batch);
  std::vector<Job> submit_batch(const BatchRequest& batch);
  // What making a job again would cost, and what its project's limits ask for that.
  GenerationQuote quote_again(const JobId& id);
  // A new job of an uncertain one's request; the user was told that it may be billed twice.
  Job submit_again(const JobId& id, bool soft_limit_accepted);

  // --- Control (job_control.cpp); blocking, throws Failure ---
  // Cancels a queued or running job. Refuses one that is over or runs in another process.
  Job cancel(const JobId& id);
  std::vector<Job> cancel_queued();
  std::vector<Job> cancel_all();
  // Puts a job to work that a dead process left, or that waits for its provider's credit.
  Job resume(const JobId& id);
  std::vector<Job> resume_all();
  // Finds out what became of a job that is uncertain or was left by a dead process: asks its
  // provider, or repeats the request with its key where the provider bills once for that.
  Job check(const JobId& id);
  std::vector<Job> move(const JobId& id, QueueMove move);
  std::vector<Job> move_to(const JobId& id, const JobId& place_of);
  QueueState pause(bool paused);
  QueueState start_provider(const std::string& name);
  [[nodiscard]] QueueState queue_state() const;
  // Of rows in queue order: what waits here comes in this order.
  void follow_order(const std::vector<Job>& rows);
  // What waits with this one, in order, after it was moved.
  std::vector<Job> queue_of(const JobId& id);

  // Finishes, settles or goes on with what dead processes left. Called once after opening.
  void recover();

  // What only this process knows of a job: progress, whose it is, why it waits.
  void add_live(Job& job) const;
  // Whether this process runs the job or has it in its queue.
  [[nodiscard]] bool has(const Job& job) const { return job.owner == environment_.process; }
  // Stops every transfer; queued jobs stay queued, what is at a provider stays there; pictures that
  // are in go on to the file pool. Idempotent.
  void finish();

 private:
  // A job this process has in hand: waiting for its turn, at its provider, or being saved.
  struct Running {
    Cancellation cancel;
    std::atomic<double> progress{-1};
    std::atomic<bool> stopping{false};  // the program ends: not the user's cancel
    int attempts = 0;                   // calls so far; its own thread only
    bool at_provider = false;           // only asked for, never submitted; its own thread only
    bool answered = false;              // it may be billed, picture or not; its own thread only
    bool broke_down = false;            // it may be billed all the same; its own thread only
    std::vector<std::vector<std::uint8_t>> unusable;  // received; its own thread only
    // Of several pictures those that no disk took, by their address; its own thread only.
    std::map<std::string, std::vector<std::uint8_t>> early;
    bool cost_named = false;  // and what it costs is known; its own thread only
    bool repeats = false;     // it may have been sent before, with the same key
    bool was_billed = false;  // known before it was asked for again
    std::string trouble;      // why it is not saved yet, for the user; under mutex_
    std::string hint;
    std::string error_code;
  };
  using RunningPtr = std::shared_ptr<Running>;
  // Pictures on their way into the library.
  struct Saving {
    Job job;
    std::vector<std::vector<std::uint8_t>> pictures;  // empty while they are kept elsewhere
    std::vector<std::vector<std::uint8_t>> unusable;  // came with them and are none
    std::string unusable_kept_in;                     // where those are
    bool bad_kept = false;                            // those of `pictures` that are none as well
    std::string received;
    int attempts = 0;
    std::optional<KeptJobs::Kept> kept;
  };
  using SavingPtr = std::shared_ptr<Saving>;
  class Steps;

  // job_runner.cpp
  void work();
  struct Past {
    bool repeats;
    bool was_billed;
  };
  void enqueue(const Job& job, JobQueue::Kind kind, Past past = {});
  void run(const JobId& id);
  void call_provider(Job& job, const RunningPtr& running);
  [[nodiscard]] ProviderRequest request_of(const Job& job, bool with_references) const;
  void end_call(const JobId& id, std::optional<Job> job, const Error& error,
                const RunningPtr& running);
  void try_again(const JobId& id, std::optional<Job> job, const Error& error,
                 std::chrono::milliseconds delay, const RunningPtr& running);
  void stop_provider(Job job, const Error& error);
  void settle(Job job, const Error& error, JobState state, Billing billing, std::int64_t credits);
  bool cancel_at_provider(const Job& job) const;
  void write_row(const Job& job);
  void forget(const JobId& id);
  void wait_until_forgotten(const JobId& id);
  [[nodiscard]] Job read_row(const JobId& id) const;
  [[nodiscard]] RunningPtr running(const JobId& id) const;
  [[nodiscard]] bool is_free(const Job& job) const;
  [[nodiscard]] bool is_finished() const;

  // job_intake.cpp
  [[nodiscard]] const Provider& named_provider(const GenerationRequest& request) const;
  [[nodiscard]] const Provider& usable_provider(const GenerationRequest& request) const;
  [[nodiscard]] Job drafted_job(const GenerationRequest& request, const Character& character);
  // `count` copies of a drafted job, each with an id of its own.
  static void add_copies(Job job, const GenerationRequest& request, std::vector<Job>& jobs);
  // All of them or, where a limit refuses the sum or `check` throws, none. `check` may take some
  // out, in the transaction; those that were added.
  std::vector<Job> add_rows(const std::vector<Job>& wanted, bool soft_limit_accepted,
                            const std::function<void(StoreWriter&, std::vector<Job>&)>& check = {});
  // What is there already of a request's wish.
  [[nodiscard]] std::vector<Job> standing_for(const GenerationRequest& request) const;
  // A new job of an earlier one's request.
  [[nodiscard]] Job job_again(const Job& earlier);
  // Throws Failure(out_of_credit) over a hard limit; the question of a soft one, else empty.
  [[nodiscard]] std::string question_about(const ProjectId& project, std::int64_t credits) const;

  // batch_intake.cpp
  [[nodiscard]] BatchItem batch_item(const BatchRequest& batch, const Character& character,
                                     const Provider& provider) const;

  // job_saving.cpp
  void save(const SavingPtr& saving);
  void store_outputs(Saving& saving);
  void keep_trying(const SavingPtr& saving, const Error& error);
  void stop_trying(const SavingPtr& saving, const Error& error);
  void keep_unusable(const SavingPtr& saving, Error error);
  void keep_bytes(const Job& job, const std::vector<std::vector<std::uint8_t>>& bytes,
                  const std::string& received, Error& error) const;
  void keep_beside(Saving& saving) const;
  // Pictures that came while others of the job were missing. `save_early`: the others do not come
  // any more; false: there are none.
  void add_early(Saving& saving, const Running& running) const;
  bool save_early(const Job& job, const Error& error, const Running& running);
  [[nodiscard]] std::string hint_of_early(const JobId& job) const;
  void say_trouble(const SavingPtr& saving, const Error& error);
  void keep_remote(const Job& job) const;  // the library did not take the provider's id

  // job_recovery.cpp
  enum class Recovery { automatic, asked_for };
  [[nodiscard]] bool is_left(const Job& job) const;
  void recover_job(const Job& left, Recovery how);
  [[nodiscard]] bool recover_pictures(const Job& left);
  void go_on_at_provider(const Job& left);
  void repeat(const Job& left);
  [[nodiscard]] bool key_counts(const Job& job) const;
  [[nodiscard]] bool is_repeatable(const Job& job) const;
  void recover_kept();
  void renew_leases();
  [[nodiscard]] std::vector<Job> unfinished() const;
  [[nodiscard]] Job take_over(const Job& left);

  Environment environment_;
  KeptJobs kept_;
  mutable std::mutex mutex_;
  std::condition_variable queue_changed_;
  std::condition_variable forgotten_;
  JobQueue queue_;
  std::map<JobId, RunningPtr> running_;
  std::map<JobId, SavingPtr> waiting_saves_;  // for their next attempt
  std::set<JobId> unsaved_;                   // kept, and not tried again here by itself
  bool finished_ = false;
  std::mutex intake_;  // requests are numbered in the order they were asked
  Cancellation intake_cancel_;
  Timetable timetable_;
  std::optional<PlaceWatch> places_;
  std::vector<std::thread> slots_;  // last: its threads use everything above
};

}  // namespace castboard
