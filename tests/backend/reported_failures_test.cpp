// What users of other tools reported to have gone wrong between asking and having a picture, each
// through a whole Session: how the job ends, what the user is told, what it costs, what is kept.
// Of pictures and requests themselves: reported_picture_failures_test.cpp.
//
// clang-format off
//  1 time-outs while the server goes on   a_gateway_that_gives_up..., a_program_that_ends...,
//                                         the_time_a_job_may_take_...
//  2 another format than its name says    reported_picture_failures_test: a_jpeg_...
//  3 parts without a picture's type       reported_picture_failures_test: references_arrive_...
//  4 "image" against "image[]"            reported_picture_failures_test: references_arrive_...
//  5 refusals                             a_refusal_..., a_refusal_after_the_whole_wait_...
//  6 success without a picture            reported_picture_failures_test: an_answer_without_...
//  7 "wait", many times                   a_whole_batch_survives_a_storm_of_429s
//  8 dead addresses of pictures           a_picture_behind_a_dead_address_..., ..._that_is_late_...
//  9 asking in the wrong place            a_job_is_asked_for_where_..., ..._at_the_address_...
// 10 a job nobody knows any more          a_job_that_is_in_no_list_...; interrupts of others' jobs
//                                         and node errors: shipped_providers_comfyui_test
// 11 base64 and cut answers               reported_picture_failures_test: base64_..., an_answer_...
// 12 another shape than asked             reported_picture_failures_test: a_picture_of_another_...
// 13 references that are too large        reported_picture_failures_test: a_reference_that_is_...
// 14 restarts of the server               a_job_its_provider_forgot_is_lost_...
// 15 expired sessions                     an_expired_session_..., a_session_that_will_not_last_...
// 16 no money                             an_empty_account_stops_the_batch_...
// 17 unsafe addresses                    reported_picture_failures_test: a_picture_at_an_unsafe_...,
//                                        addresses_that_lead_in_a_circle_...
// 18 errors of any shape                 reported_picture_failures_test: errors_of_any_shape_...
// 19 cancels that come too late          a_cancel_...
// 20 one bad picture of many             one_refusal_..., reported_picture_failures_test: one_...
// 21 a wrong model by default            reported_picture_failures_test: the_model_...
// 22 null and unknown keys               reported_picture_failures_test: what_is_not_asked_...
// clang-format on
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "castboard/job_questions.h"
#include "support/studio.h"

namespace castboard {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using namespace castboard::testing;

namespace {

json merged(json first, const json& second) {
  first.merge_patch(second);
  return first;
}

const char* const kRefusal =
    R"({"error": {"message": "Rejected by the safety system", "code": "moderation_blocked"}})";

json refusal_rule() {
  return json::parse(R"({"errors": [{"status": "4xx", "path": "error.code",
      "equals": "moderation_blocked", "class": "refused"}]})");
}

}  // namespace

TEST(ReportedFailures, a_window_is_told_at_once_that_a_lost_job_can_be_checked_by_its_key) {
  const LoopbackServer server([](const LoopbackRequest&, LoopbackConnection& connection) {
    connection.respond(524, "text/html", "<html><title>A timeout occurred</title></html>");
  });
  Studio studio(server, json::parse(R"({"headers": {"Idempotency-Key": "{idempotency_key}"},
                                        "idempotency": {"hours": 24}})"));
  const JobId id = studio.generate().job.id;
  const Job shown = studio.shown_when_over(id);
  EXPECT_EQ(shown.state, JobState::uncertain);
  EXPECT_TRUE(can_be_checked(shown));
}

TEST(ReportedFailures, a_gateway_that_gives_up_is_not_asked_again_until_the_user_says_so) {
  std::atomic<bool> patient = false;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (patient) return send_picture(connection);
    connection.respond(524, "text/html", "<html><title>A timeout occurred</title></html>");
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::uncertain);
  EXPECT_EQ(job.error_code, "uncertain");
  EXPECT_THAT(job.message, AllOf(HasSubstr("Studio Paint"), HasSubstr("A timeout occurred")));
  EXPECT_THAT(job.hint, HasSubstr("bill it twice"));
  EXPECT_EQ(studio.money().uncertain, 5);
  patient = true;
  studio.restart();
  ASSERT_TRUE(studio.session().wait(studio.session().resume_all()));
  EXPECT_EQ(studio.submissions(), 1) << "not by itself, also not after a restart";
  EXPECT_TRUE(studio.comes_into_sight(job.id));
  const Result<Job> again = studio.session().wait(studio.session().submit_again(job.id));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(studio.finish(again->id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 2);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 5);
}

