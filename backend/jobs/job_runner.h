#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "castboard/events.h"
#include "castboard/session.h"
#include "jobs/work_queue.h"
#include "library/library.h"
#include "providers/provider.h"

namespace castboard {

// Takes generation requests through the states of decision 6, every step on disk before the
// network sees it: intake (checks, references, rows) on one thread in request order, the call on
// the generation pool, saving on the file pool. Owned by the session; safe from any thread.
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
    bool push = false;                   // the studio API is configured: activation queues a push
    std::function<void()> jobs_changed;  // in-memory progress moved; any thread
    std::function<void(LogLevel, std::string)> log;
  };

  explicit JobRunner(Environment environment);
  ~JobRunner();

  // Everything that can be said before doing it. Blocking; throws Failure.
  GenerationQuote quote(const GenerationRequest& request);
  // Checks, copies references, writes one row per version asked for and queues them. Blocking, in
  // the intake's order; throws Failure, and then nothing was written.
  std::vector<Job> submit(const GenerationRequest& request);
  // Cancels a queued or running job. Throws Failure when it is over or runs in another process.
  Job cancel(const JobId& id);
  // Puts a queued job of a dead process to work here.
  Job resume(const JobId& id);
  // Asks again for a job that is uncertain or was left by a dead process.
  Job check(const JobId& id);
  // Finishes or settles what dead processes left. Called once after opening.
  void recover();

  // -1 when unknown or not running here.
  [[nodiscard]] double progress_of(const JobId& id) const;
  // Whether this process runs the job or has it in its queue.
  [[nodiscard]] bool has(const Job& job) const { return job.owner == environment_.process; }
  // Jobs of this process that are not over.
  [[nodiscard]] int under_way() const;
  // Cancels every transfer, leaves queued jobs queued, finishes saving. Idempotent.
  void finish();

 private:
  struct Running {
    Cancellation cancel;
    std::atomic<double> progress{-1};
    std::atomic<bool> stopping{false};  // the program ends: not the user's cancel
  };
  class Steps;

  void enqueue(const Job& job);
  void run(const JobId& id);
  void call_provider(Job job, const std::shared_ptr<Running>& running);
  void save(Job job, std::vector<std::vector<std::uint8_t>> pictures, const std::string& received);
  void store_outputs(Job& job, const std::vector<std::vector<std::uint8_t>>& pictures,
                     const std::string& received);
  void settle(Job job, const Error& error, bool stopping);
  void settle_row(const JobId& id, const Error& error, bool stopping);
  void recover_job(const Job& job);
  void write_row(const Job& job);
  void forget(const JobId& id);
  [[nodiscard]] Job read_row(const JobId& id) const;
  [[nodiscard]] const Provider& named_provider(const GenerationRequest& request) const;
  [[nodiscard]] const Provider& usable_provider(const GenerationRequest& request) const;
  [[nodiscard]] std::shared_ptr<Running> running(const JobId& id) const;
  void check_limits(const GenerationRequest& request, const Character& character,
                    std::int64_t credits) const;

  Environment environment_;
  mutable std::mutex mutex_;
  std::map<JobId, std::shared_ptr<Running>> running_;  // queued or running here
  bool finished_ = false;
  std::mutex intake_;  // requests are numbered in the order they were asked
  Cancellation intake_cancel_;
  WorkQueue slots_;  // last: its threads use everything above
};

}  // namespace castboard
