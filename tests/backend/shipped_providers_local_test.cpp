#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/shipped_provider.h"

// Those that a studio runs itself: A1111, stable-diffusion.cpp, LocalAI.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

const std::set<std::string> kSdapiFields{"negative_prompt",
                                         "seed",
                                         "steps",
                                         "cfg_scale",
                                         "width",
                                         "height",
                                         "batch_size",
                                         "n_iter",
                                         "sampler_name",
                                         "scheduler",
                                         "override_settings",
                                         "alwayson_scripts",
                                         "send_images",
                                         "save_images",
                                         "denoising_strength"};

void answer_sdapi(const LoopbackRequest& request, LoopbackConnection& connection,
                  Violations& rules) {
  const json body = json::parse(request.body);
  std::set<std::string> allowed = kSdapiFields;
  std::set<std::string> required{"prompt"};
  if (request.target == "/sdapi/v1/img2img") {
    allowed.insert({"init_images", "include_init_images", "mask", "resize_mode"});
    required.insert("init_images");
  } else {
    rules.expect(request.target == "/sdapi/v1/txt2img", "asks for " + request.target);
  }
  rules.keys(body, required, allowed, request.target);
  rules.expect(body["seed"].is_number_integer(), "the seed is no whole number");
  for (const json& image : body.value("init_images", json::array())) {
    rules.expect(image.get<std::string>().rfind("data:", 0) != 0, "a prefix before base64");
    rules.expect(decode_base64(image.get<std::string>()).has_value(), "init_images is no base64");
  }
  connection.respond_json(200, json{{"images", {encode_base64(png())}},
                                    {"parameters", body},
                                    {"info", json{{"seed", body["seed"]}}.dump()}}
                                   .dump());
}

}  // namespace

TEST(ShippedA1111, generates_from_text_with_the_fields_of_its_interface) {
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "GET") return connection.respond_json(200, R"({"progress": 0.5})");
    answer_sdapi(request, connection, rules);
  });
  const ShippedProvider provider(server, "a1111", {},
                                 json::parse(R"({"progress": {"interval_seconds": 60}})"));
  ProviderRequest request = provider.request();
  request.asked.seed = 42;
  request.asked.model = "dreamshaper_8";
  request.asked.aspect_ratio = "9:16";
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->seed, 42);
  const json body = json::parse(server.requests().at(0).body);
  EXPECT_EQ(body["width"], 768);
  EXPECT_EQ(body["height"], 1344);
  EXPECT_EQ(body["override_settings"]["sd_model_checkpoint"], "dreamshaper_8");
  EXPECT_FALSE(body.contains("alwayson_scripts"));
  EXPECT_EQ(server.requests().at(0).header("authorization"), "Basic c2VzYW1lLWtleQ==");
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedA1111, starts_from_the_first_reference_and_shows_the_background_to_controlnet) {
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "GET") return connection.respond_json(200, R"({"progress": 0.5})");
    answer_sdapi(request, connection, rules);
  });
  // Nothing is asked in between: the request looked at is the one that draws.
  const ShippedProvider provider(server, "a1111", {},
                                 json::parse(R"({"progress": {"interval_seconds": 60}})"));
  const ProviderRequest request = provider.request_with_references();
  ASSERT_TRUE(call(*provider, request).result);
  const json body = json::parse(server.requests().at(0).body);
  EXPECT_EQ(body["init_images"], json({encode_base64(request.character_references[0].bytes)}));
  EXPECT_EQ(body["alwayson_scripts"]["ControlNet"]["args"][0]["image"],
            encode_base64(request.background_references[0].bytes));
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedA1111, tells_the_progress_while_its_one_answer_is_on_its_way) {
  std::mutex mutex;
  std::condition_variable changed;
  bool told = false;
  class Listener final : public ProviderObserver {
   public:
    explicit Listener(std::function<void(double)> tell) : tell_(std::move(tell)) {}
    void submitting() override {}
    void accepted(const RemoteJob&) override {}
    void downloading(const RemoteJob&) override {}
    void progress(double fraction) override { tell_(fraction); }

   private:
    std::function<void(double)> tell_;
  };
  std::atomic<double> last{-1};
  Listener listener([&](double fraction) {
    const std::lock_guard lock(mutex);
    last = fraction;
    told = true;
    changed.notify_all();
  });
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "GET") {
      rules.expect(request.target == "/sdapi/v1/progress?skip_current_image=true",
                   "asks for " + request.target);
      return connection.respond_json(200, R"({"progress": 0.37, "eta_relative": 4.2})");
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return told; });
    lock.unlock();
    answer_sdapi(request, connection, rules);
  });
  const ShippedProvider provider(server, "a1111");
  Cancellation cancel;
  EXPECT_THAT(provider->generate(provider.request(), listener, cancel).pictures, SizeIs(1));
  EXPECT_DOUBLE_EQ(last, 0.37);
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedA1111, understands_its_errors) {
  struct Case {
    int status;
    const char* body;
    ErrorCode code;
    const char* message;
    const char* hint;
  };
  const Case cases[] = {
      {500, R"({"error":"HTTPException","detail":"Invalid encoded image","body":"","errors":""})",
       ErrorCode::invalid_input, "Invalid encoded image", "could not read the reference"},
      {404, R"({"error":"HTTPException","detail":"Sampler not found","body":"","errors":""})",
       ErrorCode::invalid_input, "Sampler not found", "dry run"},
      {422, R"({"detail":"always on script ControlNet not found"})", ErrorCode::invalid_input,
       "ControlNet", "ControlNet extension"},
      {422, R"({"detail":[{"loc":["body","steps"],"msg":"value is not a valid integer"}]})",
       ErrorCode::invalid_input, "steps: value is not", "dry run"},
      {401, R"({"detail":"Incorrect username or password"})", ErrorCode::configuration,
       "Incorrect username", "A1111_LOGIN"},
      {503, "", ErrorCode::rate_limited, "503", ""},
      {200, R"({"images": null, "parameters": {}, "info": "{}"})", ErrorCode::provider,
       "without a picture", ""},
  };
  for (const Case& tried : cases) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond_json(tried.status, tried.body);
    });
    const ShippedProvider provider(server, "a1111", {},
                                   json::parse(R"({"progress": {"interval_seconds": 60}})"));
    const Error error = call(*provider, provider.request()).error;
    EXPECT_EQ(error.code, tried.code) << tried.body;
    EXPECT_THAT(error.message, HasSubstr(tried.message));
    EXPECT_THAT(error.hint, HasSubstr(tried.hint));
  }
}