TEST(ReportedFailures, the_time_a_job_may_take_grows_with_its_cells_and_its_size) {
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    connection.respond_json(200, "{}");
  });
  const json limits = json::parse(R"({"sizes": {"1:1": "10x10", "16:9": "1600x900"},
      "limits": {"total_seconds": 0.01, "cell_seconds": 0.15, "megapixel_seconds": 1.5}})");
  Studio studio(server, merged(polled(), limits));
  GenerationRequest sheet = studio.portrait();
  sheet.template_type = "expression_sheet";
  sheet.shot = "all";
  GenerationRequest wide = studio.portrait();
  wide.aspect_ratio = "16:9";
  const JobId one = studio.start(studio.portrait()).at(0).id;
  const JobId nine = studio.start(sheet).at(0).id;
  const JobId large = studio.start(wide).at(0).id;
  EXPECT_THAT(studio.finish(one).job.message, HasSubstr("did not finish within 0 s"));
  EXPECT_THAT(studio.finish(nine).job.message, HasSubstr("did not finish within 1 s"));
  EXPECT_THAT(studio.finish(large).job.message, HasSubstr("did not finish within 2 s"));
  EXPECT_EQ(studio.submissions(), 3);
  EXPECT_EQ(studio.money().uncertain, 15) << "they may still finish there";
}

TEST(ReportedFailures, limits_of_a_provider_are_those_of_the_process_however_many_sessions_it_has) {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  int inside = 0;
  int most = 0;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    std::unique_lock lock(mutex);
    most = std::max(most, ++inside);
    if (inside > 1) open = true;  // that is wrong already; and nobody waits for ever
    changed.notify_all();
    changed.wait(lock, [&] { return open; });
    --inside;
    lock.unlock();
    send_picture(connection);
  });
  const LoopbackServer inkwell(
      [](const LoopbackRequest&, LoopbackConnection& connection) { send_picture(connection); });
  Studio studio(server, json::parse(R"({"limits": {"in_flight": 1}})"));
  json ink = small_provider();
  ink["name"] = "ink";
  ink["base_url"] = inkwell.url();
  studio.add_provider(ink);
  const JobId first = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(1);

  const auto other = studio.other_session(1);
  ASSERT_TRUE(other->wait(other->open()));
  const Project project = other->wait(other->create_project("Southwind")).value();
  const Character theo =
      other->wait(other->create_character({.project_id = project.id, .name = "Theo"})).value();
  GenerationRequest request = studio.portrait();
  request.character_id = theo.id;
  const JobId second = other->wait(other->generate(request)).value().at(0).id;
  request.provider = "ink";
  const JobId third = other->wait(other->generate(request)).value().at(0).id;
  EXPECT_EQ(other->wait(other->finish(third))->job.state, JobState::done);
  // Its only slot passed the second over for the third.
  EXPECT_EQ(other->wait(other->find_job(second))->state, JobState::queued);
  {
    const std::lock_guard lock(mutex);
    open = true;
  }
  changed.notify_all();
  EXPECT_EQ(studio.finish(first).job.state, JobState::done);
  EXPECT_EQ(other->wait(other->finish(second))->job.state, JobState::done)
      << "the place that became free is heard of";
  EXPECT_EQ(most, 1);
}

