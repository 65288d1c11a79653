#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>

namespace castboard::testing {

// The studio's generator that the provider `castboard` speaks to: a real HTTP server in the test
// process whose answer the test chooses.
class StudioGenerator {
 public:
  StudioGenerator() {
    server_.Post("/api/generate/character-image",
                 [this](const httplib::Request& request, httplib::Response& response) {
                   {
                     const std::scoped_lock lock(mutex_);
                     ++requests_;
                   }
                   asked_.notify_all();
                   answer_(request, response);
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~StudioGenerator() {
    release();
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  void answer(int status, std::string body) {
    answer_ = [status, body = std::move(body)](const httplib::Request&, httplib::Response& reply) {
      reply.status = status;
      reply.set_content(body, "application/json");
    };
  }

  // Takes requests and says nothing until `release`.
  void stay_silent() {
    answer_ = [this](const httplib::Request&, httplib::Response& reply) {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return released_; });
      reply.status = 500;
    };
  }

  void release() {
    {
      const std::scoped_lock lock(mutex_);
      released_ = true;
    }
    asked_.notify_all();
  }

  // Returns when so many requests have come in.
  void wait_for_requests(int count) {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, [this, count] { return requests_ >= count; });
  }

  [[nodiscard]] int requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

 private:
  httplib::Server server_;
  std::function<void(const httplib::Request&, httplib::Response&)> answer_;
  std::mutex mutex_;
  std::condition_variable asked_;
  int requests_ = 0;
  bool released_ = false;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace castboard::testing
