#include "studio/push_sender.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "castboard/result.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

struct Call {
  std::string path;
  std::string body;
  std::string key;
  std::string authorization;
};

// The studio's API on loopback; it can be told what to answer, be killed and started again.
class StudioApi {
 public:
  StudioApi() { start(0); }
  ~StudioApi() { stop(); }

  void start(int port) {
    server_ = std::make_unique<httplib::Server>();
    server_->Patch(".*", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      calls_.push_back({request.path, request.body, request.get_header_value("Idempotency-Key"),
                        request.get_header_value("Authorization")});
      response.status = status_;
      changed_.notify_all();
    });
    server_->set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    if (port == 0) {
      port_ = server_->bind_to_any_port("127.0.0.1");
    } else {
      ASSERT_TRUE(server_->bind_to_port("127.0.0.1", port));
    }
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();  // stop() before it is lost
  }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  void answer(int status) {
    const std::lock_guard lock(mutex_);
    status_ = status;
  }
  std::vector<Call> wait_for_calls(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return calls_.size() >= count; });
    return calls_;
  }
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  std::unique_ptr<httplib::Server> server_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Call> calls_;
  int status_ = 200;
  int port_ = 0;
};

class Pushing : public ::testing::Test {
 protected:
  Pushing()
      : library_(open_sqlite_store({.directory = directory_.path().string()}),
                 PictureFiles(directory_.path()), {}) {
    library_.write([&](StoreWriter& writer) {
      writer.ensure_user("user", "user");
      const Project project = writer.add_project("Northwind");
      character_ = writer.add_character({.project_id = project.id, .name = "Mira"});
    });
  }

  std::unique_ptr<PushSender> sender(const std::string& url,
                                     const std::string& base = "https://pictures.example",
                                     bool by_itself = true) {
    PushSender::Environment environment;
    environment.library = &library_;
    environment.http = &http_;
    environment.user = "user";
    environment.api_url = url;
    environment.base_url = base;
    environment.send = by_itself;
    environment.lock_file = directory_.path() / "push.lock";
    environment.token = [] { return std::optional<std::string>("sesame"); };
    environment.changed = [this](const PushSummary& summary) {
      const std::lock_guard lock(mutex_);
      last_ = summary;
      changed_.notify_all();
    };
    return std::make_unique<PushSender>(std::move(environment));
  }

  VersionId add_version(const std::string& url) {
    const VersionId id = url;
    library_.write([&](StoreWriter& writer) {
      NewVersion made;
      made.version.id = id;
      made.version.character_id = character_.id;
      made.version.project_id = character_.project_id;
      made.version.user_id = "user";
      made.version.version_name = "Portrait";
      made.version.image_url = url;
      made.version.template_type = "portrait";
      made.version.shot = "headshot";
      made.activate = ActivatePolicy::always;
      writer.add_version(made, {}, true);
    });
    return id;
  }

  void wait_for_state(PushState state) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return last_ && last_->state == state; });
  }

  testing::TemporaryDirectory directory_;
  Library library_;
  Http http_{HttpOptions{}};
  Character character_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<PushSummary> last_;
};

TEST_F(Pushing, sends_only_the_newest_with_the_token) {
  add_version("images/1.png");
  add_version("images/2.png");
  StudioApi studio;
  const std::unique_ptr<PushSender> pushing = sender(studio.url());
  wait_for_state(PushState::idle);
  const std::vector<Call> calls = studio.wait_for_calls(1);
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].path, "/api/characters/" + character_.id);
  EXPECT_EQ(calls[0].authorization, "Bearer sesame");
  const nlohmann::json body = nlohmann::json::parse(calls[0].body);
  EXPECT_EQ(body["imageUrl"], "https://pictures.example/images/2.png");
  EXPECT_EQ(body["imagePoses"]["headshot"], "https://pictures.example/images/2.png");
  EXPECT_EQ(body["versionNumber"], 2);
}

