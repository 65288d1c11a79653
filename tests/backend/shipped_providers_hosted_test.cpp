#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/shipped_provider.h"

// Those that bill: Gemini, Stability AI and Black Forest Labs.
namespace castboard {

using nlohmann::json;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

using Answer = std::function<void(const LoopbackRequest&, LoopbackConnection&)>;

Answer always(int status, std::string body, std::string headers = {}) {
  return [=](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(status, "application/json", body, headers);
  };
}

json gemini_parts(const json& parts) {
  return {{"candidates",
           {{{"content", {{"role", "model"}, {"parts", parts}}}, {"finishReason", "STOP"}}}},
          {"usageMetadata", {{"promptTokenCount", 12}, {"totalTokenCount", 1302}}},
          {"modelVersion", "gemini-2.5-flash-image"}};
}

json inline_data(const std::string& text, const char* key = "inlineData") {
  return {{key, {{"mimeType", "image/png"}, {"data", text}}}};
}

void check_gemini(const LoopbackRequest& request, Violations& rules) {
  const json body = json::parse(request.body);
  rules.keys(body, {"contents"}, {"generationConfig", "safetySettings"}, "body");
  for (const json& part : body["contents"][0]["parts"]) {
    rules.keys(part, {}, {"text", "inlineData"}, "part");
    if (part.contains("inlineData"))
      rules.keys(part["inlineData"], {"mimeType", "data"}, {}, "inlineData");
  }
  const json config = body.value("generationConfig", json::object());
  rules.keys(config, {}, {"responseModalities", "imageConfig", "seed"}, "generationConfig");
  if (config.contains("imageConfig"))
    rules.keys(config["imageConfig"], {}, {"aspectRatio", "imageSize"}, "imageConfig");
}

}  // namespace

TEST(ShippedGemini, skips_what_it_thinks_and_says_and_takes_the_picture) {
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    check_gemini(request, rules);
    json thought = inline_data(encode_base64(png(3)));
    thought["thought"] = true;
    connection.respond_json(
        200, gemini_parts({{{"text", "Here you go"}}, thought, inline_data(encode_base64(png()))})
                 .dump());
  });
  const ShippedProvider provider(server, "gemini", "/v1beta");
  ProviderRequest request = provider.request();
  request.asked.aspect_ratio = "16:9";
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->provider_cost, 1302);
  EXPECT_EQ(outcome.result->provider_cost_unit, "tokens");
  const LoopbackRequest sent = server.requests().at(0);
  EXPECT_EQ(sent.target, "/v1beta/models/gemini-2.5-flash-image:generateContent");
  EXPECT_EQ(sent.header("x-goog-api-key"), "sesame-key");
  EXPECT_EQ(json::parse(sent.body)["generationConfig"]["imageConfig"],
            json({{"aspectRatio", "16:9"}}));
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedGemini, sends_both_references_as_parts_after_the_text) {
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    check_gemini(request, rules);
    connection.respond_json(
        200, gemini_parts(json::array({inline_data(encode_base64(png()), "inline_data")})).dump());
  });
  const ShippedProvider provider(server, "gemini");
  ProviderRequest request = provider.request_with_references();
  request.asked.model = "gemini-3-pro-image";
  ASSERT_TRUE(call(*provider, request).result);
  const json body = json::parse(server.requests().at(0).body);
  const json parts = body["contents"][0]["parts"];
  ASSERT_THAT(parts, SizeIs(3));
  EXPECT_EQ(parts[1]["inlineData"]["data"], encode_base64(request.character_references[0].bytes));
  EXPECT_EQ(parts[2]["inlineData"]["mimeType"], "image/jpeg");
  EXPECT_EQ(body["generationConfig"]["imageConfig"]["imageSize"], "2K");
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedGemini, knows_a_refusal_with_status_200_from_a_picture_that_did_not_come) {
  struct Case {
    json body;
    ErrorCode code;
    const char* message;
  };
  const Case cases[] = {
      {{{"promptFeedback", {{"blockReason", "PROHIBITED_CONTENT"}}}},
       ErrorCode::refused,
       "PROHIBITED_CONTENT"},
      {{{"candidates", {{{"finishReason", "IMAGE_SAFETY"}, {"index", 0}}}}},
       ErrorCode::refused,
       "IMAGE_SAFETY"},
      {{{"candidates", {{{"finishReason", "NO_IMAGE"}, {"index", 0}}}}},
       ErrorCode::provider,
       "NO_IMAGE"},
      {gemini_parts(json::array({{{"text", "I cannot draw that"}}})), ErrorCode::refused,
       "I cannot draw that"},
      {{{"candidates", json::array()}}, ErrorCode::provider, "without a picture"},
  };
  for (const Case& tried : cases) {
    LoopbackServer server(always(200, tried.body.dump()));
    const ShippedProvider provider(server, "gemini");
    const CallOutcome outcome = call(*provider, provider.request());
    EXPECT_EQ(outcome.error.code, tried.code) << tried.body;
    EXPECT_THAT(outcome.error.message, HasSubstr(tried.message));
    EXPECT_THAT(server.requests(), SizeIs(1));
  }
}

