#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <nlohmann/json.hpp>

#include "providers/base64.h"
#include "providers/request_builder.h"
#include "support/provider_at.h"

// Jobs that are accepted now and done later, as descriptors tell it.
namespace castboard {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using namespace castboard::testing;

namespace {

using Answer = std::function<void(const LoopbackRequest&, LoopbackConnection&)>;

// Accepts /make, is done at the second look, has the picture at /1.png; `other` answers first and
// says whether it did.
class JobServer {
 public:
  using Other = std::function<bool(const LoopbackRequest&, LoopbackConnection&)>;
  explicit JobServer(Other other = {}) : other_(std::move(other)) {}

  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (other_ && other_(request, connection)) return;
    if (request.target == "/make")
      return connection.respond_json(202, R"({"id": "j1", "usage": {"total": 30}})");
    if (request.target == "/1.png") return answer_picture(request, connection);
    if (looked_++ == 0) return connection.respond_json(200, R"({"state": "busy", "percent": 40})");
    connection.respond_json(200, R"({"state": "done", "url": "/1.png", "seed": 5})");
  }};

  [[nodiscard]] int count(const std::string& target) const {
    int found = 0;
    for (const LoopbackRequest& request : server.requests())
      if (request.target == target) ++found;
    return found;
  }

 private:
  Other other_;
  std::atomic<int> looked_{0};
};

}  // namespace

TEST(Polling, tells_the_id_before_it_waits_and_the_addresses_before_it_fetches) {
  JobServer jobs;
  const ProviderAt provider(jobs.server, polled());
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.steps, ElementsAre("submitting", "accepted", "downloading"));
  EXPECT_EQ(outcome.remote.id, "j1");
  EXPECT_EQ(outcome.result->seed, 5);
  EXPECT_EQ(outcome.result->provider_cost, 15);  // said when it was accepted
  EXPECT_EQ(jobs.server.requests().at(1).header("x-key"), "sesame-key");
}

TEST(Polling, goes_on_in_another_process_from_where_it_was_and_never_submits) {
  JobServer jobs;
  class FirstNote final : public ProviderObserver {
   public:
    RemoteJob job;
    void submitting() override {}
    void accepted(const RemoteJob& remote) override {
      job = remote;
      throw Failure(ErrorCode::internal, "the process dies");
    }
    void downloading(const RemoteJob&) override {}
    void progress(double) override {}
  } dying;
  Cancellation cancel;
  EXPECT_THROW(
      (void)ProviderAt(jobs.server, polled())->generate(sheet_request("studio"), dying, cancel),
      Failure);
  EXPECT_THAT(dying.job.continuation, Not(HasSubstr("sesame")));
  const CallOutcome outcome =
      resume(*ProviderAt(jobs.server, polled()), sheet_request("studio"), dying.job);
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(outcome.result->provider_cost, 15);
  EXPECT_EQ(jobs.count("/make"), 1);
}

TEST(Polling, writes_no_key_down_that_an_answer_repeats_and_asks_with_it_all_the_same) {
  JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/make") {
      connection.respond_json(202, R"({"id": "j1", "at": "/jobs/j1?key=sesame-key"})");
      return true;
    }
    if (request.target == "/jobs/j1") connection.respond_json(403, R"({"error": "no key"})");
    return request.target == "/jobs/j1";
  });
  const json at = json::parse(
      R"({"poll": {"capture": {"at": "at"}, "request": {"path": null, "url": "{got.at}"}}})");
  const ProviderAt provider(jobs.server, polled() | at);
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.remote.continuation, Not(HasSubstr("sesame")));
  RemoteJob polling = outcome.remote;
  json written = json::parse(polling.continuation);
  written["stage"] = "polling";
  polling.continuation = written.dump();
  EXPECT_TRUE(resume(*provider, sheet_request("studio"), polling).result);
  EXPECT_EQ(jobs.count("/jobs/j1"), 0);
}

TEST(Polling, tells_the_progress_of_the_provider) {
  JobServer jobs;
  class Listener final : public ProviderObserver {
   public:
    std::vector<double> heard;
    void submitting() override {}
    void accepted(const RemoteJob&) override {}
    void downloading(const RemoteJob&) override {}
    void progress(double fraction) override { heard.push_back(fraction); }
  } listener;
  Cancellation cancel;
  const json progress = json::parse(R"({"progress": {"path": "percent", "times": 0.01}})");
  (void)ProviderAt(jobs.server, polled() | progress)
      ->generate(sheet_request("studio"), listener, cancel);
  EXPECT_THAT(listener.heard, ElementsAre(::testing::DoubleEq(0.4)));
}

TEST(Polling, asks_once_more_for_the_result_where_that_is_elsewhere_and_binary) {
  JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1/result") return false;
    answer_picture(request, connection);
    return true;
  });
  const json result = json::parse(R"({"poll": {"result": {"path": "/jobs/{job_id}/result"}}})");
  const CallOutcome outcome =
      call(*ProviderAt(jobs.server, polled() | result), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.result->pictures, ElementsAre(png()));
  EXPECT_EQ(outcome.result->seed, 5);
}

