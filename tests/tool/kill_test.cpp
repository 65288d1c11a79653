// Kills Castboard with -9 while four paid jobs are in flight: when its provider hears the n-th
// submit, poll or download, when it has sent the n-th acceptance or picture, at the n-th system
// call of a kind, and anywhere: at the n-th call of any kind. Then two processes take over
// from it and from each other, one of which is killed as well. At the end every picture that was
// billed is in the library exactly once, or its job is uncertain; nothing was sent twice. In the
// suite a few moments; CASTBOARD_KILL_MOMENTS=200 for the full run.
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "billing_provider.h"
#include "castboard_program.h"

namespace castboard::testing {
namespace {

constexpr int kJobsInFlight = 4;
constexpr int kMomentsInSuite = 9;
constexpr const char* kAnyCall = "all";

// Where a run is killed: at the provider's n-th request of a kind, or at the n-th system call of
// one of its threads.
struct Moment {
  std::optional<BillingProvider::Step> step;
  std::string system_call;
  int nth = 1;
};

std::ostream& operator<<(std::ostream& stream, const Moment& moment) {
  constexpr const char* kSteps[] = {"submit", "accept", "poll", "download", "save"};
  return stream << (moment.step ? kSteps[static_cast<int>(*moment.step)]
                                : moment.system_call.c_str())
                << ' ' << moment.nth;
}

// What the moments added up to, for the report.
struct Tally {
  int killed = 0;
  int uncertain = 0;
  int saved = 0;
};

class KilledJobs : public ::testing::Test {
 protected:
  void SetUp() override {
    sandbox_.set("ASAN_OPTIONS", "detect_leaks=0");  // it cannot look while strace does
    traces_ = sandbox_.run_program({"strace", "-o", "/dev/null", "true"}).exit_code == 0;
    sandbox_.file("config/castboard/providers/billing.json", provider_.descriptor());
    sandbox_.json_of({"projects", "add", "Demo"});
    sandbox_.json_of({"characters", "add", "Mira"});
  }

  // Every kind in turn; the n-th of each drawn anew, so that 200 moments are 200 places.
  Moment moment(int index) {
    using Step = BillingProvider::Step;
    struct Kind {
      std::optional<Step> step;
      const char* system_call;
      int highest;
    };
    static const std::vector<Kind> kinds{{Step::submit, "", kJobsInFlight},
                                         {Step::accept, "", kJobsInFlight},
                                         {Step::poll, "", 3 * kJobsInFlight},
                                         {Step::download, "", kJobsInFlight},
                                         {Step::save, "", kJobsInFlight},
                                         {{}, kAnyCall, 1200},
                                         {{}, "fsync", 4},
                                         {{}, "sendto", 8},
                                         {{}, "pwrite64", 60},
                                         {{}, "recvfrom", 12},
                                         {{}, "rename", 4},
                                         {{}, "fdatasync", 20},
                                         {{}, "write", 20},
                                         {{}, "close", 40},
                                         {{}, "connect", 4},
                                         {{}, "poll", 12},
                                         {{}, kAnyCall, 400}};
    const Kind& kind = kinds[static_cast<std::size_t>(index) % kinds.size()];
    return {kind.step, kind.system_call,
            std::uniform_int_distribution<int>(1, kind.highest)(random_)};
  }