TEST(ShippedGemini, waits_as_retry_info_says_but_not_for_the_quota_of_a_day) {
  std::atomic<int> busy{1};
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (busy-- > 0)
      return connection.respond_json(429, R"({"error":{"code":429,"message":"Slow down",
        "details":[{"@type":"x.Help"},{"@type":"x.RetryInfo","retryDelay":"0.01s"}]}})");
    connection.respond_json(200,
                            gemini_parts(json::array({inline_data(encode_base64(png()))})).dump());
  });
  const ShippedProvider provider(server, "gemini");
  EXPECT_TRUE(call(*provider, provider.request()).result);
  EXPECT_THAT(server.requests(), SizeIs(2));

  LoopbackServer empty(always(429, R"({"error":{"code":429,"message":"You exceeded your quota",
    "details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
               {"retryDelay":"37s"}]}})"));
  const ShippedProvider poor(empty, "gemini");
  const CallOutcome outcome = call(*poor, poor.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::out_of_credit);
  EXPECT_THAT(outcome.error.hint, HasSubstr("quota of the day"));
  EXPECT_THAT(empty.requests(), SizeIs(1));
  EXPECT_FALSE(poor->can_cancel_remote());
}

namespace {

void answer_stability(const LoopbackRequest& request, LoopbackConnection& connection,
                      Violations& rules) {
  const std::string endpoint = request.target.substr(request.target.find("stable-image/") + 13);
  rules.expect(request.header("accept") == "image/*", "does not ask for bytes");
  if (endpoint == "generate/core")
    rules.parts(request, {"prompt"},
                {"negative_prompt", "aspect_ratio", "seed", "output_format", "style_preset"}, {});
  else if (endpoint == "generate/ultra")
    rules.parts(request, {"prompt"},
                {"negative_prompt", "aspect_ratio", "seed", "output_format", "strength"},
                {"image"});
  else if (endpoint == "generate/sd3")
    rules.parts(request, {"prompt"},
                {"negative_prompt", "aspect_ratio", "seed", "output_format", "strength", "mode",
                 "model", "cfg_scale"},
                {"image"});
  else if (endpoint == "control/style")
    rules.parts(request, {"prompt", "image"},
                {"negative_prompt", "aspect_ratio", "seed", "output_format", "fidelity"},
                {"image"});
  else
    rules.add("asks for " + request.target);
  if (part_text(request, "mode") == "image-to-image")
    rules.expect(part_text(request, "aspect_ratio") == "(none)", "aspect_ratio from an image");
  const bool image = part_text(request, "image") != "(none)";
  if (endpoint.rfind("generate/", 0) == 0)
    rules.expect(image == (part_text(request, "strength") != "(none)"), "image needs strength");
  connection.respond(200, "image/png", png_text(), "finish-reason: SUCCESS\r\nseed: 343940597\r\n");
}

class StabilityServer {
 public:
  Violations rules;
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    answer_stability(request, connection, rules);
  }};
};

}  // namespace

TEST(ShippedStability, sends_multipart_without_a_file_and_takes_bytes_with_headers) {
  StabilityServer stability;
  const ShippedProvider provider(stability.server, "stability");
  ProviderRequest request = provider.request();
  request.asked.aspect_ratio = "4:3";
  request.asked.seed = 7;
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->seed, 343940597);
  EXPECT_EQ(outcome.result->provider_cost, 3);
  EXPECT_EQ(outcome.result->provider_cost_unit, "credits");
  const LoopbackRequest sent = stability.server.requests().at(0);
  EXPECT_EQ(sent.target, "/v2beta/stable-image/generate/core");
  EXPECT_EQ(sent.header("authorization"), "Bearer sesame-key");
  EXPECT_EQ(part_text(sent, "aspect_ratio"), "5:4");
  EXPECT_EQ(part_text(sent, "style_preset"), "anime");
  EXPECT_EQ(part_text(sent, "seed"), "7");
  EXPECT_TRUE(provider->crops(request.asked));
  EXPECT_THAT(stability.rules.texts(), IsEmpty());
}

