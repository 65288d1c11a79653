#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "castboard/result.h"
#include "providers/http.h"

namespace castboard {

struct Cancellation::State {
  mutable std::mutex mutex;
  std::condition_variable changed;
  bool cancelled = false;
  std::vector<std::pair<const Watch*, std::function<void()>>> watches;
};

Cancellation::Cancellation() : state_(std::make_unique<State>()) {}
Cancellation::~Cancellation() = default;

void Cancellation::cancel() {
  const std::lock_guard lock(state_->mutex);
  state_->cancelled = true;
  state_->changed.notify_all();
  for (const auto& [watch, wake] : state_->watches) wake();
}

bool Cancellation::cancelled() const {
  const std::lock_guard lock(state_->mutex);
  return state_->cancelled;
}

void Cancellation::check() const {
  if (cancelled()) throw Failure(ErrorCode::cancelled, "Cancelled.");
}

bool Cancellation::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, time, [&] { return state_->cancelled; });
}

Cancellation::Watch::Watch(Cancellation& cancellation, std::function<void()> wake)
    : cancellation_(cancellation) {
  const std::lock_guard lock(cancellation_.state_->mutex);
  if (cancellation_.state_->cancelled) wake();
  cancellation_.state_->watches.emplace_back(this, std::move(wake));
}

Cancellation::Watch::~Watch() {
  const std::lock_guard lock(cancellation_.state_->mutex);
  std::erase_if(cancellation_.state_->watches,
                [&](const auto& entry) { return entry.first == this; });
}

}  // namespace castboard