TEST(Polling, lives_through_answers_that_are_none) {
  std::atomic<int> trouble{0};
  JobServer jobs([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1") return false;
    switch (trouble++) {
      case 0:
        connection.respond(502, "text/html", "<html><title>Bad gateway</title></html>");
        return true;
      case 1:
        connection.reset();
        return true;
      case 2:
        connection.respond(429, "text/plain", "easy", "Retry-After: 0\r\n");
        return true;
      case 3:
        connection.respond(500, "text/plain", "oops");
        return true;
      default:
        return false;
    }
  });
  const CallOutcome outcome = call(*ProviderAt(jobs.server, polled()), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_EQ(jobs.count("/make"), 1);
}

TEST(Polling, leaves_the_job_where_it_is_when_its_time_is_up) {
  JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1") return false;
    connection.respond_json(200, R"({"state": "busy"})");
    return true;
  });
  ProviderContext context = context_with_key();
  context.limits.total = std::chrono::milliseconds(30);
  const CallOutcome outcome =
      resume(*ProviderAt(jobs.server, polled(), context), sheet_request("studio"),
             {.id = "j1", .continuation = R"({"stage": "polling"})"});
  EXPECT_EQ(outcome.error.code, ErrorCode::timed_out);
  EXPECT_THAT(outcome.error.hint, HasSubstr("check again later"));
  EXPECT_EQ(outcome.remote.id, "j1");
}

TEST(Polling, waits_no_longer_than_its_time_whatever_the_provider_wishes) {
  for (const json& slow :
       {json::object(), json::parse(R"({"poll": {"interval_seconds": 7200}})")}) {
    JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
      if (request.target != "/jobs/j1") return false;
      connection.respond(429, "text/plain", "easy", "Retry-After: 7200\r\n");
      return true;
    });
    ProviderContext context = context_with_key();
    context.limits.total = std::chrono::milliseconds(30);
    const CallOutcome outcome =
        resume(*ProviderAt(jobs.server, polled() | slow, context), sheet_request("studio"),
               {.id = "j1", .continuation = R"({"stage": "polling"})"});
    EXPECT_EQ(outcome.error.code, ErrorCode::timed_out) << outcome.error.message;
    EXPECT_EQ(outcome.remote.id, "j1");
  }
}

TEST(Polling, a_job_the_provider_forgot_is_lost_once_it_says_so_twice) {
  for (const int status : {404, 410}) {
    JobServer jobs([&](const LoopbackRequest& request, LoopbackConnection& connection) {
      if (request.target != "/jobs/j1") return false;
      connection.respond_json(status, R"({"error": "no such job"})");
      return true;
    });
    const CallOutcome outcome = call(*ProviderAt(jobs.server, polled()), sheet_request("studio"));
    EXPECT_EQ(outcome.error.code, ErrorCode::provider);
    EXPECT_THAT(outcome.error.message, HasSubstr("lost"));
    EXPECT_THAT(outcome.error.hint, HasSubstr("same seed"));
    EXPECT_EQ(jobs.count("/jobs/j1"), 2);
    EXPECT_EQ(jobs.count("/make"), 1);
  }
}

TEST(Polling, a_job_that_is_not_there_yet_is_not_lost) {
  std::atomic<bool> early{true};
  JobServer jobs([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1" || !early.exchange(false)) return false;
    connection.respond_json(404, R"({"error": "no such job"})");
    return true;
  });
  EXPECT_TRUE(call(*ProviderAt(jobs.server, polled()), sheet_request("studio")).result);
}

TEST(Polling, a_key_that_is_no_longer_good_does_not_end_the_job) {
  JobServer jobs([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1") return false;
    connection.respond_json(401, R"({"error": "who are you, sesame-key?"})");
    return true;
  });
  const CallOutcome outcome = call(*ProviderAt(jobs.server, polled()), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::configuration);
  EXPECT_THAT(outcome.error.message, Not(HasSubstr("sesame")));
}

TEST(Polling, stops_within_a_moment_when_it_is_cancelled) {
  JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target != "/jobs/j1") return false;
    connection.respond_json(200, R"({"state": "busy"})");
    return true;
  });
  const json slow = json::parse(R"({"poll": {"interval_seconds": 3600}})");
  const ProviderAt provider(jobs.server, polled() | slow);
  Cancellation cancel;
  auto running = std::async(std::launch::async,
                            [&] { return call(*provider, sheet_request("studio"), cancel); });
  jobs.server.wait_for_requests(1);
  cancel.cancel();
  EXPECT_EQ(running.get().error.code, ErrorCode::cancelled);
}

TEST(Polling, takes_an_answer_without_id_for_the_picture_it_holds) {
  LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"data", {{{"b64", encode_base64(png())}}}}}.dump());
  });
  const CallOutcome outcome = call(*ProviderAt(server, polled()), sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  EXPECT_THAT(outcome.steps, ElementsAre("submitting"));
}

