#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "castboard/model.h"
#include "jobs/provider_traffic.h"
#include "providers/provider.h"

namespace castboard {

// Which job may be sent next: the first in order whose provider takes one more. A job that waits
// (for a limit, a delay, credit) holds up nobody behind it that asks another provider. A provider's
// limits it keeps together with the other queues of the process. No thread and no clock of its own;
// JobRunner uses it under its lock.
class JobQueue {
 public:
  using Clock = std::chrono::steady_clock;
  using LimitsOf = std::function<ProviderLimits(const std::string& provider)>;

  // A job that is at its provider already is only asked for: neither pause nor a stop nor the limit
  // per minute holds it.
  enum class Kind { fresh, at_provider };

  explicit JobQueue(LimitsOf limits_of) : limits_of_(std::move(limits_of)) {}
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  void add(const JobId& id, const std::string& provider, Kind kind);
  // Takes a waiting one out; false when it is not waiting.
  bool remove(const JobId& id);
  struct Taken {
    JobId id;
    int turn = 0;  // the same job may be put back and taken again
  };
  // The next that may start now; it is in flight until `finished` or put back.
  std::optional<Taken> take(Clock::time_point now);
  void finished(const Taken& taken);
  // From in flight back to the front, as `kind`, not before `when`.
  void put_back(const JobId& id, Kind kind, Clock::time_point when);
  // When `take` may have something by time alone.
  [[nodiscard]] std::optional<Clock::time_point> next_time(Clock::time_point now) const;
  // Waiting jobs named here come in this order, in the places they have now.
  void set_order(const std::vector<JobId>& order);
  [[nodiscard]] bool is_waiting(const JobId& id) const;

  // For a job in flight that is sent once more: how long the limit per minute makes it wait. Zero:
  // it is counted and may go.
  Clock::duration send_again_in(const std::string& provider, Clock::time_point now);

  void pause(bool paused) { paused_ = paused; }
  // Nothing fresh of this provider is taken before `until`, or `start`. `reason` is for the user;
  // empty where the wait is too short to be worth a word.
  void hold(const std::string& provider, Clock::time_point until, std::string reason = {});
  // Nothing fresh of it is taken until `start`; `reason` is for the user.
  void stop(const std::string& provider, std::string reason);
  // Ends a stop or a hold, and with it what its jobs wait for; false: there was none.
  bool start(const std::string& provider);
  // A provider whose jobs wait for a hold is one that is stopped, with the reason.
  [[nodiscard]] QueueState state(Clock::time_point now) const;

 private:
  struct Entry {
    JobId id;
    std::string provider;
    Kind kind = Kind::fresh;
    Clock::time_point not_before;
    int turn = 0;
  };
  struct Line {
    std::shared_ptr<ProviderTraffic> traffic;
    Clock::time_point held_until;
    std::string held;     // why, for the user
    std::string stopped;  // empty: it is not
  };

  // When it may start: now or earlier, later, or nullopt: not by time alone.
  [[nodiscard]] std::optional<Clock::time_point> start_of(const Entry& entry) const;
  [[nodiscard]] std::vector<Entry>::iterator find(const JobId& id);
  void land(std::map<JobId, Entry>::iterator entry);
  Line& line_of(const std::string& provider);
  [[nodiscard]] bool has_fresh(const std::string& provider) const;

  LimitsOf limits_of_;
  std::vector<Entry> waiting_;
  std::map<JobId, Entry> in_flight_;
  std::map<std::string, Line> lines_;
  int turns_ = 0;
  bool paused_ = false;
};

}  // namespace castboard
