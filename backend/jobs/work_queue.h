#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace castboard {

// Threads that work off tasks. Two lanes: `post` in the order given, always first; and
// `post_newest_first` for wishes that go stale (pictures of tiles that scrolled by). Tasks must not
// throw. The destructor finishes the first lane, drops the second, and joins.
class WorkQueue {
 public:
  explicit WorkQueue(int threads);
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  void post(std::function<void()> task);
  void post_newest_first(std::uint64_t id, std::function<void()> task);
  // Drops a waiting wish; false when it is under way, done or unknown.
  bool drop(std::uint64_t id);
  // Finishes the first lane and joins. Later tasks are dropped. Idempotent; not from a task.
  void finish();

 private:
  struct Wish {
    std::uint64_t id = 0;
    std::function<void()> task;
  };
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::vector<Wish> wishes_;  // newest last
  bool finishing_ = false;
  std::vector<std::thread> threads_;  // last: they use everything above
};

}  // namespace castboard
