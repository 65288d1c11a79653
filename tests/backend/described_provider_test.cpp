#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/loopback_server.h"
#include "support/provider_at.h"
#include "support/provider_calls.h"

namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

const json kFree = free_of_charge();

}  // namespace

TEST(DescribedProvider, takes_a_picture_that_is_the_whole_answer) {
  LoopbackServer server(answer_picture);
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_THAT(outcome.steps, ElementsAre("submitting"));
  EXPECT_EQ(server.requests().at(0).header("x-key"), "sesame-key");
}

TEST(DescribedProvider, reads_base64_with_prefix_and_line_breaks_and_the_facts_beside_it) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    std::string text = "data:image/png;base64," + encode_base64(png(1));
    text.insert(60, "\r\n  ");
    connection.respond_json(200, json{{"data", {{{"b64", text}}, {{"b64", encode_base64(png(2))}}}},
                                      {"seed", "9007199254740993"},
                                      {"model", "m-7"},
                                      {"credits", 2.1},
                                      {"usage", {{"total", 30}}}}
                                     .dump());
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png(1), png(2)));
  EXPECT_EQ(outcome.result->model, "m-7");
  EXPECT_EQ(outcome.result->credit_cost, 3);
  EXPECT_EQ(outcome.result->provider_cost, 15);
  EXPECT_EQ(outcome.result->provider_cost_unit, "cents");
}

namespace {

ProviderResult result_of_reply(const std::string& figures) {
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(
        200, R"({"data": [{"b64": ")" + encode_base64(png()) + "\"}], " + figures + "}");
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_TRUE(outcome.result) << figures << outcome.error.message;
  return outcome.result.value_or(ProviderResult());
}

}  // namespace

TEST(DescribedProvider, counts_no_figures_that_cannot_be_and_says_so) {
  for (const char* credits : {"1e300", "9e18", "1000000001", "-1", "\"-5\"", "\"1e30\""}) {
    const ProviderResult result = result_of_reply(std::string(R"("credits": )") + credits);
    EXPECT_FALSE(result.credit_cost) << credits;
    EXPECT_THAT(result.problems, ElementsAre(HasSubstr("was not counted"))) << credits;
  }
  EXPECT_EQ(result_of_reply(R"("credits": 1e9)").credit_cost, 1'000'000'000);
  for (const char* cost : {"1e308", "-5", "\"-0.1\""}) {
    const ProviderResult result =
        result_of_reply(std::string(R"("usage": {"total": )") + cost + "}");
    EXPECT_EQ(result.provider_cost, 0) << cost;
    EXPECT_EQ(result.provider_cost_unit, "") << cost;
    EXPECT_THAT(result.problems, ElementsAre(HasSubstr("its cost"))) << cost;
  }
}

TEST(DescribedProvider, takes_no_model_s_name_that_is_none) {
  const std::string asked = result_of_reply(R"("seed": 1)").model;
  EXPECT_EQ(result_of_reply(R"("model": "\u001b[31mRED\n")").model, asked);
  EXPECT_EQ(result_of_reply(R"("model": "m\u009b1m")").model, asked);
  EXPECT_EQ(result_of_reply("\"model\": \"" + std::string(201, 'M') + "\"").model, asked);
  const std::string longest(200, 'M');
  EXPECT_EQ(result_of_reply("\"model\": \"" + longest + "\"").model, longest);
}

TEST(DescribedProvider, leads_no_paid_request_to_where_a_redirect_points_twice) {
  for (const int status : {301, 302}) {
    LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
      if (request.target == "/make") return connection.redirect(status, "/result");
      if (request.method != "GET") return connection.respond_json(405, "{}");
      answer_picture(request, connection);
    });
    const CallOutcome made = call(*ProviderAt(server), sheet_request("studio"));
    ASSERT_TRUE(made.result) << status << made.error.message;
    EXPECT_THAT(made.result->pictures, ElementsAre(png()));
    EXPECT_THAT(server.requests(), SizeIs(2));
    for (const int answer : {429, 404, 500}) {
      LoopbackServer broken([&](const LoopbackRequest& request, LoopbackConnection& connection) {
        if (request.target == "/make") return connection.redirect(status, "/result");
        connection.respond(answer, "text/plain", "no");
      });
      const CallOutcome outcome = call(*ProviderAt(broken), sheet_request("studio"));
      EXPECT_EQ(outcome.error.code, ErrorCode::uncertain) << answer << outcome.error.message;
      EXPECT_THAT(broken.requests(), SizeIs(2)) << answer;
    }
    LoopbackServer loop([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.redirect(status, "/make");
    });
    EXPECT_EQ(call(*ProviderAt(loop), sheet_request("studio")).error.code, ErrorCode::uncertain);
    int posts = 0;
    for (const LoopbackRequest& request : loop.requests()) posts += request.method == "POST";
    EXPECT_EQ(posts, 1);
  }
}

