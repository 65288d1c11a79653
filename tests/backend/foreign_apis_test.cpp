// More APIs that the engine was not written for, each told by nothing but its JSON file: uploads to
// signed addresses, signed tokens, keys in bodies, queries, progress elsewhere, refusals of every
// kind. Leonardo's, Kling's and AI Horde's contracts are their public pages'; of the others the shape
// counts, not the letter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/foreign_provider.h"
#include "support/shipped_provider.h"

namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

// Answers by method and beginning of the target; every answer of a row in turn, the last for ever.
// "PNG" is a picture.
class Api {
 public:
  struct Answer {
    int status = 200;
    json body;
  };
  void on(const std::string& request, std::vector<Answer> answers) {
    answers_[request] = std::move(answers);
  }

  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    const std::string line = request.method + " " + request.target;
    const std::lock_guard lock(mutex_);
    std::vector<Answer>* row = nullptr;
    for (auto& [beginning, answers] : answers_)  // the longest is the last that fits
      if (line.rfind(beginning, 0) == 0) row = &answers;
    if (!row) return connection.respond(404, "text/plain", "nobody expected " + line);
    const Answer answer = row->front();
    if (row->size() > 1) row->erase(row->begin());
    if (answer.body == "PNG") return connection.respond(answer.status, "image/png", png_text());
    if (answer.body.is_null()) return connection.respond(answer.status, "text/plain", "");
    connection.respond_json(answer.status, answer.body.dump());
  }};

  [[nodiscard]] LoopbackRequest asked(const std::string& line) const {
    for (const LoopbackRequest& request : server.requests())
      if ((request.method + " " + request.target).rfind(line, 0) == 0) return request;
    ADD_FAILURE() << line << " was not asked";
    return {};
  }
  [[nodiscard]] int count(const std::string& line) const {
    int found = 0;
    for (const LoopbackRequest& request : server.requests())
      found += (request.method + " " + request.target).rfind(line, 0) == 0;
    return found;
  }
  [[nodiscard]] json body_of(const std::string& line) const {
    return json::parse(asked(line).body, nullptr, false);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<Answer>> answers_;
};

void expect_picture(const CallOutcome& outcome) {
  ASSERT_TRUE(outcome.result) << outcome.error.message << "\n" << outcome.error.detail;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
}

std::string as_bytes(const ReferenceImage& image) {
  return {image.bytes.begin(), image.bytes.end()};
}

}  // namespace

// --- Leonardo: a form to a signed address, with fields that are JSON inside a text
// -----------------

class Leonardo : public ::testing::Test {
 protected:
  Leonardo() {
    files_.on("POST /bucket", {{204, {}}});
    api_.on("POST /init-image",
            {{200,
              {{"uploadInitImage",
                {{"id", "init-1"},
                 {"url", files_.server.url("/bucket")},
                 {"fields", R"({"key": "uploads/init-1.png", "Policy": "eyJ", "X-Amz-Date": "2"})"},
                 {"key", "uploads/init-1.png"}}}}}});
    api_.on("POST /generations",
            {{200, {{"sdGenerationJob", {{"generationId", "g1"}, {"apiCreditCost", 11}}}}}});
    api_.on(
        "GET /generations/g1",
        {{200, generation("PENDING", json::array())},
         {200, generation("COMPLETE", {{{"url", files_.server.url("/1.png")}, {"nsfw", false}}})}});
    files_.on("GET /1.png", {{200, "PNG"}});
  }
  static json generation(const char* status, const json& images) {
    return {{"generations_by_pk",
             {{"status", status}, {"seed", 465788672}, {"generated_images", images}}}};
  }

  Api api_;
  Api files_;  // another origin
  ForeignProvider provider_{api_.server, "leonardo"};
};

