#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "support/provider_at.h"

// What providers do with the key they were given, and where it must not turn up for that.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

const std::string kKey = "sesame-key";

// The texts of everything that is shown or written down of a call.
std::string shown(const CallOutcome& outcome) {
  std::string text = outcome.error.message + outcome.error.hint + outcome.error.detail +
                     outcome.remote.id + outcome.remote.continuation;
  if (!outcome.result) return text;
  text += outcome.result->model;
  for (const std::string& problem : outcome.result->problems) text += problem;
  return text;
}

json basic() {
  return json::parse(R"({"auth": {"kind": "basic", "secret": "STUDIO_KEY"}})");
}

}  // namespace

TEST(ProviderSecrets, are_not_in_what_comes_with_a_picture) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(
        200, json{{"model", "m-" + kKey}, {"data", {{{"b64", encode_base64(png())}}}}}.dump());
  });
  const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->model, "m-***");
}

TEST(ProviderSecrets, are_not_in_what_is_told_of_a_picture_that_cannot_be_used) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/good") return answer_picture(request, connection);
    if (request.target == "/bad") return connection.respond(404, "text/plain", "no " + kKey);
    connection.respond_json(200, R"({"urls": ["/good", "/bad"]})");
  });
  const json urls = json::parse(R"({"reply": {"images": [{"url": "urls[*]"}]}})");
  const CallOutcome outcome = call(*ProviderAt(server, urls), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  ASSERT_THAT(outcome.result->problems, SizeIs(1));
  EXPECT_THAT(outcome.result->problems[0], HasSubstr("***"));
  EXPECT_THAT(shown(outcome), Not(HasSubstr(kKey)));
}

TEST(ProviderSecrets, are_not_in_an_error_that_repeats_them_escaped) {
  const std::string key = "ab/c+d&e<f>longsecret99";
  const std::string numbered = [&] {
    std::string text;
    for (const char c : key) text += "&#" + std::to_string(static_cast<int>(c)) + ";";
    return text;
  }();
  const std::string pages[] = {
      "<html><body>bad key " + key + "</body></html>",
      "<html><title>bad key ab/c+d&amp;e&lt;f&gt;longsecret99</title></html>",
      "<html><body>bad key " + numbered + "</body></html>",
      R"({"error": {"message": "bad key"}, "raw": "ab\/c\u002bd\u0026e\u003Cf>longsecret99"})",
      R"({"error": {"message": "bad key )" + numbered + "\"}}",
      "bad key=ab%2fc%2bd%26e%3cf%3elongsecret99"};
  for (const std::string& page : pages) {
    LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
      connection.respond(401, page[0] == '{' ? "application/json" : "text/html", page);
    });
    const CallOutcome outcome =
        call(*ProviderAt(server, json::object(), context_with_key(key)), sheet_request("studio"));
    EXPECT_THAT(outcome.error.message, HasSubstr("bad key")) << page;
    EXPECT_THAT(shown(outcome), HasSubstr("***")) << page;
    for (const char* part : {"longsecret99", "&#108;&#111;&#110;"})
      EXPECT_THAT(shown(outcome), Not(HasSubstr(part))) << page;
  }
}

TEST(ProviderSecrets, are_not_in_the_job_s_id_and_captures_of_any_shape_but_are_sent_as_before) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make")
      return connection.respond_json(
          202, json{{"id", "j-" + kKey},
                    {"ticket", {{"by", {kKey, {{kKey, "deep " + kKey}}}}, {"number", 7}}}}
                   .dump());
    if (request.target.rfind("/jobs/", 0) == 0)
      return connection.respond_json(200, R"({"state": "done", "url": "/1.png"})");
    answer_picture(request, connection);
  });
  const json ticket = json::parse(R"({"poll": {"capture": {"ticket": "ticket"},
    "request": {"method": "POST", "json": {"ticket": "{got.ticket}"}}}})");
  const ProviderAt provider(server, polled() | ticket);
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(shown(outcome), Not(HasSubstr(kKey)));
  RemoteJob polling = outcome.remote;
  json written = json::parse(polling.continuation);
  written["stage"] = "polling";
  polling.continuation = written.dump();
  ASSERT_TRUE(resume(*provider, sheet_request("studio"), polling).result);
  const auto requests = server.requests();
  EXPECT_EQ(requests.at(3).target, "/jobs/j-" + kKey);
  EXPECT_EQ(requests.at(3).body, requests.at(1).body);
  EXPECT_THAT(requests.at(3).body, HasSubstr("deep " + kKey));
}

TEST(ProviderSecrets, do_not_come_into_an_address_that_asks_for_them_by_their_stand_in) {
  LoopbackServer elsewhere(answer_picture);
  const std::string trap = elsewhere.url("localhost", "/?k={castboard-secret-0}");
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"url", trap}}.dump());
  });
  const ProviderAt provider(server,
                            json::parse(R"({"download": {"private_hosts": ["localhost"]}})"));
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  ASSERT_TRUE(resume(*provider, sheet_request("studio"), outcome.remote).result);
  ASSERT_THAT(elsewhere.requests(), SizeIs(2));
  for (const LoopbackRequest& request : elsewhere.requests())
    EXPECT_THAT(request.target, Not(HasSubstr("sesame")));
}

TEST(ProviderSecrets, of_a_later_day_are_not_put_into_another_host_s_address) {
  LoopbackServer elsewhere(answer_picture);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"url", elsewhere.url("localhost", "/?k=" + kKey)}}.dump());
  });
  const json named = json::parse(R"({"download": {"private_hosts": ["localhost"]}})");
  const CallOutcome outcome = call(*ProviderAt(server, named), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  const ProviderAt later(server, named, context_with_key("another-key"));
  (void)resume(*later, sheet_request("studio"), outcome.remote);
  EXPECT_THAT(elsewhere.requests().back().target, Not(HasSubstr("another")));
}

TEST(ProviderSecrets, are_masked_where_a_password_stands_alone) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(400,
                            R"({"error": "the password hush%hush is wrong, hush%25hush too"})");
  });
  const ProviderAt provider(server, basic(), context_with_key("ada:hush%hush"));
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  EXPECT_THAT(outcome.error.message, HasSubstr("the password *** is wrong, *** too"));
  EXPECT_THAT(shown(outcome), Not(HasSubstr("hush")));
}

TEST(ProviderSecrets, are_not_half_in_a_text_that_is_cut) {
  for (const std::size_t before : {295U, 990U, 4090U}) {
    const std::string body = std::string(before, 'x') + kKey;
    for (const int status : {200, 400}) {
      LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
        connection.respond(status, "text/plain", body);
      });
      const CallOutcome outcome = call(*ProviderAt(server), sheet_request("studio"));
      EXPECT_THAT(shown(outcome), Not(HasSubstr("ses"))) << before << " " << status;
    }
  }
}

TEST(Captures, look_at_the_beginning_of_a_long_text_only) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/token")
      return connection.respond(200, "text/plain", "token=t-1;" + std::string(2'000'000, 'a'));
    answer_picture(request, connection);
  });
  const json session = json::parse(R"json({
    "session": [{"method": "GET", "path": "/token",
                 "capture": {"token": {"matches": "token=([^;]+);(a|b)*"}}}],
    "auth": {"kind": "none"}, "headers": {"X-Token": "{session.token}"}})json");
  const CallOutcome outcome = call(*ProviderAt(server, session), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(server.requests().at(1).header("x-token"), "t-1");
}

}  // namespace castboard
