#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>

#include "support/shipped_provider.h"

namespace castboard {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

// Queues, runs and forgets like the real one, and notes what a request did wrong.
class ComfyServer {
 public:
  int looks_until_done = 2;  // at the history
  bool forgets = false;      // restarted after the job was accepted
  bool keeps_running = false;
  json history_status = {
      {"status_str", "success"}, {"completed", true}, {"messages", json::array()}};
  json images =
      json::array({{{"filename", "castboard_00001_.png"}, {"subfolder", ""}, {"type", "output"}}});
  json prompt_error;  // what /prompt answers with 400
  Violations rules;
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    answer(request, connection);
  }};

  [[nodiscard]] json prompt() const { return json::parse(of("/prompt").at(0).body); }
  [[nodiscard]] std::vector<LoopbackRequest> of(const std::string& path) const {
    std::vector<LoopbackRequest> found;
    for (const LoopbackRequest& request : server.requests())
      if (request.target.substr(0, request.target.find('?')) == path) found.push_back(request);
    return found;
  }

 private:
  void answer(const LoopbackRequest& request, LoopbackConnection& connection) {
    rules.expect(request.header("origin").empty(), "an Origin header");
    const std::lock_guard lock(mutex_);
    const std::string& target = request.target;
    if (target == "/upload/image") return upload(request, connection);
    if (target == "/prompt") return queue(request, connection);
    if (target == "/history/" + id_) return history(connection);
    if (target == "/queue" && request.method == "GET") return show_queue(connection);
    if (target == "/queue" || target == "/interrupt") return connection.respond(200, "", "");
    if (target.rfind("/view?", 0) == 0) {
      rules.expect(target == "/view?filename=castboard_00001_.png&subfolder=&type=output",
                   "asks for " + target);
      return connection.respond(200, "image/png", png_text());
    }
    rules.add("asks for " + target);
    connection.respond(404, "text/plain", "404: Not Found");
  }

  void upload(const LoopbackRequest& request, LoopbackConnection& connection) {
    rules.parts(request, {"image"}, {"type", "subfolder", "overwrite"}, {"image"});
    const std::string name = "hero (" + std::to_string(++uploads_) + ").png";
    connection.respond_json(200, json{{"name", name}, {"subfolder", ""}, {"type", "input"}}.dump());
  }

  void queue(const LoopbackRequest& request, LoopbackConnection& connection) {
    if (!prompt_error.is_null()) return connection.respond_json(400, prompt_error.dump());
    const json body = json::parse(request.body);
    rules.keys(body, {"prompt"}, {"prompt_id", "client_id", "extra_data"}, "/prompt");
    for (const auto& [id, node] : body["prompt"].items()) {
      rules.keys(node, {"class_type", "inputs"}, {"_meta"}, "node " + id);
      for (const auto& [name, input] : node["inputs"].items())
        if (input.is_array())
          rules.expect(body["prompt"].contains(input[0].get<std::string>()),
                       "node " + id + " hangs on " + input.dump());
    }
    id_ = body.value("prompt_id", "an-id");
    connection.respond_json(
        200, json{{"prompt_id", id_}, {"number", 3}, {"node_errors", json::object()}}.dump());
  }

  void history(LoopbackConnection& connection) {
    if (forgets || keeps_running || looks_until_done-- > 0)
      return connection.respond_json(200, "{}");
    const json outputs{{"9", {{"images", images}}}};
    const json entry{{"prompt", json::array()}, {"outputs", outputs}, {"status", history_status}};
    connection.respond_json(200, json{{id_, entry}}.dump());
  }

  void show_queue(LoopbackConnection& connection) {
    json running = json::array();
    if (!forgets) running.push_back(json::array({3, id_, json::object(), json::object(), {"9"}}));
    connection.respond_json(
        200, json{{"queue_running", running}, {"queue_pending", json::array()}}.dump());
  }

  std::mutex mutex_;
  std::string id_;
  int uploads_ = 0;
};

}  // namespace

