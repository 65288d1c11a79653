#pragma once

#include <chrono>
#include <thread>

#include "providers/descriptor.h"
#include "providers/http.h"
#include "providers/provider.h"

namespace castboard {

// Asks how far a provider is while another thread waits for its one answer, and tells the observer
// from its own thread. Gone and silent once destroyed. What goes wrong here harms nothing.
class ProgressWatch {
 public:
  // All but the request outlive the watch.
  ProgressWatch(const ProgressRule& rule, const Http& http, HttpRequest request,
                std::chrono::milliseconds limit, ProviderObserver& observer);
  ~ProgressWatch();
  ProgressWatch(const ProgressWatch&) = delete;
  ProgressWatch& operator=(const ProgressWatch&) = delete;

 private:
  void run();

  const ProgressRule& rule_;
  const Http& http_;
  HttpRequest request_;
  HttpLimits limits_;
  ProviderObserver& observer_;
  Cancellation stop_;
  std::thread thread_;
};

// What `body` says of the progress, from 0 to 1; nothing: not told.
std::optional<double> read_progress(const ProgressRule& rule, const nlohmann::json& body);

}  // namespace castboard