TEST_F(Pushing, waits_for_a_server_that_was_killed_and_delivers_when_it_is_back) {
  StudioApi studio;
  studio.stop();
  add_version("images/1.png");
  const std::unique_ptr<PushSender> pushing = sender(studio.url());
  wait_for_state(PushState::failing);
  EXPECT_EQ(pushing->summary().pending, 1);
  EXPECT_NE(pushing->summary().message.find("could not be told"), std::string::npos);
  studio.start(studio.port());
  EXPECT_EQ(studio.wait_for_calls(1).size(), 1U);
  wait_for_state(PushState::idle);
  EXPECT_TRUE(library_.read([](StoreReader& reader) { return reader.outbox(); }).empty());
}

TEST_F(Pushing, keeps_what_was_refused_across_a_restart) {
  StudioApi studio;
  studio.answer(500);
  add_version("images/1.png");
  {
    const std::unique_ptr<PushSender> first = sender(studio.url());
    wait_for_state(PushState::failing);
  }
  studio.answer(200);
  const std::unique_ptr<PushSender> second = sender(studio.url());
  const std::vector<Call> calls = studio.wait_for_calls(2);
  EXPECT_FALSE(calls.front().key.empty());
  EXPECT_EQ(calls.back().key, calls.front().key) << "the same delivery, tried again";
  wait_for_state(PushState::idle);
}

TEST_F(Pushing, gives_a_key_of_its_own_to_each_time_a_version_becomes_active) {
  StudioApi studio;
  const std::unique_ptr<PushSender> pushing =
      sender(studio.url(), "https://pictures.example", false);
  const VersionId first = add_version("images/1.png");
  const VersionId second = add_version("images/2.png");
  std::set<std::string> keys;
  std::size_t sent = 0;
  for (const VersionId& id : {first, second, first}) {
    library_.write([&](StoreWriter& writer) {
      writer.activate(id, false);
      writer.queue_push(character_.id);
    });
    ASSERT_TRUE(pushing->push(false, false).at(0).sent);
    keys.insert(studio.wait_for_calls(++sent).back().key);
  }
  EXPECT_EQ(keys.size(), 3U) << "a studio that remembers keys must not answer from its memory";
  EXPECT_EQ(studio.wait_for_calls(3).front().body, studio.wait_for_calls(3).back().body);
  // Asked for though nothing is queued: each time is a time of its own.
  ASSERT_TRUE(pushing->push(true, false).at(0).sent);
  ASSERT_TRUE(pushing->push(true, false).at(0).sent);
  for (const Call& call : studio.wait_for_calls(5)) keys.insert(call.key);
  EXPECT_EQ(keys.size(), 5U);
}

TEST_F(Pushing, is_held_without_a_base_url_and_says_so) {
  add_version("images/1.png");
  StudioApi studio;
  const std::unique_ptr<PushSender> pushing = sender(studio.url(), "");
  wait_for_state(PushState::held);
  EXPECT_EQ(pushing->summary().pending, 1);
  EXPECT_NE(pushing->summary().message.find("base URL"), std::string::npos);
  EXPECT_THROW(pushing->push(false, true), Failure);
}

TEST_F(Pushing, shows_in_a_dry_run_what_all_characters_would_send_and_sends_nothing) {
  StudioApi studio;
  add_version("images/1.png");
  const std::unique_ptr<PushSender> pushing = sender(studio.url());
  wait_for_state(PushState::idle);
  const std::vector<PushItem> items = pushing->push(true, true);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].character_name, "Mira");
  EXPECT_FALSE(items[0].sent);
  EXPECT_EQ(studio.wait_for_calls(1).size(), 1U);
  EXPECT_TRUE(pushing->push(true, false).at(0).sent);
  EXPECT_EQ(studio.wait_for_calls(2).size(), 2U);
}

TEST_F(Pushing, is_off_without_a_studio_api) {
  const std::unique_ptr<PushSender> pushing = sender("");
  wait_for_state(PushState::off);
  EXPECT_THROW(pushing->push(true, true), Failure);
}

}  // namespace
}  // namespace castboard