TEST(ShippedComfyui, generates_from_text_by_queue_history_and_view) {
  ComfyServer comfy;
  const ShippedProvider provider(comfy.server, "comfyui");
  ProviderRequest request = provider.request();
  request.asked.seed = 42;
  request.asked.aspect_ratio = "16:9";
  const CallOutcome outcome = call(*provider, request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->seed, 42);
  EXPECT_THAT(outcome.steps, ElementsAre("submitting", "accepted", "downloading"));
  EXPECT_EQ(outcome.remote.id, request.idempotency_key);
  const json nodes = comfy.prompt()["prompt"];
  EXPECT_EQ(nodes["6"]["inputs"]["text"], "Nine faces of Mira.");
  EXPECT_EQ(nodes["3"]["inputs"]["seed"], 42);
  EXPECT_EQ(nodes["5"]["inputs"]["width"], 1280);
  EXPECT_EQ(nodes["5"]["inputs"]["height"], 720);
  EXPECT_EQ(nodes["4"]["inputs"]["ckpt_name"], "sd_xl_base_1.0.safetensors");
  EXPECT_THAT(comfy.of("/upload/image"), IsEmpty());
  EXPECT_THAT(comfy.rules.texts(), IsEmpty());
}

TEST(ShippedComfyui, uploads_both_references_and_names_them_as_the_server_did) {
  ComfyServer comfy;
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome outcome = call(*provider, provider.request_with_references());
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  const auto uploads = comfy.of("/upload/image");
  ASSERT_THAT(uploads, SizeIs(2));
  EXPECT_EQ(uploads[0].parts()[0].content_type, "image/png");
  EXPECT_EQ(uploads[1].parts()[0].content_type, "image/jpeg");
  const json nodes = comfy.prompt()["prompt"];
  EXPECT_EQ(nodes["10"]["inputs"]["image"], "hero (1).png");
  EXPECT_EQ(nodes["11"]["inputs"]["image"], "hero (2).png");
  EXPECT_THAT(comfy.rules.texts(), IsEmpty());
}

TEST(ShippedComfyui, takes_the_second_reference_out_of_the_workflow_when_there_is_one) {
  ComfyServer comfy;
  const ShippedProvider provider(comfy.server, "comfyui");
  ProviderRequest request = provider.request_with_references();
  request.background_references.clear();
  request.asked.background_reference = {};
  ASSERT_TRUE(call(*provider, request).result);
  const json nodes = comfy.prompt()["prompt"];
  EXPECT_FALSE(nodes.contains("11"));
  EXPECT_FALSE(nodes["12"]["inputs"].contains("image2"));
  EXPECT_THAT(comfy.rules.texts(), IsEmpty());
}

TEST(ShippedComfyui, draws_a_seed_where_none_is_asked_so_that_nothing_comes_from_its_cache) {
  ComfyServer comfy;
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome outcome = call(*provider, provider.request());
  ASSERT_TRUE(outcome.result && outcome.result->seed);
  EXPECT_EQ(comfy.prompt()["prompt"]["3"]["inputs"]["seed"], *outcome.result->seed);
  EXPECT_GT(*outcome.result->seed, 0);
}

TEST(ShippedComfyui, runs_a_workflow_of_the_studio_that_extends_it) {
  ComfyServer comfy;
  DescribedProviders files;
  const auto write = [&](const char* name, const json& content) {
    std::filesystem::create_directories(files.directory() / "providers" / "workflows");
    std::ofstream(files.directory() / "providers" / name) << content.dump(1);
  };
  write("workflows/ours.json",
        {{"1", {{"class_type", "OurPrompt"}, {"inputs", {{"words", ""}, {"dice", 0}}}}},
         {"2", {{"class_type", "SaveImage"}, {"inputs", {{"images", {"1", 0}}}}}}});
  const json set{{"/1/inputs/words", "{prompt}"}, {"/1/inputs/dice", "{seed}"}};
  const json workflow{{"file", "workflows/ours.json"}, {"set", set}};
  json ours{{"castboard_provider", 1},
            {"name", "ours"},
            {"title", "Our workflow"},
            {"extends", "comfyui"},
            {"base_url", comfy.server.url()},
            {"requests", {{"text_to_image", {{"json", {{"prompt", {{"$workflow", workflow}}}}}}}}}};
  write("ours.json", ours);
  const Configuration configuration = files.load();
  ASSERT_THAT(configuration.warnings, IsEmpty()) << configuration.warnings[0].message;
  ProviderRequest request = sheet_request("ours");
  request.asked.seed = 11;
  const CallOutcome outcome = call(*configuration.find_provider("ours"), request);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(comfy.prompt()["prompt"]["1"]["inputs"],
            json({{"words", "Nine faces of Mira."}, {"dice", 11}}));
  EXPECT_THAT(comfy.rules.texts(), IsEmpty());

  ours["requests"]["text_to_image"]["json"]["prompt"]["$workflow"]["set"] = {
      {"/7/inputs/words", "{prompt}"}};
  write("ours.json", ours);
  const Configuration broken = files.load();
  ASSERT_THAT(broken.warnings, SizeIs(1));
  EXPECT_THAT(broken.warnings[0].message, HasSubstr("the workflow has nothing at /"));
}

