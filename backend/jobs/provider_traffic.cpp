#include "jobs/provider_traffic.h"

#include <algorithm>
#include <map>
#include <utility>

namespace castboard {

namespace {

constexpr std::chrono::minutes kWindow{1};  // of the limit per minute

struct Process {
  std::mutex traffic_mutex;
  std::map<std::string, std::shared_ptr<ProviderTraffic>> traffic;
  std::mutex watches_mutex;
  std::list<std::function<void()>> watches;
};

// Never destroyed: a session may be the last thing that a program's static objects end.
Process& process() {
  static Process& kept = *new Process;
  return kept;
}

}  // namespace

ProviderTraffic::Clock::time_point ProviderTraffic::next_sending(
    const ProviderLimits& limits) const {
  const auto allowed = static_cast<std::size_t>(std::max(limits.submits_per_minute, 0));
  if (allowed == 0 || sent_.size() < allowed) return {};
  return sent_[sent_.size() - allowed] + kWindow;
}

void ProviderTraffic::count_sending(Clock::time_point now) {
  while (!sent_.empty() && sent_.front() + kWindow <= now) sent_.pop_front();
  sent_.push_back(now);
}

std::optional<ProviderTraffic::Clock::time_point> ProviderTraffic::next_place(
    const ProviderLimits& limits) const {
  const std::lock_guard lock(mutex_);
  if (limits.in_flight > 0 && in_flight_ >= limits.in_flight) return std::nullopt;
  return next_sending(limits);
}

bool ProviderTraffic::enter(const ProviderLimits& limits, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (limits.in_flight > 0 && in_flight_ >= limits.in_flight) return false;
  if (next_sending(limits) > now) return false;
  ++in_flight_;
  count_sending(now);
  return true;
}

void ProviderTraffic::enter_asking() {
  const std::lock_guard lock(mutex_);
  ++in_flight_;
}

void ProviderTraffic::leave() {
  const std::lock_guard lock(mutex_);
  --in_flight_;
}

ProviderTraffic::Clock::duration ProviderTraffic::send_again_in(const ProviderLimits& limits,
                                                                Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point start = next_sending(limits);
  if (start > now) return start - now;
  count_sending(now);
  return Clock::duration::zero();
}

std::shared_ptr<ProviderTraffic> traffic_shared_as(const std::string& name) {
  Process& process = castboard::process();
  const std::lock_guard lock(process.traffic_mutex);
  std::shared_ptr<ProviderTraffic>& traffic = process.traffic[name];
  if (!traffic) traffic = std::make_shared<ProviderTraffic>();
  return traffic;
}

PlaceWatch::PlaceWatch(std::function<void()> tell) {
  Process& process = castboard::process();
  const std::lock_guard lock(process.watches_mutex);
  entry_ = process.watches.insert(process.watches.end(), std::move(tell));
}

PlaceWatch::~PlaceWatch() {
  Process& process = castboard::process();
  const std::lock_guard lock(process.watches_mutex);
  process.watches.erase(entry_);
}

void tell_of_free_place() {
  Process& process = castboard::process();
  const std::lock_guard lock(process.watches_mutex);
  for (const std::function<void()>& tell : process.watches) tell();
}

}  // namespace castboard