TEST(Polling, gives_the_key_only_to_its_own_origin_and_to_hosts_that_are_named_and_safe) {
  Access access;
  access.base_url = "https://api.flux.example";
  const std::vector<std::string> named{"*.flux.example"};
  EXPECT_TRUE(may_send_auth(access, "https://api.flux.example/jobs/1", {}));
  EXPECT_TRUE(may_send_auth(access, "https://api.us1.flux.example/jobs/1", named));
  EXPECT_FALSE(may_send_auth(access, "https://api.us1.flux.example/jobs/1", {}));
  EXPECT_FALSE(may_send_auth(access, "http://api.us1.flux.example/jobs/1", named));
  EXPECT_FALSE(may_send_auth(access, "https://flux.example.evil.example/jobs/1", named));
  EXPECT_FALSE(may_send_auth(access, "https://api.flux.example:8443/jobs/1", {}));
}

TEST(Polling, never_asks_a_private_address_an_answer_names) {
  LoopbackServer inner(answer_picture);
  LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond_json(200, json{{"where", inner.url("localhost", "/admin")}}.dump());
  });
  const json elsewhere = json::parse(R"({"poll": {"id": null, "capture": {"where": "where"},
    "request": {"path": null, "url": "{got.where}"}}})");
  const CallOutcome outcome =
      call(*ProviderAt(server, polled() | elsewhere), sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("private address"));
  EXPECT_THAT(inner.requests(), IsEmpty());
}

namespace {

const json kSession = json::parse(R"json({
  "session": [{"path": "/login", "json": {"password": "{secret}"},
               "capture": {"id": {"header": "set-cookie", "matches": "sid=([^;]+)"}}}],
  "auth": {"kind": "session", "secret": "STUDIO_KEY"},
  "headers": {"Cookie": "sid={session.id}"},
  "errors": [{"path": "error", "equals": "invalid_session", "class": "session_expired"}]})json");

bool answer_login(const LoopbackRequest& request, LoopbackConnection& connection,
                  const std::string& session) {
  if (request.target != "/login") return false;
  connection.respond(200, "application/json", "{}",
                     "Set-Cookie: sid=" + session + "; HttpOnly\r\n");
  return true;
}

}  // namespace

TEST(Sessions, are_opened_before_the_request_and_go_with_every_later_one) {
  JobServer jobs([](const LoopbackRequest& request, LoopbackConnection& connection) {
    return answer_login(request, connection, "s3ss10n-1");
  });
  const ProviderAt provider(jobs.server, polled() | kSession);
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  ASSERT_TRUE(outcome.result) << outcome.error.message;
  const auto requests = jobs.server.requests();
  EXPECT_EQ(json::parse(requests.at(0).body)["password"], "sesame-key");
  EXPECT_EQ(requests.at(1).header("cookie"), "sid=s3ss10n-1");
  EXPECT_EQ(requests.at(2).header("cookie"), "sid=s3ss10n-1");
  EXPECT_THAT(outcome.remote.continuation, Not(HasSubstr("s3ss10n")));
  EXPECT_THAT(provider->preview(sheet_request("studio")), Not(HasSubstr("sesame")));
  EXPECT_THAT(provider->preview(sheet_request("studio")), HasSubstr("sid=<session.id>"));
}

TEST(Sessions, that_expired_are_opened_again_once) {
  std::atomic<int> logins{0};
  std::string accepted = "session-2";
  JobServer jobs([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/login")
      return answer_login(request, connection, "session-" + std::to_string(++logins));
    if (request.header("cookie") == "sid=" + accepted) return false;
    connection.respond_json(403, R"({"error": "invalid_session"})");
    return true;
  });
  const ProviderAt provider(jobs.server, polled() | kSession);
  EXPECT_TRUE(call(*provider, sheet_request("studio")).result);
  EXPECT_EQ(logins, 2);
  accepted = "none";
  const CallOutcome outcome = call(*provider, sheet_request("studio"));
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.error.message, HasSubstr("session"));
  EXPECT_EQ(logins, 4);
}

TEST(Uploads, happen_before_anything_is_submitted_and_cost_nothing_when_they_fail) {
  LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/upload") return connection.respond_json(500, R"({"error": "full"})");
    answer_picture(request, connection);
  });
  const json uploads =
      json::parse(R"({"references": {"character": 1, "background": 1}, "requests": {
    "text_to_image": {"path": "/make", "json": {}},
    "image_to_image": {"path": "/make", "json": {"files": [{"$each references": "{ref.got.name}"}]},
      "before": [{"for_each": "references", "path": "/upload", "capture": {"name": "name"},
                  "multipart": [{"name": "file", "files": "reference"}]}]}}})");
  ProviderRequest request = sheet_request("studio");
  add_references(request);
  const ProviderAt provider(server, uploads);
  const CallOutcome outcome = call(*provider, request);
  EXPECT_EQ(outcome.error.code, ErrorCode::provider);
  EXPECT_THAT(outcome.steps, IsEmpty());
  EXPECT_THAT(server.requests(), SizeIs(1));
  EXPECT_THAT(provider->preview(request), HasSubstr("POST " + server.url("/upload")));
  EXPECT_THAT(provider->preview(request), HasSubstr("<got.name>"));
}

}  // namespace castboard
