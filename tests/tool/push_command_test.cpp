#include <memory>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Received {
  std::string path;
  std::string key;
  std::string authorization;
  nlohmann::json body;
};

// The studio's API: notes what it is told. Stopped and started again on the same port.
class StudioApi {
 public:
  explicit StudioApi(int port = 0) {
    server_.Patch(R"(/v2/api/characters/([^/]+))",
                  [this](const httplib::Request& request, httplib::Response& response) {
                    const std::scoped_lock lock(mutex_);
                    received_.push_back({request.path, request.get_header_value("Idempotency-Key"),
                                         request.get_header_value("Authorization"),
                                         nlohmann::json::parse(request.body, nullptr, false)});
                    response.status = status_;
                  });
    port_ = port;
    if (port_ == 0) {
      port_ = server_.bind_to_any_port("127.0.0.1");
    } else {
      EXPECT_TRUE(server_.bind_to_port("127.0.0.1", port_));
    }
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }

  ~StudioApi() {
    server_.stop();
    thread_.join();
  }

  void answer(int status) {
    const std::scoped_lock lock(mutex_);
    status_ = status;
  }
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/v2";
  }
  [[nodiscard]] std::vector<Received> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(received_, {});
  }

 private:
  httplib::Server server_;
  std::mutex mutex_;
  std::vector<Received> received_;
  int status_ = 200;
  int port_ = 0;
  std::thread thread_;
};

class PushCommand : public ::testing::Test {
 protected:
  void configure(const StudioApi& api) {
    sandbox.set("CASTBOARD_API_URL", api.url());
    sandbox.set("CASTBOARD_PICTURE_BASE_URL", "https://pictures.example/cast/");
    sandbox.set("CASTBOARD_API_TOKEN", "secret-token");
  }

  nlohmann::json generate(const std::string& character, const std::string& template_type) {
    return sandbox.json_of({"generate", "--create", "--project", "Demo", "--character", character,
                            "--template", template_type, "--style", "pixel_art"})["version"];
  }

  Sandbox sandbox;
};

TEST_F(PushCommand, tells_the_studio_of_each_change_as_it_is_made) {
  StudioApi api;
  configure(api);
  const auto version = generate("Mira", "expression_sheet");
  const auto received = api.take();
  ASSERT_EQ(received.size(), 1U);
  const Received& push = received[0];
  EXPECT_EQ(push.path, "/v2/api/characters/" + version["character_id"].get<std::string>());
  EXPECT_FALSE(push.key.empty());
  EXPECT_EQ(push.authorization, "Bearer secret-token");
  EXPECT_EQ(push.body["imageUrl"],
            "https://pictures.example/cast/" + version["image_url"].get<std::string>());
  EXPECT_EQ(push.body["imagePoses"].size(), 9U);
  EXPECT_THAT(push.body["imagePoses"]["fear"].get<std::string>(),
              StartsWith("https://pictures.example/cast/"));
  EXPECT_EQ(push.body["versionId"], version["id"]);
  EXPECT_EQ(push.body["versionNumber"], 1);
  EXPECT_EQ(push.body["status"], "none");

  const auto second = generate("Mira", "portrait");
  sandbox.json_of({"versions", "activate", "Mira/v001"});
  const auto later = api.take();
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(later[0].body["versionId"], second["id"]);
  EXPECT_EQ(later[1].body["versionId"], version["id"]);
  EXPECT_EQ(later[1].body["imageUrl"], push.body["imageUrl"]);
  EXPECT_NE(later[1].key, push.key) << "the same picture again is another change";
}

