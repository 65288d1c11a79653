#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>

#include "providers/base64.h"
#include "support/studio.h"

// What becomes of money, and of what was received for it, when no picture comes of a call; each
// through a whole Session.
namespace castboard {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace castboard::testing;

namespace {

const std::string kAvif(
    "\0\0\0\x1c"
    "ftypavif\0\0\0\0avifmif1miafMA1B and more",
    41);

LoopbackServer::Handler answer(int status, const std::string& type, const std::string& body) {
  return [=](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(status, type, body);
  };
}

json base64_reply(const std::vector<std::string>& pictures) {
  json reply;
  for (const std::string& picture : pictures) reply["data"].push_back({{"b64", picture}});
  return reply;
}

std::string base64_of(const std::string& bytes) {
  return encode_base64(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

// The bytes of the one file in the folder that `text` names.
std::string kept_by(const std::string& text) {
  const std::string mark = "is kept in ";
  const auto at = text.find(mark);
  if (at == std::string::npos) return "nothing is named in: " + text;
  const std::string rest = text.substr(at + mark.size());
  const std::filesystem::path folder = rest.substr(0, rest.find_first_of(" \n"));
  std::string name = folder.string();
  if (name.back() == '.') name.pop_back();
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(name)) {
    if (entry.path().extension() == ".json") continue;
    const auto file = read_file(entry.path(), kMaxPictureBytes);
    bytes.append(file.begin(), file.end());
  }
  return bytes;
}

}  // namespace

TEST(PaidFailures, bytes_of_another_format_are_kept_for_the_user) {
  for (const LoopbackServer::Handler& sends :
       {answer(200, "image/avif", kAvif), answer(200, "", kAvif),
        answer(200, "application/json", base64_reply({base64_of(kAvif)}).dump())}) {
    const LoopbackServer server(sends);
    Studio studio(server);
    const Job job = studio.generate().job;
    EXPECT_EQ(job.state, JobState::failed);
    EXPECT_EQ(job.error_code, "bad_picture");
    EXPECT_EQ(job.billing, Billing::billed);
    EXPECT_THAT(job.message, HasSubstr("AVIF"));
    EXPECT_EQ(kept_by(job.hint), kAvif);
    EXPECT_EQ(studio.money().failed_credits, 5);
    EXPECT_EQ(studio.submissions(), 1);
  }
}

TEST(PaidFailures, bytes_of_another_format_behind_an_address_are_kept_too) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"url": "/1.avif"})");
    connection.respond(200, "image/avif", kAvif);
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.billing, Billing::billed);
  EXPECT_EQ(kept_by(job.hint), kAvif);
}

TEST(PaidFailures, damaged_text_is_kept_as_it_came_but_for_the_key) {
  const LoopbackServer server(
      answer(200, "application/json", base64_reply({"%%% not base64 sesame-key"}).dump()));
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.billing, Billing::billed);
  EXPECT_EQ(kept_by(job.hint), "%%% not base64 ***");
}

TEST(PaidFailures, what_came_beside_good_pictures_and_is_none_is_kept_beside_them) {
  const std::string half = picture_text(4, 64, 64).substr(0, 200);
  for (const std::string& bad : {kAvif, half}) {
    const LoopbackServer server(answer(
        200, "application/json", base64_reply({base64_of(picture_text()), base64_of(bad)}).dump()));
    Studio studio(server);
    const JobOutcome outcome = studio.generate();
    EXPECT_EQ(outcome.job.state, JobState::done);
    EXPECT_EQ(outcome.versions.size(), 1U);
    EXPECT_EQ(kept_by(outcome.job.message), bad) << outcome.job.message;
  }
}