TEST(ReportedFailures, a_program_that_ends_before_the_picture_is_there_gets_it_the_next_time) {
  std::atomic<bool> ready = false;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    if (request.target == "/out/j1") return send_picture(connection);
    connection.respond_json(200, ready ? R"({"state": "ready", "url": "/out/j1"})" : "{}");
  });
  Studio studio(server, polled());
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(2);
  studio.close();
  ready = true;
  studio.open();
  const JobOutcome outcome = studio.finish(id);
  EXPECT_EQ(outcome.job.state, JobState::done) << outcome.job.message;
  EXPECT_EQ(outcome.versions.size(), 1U);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedFailures, a_key_that_expired_during_the_wait_leaves_the_picture_to_be_asked_for) {
  std::atomic<bool> key_is_good = false;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    if (request.target == "/out/j1") return send_picture(connection);
    if (!key_is_good) return connection.respond_json(401, R"({"error": "token expired"})");
    connection.respond_json(200, R"({"state": "ready", "url": "/out/j1"})");
  });
  Studio studio(server, polled());
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::uncertain);
  EXPECT_EQ(job.provider_job_id, "j1");
  EXPECT_THAT(job.message, HasSubstr("token expired"));
  EXPECT_THAT(job.hint, HasSubstr("Check it again"));
  EXPECT_EQ(studio.money().uncertain, 5);
  key_is_good = true;
  ASSERT_TRUE(studio.session().wait(studio.session().check(job.id)));
  EXPECT_EQ(studio.finish(job.id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 0);
}

TEST(ReportedFailures, a_refusal_is_told_as_one_costs_nothing_and_is_not_tried_again) {
  std::atomic<int> asked = 0;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (++asked == 1) return connection.respond_json(400, kRefusal);
    send_picture(connection);
  });
  Studio studio(server, refusal_rule());
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "refused");
  EXPECT_THAT(job.message, HasSubstr("refused this content: Rejected by the safety system"));
  EXPECT_THAT(job.hint, HasSubstr("Change the description"));
  EXPECT_EQ(job.billing, Billing::not_billed);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.generate().job.state, JobState::done) << "a wrong alarm may pass";
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedFailures, a_refusal_after_the_whole_wait_is_told_as_one_too) {
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    connection.respond_json(200, R"({"state": "moderated", "detail": ["nudity", "weapons"]})");
  });
  Studio studio(server, merged(polled(), json::parse(R"({"errors": [{"status": 200,
      "path": "state", "equals": "moderated", "class": "refused"}]})")));
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.error_code, "refused");
  EXPECT_THAT(job.message, HasSubstr("nudity; weapons"));
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().failed, 1);
  EXPECT_EQ(studio.money().billed, 0);
}

TEST(ReportedFailures, a_whole_batch_survives_a_storm_of_429s) {
  std::atomic<int> asked = 0;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (++asked > 6) return send_picture(connection);
    connection.respond(429, "application/json", R"({"error": {"message": "Limit: 5 a minute"}})",
                       "Retry-After: 0\r\n");
  });
  Studio studio(server, json::parse(R"({"retry": {"attempts": 10}})"));
  GenerationRequest request = studio.portrait();
  request.count = 4;
  for (const Job& job : studio.start(request))
    EXPECT_EQ(studio.finish(job.id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 10);
  EXPECT_EQ(studio.versions(), 4U);
  EXPECT_EQ(studio.money().billed, 20);
}

TEST(ReportedFailures, a_picture_behind_a_dead_address_is_said_to_be_lost_and_perhaps_billed) {
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"url": "/out/1.png"})");
    connection.respond(404, "text/plain", "expired");
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, HasSubstr("made the picture, but it could not be downloaded: expired"));
  EXPECT_THAT(job.hint, AllOf(HasSubstr("again with the same seed"), HasSubstr("billed")));
  EXPECT_EQ(job.billing, Billing::uncertain);
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1) << "generating and downloading fail separately";
}