TEST(DescribedProvider, says_of_a_reply_with_too_many_values_that_it_has) {
  std::string values = "{\"data\":[[]";
  for (int i = 0; i < 600'000; ++i) values += ",[]";
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, values + "]}");
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("JSON of more than 500000 values"));
  EXPECT_TRUE(outcome.facts) << "it may be billed";
}

TEST(DescribedProvider, leaves_out_keys_that_are_not_set_and_keeps_types) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server);
  ProviderRequest request = sheet_request("studio");
  ASSERT_TRUE(call(*provider, request).result);
  request.asked.seed = 1234567890123;
  ASSERT_TRUE(call(*provider, request).result);
  EXPECT_EQ(json::parse(server.requests().at(0).body), json({{"prompt", "Nine faces of Mira."}}));
  EXPECT_EQ(json::parse(server.requests().at(1).body)["seed"], 1234567890123);
}

TEST(DescribedProvider, fetches_a_picture_from_its_own_host_with_the_key) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make")
      return connection.respond_json(200, R"({"url": "/pictures/1.png"})");
    connection.respond(200, "image/jpeg", as_string(png()));
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.steps, ElementsAre("submitting", "downloading"));
  EXPECT_EQ(server.requests().at(1).target, "/pictures/1.png");
  EXPECT_EQ(server.requests().at(1).header("x-key"), "sesame-key");
}

TEST(DescribedProvider, goes_on_downloading_in_another_process_without_submitting) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make")
      return connection.respond_json(200, R"({"url": "/pictures/1.png", "seed": 7, "credits": 2})");
    answer_picture(request, connection);
  });
  const CallOutcome first = call(*ProviderAt(server), sheet_request("studio"));
  ASSERT_TRUE(first.result) << first.error.message;
  EXPECT_THAT(first.remote.continuation, Not(HasSubstr("sesame")));
  const CallOutcome second = resume(*ProviderAt(server), sheet_request("studio"), first.remote);
  ASSERT_TRUE(second.result) << second.error.message;
  EXPECT_THAT(second.result->pictures, ElementsAre(png()));
  EXPECT_EQ(second.result->seed, 7);
  EXPECT_EQ(second.result->credit_cost, 2);
  EXPECT_THAT(second.steps, ElementsAre("downloading"));
  EXPECT_THAT(server.requests(), SizeIs(3));
  EXPECT_EQ(server.requests().at(2).target, "/pictures/1.png");
}

TEST(DescribedProvider, says_that_a_job_is_lost_whose_note_cannot_be_read) {
  LoopbackServer server(answer_picture);
  const CallOutcome outcome = resume(*ProviderAt(server), sheet_request("studio"), {"7", "{"});
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("lost"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(DescribedProvider, fetches_a_picture_from_another_host_without_the_key) {
  LoopbackServer files(answer_picture);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"url", files.url("localhost", "/1.png")}}.dump());
  });
  const ProviderAt provider(server,
                            json::parse(R"({"download": {"private_hosts": ["localhost"]}})"));
  ASSERT_TRUE(call(*provider, sheet_request("studio")).result);
  EXPECT_EQ(files.requests().at(0).header("x-key"), "");
}

TEST(DescribedProvider, does_not_fetch_from_private_addresses_the_descriptor_does_not_name) {
  LoopbackServer inner(answer_picture);
  for (const std::string& url : {inner.url("localhost", "/"), std::string("file:///etc/passwd")}) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond_json(200, json{{"url", url}}.dump());
    });
    const CallOutcome outcome = call(*ProviderAt(server, kFree), sheet_request("studio"));
    EXPECT_EQ(outcome.error.code, ErrorCode::provider) << url;
  }
  EXPECT_THAT(inner.requests(), IsEmpty());
}

