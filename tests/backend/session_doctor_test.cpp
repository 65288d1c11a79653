#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "castboard/session.h"
#include "castboard/sketch.h"
#include "library/store.h"
#include "os/processes.h"
#include "support/temporary_directory.h"

namespace castboard {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

// A library with jobs as a process left them that is gone.
class Doctor : public ::testing::Test {
 protected:
  Doctor() {
    store_ = open_sqlite_store({.directory = library()});
    store_->writer().ensure_user(named_uuid("tester"), "tester");
    job_.project_id = store_->writer().add_project("Demo").id;
    job_.character_id = store_->writer().add_character({job_.project_id, "Mira", {}, {}}).id;
    job_.user_id = named_uuid("tester");
    const std::string living = this_process();
    job_.owner = living.substr(0, living.find('/')) + "/2147483646/1";
    job_.request.provider = "openai";
  }

  [[nodiscard]] std::string library() const { return (directory_.path() / "library").string(); }

  void add(JobState state, const std::string& provider_job_id = {},
           const std::string& message = {}) {
    Job job = job_;
    job.id = random_uuid();
    job.state = state;
    job.provider_job_id = provider_job_id;
    job.message = message;
    store_->writer().add_job(job);
  }

  std::vector<DoctorFinding> examined() {
    store_.reset();
    SessionOptions options;
    options.library = library();
    options.assets = CASTBOARD_ASSETS;
    options.user = "tester";
    options.keep_replies = true;
    options.run_jobs = false;
    options.local_providers = {sketch_provider()};
    Session session(options);
    return session.wait(session.doctor()).value();
  }

  static auto finding(bool ok, const char* subject, const char* message) {
    return AllOf(Field(&DoctorFinding::ok, ok), Field(&DoctorFinding::subject, subject),
                 Field(&DoctorFinding::message, HasSubstr(message)));
  }

  testing::TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
  Job job_;
};

TEST_F(Doctor, finds_nothing_wrong_with_a_new_library) {
  const auto findings = examined();
  EXPECT_THAT(findings, Contains(finding(true, "database", "sound")));
  EXPECT_THAT(findings, Contains(finding(true, "push", "off")));
  EXPECT_THAT(findings, Contains(finding(true, "provider sketch", "ready")));
  EXPECT_THAT(findings, Not(Contains(Field(&DoctorFinding::subject, "jobs"))));
}

TEST_F(Doctor, names_jobs_that_need_the_user_with_the_command_for_each) {
  add(JobState::uncertain);
  add(JobState::queued);
  add(JobState::running, "remote-1");
  const auto findings = examined();
  EXPECT_THAT(findings, Contains(finding(false, "jobs", "1 may have been billed")));
  EXPECT_THAT(findings, Contains(finding(false, "jobs", "1 wait in the queue")));
  EXPECT_THAT(findings, Contains(finding(false, "jobs", "1 were left at their provider")));
  for (const DoctorFinding& found : findings) {
    if (found.subject == "jobs") {
      EXPECT_THAT(found.fix, HasSubstr("castboard jobs"));
    }
    EXPECT_EQ(found.ok, found.fix.empty()) << found.message;
  }
}

}  // namespace
}  // namespace castboard