TEST(ShippedStability, has_an_endpoint_for_each_model_with_and_without_a_reference) {
  StabilityServer stability;
  const ShippedProvider provider(stability.server, "stability");
  const auto target = [&](const char* model, bool reference) {
    ProviderRequest request = provider.request();
    if (reference) {
      request = provider.request_with_references();
      request.background_references.clear();
      request.asked.background_reference = {};
    }
    request.asked.model = model;
    const CallOutcome outcome = call(*provider, request);
    if (!outcome.result) return outcome.error.message + " " + outcome.error.hint;
    return stability.server.requests().back().target.substr(21);
  };
  EXPECT_EQ(target("ultra", false), "generate/ultra");
  EXPECT_EQ(target("sd3.5-medium", false), "generate/sd3");
  EXPECT_EQ(target("ultra", true), "generate/ultra");
  EXPECT_EQ(target("sd3.5-large", true), "generate/sd3");
  EXPECT_EQ(target("control-style", true), "control/style");
  EXPECT_THAT(target("core", true), HasSubstr("choose one of these models: ultra, sd3.5-large"));
  EXPECT_THAT(target("control-style", false), HasSubstr("needs a character reference"));
  EXPECT_THAT(stability.rules.texts(), IsEmpty());
}

TEST(ShippedStability, takes_a_blurred_picture_for_the_refusal_it_is) {
  struct Case {
    int status;
    std::string body;
    std::string headers;
    ErrorCode code;
  };
  const Case cases[] = {
      {200, png_text(), "finish-reason: CONTENT_FILTERED\r\n", ErrorCode::refused},
      {200, json{{"image", encode_base64(png())}, {"finish_reason", "CONTENT_FILTERED"}}.dump(), "",
       ErrorCode::refused},
      {403, R"({"id":"a1","name":"content_moderation","errors":["Your request was flagged"]})", "",
       ErrorCode::refused},
      {402, R"({"id":"a1","name":"payment_required","errors":["You lack credits"]})", "",
       ErrorCode::out_of_credit},
      {413, R"({"id":"a1","name":"payload_too_large","errors":["too large"]})", "",
       ErrorCode::invalid_input},
      {429, R"({"id":"a1","name":"rate_limit_exceeded","errors":["too many"]})",
       "Retry-After: 0\r\n", ErrorCode::rate_limited},
      {401, R"({"id":"a1","name":"unauthorized","errors":["missing key"]})", "",
       ErrorCode::configuration},
  };
  for (const Case& tried : cases) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond(tried.status, "", tried.body, tried.headers);
    });
    const ShippedProvider provider(server, "stability");
    EXPECT_EQ(call(*provider, provider.request()).error.code, tried.code) << tried.body;
    EXPECT_THAT(server.requests(), SizeIs(tried.status == 429 ? 4 : 1));
  }
}

TEST(ShippedStabilityRelight, waits_for_bytes_by_the_status_of_the_answer) {
  Violations rules;
  std::atomic<int> looks{2};
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "POST") {
      rules.expect(request.target == "/v2beta/stable-image/edit/replace-background-and-relight",
                   "asks for " + request.target);
      rules.parts(request, {"subject_image"},
                  {"background_prompt", "foreground_prompt", "preserve_original_subject", "seed",
                   "output_format"},
                  {"subject_image", "background_reference"});
      return connection.respond_json(200, R"({"id": "a6dc"})");
    }
    rules.expect(request.target == "/v2beta/results/a6dc", "asks for " + request.target);
    rules.expect(request.header("accept") == "*/*", "does not ask for bytes");
    rules.expect(request.header("authorization") == "Bearer sesame-key", "asks without the key");
    if (looks-- > 0)
      return connection.respond_json(202, R"({"id": "a6dc", "status": "in-progress"})");
    connection.respond(200, "image/png", png_text(), "finish-reason: SUCCESS\r\nseed: 5\r\n");
  });
  const ShippedProvider provider(server, "stability_relight");
  const CallOutcome outcome = call(*provider, provider.request_with_references());
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->seed, 5);
  EXPECT_EQ(outcome.result->provider_cost, 8);
  EXPECT_EQ(part_text(server.requests().at(0), "background_prompt"), "(none)");
  EXPECT_THAT(rules.texts(), IsEmpty());
  EXPECT_TRUE(provider->crops(provider.request().asked));

  ProviderRequest alone = provider.request_with_references();
  alone.background_references.clear();
  alone.asked.background_reference = {};
  ASSERT_TRUE(call(*provider, alone).result);
  EXPECT_THAT(call(*provider, provider.request()).error.message,
              HasSubstr("needs a character reference"));
}