TEST(DescribedProvider, tells_where_a_paid_picture_is_that_could_not_be_fetched) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make") return connection.respond_json(200, R"({"url": "/gone.png"})");
    connection.respond(404, "text/plain", "expired");
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("could not be downloaded: expired"));
  EXPECT_THAT(outcome.error.detail, HasSubstr(server.url("/gone.png")));
}

TEST(DescribedProvider, sorts_errors_by_ordered_rules_and_then_by_status) {
  struct Case {
    int status;
    const char* body;
    ErrorCode code;
    const char* message;
  };
  const Case cases[] = {
      {400, R"({"error": {"code": "blocked", "message": "Not this."}})", ErrorCode::refused,
       "Not this."},
      {200, R"({"status": "moderated"})", ErrorCode::refused, "refused"},
      {400, R"({"error": "bad size"})", ErrorCode::invalid_input, "bad size"},
      {422, R"({"detail": [{"loc": ["body", "prompt"], "msg": "field required"}]})",
       ErrorCode::invalid_input, "prompt: field required"},
      {401, R"({"message": "who are you"})", ErrorCode::configuration, "who are you"},
      {402, "", ErrorCode::out_of_credit, "402 Payment Required"},
      {429, R"({"error": {"code": "quota", "message": "Buy more"}})", ErrorCode::out_of_credit,
       "Buy more"},
      {500, "<html><head><title>500 Oops &amp; more</title></head></html>", ErrorCode::provider,
       "500 Oops & more"},
      {500, "plain words\n\n", ErrorCode::provider, "plain words"},
      {500, "", ErrorCode::provider, "500 Internal Server Error"},
      {504, "<html><h1>Gateway Time-out</h1></html>", ErrorCode::uncertain, "Gateway Time-out"},
      {524, "", ErrorCode::uncertain, "524 A Timeout Occurred"},
      {200, "<html>login</html>", ErrorCode::provider, "instead of a picture"},
      {200, R"({"data": []})", ErrorCode::provider, "without a picture"},
      {200, R"({"data": [{"b64": "AAAA"}]})", ErrorCode::bad_picture, "instead of a picture"},
      {200, R"({"data": [{"b64": "***"}]})", ErrorCode::bad_picture, "base64"},
      {200, R"({"data": [{"b64": 5}]})", ErrorCode::provider, "data[*].b64"},
  };
  for (const Case& tried : cases) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond(tried.status, {}, tried.body);
    });
    const ProviderAt provider(server, json::parse(R"({"errors": [
      {"path": "error.code", "matches": "^blocked$", "class": "refused"},
      {"status": "2xx", "path": "status", "equals": "moderated", "class": "refused"},
      {"status": 429, "path": "error.code", "equals": "quota", "class": "out_of_credit"}]})"));
    const CallOutcome outcome = call(*provider, sheet_request("studio"));
    EXPECT_FALSE(outcome.result) << tried.body;
    EXPECT_EQ(outcome.error.code, tried.code)
        << tried.status << tried.body << outcome.error.message;
    EXPECT_THAT(outcome.error.message, HasSubstr(tried.message));
    EXPECT_THAT(server.requests(), SizeIs(1)) << tried.body;
  }
}

TEST(DescribedProvider, tries_again_after_429_as_the_provider_asks_and_no_more_than_four_times) {
  std::atomic<int> refusals{2};
  LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (refusals-- > 0)
      return connection.respond(429, "text/plain", "slow down", "Retry-After: 0\r\n");
    answer_picture(request, connection);
  });
  const ProviderAt provider(server);
  EXPECT_TRUE(call(*provider, sheet_request("studio")).result);
  EXPECT_THAT(server.requests(), SizeIs(3));
  refusals = 100;
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::rate_limited);
  EXPECT_THAT(outcome.error.detail, HasSubstr("Retry-After: 0"));
  EXPECT_THAT(server.requests(), SizeIs(7));
}

TEST(DescribedProvider, does_not_wait_when_the_provider_asks_for_hours) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(429, "text/plain", "later", "Retry-After: 7200\r\n");
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::rate_limited);
  EXPECT_THAT(outcome.error.hint, HasSubstr("7200 s"));
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(DescribedProvider, obeys_a_cancel_while_it_waits_to_try_again) {
  Cancellation cancel;
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(429, "text/plain", "later", "Retry-After: 59\r\n");
    cancel.cancel();
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"), cancel);
  EXPECT_EQ(outcome.error.code, ErrorCode::cancelled);
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(DescribedProvider, is_uncertain_when_a_paid_request_was_sent_and_the_connection_broke) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.reset(); });
  const CallOutcome paid = call(*ProviderAt(server), sheet_request("studio"));
  EXPECT_EQ(paid.error.code, ErrorCode::uncertain);
  EXPECT_THAT(paid.error.hint, HasSubstr("billed twice"));
  EXPECT_EQ(call(*ProviderAt(server, kFree), sheet_request("studio")).error.code,
            ErrorCode::provider);
  EXPECT_THAT(server.requests(), SizeIs(2));
}