  // True when it was killed; false when it ended before the moment came.
  bool run_and_kill(const std::vector<std::string>& arguments, const Moment& moment) {
    if (moment.step) {
      provider_.arm(*moment.step, moment.nth);
      Running running = sandbox_.start(arguments);
      provider_.victim_is(running.pid());
      const Outcome outcome = running.wait();
      provider_.disarm();
      return outcome.exit_code == 128 + SIGKILL;
    }
    if (!traces_) return false;
    std::vector<std::string> command{
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "trace=" + moment.system_call,
        "-e",
        "inject=" + moment.system_call + ":signal=KILL:when=" + std::to_string(moment.nth),
        castboard_program()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return sandbox_.run_program(command).exit_code == 128 + SIGKILL;
  }

  // Two processes at once, of which the first is killed; then one that brings all to an end.
  void take_over(const Moment& moment) {
    provider_.arm(BillingProvider::Step::poll, moment.nth);
    Running first = sandbox_.start({"jobs", "resume", "--all"});
    provider_.victim_is(first.pid());
    Running second = sandbox_.start({"jobs", "resume", "--all"});
    (void)first.wait();
    provider_.disarm();
    (void)second.wait();
    sandbox_.run({"jobs", "resume", "--all"});
  }

  // What must be true whenever it was killed.
  void expect_nothing_lost_and_nothing_twice() {
    std::map<std::string, nlohmann::json> jobs;
    const auto listed = sandbox_.json_of({"jobs", "list", "--all"});
    for (const auto& job : listed["jobs"]) {
      jobs[job["id"]] = job;
      const std::string state = job["state"];
      EXPECT_TRUE(state == "done" || state == "uncertain") << job;
      if (state == "uncertain") {
        EXPECT_FALSE(job["known_to_provider"].get<bool>())
            << "it could have been asked for: " << job;
      }
      EXPECT_EQ(job["version_ids"].size(), state == "done" ? 1U : 0U) << job;
    }
    std::map<int, int> saved;  // by the number of the bill
    const auto versions = sandbox_.json_of({"versions", "list", "Mira"});
    for (const auto& version : versions["versions"]) {
      const int number = version["seed"];
      ++saved[number];
      EXPECT_EQ(file_bytes(version["path"].get<std::string>()),
                provider_.bills().at(static_cast<std::size_t>(number) - 1).picture);
    }
    std::set<std::string> keys;
    tally_.uncertain = tally_.saved = 0;
    for (const BillingProvider::Bill& bill : provider_.bills()) {
      EXPECT_TRUE(keys.insert(bill.key).second) << "sent twice: job " << bill.key;
      ASSERT_TRUE(jobs.contains(bill.key)) << "billed and unknown: " << bill.key;
      const bool uncertain = jobs[bill.key]["state"] == "uncertain";
      EXPECT_EQ(saved[bill.number], uncertain ? 0 : 1) << jobs[bill.key];
      (uncertain ? tally_.uncertain : tally_.saved) += 1;
    }
  }

  BillingProvider provider_;
  Sandbox sandbox_;
  Tally tally_;
  std::mt19937 random_{20261122};
  bool traces_ = false;
};

TEST_F(KilledJobs, lose_no_billed_picture_and_send_nothing_twice) {
  const char* wanted = std::getenv("CASTBOARD_KILL_MOMENTS");
  const int moments = wanted != nullptr ? std::max(1, std::atoi(wanted)) : kMomentsInSuite;
  const std::vector<std::string> generate{"generate",
                                          "--character",
                                          "Mira",
                                          "--provider",
                                          "billing",
                                          "--count",
                                          std::to_string(kJobsInFlight)};
  for (int i = 0; i < moments && !HasFailure(); ++i) {
    const Moment when = moment(i);
    std::ostringstream where;
    where << "moment " << i << ": " << when;
    SCOPED_TRACE(where.str());
    tally_.killed += run_and_kill(generate, when);
    take_over(when);
    expect_nothing_lost_and_nothing_twice();
  }
  const auto verify = sandbox_.json_of({"library", "verify"});
  EXPECT_TRUE(verify["problems"].empty()) << verify;
  EXPECT_GT(tally_.killed, 0);
  const auto billed = static_cast<int>(provider_.bills().size());
  EXPECT_EQ(tally_.saved + tally_.uncertain, billed);
  std::cout << moments << " moments, " << tally_.killed << " killed there; " << billed
            << " pictures billed: " << tally_.saved << " saved once, " << tally_.uncertain
            << " uncertain, none twice\n";
}

}  // namespace
}  // namespace castboard::testing
