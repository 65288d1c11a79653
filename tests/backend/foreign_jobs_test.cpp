// Jobs at APIs the engine was not written for (foreign_providers/NAME.json is all there is of
// them), from asking to a version in the library, against servers that keep to their contracts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>

#include "support/studio.h"

namespace castboard {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace castboard::testing;

namespace {

// Where pictures lie: another host than the API, which gets no key.
class Shelf {
 public:
  [[nodiscard]] std::string url() const { return server_.url("localhost", "/out-0.png"); }
  void expect_asked_without_key() const {
    ASSERT_EQ(server_.requests().size(), 1U);
    for (const char* header : {"authorization", "x-session"})
      EXPECT_EQ(server_.requests()[0].header(header), "");
  }

 private:
  LoopbackServer server_{
      [](const LoopbackRequest&, LoopbackConnection& connection) { send_picture(connection); }};
};

// An API that does as told.
struct Api {
  Shelf shelf;
  std::atomic<int> waits = 0;      // answers "not yet" before the job is over
  std::atomic<int> throttled = 0;  // answers 429 before the request is taken
  std::string end = "done";        // how its jobs end
  std::function<void(Api&, const LoopbackRequest&, LoopbackConnection&)> contract;
  LoopbackServer server{[this](const LoopbackRequest& request, LoopbackConnection& connection) {
    contract(*this, request, connection);
  }};

  // True `count` times.
  static bool take(std::atomic<int>& count) {
    int left = count;
    while (left > 0 && !count.compare_exchange_weak(left, left - 1)) {
    }
    return left > 0;
  }
  Studio studio(const std::string& file) const {
    return Studio(server, json::parse(R"({"download": {"private_hosts": ["localhost"]}})"), 4,
                  provider_file(file));
  }
  [[nodiscard]] int asked(const std::string& method, const std::string& target) const {
    int count = 0;
    for (const LoopbackRequest& request : server.requests())
      count += request.method == method && request.target == target;
    return count;
  }
};

GenerationRequest with_both_references(const Studio& studio) {
  GenerationRequest request = studio.portrait_like(encode_png(drawing(20, 20, 1)));
  request.background_reference = request.character_reference;
  return request;
}

// Cancels a job as soon as it is waited for.
Job cancelled(Studio& studio, const Api& api, std::size_t requests_before) {
  const JobId id = studio.start(studio.portrait()).at(0).id;
  api.server.wait_for_requests(requests_before);
  EXPECT_TRUE(studio.session().wait(studio.session().cancel(id)));
  return studio.finish(id).job;
}

// --- Replicate -----------------------------------------------------------------------------------

void replicate(Api& api, const LoopbackRequest& request, LoopbackConnection& connection) {
  if (request.header("authorization") != "Bearer sesame-key")
    return connection.respond_json(401, R"({"title": "Unauthenticated", "status": 401})");
  json job{{"id", "p1"},
           {"status", "starting"},
           {"error", nullptr},
           {"output", nullptr},
           {"urls",
            {{"get", api.server.url("/v1/predictions/p1")},
             {"cancel", api.server.url("/v1/predictions/p1/cancel")}}}};
  if (request.target == "/models/black-forest-labs/flux-schnell/predictions") {
    if (Api::take(api.throttled))
      return connection.respond_json(
          429, R"({"detail": "Request was throttled. Expected available in 0.01 seconds."})");
    return connection.respond_json(201, job.dump());
  }
  if (request.target == "/v1/predictions/p1/cancel") {
    job["status"] = "canceled";
    return connection.respond_json(200, job.dump());
  }
  if (request.target != "/v1/predictions/p1" || api.end == "forgotten")
    return connection.respond_json(404, R"({"detail": "Not found.", "status": 404})");
  job["status"] = "processing";
  if (api.end == "never" || Api::take(api.waits)) return connection.respond_json(200, job.dump());
  job["status"] = api.end == "done" || api.end == "removed" ? "succeeded" : "failed";
  job["metrics"] = {{"predict_time", 3.5}};
  if (api.end == "done") job["output"] = json::array({api.shelf.url()});
  if (api.end == "removed") job["data_removed"] = true;
  if (api.end == "refused") job["error"] = "NSFW content detected in all outputs (E005)";
  connection.respond_json(200, job.dump());
}

}  // namespace

TEST(ReplicateJobs, become_versions_from_text_and_from_a_reference) {
  Api api{.waits = 3, .throttled = 1, .contract = replicate};
  Studio studio = api.studio("replicate");
  const auto face = encode_png(drawing(20, 20, 1));
  const JobOutcome outcome = studio.generate(studio.portrait_like(face));
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.job.provider_job_id, "p1");
  EXPECT_EQ(outcome.versions.at(0).provider_cost, 3.5);
  EXPECT_EQ(outcome.versions[0].provider_cost_unit, "seconds");
  api.shelf.expect_asked_without_key();
  const json sent = json::parse(api.server.requests().at(1).body).at("input");
  EXPECT_THAT(sent.at("input_image").get<std::string>(), StartsWith("data:image/png;base64,"));
  EXPECT_FALSE(sent.contains("seed"));
  EXPECT_EQ(studio.generate().job.state, JobState::done);
}

