#include <signal.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"
#include "studio_generator.h"

namespace castboard::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

std::vector<std::string> generation(const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"generate",    "--create", "--project", "Demo",
                                     "--character", "Mira",     "--style",   "pixel_art"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// The only job's row, as another process sees it.
nlohmann::json the_job(const Sandbox& sandbox) {
  const auto jobs = sandbox.json_of({"jobs", "list", "--all"})["jobs"];
  return jobs.empty() ? nlohmann::json::object() : jobs[0];
}

// Asks until the job is on its way; each time is a process of its own.
std::string wait_until_under_way(const Sandbox& sandbox) {
  while (true) {
    const auto job = the_job(sandbox);
    const std::string state = job.value("state", "");
    if (state == "submitting" || state == "running") return job["id"];
    if (::testing::Test::HasFailure()) return {};
  }
}

TEST(JobsCommand, lists_shows_and_finds_by_the_beginning_of_an_id) {
  const Sandbox sandbox;
  sandbox.json_of(generation({"--name", "First"}));
  EXPECT_TRUE(sandbox.json_of({"jobs", "list"})["jobs"].empty()) << "none under way";
  const auto job = the_job(sandbox);
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["request"]["version_name"], "First");
  EXPECT_EQ(job["version_ids"].size(), 1U);
  const std::string id = job["id"];
  EXPECT_EQ(sandbox.json_of({"jobs", "show", id.substr(0, 8)})["job"]["id"], id);
  EXPECT_EQ(sandbox.json_of({"jobs", "check", id})["job"]["state"], "done");
  EXPECT_THAT(sandbox.run({"jobs", "list", "--all"}).out, HasSubstr(id));
}

TEST(JobsCommand, refuses_what_a_job_that_is_over_cannot_do) {
  const Sandbox sandbox;
  sandbox.json_of(generation());
  const std::string id = the_job(sandbox)["id"];
  EXPECT_EQ(sandbox.error_of({"jobs", "cancel", id}, 2)["code"], "invalid_input");
  EXPECT_EQ(sandbox.error_of({"jobs", "resume", id}, 2)["code"], "invalid_input");
  EXPECT_EQ(sandbox.error_of({"jobs", "show", "ffffffff-nothing"}, 2)["code"], "not_found");
}

TEST(JobsCommand, ctrl_c_prints_the_job_and_stops_with_130) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  Running running = sandbox.start(generation({"--describe", "[sketch:hang]", "--json"}));
  const std::string id = wait_until_under_way(sandbox);
  running.signal(SIGINT);
  const Outcome outcome = running.wait();
  EXPECT_EQ(outcome.exit_code, 130) << outcome;
  EXPECT_THAT(outcome.err, HasSubstr(id));
  EXPECT_EQ(outcome.json()["error"]["code"], "cancelled");
  EXPECT_EQ(outcome.json()["error"]["job_ids"][0], id);
  const auto job = sandbox.json_of({"jobs", "show", id})["job"];
  EXPECT_THAT(job["state"].get<std::string>(), AnyOf("cancelled", "failed"))
      << "the built-in provider costs nothing, so nothing is uncertain";
  EXPECT_TRUE(sandbox.json_of({"versions", "list", "Mira"})["versions"].empty());
  EXPECT_EQ(sandbox.json_of({"library", "verify"})["problems"].size(), 0U);
}

TEST(JobsCommand, ctrl_c_makes_a_paid_request_that_was_sent_uncertain) {
  StudioGenerator studio;
  studio.stay_silent();
  Sandbox sandbox;
  sandbox.set("CASTBOARD_PROVIDER_URL", studio.url());
  Running running = sandbox.start(generation({"--provider", "castboard"}));
  studio.wait_for_requests(1);
  running.signal(SIGINT);
  const Outcome outcome = running.wait();
  EXPECT_EQ(outcome.exit_code, 130) << outcome;
  const auto job = the_job(sandbox);
  EXPECT_THAT(outcome.err, HasSubstr(job["id"].get<std::string>()));
  EXPECT_EQ(job["state"], "uncertain");
  const Outcome checked = sandbox.run({"jobs", "check", job["id"]});
  EXPECT_EQ(checked.exit_code, 5) << checked;
}

TEST(JobsCommand, a_job_left_queued_by_a_killed_process_is_resumed_on_wish_only) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  // Four slots: the fifth of five waits.
  Running running =
      sandbox.start(generation({"--describe", "[sketch:hang]", "--count", "5", "--seed", "1"}));
  wait_until_under_way(sandbox);
  std::string queued;
  const auto document = sandbox.json_of({"jobs", "list"});
  for (const auto& job : document["jobs"]) {
    if (job["state"] == "queued") queued = job["id"];
  }
  ASSERT_FALSE(queued.empty());
  EXPECT_EQ(sandbox.run({"jobs", "resume", queued}).exit_code, 2) << "its process is alive";
  running.signal(SIGKILL);
  EXPECT_EQ(running.wait().exit_code, 128 + SIGKILL);
  EXPECT_EQ(sandbox.json_of({"jobs", "show", queued})["job"]["state"], "queued");
  EXPECT_EQ(sandbox.json_of({"jobs", "cancel", queued})["job"]["state"], "cancelled");
}

TEST(JobsCommand, queued_jobs_are_moved_and_cancelled_together_and_living_ones_are_left_alone) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  Running running =
      sandbox.start(generation({"--describe", "[sketch:hang]", "--count", "7", "--seed", "1"}));
  wait_until_under_way(sandbox);
  const auto queued = [&] {
    std::vector<std::string> ids;
    const auto document = sandbox.json_of({"jobs", "list"});
    for (const auto& job : document["jobs"]) {
      if (job["state"] == "queued") ids.push_back(job["id"]);
    }
    return ids;
  };
  while (queued().size() > 3 && !HasFailure()) {  // four are on their way
  }
  const auto before = queued();
  ASSERT_EQ(before.size(), 3U);
  EXPECT_EQ(sandbox.json_of({"jobs", "move", before[2], "first"})["job"]["queue_position"], 1);
  EXPECT_EQ(queued(), (std::vector<std::string>{before[2], before[0], before[1]}));
  EXPECT_EQ(sandbox.run({"jobs", "move", before[2], "sideways"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"jobs", "cancel", "--queued"}).exit_code, 1) << "its process is alive";
  EXPECT_EQ(queued().size(), 3U);
  running.signal(SIGKILL);
  (void)running.wait();
  EXPECT_EQ(sandbox.json_of({"jobs", "cancel", "--queued"})["jobs"].size(), 3U);
  EXPECT_TRUE(queued().empty());
  EXPECT_EQ(sandbox.run({"jobs", "cancel"}).exit_code, 2);
  EXPECT_EQ(sandbox.run({"jobs", "resume", before[0], "--all"}).exit_code, 2);
}

TEST(JobsCommand, a_second_ctrl_c_ends_at_once) {
  const Sandbox sandbox;
  sandbox.json_of({"projects", "add", "Demo"});
  Running running = sandbox.start(generation({"--describe", "[sketch:hang]"}));
  wait_until_under_way(sandbox);
  running.signal(SIGINT);
  running.signal(SIGINT);
  EXPECT_EQ(running.wait().exit_code, 130);
  EXPECT_EQ(sandbox.run({"library", "verify"}).exit_code, 0);
}

}  // namespace
}  // namespace castboard::testing
