// Kills a generation at the k-th system call of a kind, starts again, and looks at the library.
// In the suite every few calls; CASTBOARD_CRASH_STEP=1 kills at every one.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard_program.h"

namespace castboard::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;

struct Crash {
  const char* system_call;
  int step;  // in the suite: kill at every step-th
};

void PrintTo(const Crash& crash, std::ostream* stream) {
  *stream << crash.system_call;
}

std::vector<std::string> generate_command() {
  return {castboard_program(),
          "generate",
          "--project",
          "Demo",
          "--character",
          "Mira",
          "--template",
          "portrait",
          "--shot",
          "headshot",
          "--style",
          "anime",
          "--size",
          "1:1",
          "--seed",
          "3"};
}

class Killed : public ::testing::TestWithParam<Crash> {
 protected:
  void SetUp() override {
    sandbox_.set("ASAN_OPTIONS", "detect_leaks=0");  // it cannot look while strace does
    if (sandbox_.run_program({"strace", "-o", "/dev/null", "true"}).exit_code != 0)
      GTEST_SKIP() << "strace cannot trace here";
    ASSERT_EQ(sandbox_
                  .run({"generate", "--create", "--project", "Demo", "--character", "Mira",
                        "--template", "expression_sheet", "--style", "anime", "--size", "1:1"})
                  .exit_code,
              0);
    std::filesystem::copy(sandbox_.library(), prepared_, std::filesystem::copy_options::recursive);
  }

  void start_from_prepared() const {
    std::filesystem::remove_all(sandbox_.library());
    std::filesystem::copy(prepared_, sandbox_.library(), std::filesystem::copy_options::recursive);
  }

  // True when the run was killed; false when it ended before the k-th call.
  [[nodiscard]] bool kill_at(const std::string& system_call, int k) const {
    std::vector<std::string> command{
        "strace",
        "-f",
        "-qq",
        "-o",
        (sandbox_.home() / "trace").string(),
        "-e",
        "trace=" + system_call,
        "-e",
        "inject=" + system_call + ":signal=KILL:when=" + std::to_string(k)};
    const std::vector<std::string> generate = generate_command();
    command.insert(command.end(), generate.begin(), generate.end());
    const Outcome outcome = sandbox_.run_program(command);
    EXPECT_THAT(outcome.exit_code, AnyOf(Eq(0), Eq(137))) << outcome;
    return outcome.exit_code == 137;
  }

  // What must be true whenever it was killed.
  void expect_sound() const {
    const Outcome verify = sandbox_.run({"library", "verify", "--json"});
    EXPECT_EQ(verify.exit_code, 0) << verify;
    std::set<std::string> saved;  // jobs that have their version
    const nlohmann::json versions = sandbox_.json_of({"versions", "list", "Mira"});
    for (const nlohmann::json& version : versions["versions"])
      saved.insert(version.value("job_id", ""));
    EXPECT_THAT(saved.size(), AnyOf(1U, 2U));
    const nlohmann::json jobs = sandbox_.json_of({"jobs", "list", "--all"});
    for (const nlohmann::json& job : jobs["jobs"]) {
      const std::string state = job["state"];
      EXPECT_THAT(state, AnyOf("done", "failed", "queued")) << job;
      EXPECT_EQ(state == "done", saved.contains(job["id"])) << job;
    }
  }

  Sandbox sandbox_;
  std::filesystem::path prepared_ = sandbox_.home() / "prepared";
};

TEST_P(Killed, leaves_a_library_in_which_every_picture_is_whole_and_every_job_settled) {
  const char* wanted = std::getenv("CASTBOARD_CRASH_STEP");
  const int step = wanted != nullptr ? std::max(1, std::atoi(wanted)) : GetParam().step;
  int kills = 0;
  for (int k = 1;; k += step) {
    SCOPED_TRACE(std::string(GetParam().system_call) + " " + std::to_string(k));
    start_from_prepared();
    const bool killed = kill_at(GetParam().system_call, k);
    expect_sound();
    if (!killed) break;
    ++kills;
    if (HasFailure()) break;
  }
  EXPECT_GT(kills, 0) << "the run never came to a " << GetParam().system_call;
  RecordProperty("kills", kills);
}

// strace counts calls a thread, so each k stands for the first thread that gets there.
INSTANTIATE_TEST_SUITE_P(Calls, Killed,
                         ::testing::Values(Crash{"fsync", 3}, Crash{"rename", 2},
                                           Crash{"pwrite64", 12}, Crash{"write", 25},
                                           Crash{"fdatasync", 6}),
                         [](const auto& tested) { return std::string(tested.param.system_call); });

}  // namespace
}  // namespace castboard::testing