TEST(ReplicateJobs, say_what_was_refused_lost_and_cancelled) {
  {
    Api api{.end = "refused", .contract = replicate};
    Studio studio = api.studio("replicate");
    const Job job = studio.generate().job;
    EXPECT_EQ(job.error_code, "refused");
    EXPECT_THAT(job.message, HasSubstr("NSFW content detected"));
    EXPECT_EQ(job.billing, Billing::uncertain) << "it names the seconds that it worked for it";
  }
  for (const char* end : {"removed", "forgotten"}) {
    Api api{.end = end, .contract = replicate};
    Studio studio = api.studio("replicate");
    const Job job = studio.generate().job;
    EXPECT_EQ(job.state, JobState::failed) << end;
    EXPECT_THAT(job.message, HasSubstr("The job is lost")) << end;
    EXPECT_EQ(job.billing, Billing::uncertain) << end;
  }
  Api api{.end = "never", .contract = replicate};
  Studio studio = api.studio("replicate");
  const Job job = cancelled(studio, api, 2);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::not_billed);
  EXPECT_EQ(api.asked("POST", "/v1/predictions/p1/cancel"), 1);
}

// --- fal -----------------------------------------------------------------------------------------

namespace {

void fal(Api& api, const LoopbackRequest& request, LoopbackConnection& connection) {
  if (request.header("authorization") != "Key sesame-key")
    return connection.respond_json(401, R"({"detail": "Authentication is required"})");
  const std::string job = "/fal-ai/flux/requests/r1";
  if (request.target == "/fal-ai/flux/dev") {
    if (Api::take(api.throttled))
      return connection.respond(429, "application/json", R"({"detail": "Too many requests"})",
                                "Retry-After: 0\r\n");
    const json answer{{"request_id", "r1"},
                      {"status", "IN_QUEUE"},
                      {"queue_position", 2},
                      {"status_url", api.server.url(job + "/status")},
                      {"response_url", api.server.url(job)},
                      {"cancel_url", api.server.url(job + "/cancel")}};
    return connection.respond_json(200, answer.dump());
  }
  if (request.target == job + "/cancel")
    return request.method == "PUT"
               ? connection.respond_json(202, R"({"status": "CANCELLATION_REQUESTED"})")
               : connection.respond_json(405, "{}");
  if (request.target == job + "/status") {
    if (api.end == "forgotten") return connection.respond_json(404, R"({"detail": "not found"})");
    const bool waits = api.end == "never" || Api::take(api.waits);
    return connection.respond_json(
        waits ? 202 : 200, waits ? R"({"status": "IN_PROGRESS"})" : R"({"status": "COMPLETED"})");
  }
  if (api.end == "refused")
    return connection.respond_json(422, R"({"detail": [{"loc": ["body", "prompt"],
        "msg": "The content could not be processed.", "type": "content_policy_violation"}]})");
  const json result{{"images", json::array({{{"url", api.shelf.url()}, {"width", 12}}})},
                    {"seed", 4242424242},
                    {"has_nsfw_concepts", json::array({api.end == "black"})}};
  connection.respond_json(200, result.dump());
}

}  // namespace

TEST(FalJobs, become_versions_from_text_and_from_references) {
  Api api{.waits = 3, .throttled = 1, .contract = fal};
  Studio studio = api.studio("fal");
  const JobOutcome outcome = studio.generate(with_both_references(studio));
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.at(0).seed, 4242424242);
  api.shelf.expect_asked_without_key();
  EXPECT_EQ(api.asked("POST", "/fal-ai/flux/dev"), 2) << "one was told to wait";
  EXPECT_EQ(json::parse(api.server.requests().at(1).body).at("image_urls").size(), 2U);
  EXPECT_EQ(studio.generate().job.state, JobState::done);
}

TEST(FalJobs, say_what_was_refused_lost_and_cancelled) {
  for (const char* end : {"refused", "black"}) {
    Api api{.end = end, .contract = fal};
    Studio studio = api.studio("fal");
    const Job job = studio.generate().job;
    EXPECT_EQ(job.error_code, "refused") << end << ": " << job.message;
    EXPECT_EQ(studio.versions(), 0U) << end;
  }
  {
    Api api{.end = "forgotten", .contract = fal};
    Studio studio = api.studio("fal");
    EXPECT_THAT(studio.generate().job.message, HasSubstr("The job is lost"));
  }
  Api api{.end = "never", .contract = fal};
  Studio studio = api.studio("fal");
  const Job job = cancelled(studio, api, 2);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::not_billed);
}

