#pragma once

#include <signal.h>
#include <sys/types.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "support/png_writing.h"

namespace castboard::testing {

// A provider that works like the paid ones: it takes a request and bills it at once, is asked until
// the picture is made, and gives it away by an address. It survives its clients and counts what it
// billed; it can strike a client dead at the n-th request of a kind, before or after it answers.
class BillingProvider {
 public:
  // `accept` and `save`: its answer with the id, or the picture's last byte, is on its way already.
  enum class Step { submit, accept, poll, download, save };
  struct Bill {
    int number = 0;   // 1, 2, 3 ...: the picture's seed
    std::string key;  // the client's job
    std::string picture;
    int polls = 0;
  };

  BillingProvider() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server_.set_keep_alive_max_count(1);
    server_.Post("/submit", [this](const httplib::Request& request, httplib::Response& reply) {
      const auto asked = nlohmann::json::parse(request.body, nullptr, false);
      const int number = bill(asked.value("key", ""));
      strike(Step::submit);
      reply.set_content(nlohmann::json{{"id", "r" + std::to_string(number)}}.dump(), kJson);
    });
    server_.Get(R"(/jobs/r(\d+))",
                [this](const httplib::Request& request, httplib::Response& reply) {
                  strike(Step::poll);
                  const std::string number = request.matches[1];
                  const bool done = polled(std::stoi(number)) > kPollsUntilDone;
                  nlohmann::json answer{{"state", done ? "done" : "working"}};
                  if (done) answer["url"] = "/pictures/" + number;
                  if (done) answer["seed"] = std::stoi(number);
                  reply.set_content(answer.dump(), kJson);
                });
    server_.Get(R"(/pictures/(\d+))",
                [this](const httplib::Request& request, httplib::Response& reply) {
                  strike(Step::download);
                  reply.set_content(picture_of(std::stoi(request.matches[1])), "image/png");
                });
    server_.set_logger([this](const httplib::Request& request, const httplib::Response&) {
      if (request.path == "/submit") strike(Step::accept);
      if (request.path.rfind("/pictures/", 0) == 0) strike(Step::save);
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~BillingProvider() {
    disarm();
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // Its descriptor, for a configuration directory.
  [[nodiscard]] std::string descriptor() const {
    return R"({
  "castboard_provider": 1, "name": "billing", "title": "Billing", "base_url": ")" +
           url() + R"(",
  "auth": {"kind": "none"},
  "sizes": {"1:1": "16x16"},
  "seed": {"max": 1000000},
  "requests": {"text_to_image": {"path": "/submit",
                                 "json": {"prompt": "{prompt}", "key": "{idempotency_key}"}}},
  "poll": {"id": "id", "request": {"path": "/jobs/{job_id}"},
           "done": {"path": "state", "equals": "done"},
           "interval_seconds": 0.02, "longest_interval_seconds": 0.05},
  "reply": {"images": [{"url": "url"}], "seed": "seed"},
  "download": {"private_hosts": ["127.0.0.1"]},
  "credits": {"picture": 1}
})";
  }

  // Kills the process given to `victim_is` when the n-th such request from now on comes in.
  void arm(Step step, int nth) {
    const std::lock_guard lock(mutex_);
    armed_ = step;
    countdown_ = nth;
    victim_ = 0;
  }
  void victim_is(pid_t pid) {
    const std::lock_guard lock(mutex_);
    victim_ = pid;
    changed_.notify_all();
  }
  void disarm() {
    const std::lock_guard lock(mutex_);
    countdown_ = 0;
    changed_.notify_all();
  }

  [[nodiscard]] std::vector<Bill> bills() const {
    const std::lock_guard lock(mutex_);
    return bills_;
  }

 private:
  static constexpr const char* kJson = "application/json";
  static constexpr int kPollsUntilDone = 2;

  int bill(const std::string& key) {
    const std::lock_guard lock(mutex_);
    Bill made;
    made.number = static_cast<int>(bills_.size()) + 1;
    made.key = key;
    Bytes rows;
    for (int y = 0; y < 16; ++y) {
      rows.push_back(0);  // no filter
      for (int x = 0; x < 16; ++x)
        rows.push_back(static_cast<std::uint8_t>(y < 4 ? made.number >> (y * 8) : x * y));
    }
    const Bytes png = png_claiming(16, 16, rows);
    made.picture.assign(png.begin(), png.end());
    bills_.push_back(made);
    return made.number;
  }
  int polled(int number) {
    const std::lock_guard lock(mutex_);
    return ++bills_.at(static_cast<std::size_t>(number) - 1).polls;
  }
  std::string picture_of(int number) {
    const std::lock_guard lock(mutex_);
    return bills_.at(static_cast<std::size_t>(number) - 1).picture;
  }
  void strike(Step step) {
    std::unique_lock lock(mutex_);
    if (countdown_ == 0 || armed_ != step || --countdown_ > 0) return;
    countdown_ = 1;  // the victim may not be known yet
    changed_.wait(lock, [this] { return victim_ != 0 || countdown_ == 0; });
    if (countdown_ == 0) return;
    countdown_ = 0;
    ::kill(victim_, SIGKILL);
  }

  httplib::Server server_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Bill> bills_;
  Step armed_ = Step::submit;
  int countdown_ = 0;  // 0: not armed
  pid_t victim_ = 0;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace castboard::testing
