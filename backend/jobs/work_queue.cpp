#include "jobs/work_queue.h"

#include <algorithm>
#include <utility>

namespace castboard {

WorkQueue::WorkQueue(int threads) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { work(); });
}

WorkQueue::~WorkQueue() {
  finish();
}

void WorkQueue::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (finishing_) return;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void WorkQueue::post_newest_first(std::uint64_t id, std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (finishing_) return;
    wishes_.push_back({id, std::move(task)});
  }
  changed_.notify_one();
}

bool WorkQueue::drop(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(wishes_, [id](const Wish& wish) { return wish.id == id; }) > 0;
}

void WorkQueue::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    wishes_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

void WorkQueue::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return finishing_ || !tasks_.empty() || !wishes_.empty(); });
    std::function<void()> task;
    if (!tasks_.empty()) {
      task = std::move(tasks_.front());
      tasks_.pop_front();
    } else if (!wishes_.empty()) {
      task = std::move(wishes_.back().task);
      wishes_.pop_back();
    } else {
      return;  // finishing, and nothing left
    }
    lock.unlock();
    task();
    task = nullptr;  // what it holds is released outside the lock
    lock.lock();
  }
}

}  // namespace castboard