// --- A studio's own ------------------------------------------------------------------------------

namespace {

// Sessions are numbered; the first is no good any more when a job is started with it.
struct KilnState {
  std::atomic<int> sessions = 0;
  std::atomic<int> assets = 0;
  bool first_session_expires = false;
};

std::function<void(Api&, const LoopbackRequest&, LoopbackConnection&)> kiln(KilnState& state) {
  return [&state](Api& api, const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/login") {
      if (json::parse(request.body).at("api_key") != "sesame-key")
        return connection.respond_json(403, R"({"why": "unknown key"})");
      const std::string sid = "session-" + std::to_string(++state.sessions);
      return connection.respond_json(200, json{{"sid", sid}}.dump());
    }
    const std::string sid = request.header("x-session");
    const bool expired = state.first_session_expires && sid == "session-1";
    if (sid.empty() || (expired && request.target == "/renders"))
      return connection.respond_json(401, R"({"why": "session expired"})");
    if (request.target == "/assets") {
      const std::string place = "/v2/assets/a" + std::to_string(++state.assets);
      return connection.respond(201, "", "", "Location: " + place + "\r\n");
    }
    if (request.target == "/renders") {
      if (Api::take(api.throttled)) return connection.respond_json(429, R"({"wait_ms": 10})");
      return connection.respond_json(202, R"({"render": {"id": "r9", "state": "waiting"}})");
    }
    if (request.target == "/renders/r9/link")
      return connection.respond(200, "application/json",
                                json{{"signed", json::array({api.shelf.url()})}}.dump(),
                                "X-Kiln-Minutes: 1.5\r\n");
    if (api.end == "forgotten") return connection.respond_json(410, R"({"why": "swept"})");
    json render{{"id", "r9"}, {"state", "firing"}, {"percent", 40}};
    if (request.method == "DELETE")
      render["state"] = "stopped";
    else if (api.end == "refused")
      render = {{"state", "rejected"}, {"reason", "no weapons on this show"}};
    else if (api.end == "done" && !Api::take(api.waits))
      render["state"] = "ready";
    connection.respond_json(200, json{{"render", render}}.dump());
  };
}

}  // namespace

TEST(StudioFarmJobs, log_in_upload_wait_and_fetch_by_a_signed_link) {
  KilnState state{.first_session_expires = true};
  Api api{.waits = 3, .throttled = 1, .contract = kiln(state)};
  Studio studio = api.studio("kiln");
  GenerationRequest request = with_both_references(studio);
  request.art_style = "noir";
  request.aspect_ratio = "4:3";
  const JobOutcome outcome = studio.generate(request);
  ASSERT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(state.sessions, 2);
  EXPECT_EQ(outcome.versions.at(0).provider_cost, 1.5);
  EXPECT_TRUE(outcome.versions[0].seed.has_value()) << "the one that was drawn";
  api.shelf.expect_asked_without_key();
  json sent;
  for (const LoopbackRequest& seen : api.server.requests())
    if (seen.target == "/renders") sent = json::parse(seen.body);
  EXPECT_EQ(sent.at("brief").at("finish"), "ink");
  EXPECT_EQ(sent.at("width"), 1536);
  EXPECT_EQ(sent.at("assets"), json::parse(R"([{"id": "a3", "as": "character"},
                                               {"id": "a4", "as": "background"}])"));
}

TEST(StudioFarmJobs, say_what_was_refused_lost_and_cancelled) {
  KilnState state;
  {
    Api api{.end = "refused", .contract = kiln(state)};
    Studio studio = api.studio("kiln");
    const Job job = studio.generate().job;
    EXPECT_EQ(job.error_code, "refused");
    EXPECT_THAT(job.message, HasSubstr("no weapons on this show"));
  }
  {
    Api api{.end = "forgotten", .contract = kiln(state)};
    Studio studio = api.studio("kiln");
    EXPECT_THAT(studio.generate().job.message, AllOf(HasSubstr("is lost"), HasSubstr("swept")));
  }
  Api api{.end = "never", .contract = kiln(state)};
  Studio studio = api.studio("kiln");
  const Job job = cancelled(studio, api, 3);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::not_billed);
}

TEST(StudioFarmJobs, go_on_in_a_new_session_after_a_restart) {
  KilnState state;
  Api api{.waits = 1'000'000, .contract = kiln(state)};
  Studio studio = api.studio("kiln");
  const JobId id = studio.start(studio.portrait()).at(0).id;
  api.server.wait_for_requests(3);
  studio.close();
  api.waits = 0;
  studio.open();
  EXPECT_EQ(studio.finish(id).job.state, JobState::done);
  EXPECT_EQ(state.sessions, 2);
  EXPECT_EQ(api.asked("POST", "/renders"), 1);
}

}  // namespace castboard