TEST_F(Leonardo, draws_from_text_with_its_cost_and_seed) {
  const CallOutcome outcome = call(*provider_, provider_.request());
  expect_picture(outcome);
  EXPECT_EQ(outcome.result->seed, 465788672);
  EXPECT_EQ(outcome.result->provider_cost, 11);
  EXPECT_EQ(api_.body_of("POST /generations")["width"], 1024);
  EXPECT_FALSE(api_.body_of("POST /generations").contains("init_image_id"));
}

TEST_F(Leonardo, sends_the_reference_as_the_form_its_answer_asked_for_without_the_key) {
  const ProviderRequest request = provider_.with_references(false);
  expect_picture(call(*provider_, request));
  EXPECT_EQ(api_.body_of("POST /init-image")["extension"], "png");
  EXPECT_EQ(api_.asked("POST /init-image").header("authorization"), "Bearer sesame-key");
  const LoopbackRequest form = files_.asked("POST /bucket");
  EXPECT_EQ(form.header("authorization"), "");
  const auto parts = form.parts();
  ASSERT_THAT(parts, SizeIs(4));
  EXPECT_EQ(part_text(form, "key"), "uploads/init-1.png");
  EXPECT_EQ(part_text(form, "Policy"), "eyJ");
  EXPECT_EQ(parts.back().name, "file") << "what comes after the file is not read there";
  EXPECT_EQ(parts.back().body, as_bytes(request.character_references[0]));
  EXPECT_EQ(api_.body_of("POST /generations")["init_image_id"], "init-1");
}

TEST_F(Leonardo, shows_both_steps_of_the_upload_in_a_dry_run) {
  const std::string text = provider_->preview(provider_.with_references(false));
  EXPECT_THAT(text, HasSubstr("/init-image"));
  EXPECT_THAT(text, HasSubstr("POST <got.url>\nContent-Type"))
      << "no key goes to an address that is not known yet";
  EXPECT_THAT(text, HasSubstr("<each of ref.got.fields>"));
  EXPECT_THAT(text, HasSubstr("file = character_1.png (image/png"));
  EXPECT_THAT(text, Not(HasSubstr("sesame")));
}

TEST_F(Leonardo, tells_a_refused_upload_as_the_store_s_error_and_not_as_a_wrong_key) {
  files_.on("POST /bucket", {{403, "denied"}});
  const CallOutcome outcome = call(*provider_, provider_.with_references(false));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.steps, IsEmpty()) << "nothing was sent that costs";
}

TEST_F(Leonardo, refuses_waits_and_runs_out_of_credit) {
  api_.on("POST /generations",
          {{400, {{"error", "Your prompt was blocked by moderation"}, {"code", "x"}}}});
  EXPECT_EQ(call(*provider_, provider_.request()).error.code, ErrorCode::refused);
  api_.on("POST /generations", {{400, {{"error", "not enough api tokens"}}}});
  EXPECT_EQ(call(*provider_, provider_.request()).error.code, ErrorCode::out_of_credit);
  api_.on("POST /generations", {{429, {{"error", "slow down"}}},
                                {200, {{"sdGenerationJob", {{"generationId", "g1"}}}}}});
  expect_picture(call(*provider_, provider_.request()));
}

// --- Raw bytes to a signed address, and as an upload of its own
// --------------------------------------