TEST_F(PushCommand, survives_a_studio_that_is_killed_and_sends_only_the_newest_when_it_is_back) {
  auto api = std::make_unique<StudioApi>();
  configure(*api);
  const int port = api->port();
  api.reset();
  generate("Mira", "portrait");
  const auto newest = generate("Mira", "portrait");
  const auto other = generate("Elin", "portrait");
  EXPECT_EQ(sandbox.run({"push"}).exit_code, 1) << "nobody is there";

  api = std::make_unique<StudioApi>(port);
  const auto pushes = sandbox.json_of({"push"})["pushes"];
  ASSERT_EQ(pushes.size(), 2U);
  EXPECT_EQ(pushes[0]["sent"], true);
  std::vector<std::string> versions;
  for (const Received& received : api->take()) versions.push_back(received.body["versionId"]);
  EXPECT_THAT(versions, ElementsAre(newest["id"], other["id"]));
  EXPECT_TRUE(sandbox.json_of({"push"})["pushes"].empty()) << "nothing is sent twice";
  EXPECT_TRUE(api->take().empty());
}

TEST_F(PushCommand, keeps_what_the_studio_refuses_and_says_why) {
  StudioApi api;
  configure(api);
  api.answer(500);
  generate("Mira", "portrait");
  const Outcome outcome = sandbox.run({"push", "--json"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome;
  EXPECT_THAT(outcome.json()["pushes"][0]["error"].get<std::string>(), HasSubstr("500"));
  api.answer(200);
  EXPECT_EQ(sandbox.json_of({"push"})["pushes"][0]["sent"], true);
}

TEST_F(PushCommand, a_dry_run_shows_what_would_be_sent_and_sends_nothing) {
  auto api = std::make_unique<StudioApi>();
  configure(*api);
  const int port = api->port();
  api.reset();
  const auto version = generate("Mira", "portrait");
  api = std::make_unique<StudioApi>(port);
  const auto document = sandbox.json_of({"push", "--dry-run"});
  EXPECT_EQ(document["dry_run"], true);
  ASSERT_EQ(document["pushes"].size(), 1U);
  EXPECT_EQ(document["pushes"][0]["sent"], false);
  EXPECT_EQ(document["pushes"][0]["body"]["versionId"], version["id"]);
  EXPECT_THAT(document["pushes"][0]["url"].get<std::string>(), StartsWith(api->url()));
  EXPECT_TRUE(api->take().empty());
}

TEST_F(PushCommand, all_sends_every_character_after_push_is_switched_on) {
  generate("Mira", "portrait");
  generate("Elin", "portrait");
  StudioApi api;
  configure(api);
  EXPECT_TRUE(sandbox.json_of({"push"})["pushes"].empty()) << "nothing was queued while it was off";
  EXPECT_EQ(sandbox.json_of({"push", "--all", "--dry-run"})["pushes"].size(), 2U);
  EXPECT_TRUE(api.take().empty());
  EXPECT_EQ(sandbox.json_of({"push", "--all"})["pushes"].size(), 2U);
  EXPECT_EQ(api.take().size(), 2U);
}

TEST_F(PushCommand, is_off_without_an_api_and_held_without_a_base_url) {
  generate("Mira", "portrait");
  auto error = sandbox.error_of({"push"}, 1);
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("CASTBOARD_API_URL"));
  StudioApi api;
  sandbox.set("CASTBOARD_API_URL", api.url());
  generate("Mira", "portrait");
  error = sandbox.error_of({"push"}, 1);
  EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("CASTBOARD_PICTURE_BASE_URL"));
  EXPECT_TRUE(api.take().empty());
  configure(api);
  EXPECT_EQ(sandbox.json_of({"push"})["pushes"].size(), 1U) << "it was held, not lost";
}

TEST_F(PushCommand, never_prints_the_token) {
  StudioApi api;
  configure(api);
  api.answer(401);
  generate("Mira", "portrait");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"push", "-v"}, {"push", "--dry-run"}, {"doctor", "-v"}}) {
    const Outcome outcome = sandbox.run(arguments);
    EXPECT_EQ((outcome.out + outcome.err).find("secret-token"), std::string::npos) << outcome;
  }
  EXPECT_EQ(file_bytes(sandbox.home() / "state/castboard/castboard.log").find("secret-token"),
            std::string::npos);
}

}  // namespace
}  // namespace castboard::testing
