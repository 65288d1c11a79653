#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace castboard {

// Does things later, one after the other, on a thread of its own. Tasks are short or hand on to a
// queue, and do not throw. Safe from any thread, also from a task.
class Timetable {
 public:
  Timetable() : thread_([this] { work(); }) {}
  ~Timetable() { finish(); }
  Timetable(const Timetable&) = delete;
  Timetable& operator=(const Timetable&) = delete;

  void after(std::chrono::milliseconds delay, std::function<void()> task);
  // Drops what waits and joins. Later tasks are dropped. Idempotent; not from a task.
  void finish();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<std::chrono::steady_clock::time_point, std::function<void()>> tasks_;
  bool finishing_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace castboard