TEST(DescribedProvider, is_uncertain_when_a_paid_request_ran_out_of_time) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  ProviderContext context = context_with_key();
  context.limits.total = std::chrono::milliseconds(50);
  EXPECT_EQ(call(*ProviderAt(server, json::object(), context), sheet_request("studio")).error.code,
            ErrorCode::uncertain);
  EXPECT_EQ(call(*ProviderAt(server, kFree, context), sheet_request("studio")).error.code,
            ErrorCode::timed_out);
}

TEST(DescribedProvider, says_that_a_cancelled_paid_request_may_be_billed) {
  LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  const ProviderAt provider(server);
  Cancellation cancel;
  auto running = std::async(std::launch::async,
                            [&] { return call(*provider, sheet_request("studio"), cancel); });
  server.wait_for_requests(1);
  cancel.cancel();
  const CallOutcome outcome = running.get();
  EXPECT_EQ(outcome.error.code, ErrorCode::cancelled);
  EXPECT_THAT(outcome.error.hint, HasSubstr("may still bill"));
}

TEST(DescribedProvider, is_certain_that_nothing_was_billed_when_nobody_listens) {
  auto server = std::make_unique<LoopbackServer>(answer_picture);
  const ProviderAt provider(*server);
  server.reset();
  EXPECT_EQ(call(*provider, sheet_request("studio")).error.code, ErrorCode::network);
}

TEST(DescribedProvider, never_shows_the_key) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(401, R"({"error": "Bad key sesame-key. Yours was sesame-key"})");
  });
  const ProviderAt provider(server);
  const Error error = call(*provider, sheet_request("studio")).error;
  for (const std::string& text :
       {error.message, error.hint, error.detail, provider->preview(sheet_request("studio"))})
    EXPECT_THAT(text, Not(HasSubstr("sesame")));
  EXPECT_THAT(error.message, HasSubstr("***"));
  EXPECT_THAT(provider->preview(sheet_request("studio")), HasSubstr("X-Key: ***"));
}

TEST(DescribedProvider, needs_its_key_before_anything_is_sent_but_not_for_a_preview) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server, json::object(), context_with_key(""));
  EXPECT_FALSE(provider->info().usable);
  EXPECT_EQ(provider->info().unusable_reason, "no key: set STUDIO_KEY");
  EXPECT_THAT(provider->preview(sheet_request("studio")), HasSubstr("STUDIO_KEY is not set"));
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::configuration);
  EXPECT_THAT(outcome.steps, IsEmpty());
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(DescribedProvider, puts_references_in_as_the_descriptor_asks) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server, json::parse(R"({
    "references": {"character": 1, "background": 1},
    "requests": {"text_to_image": {"path": "/text", "json": {}}, "image_to_image": {"path": "/images/{template}", "json": {
      "$each references": {"input_image{ref.suffix}": "{ref.base64}"},
      "parts": [{"text": "{prompt}"}, {"$each references": {"inline": {"type": "{ref.mime_type}"}}}],
      "url": "{character_ref.url}", "nothing": {"seed": "{seed}"}, "traits": "{character.traits}",
      "name": "{ref.role} of {character.name}", "literal": "{{prompt}}"}}}})"));
  ProviderRequest request = sheet_request("studio");
  add_references(request);
  ASSERT_TRUE(call(*provider, request).result);
  EXPECT_EQ(server.requests().at(0).target, "/images/expression_sheet");
  const json expected{{"input_image", encode_base64(request.character_references[0].bytes)},
                      {"input_image_2", encode_base64(request.background_references[0].bytes)},
                      {"parts", json::array({{{"text", "Nine faces of Mira."}},
                                             {{"inline", {{"type", "image/png"}}}},
                                             {{"inline", {{"type", "image/jpeg"}}}}})},
                      {"traits", {{"hair", "silver bob"}, {"eyes", "green"}}},
                      {"literal", "{prompt}"}};
  EXPECT_EQ(json::parse(server.requests().at(0).body), expected);
}

