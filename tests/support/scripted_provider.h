#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "providers/provider.h"
#include "support/pictures.h"

namespace castboard::testing {

// A provider without a network: the test says what becomes of a call. By default it is paid, gives
// an id, and makes a picture of its own for every call.
class ScriptedProvider : public Provider {
 public:
  using Generate =
      std::function<ProviderResult(const ProviderRequest&, ProviderObserver&, Cancellation&)>;
  using Resume = std::function<ProviderResult(const ProviderRequest&, const RemoteJob&,
                                              ProviderObserver&, Cancellation&)>;

  explicit ScriptedProvider(std::string name) {
    info_.name = std::move(name);
    info_.title = "The " + info_.name;
    on_generate = [this](const ProviderRequest& request, ProviderObserver& observer,
                         Cancellation&) {
      observer.submitting();
      observer.accepted(remote(request.idempotency_key));
      return picture();
    };
    on_resume = [this](const ProviderRequest&, const RemoteJob& job, ProviderObserver& observer,
                       Cancellation&) {
      observer.downloading(job);
      return picture();
    };
  }

  Generate on_generate;
  Resume on_resume;
  std::function<bool(const RemoteJob&)> on_cancel;         // empty: cannot
  std::function<void(const GenerationRequest&)> on_check;  // throws what it cannot do
  ProviderLimits limit;
  bool idempotent = false;
  std::chrono::hours honours_key{0};
  std::function<bool()> on_crops = [] { return false; };  // asked when a picture is saved
  std::int64_t price = 5;
  std::function<void()> on_credits;  // asked while a job is made of a request

  void set_free() { info_.free = true; }
  [[nodiscard]] int generated() const { return generated_; }
  [[nodiscard]] int resumed() const { return resumed_; }
  // Keys of all calls of generate, in order.
  [[nodiscard]] std::vector<std::string> keys() const {
    const std::lock_guard lock(mutex_);
    return keys_;
  }

  static RemoteJob remote(const std::string& key) {
    return {.id = "remote-" + key, .continuation = R"({"of":")" + key + "\"}"};
  }
  ProviderResult picture() {
    ProviderResult result;
    result.pictures = {encode_png(drawing(16, 16, ++pictures_))};
    return result;
  }

  const ProviderInfo& info() const override { return info_; }
  void check(const GenerationRequest& request) const override {
    if (on_check) on_check(request);
  }
  std::int64_t credits(const GenerationRequest&, std::string& reason) const override {
    if (on_credits) on_credits();
    reason = "1 picture";
    return info_.free ? 0 : price;
  }
  std::string preview(const ProviderRequest&) const override { return "POST /"; }
  bool crops(const GenerationRequest&) const override { return on_crops(); }
  ProviderLimits limits() const override { return limit; }
  bool sends_idempotency_key() const override { return idempotent; }
  std::chrono::hours honours_key_for() const override { return honours_key; }
  ProviderResult generate(const ProviderRequest& request, ProviderObserver& observer,
                          Cancellation& cancel) const override {
    {
      const std::lock_guard lock(mutex_);
      keys_.push_back(request.idempotency_key);
      ++generated_;
    }
    return on_generate(request, observer, cancel);
  }
  ProviderResult resume(const ProviderRequest& request, const RemoteJob& job,
                        ProviderObserver& observer, Cancellation& cancel) const override {
    ++resumed_;
    return on_resume(request, job, observer, cancel);
  }
  bool can_cancel_remote() const override { return static_cast<bool>(on_cancel); }
  bool cancel_remote(const RemoteJob& job, Cancellation&) const override { return on_cancel(job); }

 private:
  ProviderInfo info_;
  std::atomic<int> pictures_{0};
  mutable std::atomic<int> generated_{0};
  mutable std::atomic<int> resumed_{0};
  mutable std::mutex mutex_;
  mutable std::vector<std::string> keys_;
};

// Where a scripted call waits until the test lets it go, or it is cancelled.
class Turnstile {
 public:
  void wait(Cancellation& cancel) {
    const Cancellation::Watch watch(cancel, [this] {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
      changed_.notify_all();
    });
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_ || cancelled_; });
    if (cancelled_) throw Failure(ErrorCode::cancelled, "Cancelled.");
  }
  void wait_for_arrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool open_ = false;
  bool cancelled_ = false;
};

}  // namespace castboard::testing
