#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "os/processes.h"

namespace castboard {

// What time goes on record with projects, characters and versions: the host's clock, or the system's.
// Jobs, leases, limits of a day and pushes, on which processes and bills must agree, keep the
// system's. Safe from any thread as far as the host's function is.
class WallClock {
 public:
  using TimePoint = std::chrono::system_clock::time_point;

  WallClock() = default;
  // Empty: the system's.
  explicit WallClock(std::function<TimePoint()> host) : host_(std::move(host)) {}

  [[nodiscard]] TimePoint time() const { return host_ ? host_() : std::chrono::system_clock::now(); }
  // UTC, ISO 8601 with milliseconds.
  [[nodiscard]] std::string now() const { return timestamp(time()); }

 private:
  std::function<TimePoint()> host_;
};

}  // namespace castboard
