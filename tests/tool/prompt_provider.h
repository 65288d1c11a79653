#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "support/png_writing.h"

namespace castboard::testing {

// A paid provider that answers at once and gives no id, so that what broke is uncertain. What it
// does is said by a word of the prompt: HOLD (no answer until `release`), REFUSE (moderation),
// BROKE (no credit left); else a picture.
class PromptProvider {
 public:
  PromptProvider() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server_.set_keep_alive_max_count(1);
    server_.Post("/gen", [this](const httplib::Request& request, httplib::Response& reply) {
      answer(nlohmann::json::parse(request.body).at("prompt").get<std::string>(), reply);
    });
    server_.Get("/picture", [](const httplib::Request&, httplib::Response& reply) {
      Bytes rows;
      for (int y = 0; y < 16; ++y) {
        rows.push_back(0);  // no filter
        for (int x = 0; x < 16; ++x) rows.push_back(static_cast<std::uint8_t>(x * y));
      }
      const Bytes png = png_claiming(16, 16, rows);
      reply.set_content(std::string(png.begin(), png.end()), "image/png");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~PromptProvider() {
    release();
    server_.stop();
    thread_.join();
  }

  // Its descriptor, for a configuration directory.
  [[nodiscard]] std::string descriptor() const {
    return R"({
  "castboard_provider": 1, "name": "prompted", "title": "Prompted",
  "base_url": "http://127.0.0.1:)" +
           std::to_string(port_) + R"(",
  "auth": {"kind": "none"},
  "sizes": {"1:1": "16x16"},
  "requests": {"text_to_image": {"path": "/gen", "json": {"prompt": "{prompt}"}}},
  "reply": {"images": [{"url": "url"}], "message": "error.message"},
  "errors": [{"status": "4xx", "path": "error.code", "matches": "moderation", "class": "refused"}],
  "download": {"private_hosts": ["127.0.0.1"]},
  "credits": {"picture": 1}
})";
  }

  // From now on nothing is held, refused or out of credit any more.
  void release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }
  void wait_for_requests(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return prompts_.size() >= count; });
  }
  [[nodiscard]] int requests() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(prompts_.size());
  }
  // How often a prompt with this word came.
  [[nodiscard]] int requests_with(const std::string& word) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(
        prompts_.begin(), prompts_.end(),
        [&word](const std::string& prompt) { return prompt.find(word) != std::string::npos; }));
  }

 private:
  void answer(const std::string& prompt, httplib::Response& reply) {
    const auto asks = [&prompt](const char* word) {
      return prompt.find(word) != std::string::npos;
    };
    std::unique_lock lock(mutex_);
    prompts_.push_back(prompt);
    changed_.notify_all();
    if (asks("HOLD")) changed_.wait(lock, [this] { return released_; });
    if (asks("REFUSE") && !released_) {
      reply.status = 400;
      reply.set_content(R"({"error": {"code": "moderation", "message": "not that"}})", kJson);
    } else if (asks("BROKE") && !released_) {
      reply.status = 402;
      reply.set_content(R"({"error": {"message": "no money"}})", kJson);
    } else {
      reply.set_content(R"({"url": "/picture"})", kJson);
    }
  }

  static constexpr const char* kJson = "application/json";
  httplib::Server server_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> prompts_;
  bool released_ = false;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace castboard::testing
