#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/loopback_server.h"
#include "support/provider_calls.h"
#include "support/scoped_variable.h"

// The descriptors in assets/providers against a server that speaks their API.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

void answer_openai(const LoopbackRequest&, LoopbackConnection& connection) {
  connection.respond_json(200, json{{"created", 1713833628},
                                    {"data", {{{"b64_json", encode_base64(png())}}}},
                                    {"size", "1024x1024"},
                                    {"usage", {{"total_tokens", 100}, {"input_tokens", 50}}}}
                                   .dump());
}

json openai_error(const json& code, const std::string& type, const std::string& message) {
  return {{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}};
}

std::string part_text(const std::vector<LoopbackRequest::Part>& parts, const std::string& name) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.name == name; });
  return found == parts.end() ? "(none)" : found->body;
}

class Shipped : public ::testing::Test {
 protected:
  const Provider& provider(const char* name) {
    configuration_ = DescribedProviders().load(context_with_key());
    for (const Error& warning : configuration_.warnings) ADD_FAILURE() << warning.message;
    return *configuration_.find_provider(name);
  }

 private:
  Configuration configuration_;
};

}  // namespace

TEST_F(Shipped, openai_generates_from_text_with_exactly_the_fields_of_its_contract) {
  LoopbackServer server(answer_openai);
  const ScopedVariable base("OPENAI_BASE_URL", server.url("/v1/"));
  const CallOutcome outcome = call(provider("openai"), sheet_request("openai"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->model, "gpt-image-2");
  EXPECT_EQ(outcome.result->provider_cost, 100);
  EXPECT_EQ(outcome.result->provider_cost_unit, "tokens");
  const LoopbackRequest request = server.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/images/generations");
  EXPECT_EQ(request.header("authorization"), "Bearer sesame-key");
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(json::parse(request.body), json({{"model", "gpt-image-2"},
                                             {"prompt", "Nine faces of Mira."},
                                             {"n", 1},
                                             {"size", "1024x1024"},
                                             {"quality", "auto"},
                                             {"output_format", "png"}}));
}

TEST_F(Shipped, openai_edits_with_typed_parts_of_one_repeated_name) {
  LoopbackServer server(answer_openai);
  const ScopedVariable base("OPENAI_BASE_URL", server.url("/v1"));
  ProviderRequest request = sheet_request("openai");
  add_references(request);
  ASSERT_TRUE(call(provider("openai"), request).result);
  EXPECT_EQ(server.requests().at(0).target, "/v1/images/edits");
  EXPECT_THAT(server.requests().at(0).header("content-type"),
              HasSubstr("multipart/form-data; boundary="));
  const auto parts = server.requests().at(0).parts();
  ASSERT_THAT(parts, SizeIs(8));
  EXPECT_EQ(part_text(parts, "model"), "gpt-image-2");
  EXPECT_EQ(part_text(parts, "prompt"), "Nine faces of Mira.");
  EXPECT_EQ(part_text(parts, "n"), "1");
  EXPECT_EQ(part_text(parts, "size"), "1024x1024");
  EXPECT_EQ(part_text(parts, "quality"), "auto");
  EXPECT_EQ(part_text(parts, "output_format"), "png");
  EXPECT_EQ(part_text(parts, "response_format"), "(none)");
  EXPECT_EQ(parts[6].name, "image[]");
  EXPECT_EQ(parts[6].content_type, "image/png");
  EXPECT_EQ(parts[6].file_name, "character_1.png");
  EXPECT_EQ(parts[6].body.size(), request.character_references[0].bytes.size());
  EXPECT_EQ(parts[7].name, "image[]");
  EXPECT_EQ(parts[7].content_type, "image/jpeg");
  EXPECT_EQ(parts[7].file_name, "background_2.jpg");
}

TEST_F(Shipped, openai_asks_each_model_for_sizes_it_has) {
  LoopbackServer server(answer_openai);
  const ScopedVariable base("OPENAI_BASE_URL", server.url("/v1"));
  const Provider& openai = provider("openai");
  const auto size = [&](const char* model, const char* ratio) {
    ProviderRequest request = sheet_request("openai");
    request.asked.model = model;
    request.asked.aspect_ratio = ratio;
    EXPECT_TRUE(call(openai, request).result);
    const json body = json::parse(server.requests().back().body);
    EXPECT_EQ(body["model"], model);
    return body["size"].get<std::string>() + (openai.crops(request.asked) ? " cropped" : "");
  };
  EXPECT_EQ(size("gpt-image-2", "4:3"), "1536x1152");
  EXPECT_EQ(size("gpt-image-2", "9:16"), "864x1536");
  EXPECT_EQ(size("gpt-image-2-2026-04-21", "16:9"), "1536x864");
  EXPECT_EQ(size("gpt-image-1", "1:1"), "1024x1024");
  EXPECT_EQ(size("gpt-image-1", "16:9"), "1536x1024 cropped");
  EXPECT_EQ(size("gpt-image-1.5", "3:4"), "1024x1536 cropped");
  EXPECT_THAT(openai.info().sizes, ElementsAre("1:1", "4:3", "3:4", "16:9", "9:16"));
}

TEST_F(Shipped, openai_takes_no_seed) {
  const Provider& openai = provider("openai");
  EXPECT_FALSE(openai.info().takes_seed);
  ProviderRequest request = sheet_request("openai");
  request.asked.seed = 7;
  EXPECT_EQ(call(openai, request).error.code, ErrorCode::invalid_input);
}

TEST_F(Shipped, openai_tells_refusals_from_an_empty_purse_and_both_from_a_rate_limit) {
  struct Case {
    int status;
    json body;
    ErrorCode code;
  };
  const Case cases[] = {
      {400,
       openai_error("moderation_blocked", "image_generation_user_error",
                    "Rejected by the safety system."),
       ErrorCode::refused},
      {400,
       openai_error("billing_hard_limit_reached", "billing_limit_user_error",
                    "Billing hard limit."),
       ErrorCode::out_of_credit},
      {429, openai_error("insufficient_quota", "insufficient_quota", "Current quota exceeded."),
       ErrorCode::out_of_credit},
      {429, openai_error(nullptr, "insufficient_quota", "Current quota exceeded."),
       ErrorCode::out_of_credit},
      {400,
       openai_error("duplicate_parameter", "invalid_request_error",
                    "Duplicate parameter: 'image'."),
       ErrorCode::invalid_input},
      {401, openai_error("invalid_api_key", "invalid_request_error", "Incorrect API key provided."),
       ErrorCode::configuration},
      {403,
       openai_error(nullptr, "invalid_request_error",
                    "Your organization must be verified to use it."),
       ErrorCode::configuration},
      {500, openai_error(nullptr, "server_error", "The server had an error."), ErrorCode::provider},
  };
  for (const Case& tried : cases) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond_json(tried.status, tried.body.dump());
    });
    const ScopedVariable base("OPENAI_BASE_URL", server.url("/v1"));
    const CallOutcome outcome = call(provider("openai"), sheet_request("openai"));
    EXPECT_EQ(outcome.error.code, tried.code) << tried.body;
    EXPECT_THAT(outcome.error.message,
                HasSubstr(tried.body["error"]["message"].get<std::string>()));
    EXPECT_FALSE(outcome.error.hint.empty()) << tried.body;
    EXPECT_THAT(server.requests(), SizeIs(1)) << "tried again: " << tried.body;
  }
  std::atomic<bool> refused{false};
  LoopbackServer busy([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (refused.exchange(true)) return answer_openai(request, connection);
    connection.respond(429, "application/json",
                       openai_error("rate_limit_exceeded", "requests", "Limit: 5/1min.").dump(),
                       "Retry-After: 0\r\n");
  });
  const ScopedVariable base("OPENAI_BASE_URL", busy.url("/v1"));
  EXPECT_TRUE(call(provider("openai"), sheet_request("openai")).result);
}

