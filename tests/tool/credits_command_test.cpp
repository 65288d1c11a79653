#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <thread>

#include "billing_provider.h"
#include "castboard_program.h"
#include "support/scoped_variable.h"

namespace castboard::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// "2026-01-31", in a time zone of POSIX's form.
std::string today_in(const std::string& zone) {
  const ScopedVariable variable("TZ", zone);
  ::tzset();
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  char text[11];
  std::strftime(text, sizeof text, "%Y-%m-%d", &local);
  return text;
}

// A provider that costs a credit a picture, and what the command line makes of that.
class Credits : public ::testing::Test {
 protected:
  Credits() {
    sandbox_.file("config/castboard/providers/billing.json", provider_.descriptor());
    sandbox_.json_of({"projects", "add", "Demo"});
    sandbox_.json_of({"characters", "add", "Mira"});
  }
  static std::vector<std::string> generation(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"generate", "--character", "Mira", "--provider", "billing"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  BillingProvider provider_;
  Sandbox sandbox_;
};

TEST_F(Credits, are_listed_by_project_character_provider_and_job) {
  sandbox_.json_of(generation({"--count", "2"}));
  sandbox_.json_of({"versions", "omit", "Mira/v001"});
  const auto ledger = sandbox_.json_of({"credits"});
  EXPECT_EQ(ledger["total"]["billed"], 2);
  EXPECT_EQ(ledger["total"]["omitted_credits"], 1);
  EXPECT_EQ(ledger["projects"][0]["name"], "Demo");
  EXPECT_EQ(ledger["characters"][0]["name"], "Mira");
  EXPECT_EQ(ledger["providers"][0]["billed"], 2);
  EXPECT_EQ(ledger["entries"].size(), 2U);
  for (const char* by : {"project", "character", "provider", "job"})
    EXPECT_THAT(sandbox_.run({"credits", "--by", by}).out, HasSubstr("CREDITS")) << by;
  EXPECT_TRUE(sandbox_.json_of({"credits", "--until", "2020-01-01"})["entries"].empty());
  EXPECT_EQ(sandbox_.json_of({"credits", "--provider", "billing"})["entries"].size(), 2U);
  EXPECT_EQ(sandbox_.run({"credits", "--provider", "biling"}).exit_code, 2);
  EXPECT_EQ(sandbox_.run({"credits", "--since", "yesterday"}).exit_code, 2);
  EXPECT_EQ(sandbox_.run({"credits", "--by", "moon"}).exit_code, 2);
  EXPECT_EQ(sandbox_.json_of({"projects", "show", "Demo"})["project"]["credits_used"], 2);
}

TEST_F(Credits, are_exported_as_comma_separated_values) {
  sandbox_.json_of(generation());
  const Outcome outcome = sandbox_.run({"credits", "--csv"});
  EXPECT_THAT(outcome.out, StartsWith("time,project,character,provider,"));
  EXPECT_THAT(outcome.out, HasSubstr(",Demo,Mira,billing,"));
  EXPECT_THAT(outcome.out, HasSubstr(",done,billed,1,"));
  EXPECT_EQ(sandbox_.run({"credits", "--csv", "--json"}).exit_code, 2);
}

TEST_F(Credits, are_exported_without_any_secret) {
  httplib::Server server;
  server.Post("/draw", [](const httplib::Request& request, httplib::Response& reply) {
    reply.status = 400;
    reply.set_content(R"({"error": "bad request by )" + request.get_header_value("X-Key") + "\"}",
                      "application/json");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { server.listen_after_bind(); });
  sandbox_.file("config/castboard/providers/echo.json", R"({
      "castboard_provider": 1, "name": "echo", "title": "Echo", "credits": {"picture": 1},
      "base_url": "http://127.0.0.1:)" + std::to_string(port) +
                                                            R"(",
      "auth": {"kind": "header", "header": "X-Key", "secret": "ECHO_KEY"},
      "requests": {"text_to_image": {"path": "/draw", "json": {"prompt": "{prompt}"}}},
      "reply": {"images": [{"url": "url"}]}})");
  sandbox_.set("ECHO_KEY", "sesame-opens-it");
  const Outcome failed = sandbox_.run({"generate", "--character", "Mira", "--provider", "echo"});
  EXPECT_NE(failed.exit_code, 0);
  for (const Outcome& outcome :
       {failed, sandbox_.run({"credits", "--csv"}), sandbox_.run({"credits", "--json"}),
        sandbox_.run({"jobs", "list", "--all", "--json"})}) {
    EXPECT_THAT(outcome.out + outcome.err, HasSubstr("bad request by ***"));
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("sesame-opens-it")));
  }
  server.stop();
  serving.join();
}

TEST_F(Credits, of_a_day_count_from_this_machine_s_midnight) {
  sandbox_.json_of(generation());
  const std::string time = sandbox_.json_of({"credits"})["entries"][0]["time"];
  // Where clocks are a day ahead it is tomorrow, and that began before this.
  for (const char* zone : {"AHEAD-24", "UTC0", "BEHIND24"}) {
    sandbox_.set("TZ", zone);
    const std::string day = today_in(zone);
    EXPECT_EQ(sandbox_.json_of({"credits", "--since", day})["entries"].size(), 1U) << zone;
    EXPECT_EQ(sandbox_.json_of({"credits", "--until", day})["entries"].size(), 0U) << zone;
  }
  EXPECT_EQ(sandbox_.json_of({"credits", "--since", time})["entries"].size(), 1U)
      << "a point in time is one in UTC, wherever";
}

