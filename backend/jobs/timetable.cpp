#include "jobs/timetable.h"

#include <utility>

namespace castboard {

void Timetable::after(std::chrono::milliseconds delay, std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (finishing_) return;
    tasks_.emplace(std::chrono::steady_clock::now() + delay, std::move(task));
  }
  changed_.notify_one();
}

void Timetable::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    tasks_.clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Timetable::work() {
  std::unique_lock lock(mutex_);
  while (!finishing_) {
    if (tasks_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = tasks_.begin();
    if (first->first > std::chrono::steady_clock::now()) {
      changed_.wait_until(lock, std::chrono::steady_clock::time_point(first->first));
      continue;
    }
    std::function<void()> task = std::move(tasks_.extract(first).mapped());
    lock.unlock();
    task();
    task = nullptr;  // what it holds is released outside the lock
    lock.lock();
  }
}

}  // namespace castboard
