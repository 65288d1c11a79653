#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "castboard/events.h"
#include "library/library.h"
#include "os/files.h"
#include "providers/http.h"

namespace castboard {

// Tells the studio API what changed, from the outbox: in order per character, only the newest,
// with back-off across restarts. One process per library sends at a time (a lock file). Own
// thread; owned by the session.
class PushSender {
 public:
  struct Environment {
    Library* library = nullptr;
    const Http* http = nullptr;
    UserId user;
    std::string api_url;   // empty: push is off
    std::string base_url;  // of pictures; empty: pushes are held
    std::filesystem::path lock_file;
    std::function<std::optional<std::string>()> token;
    std::function<void(PushSummary)> changed;
    bool send = true;  // false: only what push() asks for
  };

  explicit PushSender(Environment environment);
  ~PushSender();

  // Something was queued: look now.
  void wake();
  // What the outbox (or, with `all`, every character) would send; with `dry_run` false it is sent.
  // Blocking; throws Failure (`configuration`) when push is off or held.
  std::vector<PushItem> push(bool all, bool dry_run);
  [[nodiscard]] PushSummary summary() const;
  void finish();

 private:
  struct Delivery;
  void loop();
  // Sends what is due; the time of the next attempt, nullopt when nothing waits.
  std::optional<std::string> send_due();
  [[nodiscard]] std::vector<Delivery> deliveries(bool all);
  [[nodiscard]] std::string send(const Delivery& delivery);  // the error; empty: done
  void record(const Delivery& delivery, const std::string& error);
  void publish(PushState state, int pending, std::string message);
  void require_target() const;

  Environment environment_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool wake_ = false;
  bool finishing_ = false;
  PushSummary summary_;
  Cancellation cancel_;
  std::mutex sending_;  // one at a time within the process
  std::thread thread_;  // last
};

}  // namespace castboard
