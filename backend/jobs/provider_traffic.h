#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "providers/provider.h"

namespace castboard {

// What is on its way to one provider, held against its limits: calls in flight, and requests of the
// last minute. No clock of its own; any thread.
class ProviderTraffic {
 public:
  using Clock = std::chrono::steady_clock;

  // When one more may be sent: now or earlier, later, or nullopt: when another call is over.
  [[nodiscard]] std::optional<Clock::time_point> next_place(const ProviderLimits& limits) const;
  // Takes a place for a request, when there is one at `now`; false: somebody was faster.
  bool enter(const ProviderLimits& limits, Clock::time_point now);
  // For what is at the provider already and only asked for: there is always room, but it counts.
  void enter_asking();
  void leave();
  // For a call in flight that sends once more: how long the limit per minute makes it wait. Zero:
  // it is counted and may go.
  Clock::duration send_again_in(const ProviderLimits& limits, Clock::time_point now);

 private:
  [[nodiscard]] Clock::time_point next_sending(const ProviderLimits& limits) const;
  void count_sending(Clock::time_point now);

  mutable std::mutex mutex_;
  int in_flight_ = 0;
  std::deque<Clock::time_point> sent_;  // of the last minute, oldest first
};

// A provider's limits are the process's, however many sessions it has: its counters are kept under
// ProviderLimits::shared_as here, the one thing that sessions of a process have in common. They
// hold times and numbers, nothing of a library, and live until the process ends.
std::shared_ptr<ProviderTraffic> traffic_shared_as(const std::string& name);

// Hears, for as long as it lives, that a place became free somewhere in the process. `tell` is
// called on any thread; it must not take part in traffic itself.
class PlaceWatch {
 public:
  explicit PlaceWatch(std::function<void()> tell);
  ~PlaceWatch();
  PlaceWatch(const PlaceWatch&) = delete;
  PlaceWatch& operator=(const PlaceWatch&) = delete;

 private:
  std::list<std::function<void()>>::iterator entry_;
};

// After leave(), without a lock that a `tell` takes.
void tell_of_free_place();

}  // namespace castboard