TEST(PaidFailures, a_refusal_that_names_its_cost_is_booked_with_it) {
  const json rules = json::parse(R"({"errors": [{"status": "2xx", "class": "refused",
      "path": "finish", "equals": "SAFETY"}],
      "reply": {"cost": {"path": "usage.tokens", "unit": "tokens"}}})");
  const LoopbackServer server(
      answer(200, "application/json", R"({"finish": "SAFETY", "usage": {"tokens": 80}})"));
  Studio studio(server, rules);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.error_code, "refused");
  EXPECT_EQ(job.billing, Billing::uncertain);
  EXPECT_EQ(studio.money().provider_costs.at("tokens"), 80);

  const LoopbackServer free_of_charge(
      answer(200, "application/json", R"({"finish": "SAFETY", "usage": {"tokens": 0}})"));
  Studio other(free_of_charge, rules);
  EXPECT_EQ(other.generate().job.billing, Billing::not_billed);
}

TEST(PaidFailures, a_refusal_after_the_wait_is_booked_with_what_it_names_as_well) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    connection.respond_json(200, R"({"state": "moderated", "usage": {"tokens": 7}})");
  });
  json rules = json::parse(R"({"errors": [{"status": "2xx", "class": "refused",
      "path": "state", "equals": "moderated"}],
      "reply": {"cost": {"path": "usage.tokens", "unit": "tokens"}}})");
  rules.merge_patch(polled());
  Studio studio(server, rules);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.error_code, "refused");
  EXPECT_EQ(job.billing, Billing::uncertain);
  EXPECT_EQ(studio.money().provider_costs.at("tokens"), 7);
}

TEST(PaidFailures, a_server_that_broke_down_over_a_request_may_have_billed_it) {
  for (const int status : {500, 529, 598, 599}) {
    const LoopbackServer server(answer(status, "text/plain", "oops"));
    Studio studio(server);
    const Job job = studio.generate().job;
    EXPECT_EQ(job.state, JobState::failed) << status;
    EXPECT_EQ(job.billing, Billing::uncertain) << status;
    EXPECT_EQ(studio.money().uncertain, 5) << status;
    EXPECT_EQ(studio.submissions(), 1) << status;
  }
}

TEST(PaidFailures, a_server_that_says_by_rule_that_it_failed_bills_nothing) {
  const LoopbackServer server(answer(500, "text/plain", "out of memory"));
  Studio studio(server, json::parse(R"({"errors": [{"status": 500, "class": "provider"}]})"));
  EXPECT_EQ(studio.generate().job.billing, Billing::not_billed);
}

TEST(PaidFailures, a_gateway_s_503_is_uncertain_and_not_sent_again) {
  const LoopbackServer server(answer(503, "text/html", "<title>Application error</title>"));
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::uncertain);
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1);
}

TEST(PaidFailures, a_seed_that_was_drawn_is_on_record_before_the_network) {
  const LoopbackServer server([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    connection.respond_json(404, R"({"error": "no such job"})");
  });
  json changes = json::parse(R"({"seed": {"always": true, "max": 4294967295},
      "requests": {"text_to_image": {"json": {"seed": "{seed}"}}}})");
  changes.merge_patch(polled());
  Studio studio(server, changes);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.hint, HasSubstr("same seed"));
  ASSERT_TRUE(job.request.seed);
  EXPECT_EQ(json::parse(server.requests().at(0).body)["seed"], *job.request.seed);
  GenerationRequest again = studio.portrait();
  again.seed = job.request.seed;
  (void)studio.generate(again);
  EXPECT_EQ(json::parse(server.requests().at(3).body)["seed"], *job.request.seed);
}

TEST(PaidFailures, several_of_one_request_draw_a_seed_each) {
  const LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { send_picture(connection); });
  Studio studio(server, json::parse(R"({"seed": {"always": true, "max": 3}})"));
  GenerationRequest request = studio.portrait();
  request.count = 3;
  const std::vector<Job> jobs = studio.start(request);
  ASSERT_EQ(jobs.size(), 3U);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    EXPECT_EQ(jobs[i].request.seed, static_cast<std::int64_t>(i) + 1);
    (void)studio.finish(jobs[i].id);
  }
}

}  // namespace castboard
