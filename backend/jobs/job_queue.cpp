#include "jobs/job_queue.h"

#include <algorithm>
#include <utility>

namespace castboard {

namespace {

constexpr std::chrono::minutes kWindow{1};  // of the limit per minute

}  // namespace

void JobQueue::add(const JobId& id, const std::string& provider, Kind kind) {
  waiting_.push_back({id, provider, kind, {}});
}

std::vector<JobQueue::Entry>::iterator JobQueue::find(const JobId& id) {
  return std::find_if(waiting_.begin(), waiting_.end(),
                      [&](const Entry& entry) { return entry.id == id; });
}

bool JobQueue::is_waiting(const JobId& id) const {
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const Entry& entry) { return entry.id == id; });
}

bool JobQueue::remove(const JobId& id) {
  const auto found = find(id);
  if (found == waiting_.end()) return false;
  waiting_.erase(found);
  return true;
}

std::optional<JobQueue::Clock::time_point> JobQueue::start_of(const Entry& entry) const {
  if (entry.kind == Kind::at_provider) return entry.not_before;
  if (paused_) return std::nullopt;
  const ProviderLimits limits = limits_of_(entry.provider);
  const auto found = lines_.find(entry.provider);
  if (found == lines_.end()) return entry.not_before;
  const Line& line = found->second;
  if (!line.stopped.empty()) return std::nullopt;
  if (limits.in_flight > 0 && line.in_flight >= limits.in_flight) return std::nullopt;
  Clock::time_point start = std::max(entry.not_before, line.held_until);
  const auto allowed = static_cast<std::size_t>(std::max(limits.submits_per_minute, 0));
  if (allowed > 0 && line.sent.size() >= allowed)
    start = std::max(start, line.sent[line.sent.size() - allowed] + kWindow);
  return start;
}

std::optional<JobQueue::Taken> JobQueue::take(Clock::time_point now) {
  for (auto& [name, line] : lines_)
    while (!line.sent.empty() && line.sent.front() + kWindow <= now) line.sent.pop_front();
  for (auto entry = waiting_.begin(); entry != waiting_.end(); ++entry) {
    const std::optional<Clock::time_point> start = start_of(*entry);
    if (!start || *start > now) continue;
    Line& line = lines_[entry->provider];
    ++line.in_flight;
    if (entry->kind == Kind::fresh) line.sent.push_back(now);
    entry->turn = ++turns_;
    Taken taken{entry->id, entry->turn};
    in_flight_[taken.id] = std::move(*entry);
    waiting_.erase(entry);
    return taken;
  }
  return std::nullopt;
}

void JobQueue::land(std::map<JobId, Entry>::iterator entry) {
  --lines_[entry->second.provider].in_flight;
  in_flight_.erase(entry);
}

void JobQueue::finished(const Taken& taken) {
  const auto found = in_flight_.find(taken.id);
  if (found != in_flight_.end() && found->second.turn == taken.turn) land(found);
}

void JobQueue::put_back(const JobId& id, Kind kind, Clock::time_point when) {
  const auto found = in_flight_.find(id);
  if (found == in_flight_.end()) return;
  Entry entry = found->second;
  land(found);
  entry.kind = kind;
  entry.not_before = when;
  waiting_.insert(waiting_.begin(), std::move(entry));
}

std::optional<JobQueue::Clock::time_point> JobQueue::next_time(Clock::time_point now) const {
  std::optional<Clock::time_point> next;
  for (const Entry& entry : waiting_) {
    const std::optional<Clock::time_point> start = start_of(entry);
    if (start && (!next || *start < *next)) next = std::max(*start, now);
  }
  return next;
}

void JobQueue::set_order(const std::vector<JobId>& order) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < waiting_.size(); ++i)
    if (std::find(order.begin(), order.end(), waiting_[i].id) != order.end()) places.push_back(i);
  std::vector<Entry> sorted;
  for (const JobId& id : order)
    if (const auto found = find(id); found != waiting_.end()) sorted.push_back(*found);
  for (std::size_t i = 0; i < places.size(); ++i) waiting_[places[i]] = std::move(sorted[i]);
}

JobQueue::Clock::duration JobQueue::send_again_in(const std::string& provider,
                                                  Clock::time_point now) {
  Line& line = lines_[provider];
  const int limit = limits_of_(provider).submits_per_minute;
  const auto allowed = static_cast<std::size_t>(std::max(limit, 0));
  if (allowed > 0 && line.sent.size() >= allowed) {
    const Clock::time_point start = line.sent[line.sent.size() - allowed] + kWindow;
    if (start > now) return start - now;
  }
  line.sent.push_back(now);
  return Clock::duration::zero();
}

void JobQueue::hold(const std::string& provider, Clock::time_point until) {
  Line& line = lines_[provider];
  line.held_until = std::max(line.held_until, until);
}

void JobQueue::stop(const std::string& provider, std::string reason) {
  lines_[provider].stopped = reason.empty() ? "stopped" : std::move(reason);
}

bool JobQueue::start(const std::string& provider) {
  const auto found = lines_.find(provider);
  if (found == lines_.end() || found->second.stopped.empty()) return false;
  found->second.stopped.clear();
  found->second.held_until = {};
  return true;
}

bool JobQueue::is_stopped(const std::string& provider) const {
  const auto found = lines_.find(provider);
  return found != lines_.end() && !found->second.stopped.empty();
}

QueueState JobQueue::state() const {
  QueueState state;
  state.paused = paused_;
  for (const auto& [name, line] : lines_)
    if (!line.stopped.empty()) state.stopped.push_back({name, line.stopped});
  return state;
}

}  // namespace castboard