TEST(ReportedFailures, a_paid_picture_that_arrived_spoilt_is_fetched_again_when_it_is_checked) {
  std::atomic<bool> spoilt = true;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"url": "/out/1.png"})");
    if (spoilt) return connection.respond(200, "image/png", "<html>busy</html>");
    send_picture(connection);
  });
  Studio studio(server);
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.billing, Billing::billed);
  EXPECT_TRUE(can_be_checked(job));
  ASSERT_TRUE(studio.session().wait(studio.session().check(job.id)));
  EXPECT_EQ(studio.finish(job.id).job.state, JobState::failed);
  EXPECT_EQ(studio.money().billed, 5) << "to look once more does not make it unpaid";
  spoilt = false;
  ASSERT_TRUE(studio.session().wait(studio.session().check(job.id)));
  EXPECT_EQ(studio.finish(job.id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.versions(), 1U);
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedFailures, a_picture_that_is_late_at_its_address_is_fetched_again) {
  std::atomic<int> fetched = 0;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"url": "/out/1.png"})");
    if (++fetched == 1) return connection.respond(503, "text/plain", "not yet");
    send_picture(connection);
  });
  Studio studio(server);
  EXPECT_EQ(studio.generate().job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedFailures, a_job_is_asked_for_where_its_answer_said) {
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw")
      return connection.respond_json(200, R"({"id": "j1", "polling": "/eu2/result?id=j1"})");
    if (request.target == "/eu2/result?id=j1")
      return connection.respond_json(200, R"({"state": "ready", "url": "/out/1.png"})");
    if (request.target == "/out/1.png") return send_picture(connection);
    connection.respond_json(404, R"({"error": "Task not found"})");
  });
  const json rule = json::parse(R"({"poll": {"capture": {"polling": "polling"},
      "request": {"path": null, "url": "{got.polling}"}}})");
  Studio studio(server, merged(polled(), rule));
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::done) << job.message;
  EXPECT_EQ(server.requests().at(1).header("x-key"), "sesame-key");
  EXPECT_EQ(studio.submissions("/jobs/j1"), 0);
  EXPECT_EQ(studio.money().billed, 5);
}

TEST(ReportedFailures, a_job_is_asked_for_at_the_address_its_answer_gave_also_of_another_host) {
  const LoopbackServer region([](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/out/1.png") return send_picture(connection);
    connection.respond_json(
        200, json{{"state", "ready"}, {"url", "http://" + request.header("host") + "/out/1.png"}}
                 .dump());
  });
  std::atomic<bool> elsewhere = false;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") {
      const std::string address = elsewhere ? region.url("localhost", "/eu2/j1")
                                            : "http://" + request.header("host") + "/eu1/j1";
      return connection.respond_json(200, json{{"id", "j1"}, {"polling", address}}.dump());
    }
    if (request.target == "/eu1/j1")
      return connection.respond_json(200, R"({"state": "ready", "url": "/out/0.png"})");
    if (request.target == "/out/0.png") return send_picture(connection);
    connection.respond_json(404, R"({"error": "Task not found"})");
  });
  const json rule = json::parse(R"({"poll": {"capture": {"polling": "polling"},
      "request": {"path": null, "url": "{got.polling}"}},
      "download": {"private_hosts": ["localhost"]}})");
  Studio studio(server, merged(polled(), rule));
  const Job here = studio.generate().job;
  EXPECT_EQ(here.state, JobState::done) << here.message;
  EXPECT_EQ(studio.submissions("/eu1/j1"), 1);
  EXPECT_TRUE(region.requests().empty());
  elsewhere = true;
  const Job there = studio.generate().job;
  EXPECT_EQ(there.state, JobState::done) << there.message;
  ASSERT_EQ(region.requests().size(), 2U);
  EXPECT_EQ(region.requests()[0].target, "/eu2/j1");
  for (const LoopbackRequest& request : region.requests())
    EXPECT_EQ(request.header("x-key"), "") << "the descriptor does not name that host";
  EXPECT_EQ(studio.submissions("/jobs/j1"), 0);
  EXPECT_EQ(studio.submissions(), 2);
  EXPECT_EQ(studio.versions(), 2U);
  EXPECT_EQ(studio.money().billed, 10);
}

TEST(ReportedFailures, a_job_that_is_in_no_list_of_its_provider_is_lost_and_can_be_made_again) {
  std::atomic<bool> crashed = true;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    if (request.target == "/queue") return connection.respond_json(200, R"({"running": []})");
    if (request.target == "/out/1.png") return send_picture(connection);
    connection.respond_json(200, crashed ? "{}" : R"({"state": "ready", "url": "/out/1.png"})");
  });
  const json rule = json::parse(R"({"free": true, "poll": {"alive": {
      "request": {"path": "/queue"}, "found": {"path": "running[*]", "equals": "{job_id}"}}}})");
  Studio studio(server, merged(polled(), rule));
  GenerationRequest request = studio.portrait();
  request.seed = 7;
  const Job job = studio.generate(request).job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, AllOf(HasSubstr("The job is lost"), HasSubstr("neither waiting nor")));
  EXPECT_THAT(job.hint, HasSubstr("again with the same seed"));
  EXPECT_EQ(job.billing, Billing::free);
  EXPECT_EQ(job.request.seed, 7);
  crashed = false;
  EXPECT_EQ(studio.generate(job.request).job.state, JobState::done);
}

