#include "imaging/memory_gate.h"

namespace castboard {

std::size_t MemoryGate::under_way() const {
  const std::lock_guard lock(mutex_);
  return under_way_;
}

void MemoryGate::enter(std::size_t bytes) {
  std::unique_lock lock(mutex_);
  // In order of arrival, or small pictures would keep a large one out for ever.
  const std::uint64_t number = next_number_++;
  changed_.wait(lock, [&] {
    return number == now_serving_ &&
           (under_way_ == 0 || (bytes <= limit_ && under_way_ <= limit_ - bytes));
  });
  ++now_serving_;
  under_way_ += bytes;
  changed_.notify_all();
}

void MemoryGate::leave(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  under_way_ -= bytes;
  changed_.notify_all();
}

}  // namespace castboard