TEST(ShippedA1111, interrupts_the_server_after_a_cancel) {
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/sdapi/v1/interrupt") return connection.respond_json(200, "{}");
    connection.stay_silent();
  });
  const ShippedProvider provider(server, "a1111", {},
                                 json::parse(R"({"progress": {"interval_seconds": 60}})"));
  Cancellation cancel;
  auto running =
      std::async(std::launch::async, [&] { return call(*provider, provider.request(), cancel); });
  server.wait_for_requests(1);
  cancel.cancel();
  EXPECT_EQ(running.get().error.code, ErrorCode::cancelled);
  Cancellation other;
  EXPECT_TRUE(provider->cancel_remote({}, other));
  EXPECT_EQ(server.requests().back().method, "POST");
  EXPECT_EQ(server.requests().back().target, "/sdapi/v1/interrupt");
  EXPECT_EQ(provider->limits().in_flight, 1);
}

namespace {

// Accepts a job, says "generating" once, and then what the test wants.
class SdcppServer {
 public:
  json finished = {{"status", "completed"},
                   {"result",
                    {{"output_format", "png"},
                     {"images", {{{"index", 0}, {"b64_json", encode_base64(png())}}}}}},
                   {"error", nullptr}};
  int finished_status = 200;
  int cancel_status = 200;
  std::atomic<bool> never_finishes{false};
  std::atomic<int> full_answers{0};
  Violations rules;
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    answer(request, connection);
  }};

 private:
  void answer(const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/sdcpp/v1/img_gen") {
      if (full_answers-- > 0)
        return connection.respond_json(429, R"({"error":"job queue is full"})");
      rules.keys(json::parse(request.body), {"prompt"},
                 {"negative_prompt", "width", "height", "seed", "batch_count", "sample_params",
                  "output_format", "ref_images", "strength"},
                 "img_gen");
      return connection.respond_json(
          202, R"({"id":"job_7","kind":"img_gen","status":"queued","created":1,)"
               R"("poll_url":"/sdcpp/v1/jobs/job_7"})");
    }
    if (request.target == "/sdcpp/v1/jobs/job_7/cancel")
      return connection.respond_json(cancel_status, "{}");
    rules.expect(request.target == "/sdcpp/v1/jobs/job_7", "asks for " + request.target);
    if (never_finishes || !looked_.exchange(true))
      return connection.respond_json(
          200, R"({"id":"job_7","status":"generating","queue_position":0,"result":null})");
    connection.respond_json(finished_status, finished.dump());
  }
  std::atomic<bool> looked_{false};
};

}  // namespace