namespace {

// The fixed place says "Task not found"; only the address in the answer knows the task.
class FluxServer {
 public:
  json ready;
  std::string first_status = "Pending";
  Violations rules;
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    answer(request, connection);
  }};

 private:
  void answer(const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/delivery/1.png?signature=s") {
      rules.expect(request.header("x-key").empty(), "the key goes to the delivery");
      return connection.respond(200, "image/png", png_text());
    }
    rules.expect(request.header("x-key") == "sesame-key", "no key for " + request.target);
    if (request.method == "POST") return submit(request, connection);
    if (request.target != "/region/get_result?id=t1")
      return connection.respond_json(200, R"({"id":"t1","status":"Task not found"})");
    if (!looked_.exchange(true))
      return connection.respond_json(
          200, json{{"id", "t1"}, {"status", first_status}, {"progress", 0.5}}.dump());
    json body = ready;
    if (body.is_null())
      body = {{"id", "t1"},
              {"status", "Ready"},
              {"result", {{"sample", server.url("/delivery/1.png?signature=s")}, {"seed", 99}}}};
    connection.respond_json(200, body.dump());
  }

  void submit(const LoopbackRequest& request, LoopbackConnection& connection) {
    const json body = json::parse(request.body);
    rules.keys(body, {"prompt"},
               {"width", "height", "aspect_ratio", "seed", "safety_tolerance", "output_format",
                "input_image", "input_image_2"},
               request.target);
    for (const char* side : {"width", "height"})
      if (body.contains(side)) rules.expect(body[side].get<int>() % 16 == 0, "no multiple of 16");
    connection.respond_json(
        200,
        json{{"id", "t1"}, {"polling_url", server.url("/region/get_result?id=t1")}, {"cost", 4.5}}
            .dump());
  }
  std::atomic<bool> looked_{false};
};

}  // namespace

TEST(ShippedBfl, polls_where_it_is_told_to_and_fetches_without_the_key) {
  FluxServer flux;
  const ShippedProvider provider(flux.server, "bfl");
  ProviderRequest request = provider.request();
  request.asked.aspect_ratio = "16:9";
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->seed, 99);
  EXPECT_EQ(outcome.result->provider_cost, 4.5);
  EXPECT_EQ(flux.server.requests().at(0).target, "/v1/flux-2-pro");
  const json body = json::parse(flux.server.requests().at(0).body);
  EXPECT_EQ(body["width"], 1536);
  EXPECT_EQ(body["height"], 864);
  EXPECT_FALSE(body.contains("aspect_ratio"));
  EXPECT_THAT(flux.rules.texts(), IsEmpty());
}

TEST(ShippedBfl, numbers_its_reference_fields_and_asks_kontext_for_a_ratio) {
  FluxServer flux;
  const ShippedProvider provider(flux.server, "bfl");
  ProviderRequest request = provider.request_with_references();
  request.asked.model = "flux-kontext-pro";
  request.asked.aspect_ratio = "4:3";
  ASSERT_TRUE(call(*provider, request).result);
  const json body = json::parse(flux.server.requests().at(0).body);
  EXPECT_EQ(body["input_image"], encode_base64(request.character_references[0].bytes));
  EXPECT_EQ(body["input_image_2"], encode_base64(request.background_references[0].bytes));
  EXPECT_EQ(body["aspect_ratio"], "4:3");
  EXPECT_FALSE(body.contains("width"));
  EXPECT_THAT(flux.rules.texts(), IsEmpty());
}

TEST(ShippedBfl, reads_states_it_knows_and_waits_through_those_it_does_not) {
  struct Case {
    const char* status;
    ErrorCode code;
    const char* message;
  };
  for (const Case& tried : {Case{"Request Moderated", ErrorCode::refused, "Request Moderated"},
                            Case{"Content Moderated", ErrorCode::refused, "Content Moderated"},
                            Case{"Task not found", ErrorCode::provider, "lost"},
                            Case{"Error", ErrorCode::provider, "failed"}}) {
    FluxServer flux;
    flux.first_status = "Queued in a way nobody documented";
    flux.ready = {{"id", "t1"}, {"status", tried.status}, {"result", nullptr}};
    const ShippedProvider provider(flux.server, "bfl");
    const CallOutcome outcome = call(*provider, provider.request());
    EXPECT_EQ(outcome.error.code, tried.code) << tried.status;
    EXPECT_THAT(outcome.error.message, HasSubstr(tried.message));
  }
}

TEST(ShippedBfl, waits_as_long_as_the_body_says_and_stops_without_credit) {
  std::atomic<int> busy{1};
  FluxServer flux;
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (busy-- > 0)
      return connection.respond_json(
          429, R"({"error":"rate_limit_exceeded","message":"Too many","retry_after":0.01})");
    connection.respond_json(402, R"({"detail":"Insufficient credits"})");
  });
  const ShippedProvider provider(server, "bfl");
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::out_of_credit);
  EXPECT_THAT(outcome.error.message, HasSubstr("Insufficient credits"));
  EXPECT_THAT(server.requests(), SizeIs(2));
  EXPECT_EQ(provider->limits().in_flight, 24);
  EXPECT_FALSE(provider->can_cancel_remote());
}

}  // namespace castboard