TEST(ReportedFailures, a_job_its_provider_forgot_is_lost_and_perhaps_billed) {
  std::atomic<bool> forgotten = true;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    if (request.target == "/out/j1") return send_picture(connection);
    if (!forgotten) return connection.respond_json(200, R"({"state": "ready", "url": "/out/j1"})");
    connection.respond_json(410, R"({"error": "job expired"})");
  });
  Studio studio(server, polled());
  GenerationRequest request = studio.portrait();
  request.seed = 7;
  const Job job = studio.generate(request).job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.provider_job_id, "j1");
  EXPECT_THAT(job.message, AllOf(HasSubstr("The job is lost"), HasSubstr("job expired")));
  EXPECT_THAT(job.hint, HasSubstr("may have been billed"));
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1);
  // Nothing of it is lost here: a later start knows what was asked and by which id, and when the
  // provider finds it after all, so does Castboard.
  studio.restart();
  const Job kept = studio.session().wait(studio.session().find_job(job.id)).value();
  EXPECT_EQ(kept.provider_job_id, "j1");
  EXPECT_EQ(kept.request.seed, 7);
  ASSERT_TRUE(studio.session().wait(studio.session().check(job.id)));
  EXPECT_EQ(studio.finish(job.id).job.state, JobState::failed) << "still forgotten";
  EXPECT_EQ(studio.money().uncertain, 5) << "to ask is free";
  forgotten = false;
  ASSERT_TRUE(studio.session().wait(studio.session().check(job.id)));
  EXPECT_EQ(studio.finish(job.id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 0);
}

namespace {

json with_session() {
  return json::parse(R"({
      "session": [{"path": "/session", "capture": {"id": "session_id"}}],
      "requests": {"text_to_image": {"json": {"session": "{session.id}"}}},
      "errors": [{"status": "2xx", "path": "error_id", "equals": "invalid_session_id",
                  "class": "session_expired"}]})");
}

// Sessions are numbered from 1; pictures are made in those from `first_good`.
LoopbackServer::Handler session_server(std::atomic<int>& sessions, int first_good) {
  return [&sessions, first_good](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/session")
      return connection.respond_json(
          200, json{{"session_id", "session-" + std::to_string(++sessions)}}.dump());
    const auto id = json::parse(request.body).at("session").get<std::string>();
    if (std::stoi(id.substr(8)) >= first_good) return send_picture(connection);
    connection.respond_json(200, R"({"error_id": "invalid_session_id", "error": "who are you"})");
  };
}

}  // namespace

TEST(ReportedFailures, an_expired_session_is_opened_again_without_the_user_noticing) {
  std::atomic<int> sessions = 0;
  const LoopbackServer server(session_server(sessions, 2));
  Studio studio(server, with_session());
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::done) << job.message;
  EXPECT_EQ(sessions, 2);
  EXPECT_EQ(studio.money().billed, 5) << "once, though it was asked for twice";
}

TEST(ReportedFailures, a_session_that_will_not_last_ends_the_job_unbilled) {
  std::atomic<int> sessions = 0;
  const LoopbackServer server(session_server(sessions, 99));
  Studio studio(server, with_session());
  const Job job = studio.generate().job;
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_THAT(job.message, AllOf(HasSubstr("ended the session again"), HasSubstr("who are you")));
  EXPECT_EQ(job.billing, Billing::not_billed);
  EXPECT_EQ(sessions, 2);
  EXPECT_EQ(studio.submissions(), 2);
}