TEST(ShippedSdcpp, polls_the_relative_address_it_was_given) {
  SdcppServer sdcpp;
  const ShippedProvider provider(sdcpp.server, "sdcpp");
  const CallOutcome outcome = call(*provider, provider.request());
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_THAT(outcome.steps, ElementsAre("submitting", "accepted"));
  EXPECT_EQ(outcome.remote.id, "job_7");
  EXPECT_EQ(json::parse(sdcpp.server.requests().at(0).body)["seed"], *outcome.result->seed);
  EXPECT_THAT(sdcpp.rules.texts(), IsEmpty());
}

TEST(ShippedSdcpp, sends_both_references_as_a_list_of_base64) {
  SdcppServer sdcpp;
  const ShippedProvider provider(sdcpp.server, "sdcpp");
  const ProviderRequest request = provider.request_with_references();
  ASSERT_TRUE(call(*provider, request).result);
  EXPECT_EQ(json::parse(sdcpp.server.requests().at(0).body)["ref_images"],
            json({encode_base64(request.character_references[0].bytes),
                  encode_base64(request.background_references[0].bytes)}));
  EXPECT_THAT(sdcpp.rules.texts(), IsEmpty());
}

TEST(ShippedSdcpp, tries_again_while_its_queue_is_full) {
  SdcppServer sdcpp;
  sdcpp.full_answers = 2;
  const ShippedProvider provider(sdcpp.server, "sdcpp");
  EXPECT_TRUE(call(*provider, provider.request()).result);
  sdcpp.full_answers = 100;
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::rate_limited);
  EXPECT_THAT(outcome.error.message, HasSubstr("job queue is full"));
}

TEST(ShippedSdcpp, reads_failures_and_expired_jobs) {
  struct Case {
    int status;
    json body;
    const char* message;
  };
  const Case cases[] = {
      {200,
       {{"status", "failed"}, {"error", {{"code", "generation_failed"}, {"message", "no result"}}}},
       "no result"},
      {200,
       {{"status", "cancelled"}, {"error", {{"message", "job cancelled by client"}}}},
       "cancelled by client"},
      {410, {{"error", "job expired"}}, "lost"},
      {404, {{"error", "job not found"}}, "lost"},
  };
  for (const Case& tried : cases) {
    SdcppServer sdcpp;
    sdcpp.finished = tried.body;
    sdcpp.finished_status = tried.status;
    const ShippedProvider provider(sdcpp.server, "sdcpp");
    const CallOutcome outcome = call(*provider, provider.request());
    EXPECT_EQ(outcome.error.code, ErrorCode::provider) << tried.body;
    EXPECT_THAT(outcome.error.message, HasSubstr(tried.message));
  }
}

TEST(ShippedSdcpp, knows_that_a_job_which_is_generating_cannot_be_cancelled) {
  for (const int status : {200, 409}) {
    SdcppServer sdcpp;
    sdcpp.cancel_status = status;
    const ShippedProvider provider(sdcpp.server, "sdcpp");
    Cancellation cancel;
    EXPECT_EQ(provider->cancel_remote({.id = "job_7", .continuation = {}}, cancel), status == 200);
    EXPECT_EQ(sdcpp.server.requests().at(0).target, "/sdcpp/v1/jobs/job_7/cancel");
    EXPECT_EQ(sdcpp.server.requests().at(0).method, "POST");
  }
}

TEST(ShippedLocalai, speaks_the_form_of_openai_and_takes_urls_as_well) {
  Violations rules;
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.method == "GET") return connection.respond(200, "image/png", png_text());
    rules.expect(request.target == "/v1/images/generations", "asks for " + request.target);
    rules.keys(json::parse(request.body), {"prompt"}, {"model", "n", "size", "step"}, "request");
    connection.respond_json(200, R"({"data":[{"url":"/generated-images/b1.png"}]})");
  });
  const ShippedProvider provider(server, "localai");
  const CallOutcome outcome = call(*provider, provider.request());
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(json::parse(server.requests().at(0).body)["prompt"],
            "Nine faces of Mira.|text, watermark, signature");
  EXPECT_EQ(server.requests().at(1).target, "/generated-images/b1.png");
  EXPECT_THAT(rules.texts(), IsEmpty());
}

TEST(ShippedLocalai, says_that_it_takes_no_references_and_reads_its_errors) {
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(500,
                            R"({"error":{"code":500,"message":"could not load model","type":""}})");
  });
  const ShippedProvider provider(server, "localai");
  EXPECT_THAT(call(*provider, provider.request()).error.message, HasSubstr("could not load model"));
  const CallOutcome outcome = call(*provider, provider.request_with_references());
  EXPECT_EQ(outcome.error.code, ErrorCode::invalid_input);
  EXPECT_THAT(outcome.error.message, HasSubstr("takes no character reference"));
  EXPECT_THAT(server.requests(), SizeIs(1));
  EXPECT_FALSE(provider->can_cancel_remote());
}

}  // namespace castboard