TEST(ForeignUploads, fal_puts_the_bytes_at_a_signed_address_that_never_sees_the_key) {
  Api api;
  Api storage;
  api.on(
      "POST /storage/upload/initiate",
      {{200, {{"upload_url", storage.server.url("/put?sig=1")}, {"file_url", "https://v3/a.png"}}},
       {200,
        {{"upload_url", storage.server.url("/put?sig=2")}, {"file_url", "https://v3/b.jpg"}}}});
  storage.on("PUT /put", {{200, {}}});
  api.on("POST /fal-ai/nano-banana/edit", {{200,
                                            {{"request_id", "7"},
                                             {"status_url", api.server.url("/s/7")},
                                             {"response_url", api.server.url("/r/7")}}}});
  api.on("GET /s/7", {{200, {{"status", "COMPLETED"}}}});
  api.on("GET /r/7", {{200, {{"images", {{{"url", "/1.png"}}}}}}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "fal_storage", {}, "sesame-key",
                                 {{"https://rest.alpha.fal.ai", api.server.url()}});
  const ProviderRequest request = provider.with_references(true);
  expect_picture(call(*provider, request));
  EXPECT_EQ(api.asked("POST /storage").header("authorization"), "Key sesame-key");
  EXPECT_EQ(api.body_of("POST /storage")["content_type"], "image/png");
  const LoopbackRequest first = storage.asked("PUT /put?sig=1");
  EXPECT_EQ(first.body, as_bytes(request.character_references[0]));
  EXPECT_EQ(first.header("content-type"), "image/png");
  const LoopbackRequest second = storage.asked("PUT /put?sig=2");
  EXPECT_EQ(second.body, as_bytes(request.background_references[0]));
  EXPECT_EQ(second.header("content-type"), "image/jpeg");
  for (const LoopbackRequest& put : storage.server.requests())
    EXPECT_EQ(put.header("authorization"), "");
  EXPECT_EQ(api.body_of("POST /fal-ai")["image_urls"],
            (json{"https://v3/a.png", "https://v3/b.jpg"}));
}

TEST(ForeignUploads, a_signed_address_in_the_studios_own_network_is_not_asked) {
  Api api;
  api.on("POST /storage/upload/initiate",
         {{200, {{"upload_url", "http://10.1.2.3/put"}, {"file_url", "https://v3/a.png"}}}});
  const ForeignProvider provider(api.server, "fal_storage", {}, "sesame-key",
                                 {{"https://rest.alpha.fal.ai", api.server.url()}});
  const CallOutcome outcome = call(*provider, provider.with_references(false));
  EXPECT_THAT(outcome.error.message, HasSubstr("private address"));
  EXPECT_THAT(outcome.steps, IsEmpty());
}

TEST(ForeignUploads, firefly_takes_raw_pictures_with_a_token_from_another_host) {
  Api api;
  api.on("POST /ims/token/v3", {{200, {{"access_token", "token-1"}, {"expires_in", 86399}}}});
  api.on("POST /v2/storage/image",
         {{200, {{"images", {{{"id", "up-1"}}}}}}, {200, {{"images", {{{"id", "up-2"}}}}}}});
  api.on("POST /v3/images/generate-async",
         {{202, {{"jobId", "j"}, {"statusUrl", api.server.url("/v3/status/j")}}}});
  api.on("GET /v3/status/j",
         {{200, {{"status", "running"}}},
          {200,
           {{"status", "succeeded"},
            {"result",
             {{"outputs", {{{"seed", 5}, {"image", {{"url", api.server.url("/1.png")}}}}}}}}}}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "firefly", {}, "client-secret",
                                 {{"https://ims-na1.adobelogin.com", api.server.url()}});
  const ProviderRequest request = provider.with_references(true);
  const CallOutcome outcome = call(*provider, request);
  expect_picture(outcome);
  EXPECT_EQ(outcome.result->seed, 5);
  EXPECT_THAT(api.asked("POST /ims").body, HasSubstr("client_secret=client-secret"));
  const LoopbackRequest upload = api.asked("POST /v2/storage/image");
  EXPECT_EQ(upload.body, as_bytes(request.character_references[0]));
  EXPECT_EQ(upload.header("authorization"), "Bearer token-1");
  const json body = api.body_of("POST /v3/images");
  EXPECT_EQ(body["structure"]["imageReference"]["source"]["uploadId"], "up-1");
  EXPECT_EQ(body["style"]["imageReference"]["source"]["uploadId"], "up-2");
  EXPECT_FALSE(body.contains("seeds"));
  api.on("POST /v3/images/generate-async",
         {{422, {{"error_code", "prompt_unsafe"}, {"message", "The prompt is not safe"}}}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
}

// --- Runway: a version header, tags, ratios of its own
// -----------------------------------------------

TEST(ForeignApis, runway_waits_for_a_task_and_says_why_it_failed) {
  Api api;
  api.on("POST /text_to_image", {{429, {{"error", "Too many"}}}, {200, {{"id", "t1"}}}});
  api.on("GET /tasks/t1",
         {{200, {{"id", "t1"}, {"status", "THROTTLED"}}},
          {200, {{"id", "t1"}, {"status", "RUNNING"}, {"progress", 0.4}}},
          {200, {{"status", "SUCCEEDED"}, {"output", {api.server.url("/1.png?_jwt=x")}}}}});
  api.on("GET /1.png", {{200, "PNG"}});
  api.on("DELETE /tasks/t1", {{204, {}}});
  const ForeignProvider provider(api.server, "runway");
  ProviderRequest request = provider.with_references(true);
  request.asked.aspect_ratio = "16:9";
  const CallOutcome outcome = call(*provider, request);
  expect_picture(outcome);
  EXPECT_EQ(outcome.result->provider_cost, 8);
  EXPECT_EQ(api.count("POST /text_to_image"), 2);
  const LoopbackRequest sent = api.asked("POST /text_to_image");
  EXPECT_EQ(sent.header("x-runway-version"), "2024-11-06");
  const json body = json::parse(sent.body);
  EXPECT_EQ(body["ratio"], "1920:1080");
  ASSERT_THAT(body["referenceImages"], SizeIs(2));
  EXPECT_EQ(body["referenceImages"][1]["tag"], "background");
  EXPECT_THAT(body["referenceImages"][0]["uri"].get<std::string>(),
              HasSubstr("data:image/png;base64,"));
  Cancellation cancel;
  EXPECT_TRUE(provider->cancel_remote(outcome.remote, cancel));
  api.on("GET /tasks/t1", {{200,
                            {{"status", "FAILED"},
                             {"failure", "An unexpected error"},
                             {"failureCode", "SAFETY.INPUT.TEXT"}}}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
  api.on("GET /tasks/t1",
         {{200, {{"status", "FAILED"}, {"failure", "It broke"}, {"failureCode", "INTERNAL"}}}});
  const CallOutcome broken = call(*provider, provider.request());
  EXPECT_EQ(broken.error.code, ErrorCode::provider);
  EXPECT_THAT(broken.error.message, HasSubstr("It broke"));
}

// --- AI Horde: a cheap look and an expensive one, seeds that are text
// ----------------------------------

TEST(ForeignApis, the_horde_is_looked_at_cheaply_and_fetched_once) {
  Api api;
  api.on("POST /generate/async", {{202, {{"id", "h1"}, {"kudos", 12.5}}}});
  api.on("GET /generate/check/h1",
         {{200, {{"done", false}, {"faulted", false}, {"wait_time", 3}, {"is_possible", true}}},
          {200, {{"done", true}, {"faulted", false}}}});
  api.on("GET /generate/status/h1", {{200,
                                      {{"done", true},
                                       {"kudos", 14},
                                       {"generations",
                                        {{{"img", api.server.url("/1.webp")},
                                          {"seed", "7"},
                                          {"model", "AlbedoBase XL (SDXL)"},
                                          {"censored", false}}}}}}});
  api.on("GET /1.webp", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "ai_horde");
  ProviderRequest request = provider.with_references(false);
  request.asked.seed = 7;
  const CallOutcome outcome = call(*provider, request);
  expect_picture(outcome);
  EXPECT_EQ(outcome.result->seed, 7);
  EXPECT_EQ(outcome.result->provider_cost, 14);
  EXPECT_EQ(outcome.result->provider_cost_unit, "kudos");
  EXPECT_EQ(api.count("GET /generate/status/h1"), 1);
  const json body = api.body_of("POST /generate/async");
  EXPECT_EQ(body["params"]["seed"], "7") << "text, as its schema wants it";
  EXPECT_EQ(body["source_image"], encode_base64(request.character_references[0].bytes));
  EXPECT_EQ(api.asked("POST /generate").header("apikey"), "sesame-key");
  api.on("GET /generate/check/h1", {{200, {{"done", true}}}});
  api.on("GET /generate/status/h1",
         {{200, {{"generations", {{{"img", "https://x/1"}, {"censored", true}}}}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::refused);
  api.on("POST /generate/async", {{403, {{"message", "needs 30 kudos"}, {"rc", "KudosUpfront"}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::out_of_credit);
}

// --- Kling: a token signed for every call, codes of its own
// ------------------------------------------

TEST(ForeignApis, kling_gets_a_token_signed_with_a_key_it_is_never_sent) {
  Api api;
  api.on("POST /images/generations",
         {{429, {{"code", 1303}, {"message", "parallel task over resource pack limit"}}},
          {200, {{"code", 0}, {"data", {{"task_id", "k1"}, {"task_status", "submitted"}}}}}});
  api.on(
      "GET /images/generations/k1",
      {{200, {{"code", 0}, {"data", {{"task_id", "k1"}, {"task_status", "processing"}}}}},
       {200,
        {{"code", 0},
         {"data",
          {{"task_status", "succeed"},
           {"task_result", {{"images", {{{"index", 0}, {"url", api.server.url("/1.png")}}}}}}}}}}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "kling", {}, "access-1:sign-with-this");
  const ProviderRequest request = provider.with_references(false);
  expect_picture(call(*provider, request));
  const std::string sent = api.asked("POST /images").header("authorization");
  ASSERT_THAT(sent, HasSubstr("Bearer ey"));
  EXPECT_THAT(sent, Not(HasSubstr("sign-with-this")));
  const auto first = sent.find('.');
  const auto claims = decode_base64(sent.substr(first + 1, sent.find('.', first + 1) - first - 1));
  ASSERT_TRUE(claims);
  EXPECT_EQ(json::parse(*claims)["iss"], "access-1");
  EXPECT_EQ(api.body_of("POST /images")["image"],
            encode_base64(request.character_references[0].bytes));
  const std::string shown = provider->preview(request);
  EXPECT_THAT(shown, HasSubstr("Authorization: Bearer ***"));
  EXPECT_THAT(shown, Not(HasSubstr("sign-with-this")));
  api.on("POST /images/generations", {{400, {{"code", 1301}, {"message", "risk control"}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::refused);
  api.on("POST /images/generations", {{429, {{"code", 1102}, {"message", "balance not enough"}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::out_of_credit);
  EXPECT_EQ(api.count("POST /images"), 4) << "a 429 about money is not tried again";
}

TEST(ForeignApis, a_key_that_cannot_sign_is_told_before_anything_is_sent) {
  Api api;
  const ForeignProvider provider(api.server, "kling", {}, "no colon in it");
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::configuration);
  EXPECT_THAT(outcome.error.hint, HasSubstr("KLING_KEYS must be the access key, a colon"));
  EXPECT_THAT(outcome.error.hint, Not(HasSubstr("no colon in it")));
  EXPECT_THAT(api.server.requests(), IsEmpty());
}

// --- Ideogram: multipart always, references of two kinds under two names
// -------------------------------

TEST(ForeignApis, ideogram_tells_an_unsafe_picture_with_status_200) {
  Api api;
  const auto made = [&](const json& url, bool safe) -> json {
    return {{"data", {{{"url", url}, {"seed", 12}, {"is_image_safe", safe}}}}};
  };
  api.on("POST /generate",
         {{429, {{"error", "rate"}}}, {200, made(api.server.url("/1.png"), true)}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "ideogram");
  const CallOutcome outcome = call(*provider, provider.with_references(true));
  expect_picture(outcome);
  EXPECT_EQ(outcome.result->seed, 12);
  const LoopbackRequest sent = api.asked("POST /generate");
  EXPECT_EQ(sent.header("api-key"), "sesame-key");
  EXPECT_EQ(part_text(sent, "aspect_ratio"), "1x1");
  EXPECT_EQ(part_text(sent, "seed"), "(none)");
  EXPECT_THAT(part_text(sent, "character_reference_images"), Not(IsEmpty()));
  EXPECT_THAT(part_text(sent, "style_reference_images"), HasSubstr("JFIF"));
  api.on("POST /generate", {{200, made(nullptr, false)}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
}

// --- DashScope: asynchronous by a header, sizes with a star
// ---------------------------------------------

TEST(ForeignApis, dashscope_is_asynchronous_by_a_header_of_one_request) {
  Api api;
  api.on("POST /services", {{200, {{"output", {{"task_id", "d1"}, {"task_status", "PENDING"}}}}}});
  api.on("GET /tasks/d1",
         {{200, {{"output", {{"task_status", "RUNNING"}}}}},
          {200,
           {{"output",
             {{"task_status", "SUCCEEDED"}, {"results", {{{"url", api.server.url("/1.png")}}}}}},
            {"usage", {{"image_count", 1}}}}}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "dashscope");
  ProviderRequest request = provider.request();
  request.asked.aspect_ratio = "4:3";
  expect_picture(call(*provider, request));
  EXPECT_EQ(api.asked("POST /services").header("x-dashscope-async"), "enable");
  EXPECT_EQ(api.asked("GET /tasks").header("x-dashscope-async"), "");
  EXPECT_EQ(api.body_of("POST /services")["parameters"]["size"], "1152*864");
  api.on("GET /tasks/d1",
         {{200, {{"output", {{"task_status", "FAILED"}, {"code", "DataInspectionFailed"}}}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::refused);
  api.on("POST /services", {{429, {{"code", "Throttling.AllocationQuota"}, {"message", "quota"}}}});
  const CallOutcome quota = call(*provider, request);
  EXPECT_EQ(quota.error.code, ErrorCode::rate_limited);
  EXPECT_EQ(quota.error.retry_after.count(), 0) << "this 429 does not pass";
}

// --- Azure: the version in every query, the deployment in the path
// -----------------------------------

TEST(ForeignApis, azure_has_its_version_in_the_query_and_its_model_in_the_path) {
  Api api;
  const json made{{"data", {{{"b64_json", encode_base64(png())}}}},
                  {"usage", {{"total_tokens", 9}}}};
  api.on("POST /openai/deployments", {{200, made}});
  const ForeignProvider provider(api.server, "azure", "/openai");
  expect_picture(call(*provider, provider.request()));
  expect_picture(call(*provider, provider.with_references(true)));
  const auto sent = api.server.requests();
  EXPECT_EQ(sent.at(0).target,
            "/openai/deployments/gpt-image-1/images/generations?api-version=2025-04-01-preview");
  EXPECT_EQ(sent.at(0).header("api-key"), "sesame-key");
  EXPECT_EQ(sent.at(1).target,
            "/openai/deployments/gpt-image-1/images/edits?api-version=2025-04-01-preview");
  api.on("POST /openai/deployments",
         {{400,
           {{"error",
             {{"code", "BadRequest"},
              {"message", "filtered"},
              {"inner_error", {{"code", "ResponsibleAIPolicyViolation_content_filter"}}}}}}}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
}

// --- Pollinations: all of it in one address
// ----------------------------------------------------------

TEST(ForeignApis, pollinations_is_one_get_with_everything_in_the_address) {
  Api api;
  api.on("GET /prompt", {{429, {{"message", "queue full"}}}, {200, "PNG"}});
  const ForeignProvider provider(api.server, "pollinations");
  ProviderRequest request = provider.request();
  request.prompt = "faces of Mira/Tom?";
  expect_picture(call(*provider, request));
  EXPECT_EQ(api.server.requests().at(1).target,
            "/prompt/faces%20of%20Mira%2FTom%3F?height=1024&model=flux&private=true&width=1024");
  request.asked.seed = 9;
  (void)call(*provider, request);
  EXPECT_THAT(api.server.requests().back().target, HasSubstr("&seed=9&"));
  api.on("GET /prompt", {{400, {{"message", "Blocked by content filter"}}}});
  EXPECT_EQ(call(*provider, request).error.code, ErrorCode::refused);
}

// --- ModelsLab: the key in every body, errors with 200, now or later
// -----------------------------------

TEST(ForeignApis, modelslab_has_its_key_in_the_body_and_answers_now_or_later) {
  Api api;
  const json done{
      {"status", "success"}, {"output", {api.server.url("/1.png")}}, {"meta", {{"seed", 77}}}};
  api.on("POST /images/text2img",
         {{200, done},
          {200, {{"status", "processing"}, {"fetch_result", api.server.url("/fetch/5")}}}});
  api.on("POST /fetch/5", {{200, {{"status", "processing"}}}, {200, done}});
  api.on("GET /1.png", {{200, "PNG"}});
  const ForeignProvider provider(api.server, "modelslab");
  const CallOutcome at_once = call(*provider, provider.request());
  expect_picture(at_once);
  EXPECT_EQ(at_once.result->seed, 77);
  EXPECT_THAT(at_once.steps, ElementsAre("submitting", "downloading"));
  const CallOutcome later = call(*provider, provider.request());
  expect_picture(later);
  EXPECT_THAT(later.steps, ElementsAre("submitting", "accepted", "downloading"));
  EXPECT_EQ(api.body_of("POST /images")["key"], "sesame-key");
  EXPECT_EQ(api.body_of("POST /images")["width"], "1024");
  EXPECT_EQ(api.body_of("POST /fetch/5")["key"], "sesame-key");
  EXPECT_THAT(later.remote.continuation, Not(HasSubstr("sesame")));
  EXPECT_THAT(provider->preview(provider.request()), HasSubstr(R"("key": "***")"));
  api.on("POST /images/text2img",
         {{200, {{"status", "error"}, {"messege", "You have exceeded your plan's limit"}}}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::out_of_credit);
  api.on("POST /images/text2img", {{200, {{"status", "error"}, {"message", "NSFW content"}}}});
  EXPECT_EQ(call(*provider, provider.request()).error.code, ErrorCode::refused);
}

TEST(ForeignApis, a_later_address_elsewhere_is_asked_without_the_key_in_the_body) {
  Api api;
  Api other;
  api.on("POST /images/text2img",
         {{200, {{"status", "processing"}, {"fetch_result", other.server.url("/fetch/5")}}}});
  other.on("POST /fetch/5", {{200, {{"status", "failed"}, {"message", "who are you"}}}});
  const ForeignProvider provider(api.server, "modelslab");
  (void)call(*provider, provider.request());
  EXPECT_THAT(other.asked("POST /fetch/5").body, Not(HasSubstr("sesame")));
}

// Every file of the folder reads without a mistake, and its requests can be shown.
TEST(ForeignApis, all_of_them_can_be_read_and_shown) {
  Api api;
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(CASTBOARD_SOURCE_DIR) + "/tests/backend/foreign_providers")) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().filename());
    const ForeignProvider provider(api.server, entry.path().stem().string(), {}, "id:sesame-key");
    ASSERT_TRUE(provider->info().usable) << provider->info().unusable_reason;
    const std::string text = provider->preview(provider.request());
    EXPECT_THAT(text, HasSubstr(api.server.url()));
    EXPECT_THAT(text, Not(HasSubstr("sesame-key")));
    ++seen;
  }
  EXPECT_GE(seen, 14);
}

}  // namespace castboard