TEST(DescribedProvider, refuses_what_it_cannot_do_before_anything_is_sent) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server, json::parse(R"({
    "models": ["fast-1", "fine-1"], "seed": {"max": 100}, "prompt_limit": 10, "other_sizes": "refuse",
    "sizes": {"1:1": "512x512", "4:3": "640x480"}})"));
  EXPECT_THAT(provider->info().sizes, ElementsAre("1:1", "4:3"));
  const auto hint_of = [&](const auto& change) {
    ProviderRequest request = sheet_request("studio");
    request.prompt = "short";
    change(request);
    const CallOutcome outcome = call(*provider, request);
    EXPECT_EQ(outcome.error.code, ErrorCode::invalid_input) << outcome.error.message;
    return outcome.error.message + " " + outcome.error.hint;
  };
  EXPECT_THAT(hint_of([](auto& r) { r.asked.model = "fats-1"; }), HasSubstr("mean \"fast-1\""));
  EXPECT_THAT(hint_of([](auto& r) { r.asked.aspect_ratio = "16:9"; }),
              HasSubstr("It makes 1:1, 4:3"));
  EXPECT_THAT(hint_of([](auto& r) { r.asked.seed = 101; }), HasSubstr("up to 100"));
  EXPECT_THAT(hint_of([](auto& r) { r.prompt = "longer than ten"; }), HasSubstr("15 characters"));
  EXPECT_THAT(hint_of([](auto& r) { add_references(r); }), HasSubstr("no character reference"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(DescribedProvider, asks_for_the_nearest_size_and_has_it_cropped) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server, json::parse(R"({
    "models": ["wide-1", "square-1"],
    "sizes": [{"models": ["wide-*"], "table": {"1:1": "512x512", "16:9": "768x432", "3:2": "768x512"}},
              {"table": {"1:1": "256x256"}}],
    "requests": {"text_to_image": {"path": "/", "json": {"size": "{size}", "w": "{width}", "h": "{height}"}}}})"));
  const auto asked = [&](const char* model, const char* ratio) {
    ProviderRequest request = sheet_request("studio");
    request.asked.model = model;
    request.asked.aspect_ratio = ratio;
    EXPECT_TRUE(call(*provider, request).result);
    return server.requests().back().body + (provider->crops(request.asked) ? " cropped" : "");
  };
  EXPECT_EQ(asked("wide-1", "16:9"), R"({"h":432,"size":"768x432","w":768})");
  EXPECT_EQ(asked("wide-1", "4:3"), R"({"h":512,"size":"768x512","w":768} cropped)");
  EXPECT_EQ(asked("square-1", "9:16"), R"({"h":256,"size":"256x256","w":256} cropped)");
}

TEST(DescribedProvider, estimates_credits_with_their_reason) {
  LoopbackServer server(answer_picture);
  const ProviderAt provider(server, json::parse(R"({"models": ["a", "cheap"], "credits": [
    {"models": ["cheap"], "picture": 0.1}, {"picture": 2, "cell": 0.5, "reference": 1}]})"));
  const auto estimate = [](const Provider& of, const GenerationRequest& request) {
    std::string reason;
    const auto credits = of.credits(request, reason);
    return std::to_string(credits) + ": " + reason;
  };
  ProviderRequest request = sheet_request("studio");
  EXPECT_EQ(estimate(*provider, request.asked), "7: 9 cells");
  add_references(request);
  EXPECT_EQ(estimate(*provider, request.asked), "9: 9 cells, 2 references");
  request.asked.shot = "happy";
  request.asked.model = "cheap";
  request.asked.background_reference = {};
  EXPECT_EQ(estimate(*provider, request.asked), "1: 1 picture, 1 reference");
  EXPECT_EQ(estimate(*ProviderAt(server, kFree), request.asked), "0: free");
}

TEST(DescribedProvider, is_not_usable_without_the_local_provider_it_stands_for) {
  DescribedProviders files;
  const Configuration configuration = files.load();
  const ProviderInfo& info = *configuration.catalogue.find_provider("sketch");
  EXPECT_FALSE(info.usable);
  EXPECT_THAT(info.unusable_reason, HasSubstr("no built-in provider"));
  EXPECT_EQ(call(*configuration.find_provider("sketch"), sheet_request("sketch")).error.code,
            ErrorCode::configuration);
}

}  // namespace castboard