TEST(ShippedComfyui, says_what_the_workflow_lacks_at_the_server) {
  ComfyServer comfy;
  comfy.prompt_error = {
      {"error",
       {{"type", "prompt_outputs_failed_validation"}, {"message", "Prompt outputs failed"}}},
      {"node_errors",
       {{"4",
         {{"errors",
           {{{"type", "value_not_in_list"},
             {"details", "ckpt_name: 'x.safetensors' not in []"}}}}}}}}};
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::invalid_input);
  EXPECT_THAT(outcome.error.message, HasSubstr("'x.safetensors' not in []"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("install it"));
}

TEST(ShippedComfyui, says_which_exception_ended_the_workflow) {
  ComfyServer comfy;
  comfy.history_status = {
      {"status_str", "error"},
      {"completed", false},
      {"messages", json::array({json::array({"execution_start", {{"prompt_id", "x"}}}),
                                json::array({"execution_error",
                                             {{"exception_message", "Allocation on device"}}})})}};
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("Allocation on device"));
}

TEST(ShippedComfyui, tries_again_when_a_hosted_queue_is_full_but_not_at_a_billing_gate) {
  for (const char* type : {"QUEUE_LIMIT", "PAYMENT_REQUIRED"}) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond_json(429,
                              json{{"error", {{"type", type}, {"message", "Not now."}}}}.dump());
    });
    const ShippedProvider provider(server, "comfyui");
    const CallOutcome outcome = call(*provider, provider.request());
    const bool billing = type == std::string("PAYMENT_REQUIRED");
    EXPECT_EQ(outcome.error.code, billing ? ErrorCode::out_of_credit : ErrorCode::rate_limited);
    EXPECT_THAT(server.requests(), SizeIs(billing ? 1 : 4));
  }
}

TEST(ShippedComfyui, a_job_that_is_in_neither_queue_nor_history_is_lost) {
  ComfyServer comfy;
  comfy.forgets = true;
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome outcome = call(*provider, provider.request());
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("lost"));
  EXPECT_THAT(outcome.error.hint, HasSubstr("same seed"));
  EXPECT_THAT(comfy.of("/prompt"), SizeIs(1));
}

TEST(ShippedComfyui, survives_a_history_whose_status_is_null) {
  ComfyServer comfy;
  comfy.history_status = nullptr;
  const ShippedProvider provider(comfy.server, "comfyui");
  EXPECT_TRUE(call(*provider, provider.request()).result);
}

TEST(ShippedComfyui, goes_on_in_another_process_and_never_queues_twice) {
  ComfyServer comfy;
  const ShippedProvider provider(comfy.server, "comfyui");
  const CallOutcome first = call(*provider, provider.request());
  ASSERT_TRUE(first.result);
  RemoteJob accepted{.id = first.remote.id, .continuation = R"({"stage": "polling"})"};
  const CallOutcome second = resume(*provider, provider.request(), accepted);
  ASSERT_TRUE(second.result) << second.error.message;
  EXPECT_THAT(second.result->pictures, ElementsAre(png()));
  EXPECT_THAT(comfy.of("/prompt"), SizeIs(1));
}

TEST(ShippedComfyui, cancels_its_own_job_only) {
  ComfyServer comfy;
  comfy.keeps_running = true;
  const ShippedProvider provider(comfy.server, "comfyui");
  Cancellation cancel;
  auto running =
      std::async(std::launch::async, [&] { return call(*provider, provider.request(), cancel); });
  comfy.server.wait_for_requests(2);
  cancel.cancel();
  const CallOutcome outcome = running.get();
  EXPECT_EQ(outcome.error.code, ErrorCode::cancelled);
  Cancellation other;
  ASSERT_TRUE(provider->can_cancel_remote());
  EXPECT_TRUE(provider->cancel_remote(outcome.remote, other));
  ASSERT_THAT(comfy.of("/interrupt"), SizeIs(1));
  EXPECT_EQ(json::parse(comfy.of("/interrupt")[0].body)["prompt_id"], outcome.remote.id);
  EXPECT_FALSE(provider->cancel_remote({.id = "of-somebody-else", .continuation = {}}, other));
  EXPECT_THAT(comfy.of("/interrupt"), SizeIs(1));
}

}  // namespace castboard