TEST_F(Credits, submitted_again_ask_for_the_soft_limit_too) {
  provider_.arm(BillingProvider::Step::submit, 1);
  Running running = sandbox_.start(generation());
  provider_.victim_is(running.pid());
  EXPECT_EQ(running.wait().exit_code, 128 + SIGKILL);
  const std::string id = sandbox_.json_of({"jobs", "list", "--all"})["jobs"][0]["id"];
  sandbox_.json_of({"projects", "edit", "Demo", "--ask-above", "0"});
  const Outcome unasked = sandbox_.run({"jobs", "submit-again", id});
  EXPECT_EQ(unasked.exit_code, 2);
  EXPECT_THAT(unasked.err, HasSubstr("billed twice"));
  EXPECT_THAT(unasked.err, HasSubstr("asks above 0")) << "both in one question";
  EXPECT_EQ(provider_.bills().size(), 1U);
  EXPECT_EQ(sandbox_.json_of({"jobs", "submit-again", id, "--yes"})["versions"].size(), 1U);
  EXPECT_EQ(provider_.bills().size(), 2U);
}

TEST_F(Credits, over_a_limit_are_refused_with_4_and_above_a_soft_one_asked_for) {
  sandbox_.json_of({"projects", "edit", "Demo", "--ask-above", "0", "--credit-limit", "2"});
  EXPECT_EQ(sandbox_.error_of(generation(), 4)["code"], "out_of_credit");
  const auto quote = sandbox_.json_of(generation({"--dry-run"}))["quote"];
  EXPECT_THAT(quote["ask"].get<std::string>(), HasSubstr("Demo"));
  EXPECT_EQ(quote["credits"], 1);
  EXPECT_TRUE(provider_.bills().empty());
  sandbox_.json_of(generation({"--yes"}));
  EXPECT_EQ(sandbox_.run(generation({"--yes", "--count", "2"})).exit_code, 4);
  EXPECT_EQ(provider_.bills().size(), 1U);
}

TEST_F(Credits, may_have_been_spent_on_a_job_that_was_killed_and_are_spent_again_on_wish_only) {
  provider_.arm(BillingProvider::Step::submit, 1);
  Running running = sandbox_.start(generation());
  provider_.victim_is(running.pid());
  EXPECT_EQ(running.wait().exit_code, 128 + SIGKILL);
  const auto jobs = sandbox_.json_of({"jobs", "list", "--all"})["jobs"];
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0]["state"], "uncertain");
  EXPECT_EQ(jobs[0]["billing"], "uncertain");
  const std::string id = jobs[0]["id"];
  const auto ledger = sandbox_.json_of({"credits"});
  EXPECT_EQ(ledger["total"]["uncertain"], 1);
  EXPECT_EQ(ledger["total"]["billed"], 0);

  const Outcome checked = sandbox_.run({"jobs", "check", id});
  EXPECT_EQ(checked.exit_code, 5);
  EXPECT_THAT(checked.err, HasSubstr("submit-again " + id));
  EXPECT_EQ(sandbox_.run({"jobs", "resume", id}).exit_code, 2);
  EXPECT_EQ(sandbox_.run({"jobs", "submit-again", id}).exit_code, 2) << "nobody said yes";
  EXPECT_EQ(provider_.bills().size(), 1U);
  const auto again = sandbox_.json_of({"jobs", "submit-again", id, "--yes"});
  EXPECT_EQ(again["versions"].size(), 1U);
  EXPECT_EQ(again["jobs"][0]["again_of"], id);
  EXPECT_EQ(sandbox_.json_of({"jobs", "show", id})["job"]["submitted_again_as"],
            again["jobs"][0]["id"]);
  EXPECT_EQ(sandbox_.run({"jobs", "submit-again", id, "--yes"}).exit_code, 2);
}

TEST_F(Credits, of_a_job_at_its_provider_are_not_lost_with_its_castboard) {
  provider_.arm(BillingProvider::Step::poll, 1);
  Running running = sandbox_.start(generation());
  provider_.victim_is(running.pid());
  EXPECT_EQ(running.wait().exit_code, 128 + SIGKILL);
  const auto left = sandbox_.json_of({"jobs", "list"})["jobs"];
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0]["state"], "running") << "listing asks nobody";
  EXPECT_TRUE(left[0]["known_to_provider"]);
  EXPECT_THAT(sandbox_.run({"doctor"}).out, HasSubstr("left at their provider"));
  const auto resumed = sandbox_.json_of({"jobs", "resume", left[0]["id"]});
  EXPECT_EQ(resumed["versions"].size(), 1U);
  EXPECT_EQ(provider_.bills().size(), 1U);
  EXPECT_TRUE(sandbox_.json_of({"jobs", "resume", "--all"})["jobs"].empty());
}

}  // namespace
}  // namespace castboard::testing