TEST_F(Shipped, castboard_sends_the_whole_contract_as_json) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"success", true},
                                      {"image", encode_base64(png())},
                                      {"creditCost", 11},
                                      {"modelUsed", "studio-3"},
                                      {"seed", 42}}
                                     .dump());
  });
  const ScopedVariable base("CASTBOARD_PROVIDER_URL", server.url());
  ProviderRequest request = sheet_request("castboard");
  request.asked.additional_description = "In the rain";
  request.asked.seed = 42;
  const CallOutcome outcome = call(provider("castboard"), request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->credit_cost, 11);
  EXPECT_EQ(outcome.result->model, "studio-3");
  EXPECT_EQ(outcome.result->seed, 42);
  EXPECT_EQ(server.requests().at(0).target, "/api/generate/character-image");
  EXPECT_EQ(server.requests().at(0).header("idempotency-key"), request.idempotency_key);
  EXPECT_EQ(json::parse(server.requests().at(0).body),
            json({{"characterId", request.character.id},
                  {"projectId", request.character.project_id},
                  {"characterName", "Mira"},
                  {"versionName", "Anime Expression Sheet"},
                  {"template", "expression_sheet"},
                  {"shot", "all"},
                  {"artStyle", "anime"},
                  {"aspectRatio", "1:1"},
                  {"prompt", "Nine faces of Mira."},
                  {"additionalDescription", "In the rain"},
                  {"seed", 42}}));
}

TEST_F(Shipped, castboard_sends_references_as_files_or_by_their_url) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    const auto bytes = png();
    connection.respond(200, "image/png",
                       {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
  const ScopedVariable base("CASTBOARD_PROVIDER_URL", server.url());
  ProviderRequest request = sheet_request("castboard");
  add_references(request);
  request.background_references[0].url = "https://pictures.example/street.jpg";
  ASSERT_TRUE(call(provider("castboard"), request).result);
  const auto parts = server.requests().at(0).parts();
  ASSERT_THAT(parts, SizeIs(2));
  EXPECT_EQ(parts[0].name, "request");
  EXPECT_EQ(parts[0].content_type, "application/json");
  const json body = json::parse(parts[0].body);
  EXPECT_EQ(body["backgroundRefUrl"], "https://pictures.example/street.jpg");
  EXPECT_FALSE(body.contains("characterRefUrl"));
  EXPECT_EQ(parts[1].name, "characterRef");
  EXPECT_EQ(parts[1].content_type, "image/png");
}

TEST_F(Shipped, castboard_understands_a_refusal_with_any_status) {
  for (const int status : {200, 400}) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond_json(
          status, R"({"success": false, "error": {"code": "content_refused", "message": "No."}})");
    });
    const ScopedVariable base("CASTBOARD_PROVIDER_URL", server.url());
    EXPECT_EQ(call(provider("castboard"), sheet_request("castboard")).error.code,
              ErrorCode::refused)
        << status;
  }
}

TEST_F(Shipped, castboard_is_not_usable_without_its_address) {
  const ProviderInfo& info = provider("castboard").info();
  EXPECT_FALSE(info.usable);
  EXPECT_EQ(info.unusable_reason, "no address: set CASTBOARD_PROVIDER_URL");
}

}  // namespace castboard