TEST(ReportedFailures, an_empty_account_stops_the_batch_and_the_batch_waits_for_money) {
  std::atomic<bool> paid = false;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (paid) return send_picture(connection);
    connection.respond_json(402, R"({"detail": "Insufficient credits"})");
  });
  Studio studio(server, {}, 1);
  GenerationRequest request = studio.portrait();
  request.count = 4;
  const std::vector<Job> jobs = studio.start(request);
  for (const Job& job : jobs) {
    const Job waiting = studio.finish(job.id).job;
    EXPECT_EQ(waiting.state, JobState::queued);
    EXPECT_EQ(waiting.error_code, "out_of_credit");
    EXPECT_THAT(waiting.message, HasSubstr("no credit left: Insufficient credits"));
    EXPECT_THAT(waiting.hint, AllOf(HasSubstr("Add credit"), HasSubstr("take up its queue")));
  }
  EXPECT_EQ(studio.submissions(), 1) << "the others were not even tried";
  EXPECT_EQ(studio.money().billed, 0);
  paid = true;
  ASSERT_TRUE(studio.session().wait(studio.session().start_provider("paint")));
  for (const Job& job : jobs) EXPECT_EQ(studio.finish(job.id).job.state, JobState::done);
  EXPECT_EQ(studio.versions(), 4U);
  EXPECT_EQ(studio.money().billed, 20);
}

namespace {

// A job that never ends, and a cancel that is answered with `status`.
LoopbackServer::Handler endless_job(int status) {
  return [status](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/draw") return connection.respond_json(200, R"({"id": "j1"})");
    if (request.target == "/jobs/j1/cancel")
      return connection.respond_json(status, R"({"status": "generating"})");
    connection.respond_json(200, R"({"state": "generating"})");
  };
}

json with_cancel() {
  return merged(polled(), json::parse(R"({"cancel": {"path": "/jobs/{job_id}/cancel"}})"));
}

}  // namespace

TEST(ReportedFailures, a_cancel_the_provider_confirms_costs_nothing) {
  const LoopbackServer server(endless_job(200));
  Studio studio(server, with_cancel());
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(2);
  ASSERT_TRUE(studio.session().wait(studio.session().cancel(id)));
  const Job job = studio.finish(id).job;
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::not_billed);
  EXPECT_EQ(studio.money().uncertain, 0);
}

TEST(ReportedFailures, a_cancel_that_comes_too_late_is_told_to_cost_perhaps) {
  const LoopbackServer server(endless_job(409));
  Studio studio(server, with_cancel());
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(2);
  ASSERT_TRUE(studio.session().wait(studio.session().cancel(id)));
  const Job job = studio.finish(id).job;
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.provider_job_id, "j1");
  EXPECT_THAT(job.hint, HasSubstr("may still bill"));
  EXPECT_EQ(studio.money().uncertain, 5);
}

TEST(ReportedFailures, a_picture_that_was_finished_while_it_was_cancelled_can_still_be_fetched) {
  std::atomic<bool> finished = false;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/jobs/j1" && finished)
      return connection.respond_json(200, R"({"state": "ready", "url": "/out/j1"})");
    if (request.target == "/out/j1") return send_picture(connection);
    endless_job(409)(request, connection);
  });
  Studio studio(server, with_cancel());
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(2);
  ASSERT_TRUE(studio.session().wait(studio.session().cancel(id)));
  ASSERT_EQ(studio.finish(id).job.state, JobState::cancelled);
  finished = true;
  ASSERT_TRUE(studio.session().wait(studio.session().check(id)));
  EXPECT_EQ(studio.finish(id).job.state, JobState::done);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 0);
}

TEST(ReportedFailures, a_cancel_of_a_provider_that_knows_none_is_told_to_cost_perhaps) {
  const LoopbackServer server(
      [](const LoopbackRequest&, LoopbackConnection& connection) { connection.stay_silent(); });
  Studio studio(server);
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(1);
  ASSERT_TRUE(studio.session().wait(studio.session().cancel(id)));
  const Job job = studio.finish(id).job;
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_THAT(job.hint, HasSubstr("may still bill"));
  EXPECT_EQ(studio.money().uncertain, 5);
  EXPECT_EQ(studio.submissions(), 1);
}

