#include "jobs/job_queue.h"

#include <algorithm>
#include <utility>

namespace castboard {

JobQueue::~JobQueue() {
  for (const auto& [id, entry] : in_flight_) lines_[entry.provider].traffic->leave();
}

JobQueue::Line& JobQueue::line_of(const std::string& provider) {
  Line& line = lines_[provider];
  if (!line.traffic) {
    const std::string shared_as = limits_of_(provider).shared_as;
    line.traffic =
        shared_as.empty() ? std::make_shared<ProviderTraffic>() : traffic_shared_as(shared_as);
  }
  return line;
}

bool JobQueue::has_fresh(const std::string& provider) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const Entry& entry) {
    return entry.provider == provider && entry.kind == Kind::fresh;
  });
}

void JobQueue::add(const JobId& id, const std::string& provider, Kind kind) {
  line_of(provider);
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
  const Line& line = lines_.at(entry.provider);
  if (!line.stopped.empty()) return std::nullopt;
  const auto place = line.traffic->next_place(limits_of_(entry.provider));
  if (!place) return std::nullopt;
  return std::max({entry.not_before, line.held_until, *place});
}

std::optional<JobQueue::Taken> JobQueue::take(Clock::time_point now) {
  for (auto entry = waiting_.begin(); entry != waiting_.end(); ++entry) {
    const std::optional<Clock::time_point> start = start_of(*entry);
    if (!start || *start > now) continue;
    ProviderTraffic& traffic = *line_of(entry->provider).traffic;
    if (entry->kind == Kind::at_provider) {
      traffic.enter_asking();
    } else if (!traffic.enter(limits_of_(entry->provider), now)) {
      continue;
    }
    entry->turn = ++turns_;
    Taken taken{entry->id, entry->turn};
    in_flight_[taken.id] = std::move(*entry);
    waiting_.erase(entry);
    return taken;
  }
  return std::nullopt;
}

void JobQueue::land(std::map<JobId, Entry>::iterator entry) {
  line_of(entry->second.provider).traffic->leave();
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
  return line_of(provider).traffic->send_again_in(limits_of_(provider), now);
}

void JobQueue::hold(const std::string& provider, Clock::time_point until, std::string reason) {
  Line& line = line_of(provider);
  if (until <= line.held_until) return;
  line.held_until = until;
  line.held = std::move(reason);
}

void JobQueue::stop(const std::string& provider, std::string reason) {
  line_of(provider).stopped = reason.empty() ? "stopped" : std::move(reason);
}

bool JobQueue::start(const std::string& provider) {
  const auto found = lines_.find(provider);
  if (found == lines_.end()) return false;
  Line& line = found->second;
  if (line.stopped.empty() && line.held_until == Clock::time_point()) return false;
  line.stopped.clear();
  line.held_until = {};
  line.held.clear();
  for (Entry& entry : waiting_)
    if (entry.provider == provider && entry.kind == Kind::fresh) entry.not_before = {};
  return true;
}

QueueState JobQueue::state(Clock::time_point now) const {
  QueueState state;
  state.paused = paused_;
  for (const auto& [name, line] : lines_)
    if (!line.stopped.empty())
      state.stopped.push_back({name, line.stopped});
    else if (!line.held.empty() && line.held_until > now && has_fresh(name))
      state.stopped.push_back({name, line.held});
  return state;
}

}  // namespace castboard
