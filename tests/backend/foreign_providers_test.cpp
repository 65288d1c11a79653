#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/foreign_provider.h"
#include "support/shipped_provider.h"

// APIs that the engine was not written for, each told by nothing but its JSON file.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

// A queue whose every address is in the answer to the request.
class FalServer {
 public:
  json result = {{"images", {{{"url", "/files/1.png"}}}}, {"seed", 9}};
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    const std::string& target = request.target;
    const auto place = [&](const char* path) { return server.url(path); };
    if (target == "/files/1.png") return connection.respond(200, "image/png", png_text());
    if (target == "/r/7/cancel")
      return connection.respond_json(202, R"({"status": "CANCELLATION_REQUESTED"})");
    if (target == "/r/7") return connection.respond_json(200, result.dump());
    if (target == "/r/7/status")
      return connection.respond_json(
          200, looked_.exchange(true) ? R"({"status": "COMPLETED"})" : R"({"status": "IN_QUEUE"})");
    connection.respond_json(200, json{{"status", "IN_QUEUE"},
                                      {"request_id", "7"},
                                      {"status_url", place("/r/7/status")},
                                      {"response_url", place("/r/7")},
                                      {"cancel_url", place("/r/7/cancel")}}
                                     .dump());
  }};

 private:
  std::atomic<bool> looked_{false};
};

}  // namespace

TEST(ForeignProviders, fal_is_a_queue_with_its_result_elsewhere) {
  FalServer fal;
  const ForeignProvider provider(fal.server, "fal");
  ProviderRequest request = provider.request();
  request.asked.aspect_ratio = "16:9";
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->seed, 9);
  const LoopbackRequest sent = fal.server.requests().at(0);
  EXPECT_EQ(sent.target, "/fal-ai/flux/dev");
  EXPECT_EQ(sent.header("authorization"), "Key sesame-key");
  EXPECT_EQ(json::parse(sent.body)["image_size"], "landscape_16_9");
  EXPECT_EQ(fal.server.requests().back().header("authorization"), "");
  Cancellation cancel;
  EXPECT_TRUE(provider->cancel_remote(outcome.remote, cancel));
  EXPECT_EQ(fal.server.requests().back().method, "PUT");
}

TEST(ForeignProviders, fal_takes_both_references_as_data_urls_and_refuses_with_status_200) {
  FalServer fal;
  fal.result["has_nsfw_concepts"] = {true};
  const ForeignProvider provider(fal.server, "fal");
  const ProviderRequest request = provider.with_references(true);
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::refused);
  const json urls = json::parse(fal.server.requests().at(0).body)["image_urls"];
  ASSERT_THAT(urls, SizeIs(2));
  EXPECT_EQ(urls[1],
            "data:image/jpeg;base64," + encode_base64(request.background_references[0].bytes));
}

TEST(ForeignProviders, replicate_names_its_addresses_and_costs_seconds) {
  std::atomic<int> looks{0};
  std::string state = "succeeded";
  json error;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/out/1.webp") return connection.respond(200, "image/png", png_text());
    json body{{"id", "p1"},
              {"status", "starting"},
              {"urls",
               {{"get", server.url("/v1/predictions/p1")},
                {"cancel", server.url("/v1/predictions/p1/cancel")}}},
              {"error", nullptr},
              {"output", nullptr}};
    if (request.target == "/v1/predictions/p1" && looks++ > 0) {
      body["status"] = state;
      body["error"] = error;
      body["output"] = json::array({server.url("/out/1.webp")});
      body["metrics"] = {{"predict_time", 2.5}};
    }
    connection.respond_json(request.method == "POST" ? 201 : 200, body.dump());
  });
  const ForeignProvider provider(server, "replicate", "/v1");
  const CallOutcome outcome = call(*provider, provider.with_references(false));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->provider_cost, 2.5);
  EXPECT_EQ(outcome.result->provider_cost_unit, "seconds");
  EXPECT_EQ(server.requests().at(0).target,
            "/v1/models/black-forest-labs/flux-schnell/predictions");
  state = "failed";
  error = "NSFW content detected in output";
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
  Cancellation cancel;
  EXPECT_TRUE(provider->cancel_remote(outcome.remote, cancel));
  EXPECT_EQ(server.requests().back().target, "/v1/predictions/p1/cancel");
}

TEST(ForeignProviders, swarmui_opens_its_session_again_when_that_is_gone) {
  std::atomic<int> sessions{0};
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "GET") return connection.respond(200, "image/png", png_text());
    if (request.target == "/API/GetNewSession")
      return connection.respond_json(
          200, json{{"session_id", "session-" + std::to_string(++sessions)}}.dump());
    if (json::parse(request.body)["session_id"] != "session-2")
      return connection.respond_json(
          200, R"({"error": "Invalid session ID.", "error_id": "invalid_session_id"})");
    connection.respond_json(200, R"({"images": ["View/local/raw/1 a.png"]})");
  });
  const ForeignProvider provider(server, "swarmui");
  const CallOutcome outcome = call(*provider, provider.with_references(false));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(server.requests().back().target, "/View/local/raw/1%20a.png");
  EXPECT_EQ(sessions, 2);
  EXPECT_TRUE(outcome.result->seed);
}

}  // namespace castboard