TEST(ReportedFailures,
     a_cancel_while_the_picture_is_fetched_asks_nobody_to_stop_and_can_be_undone) {
  std::atomic<bool> slow = true;
  const LoopbackServer server([&](const LoopbackRequest& request, LoopbackConnection& connection) {
    if (request.target == "/jobs/j1")
      return connection.respond_json(200, R"({"state": "ready", "url": "/out/j1"})");
    if (request.target == "/out/j1")
      return slow ? connection.stay_silent() : send_picture(connection);
    endless_job(200)(request, connection);
  });
  Studio studio(server, with_cancel());
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(3);
  ASSERT_TRUE(studio.session().wait(studio.session().cancel(id)));
  const Job job = studio.finish(id).job;
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::uncertain) << "it was made: no cancel makes that undone";
  EXPECT_THAT(job.hint, HasSubstr("check the job to fetch it"));
  EXPECT_EQ(studio.submissions("/jobs/j1/cancel"), 0);
  EXPECT_EQ(studio.money().uncertain, 5);
  slow = false;
  ASSERT_TRUE(studio.session().wait(studio.session().check(id)));
  EXPECT_EQ(studio.finish(id).job.state, JobState::done);
  EXPECT_EQ(studio.submissions(), 1);
  EXPECT_EQ(studio.money().billed, 5);
  EXPECT_EQ(studio.money().uncertain, 0);
}

namespace {

// Draws for ever, gives no id, and answers what is to stop it with `status`.
LoopbackServer::Handler endless_drawing(std::string stop, int status) {
  return [stop = std::move(stop), status](const LoopbackRequest& request,
                                          LoopbackConnection& connection) {
    if (request.target == stop) return connection.respond_json(status, "{}");
    connection.stay_silent();
  };
}

Job cancelled_while_drawing(Studio& studio, const LoopbackServer& server) {
  const JobId id = studio.start(studio.portrait()).at(0).id;
  server.wait_for_requests(1);
  EXPECT_TRUE(studio.session().wait(studio.session().cancel(id)));
  return studio.finish(id).job;
}

}  // namespace

TEST(ReportedFailures, a_cancel_reaches_a_provider_that_gives_no_ids) {
  const LoopbackServer server(endless_drawing("/sdapi/v1/interrupt", 200));
  json a1111 = shipped_file("a1111");
  a1111["progress"]["interval_seconds"] = 60;  // only the drawing is asked for
  Studio studio(server, {}, 4, a1111);
  const Job job = cancelled_while_drawing(studio, server);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::free);
  EXPECT_EQ(studio.submissions("/sdapi/v1/interrupt"), 1);
}

TEST(ReportedFailures, a_cancel_without_an_id_costs_nothing_only_when_it_is_confirmed) {
  const json stop = json::parse(R"({"cancel": {"path": "/stop"}})");
  for (const int status : {200, 409}) {
    const LoopbackServer server(endless_drawing("/stop", status));
    Studio studio(server, stop);
    const Job job = cancelled_while_drawing(studio, server);
    EXPECT_EQ(job.state, JobState::cancelled);
    EXPECT_EQ(job.billing, status == 200 ? Billing::not_billed : Billing::uncertain);
    EXPECT_EQ(studio.submissions("/stop"), 1);
    EXPECT_EQ(studio.money().uncertain, status == 200 ? 0 : 5);
  }
}

TEST(ReportedFailures, a_cancel_that_needs_an_id_is_not_sent_without_one) {
  const LoopbackServer server(endless_drawing("/stop", 200));
  Studio studio(server,
                json::parse(R"({"cancel": {"path": "/stop", "json": {"id": "{job_id}"}}})"));
  const Job job = cancelled_while_drawing(studio, server);
  EXPECT_EQ(job.state, JobState::cancelled);
  EXPECT_EQ(job.billing, Billing::uncertain);
  EXPECT_EQ(studio.submissions("/stop"), 0) << "it would stop somebody else's";
  EXPECT_EQ(studio.money().uncertain, 5);
}

TEST(ReportedFailures, one_refusal_takes_nothing_else_of_a_batch_with_it) {
  std::atomic<int> asked = 0;
  const LoopbackServer server([&](const LoopbackRequest&, LoopbackConnection& connection) {
    if (++asked == 2) return connection.respond_json(400, kRefusal);
    send_picture(connection);
  });
  Studio studio(server, refusal_rule());
  GenerationRequest request = studio.portrait();
  request.count = 4;
  int done = 0;
  for (const Job& job : studio.start(request))
    done += studio.finish(job.id).job.state == JobState::done;
  EXPECT_EQ(done, 3);
  EXPECT_EQ(studio.versions(), 3U);
  EXPECT_EQ(studio.money().billed, 15);
  EXPECT_EQ(studio.money().failed, 1);
}

}  // namespace castboard
