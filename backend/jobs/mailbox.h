#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace castboard {

// The only hand-off between threads: many put, one takes all. Never waits for work.
template <class T>
class Mailbox {
 public:
  void put(T message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
  }

  [[nodiscard]] std::vector<T> take_all() {
    const std::lock_guard lock(mutex_);
    return std::exchange(messages_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<T> messages_;
};

}  // namespace castboard
