#include "jobs/wishes.h"

#include "job_runner_support.h"

namespace castboard {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;

namespace {

std::vector<JobId> ids_of(const std::vector<Job>& jobs) {
  std::vector<JobId> ids;
  for (const Job& job : jobs) ids.push_back(job.id);
  return ids;
}

class Wishes : public JobsOf {
 protected:
  GenerationRequest wish(const std::string& text, int count = 1) const {
    GenerationRequest request = portrait("paint", count);
    request.wish = text;
    return request;
  }

  // Waits as well, so that what becomes of a job does not depend on when it is looked at.
  std::vector<Job> make(Workplace& here, const GenerationRequest& request) {
    std::vector<Job> jobs = here.runner().submit(request);
    for (Job& job : jobs) job = here.wait_until_over(job.id);
    return jobs;
  }

  void fail_at(int call, ErrorCode code) {
    paint_->on_generate = [this, call, code](const ProviderRequest&, ProviderObserver& observer,
                                             Cancellation&) {
      observer.submitting();
      if (++calls_ == call) throw Failure(code, "Scripted");
      return paint_->picture();
    };
  }

  std::atomic<int> calls_{0};
};

}  // namespace

TEST_F(Wishes, asked_for_twice_are_made_once) {
  auto here = start();
  const std::vector<Job> first = make(*here, wish("a", 2));
  EXPECT_THAT(first[0].batch_id, StartsWith("wish-"));
  EXPECT_EQ(ids_of(make(*here, wish("a", 2))), ids_of(first));
  EXPECT_EQ(paint_->generated(), 2);
  EXPECT_NE(ids_of(make(*here, wish("b"))), ids_of(first));
  make(*here, portrait());
  make(*here, portrait());
  EXPECT_EQ(paint_->generated(), 5) << "without a wish each is a new one";
}

TEST_F(Wishes, that_failed_and_cost_nothing_are_made_again_and_no_other) {
  fail_at(2, ErrorCode::refused);
  auto here = start(this_process(), 1);
  const std::vector<Job> first = make(*here, wish("a", 3));
  ASSERT_EQ(first[1].state, JobState::failed);
  EXPECT_EQ(here->runner().quote(wish("a", 3)).credits, 5) << "one is missing";
  const std::vector<Job> second = make(*here, wish("a", 3));
  EXPECT_THAT(ids_of(second), ElementsAre(first[0].id, second[1].id, first[2].id));
  EXPECT_NE(second[1].id, first[1].id);
  EXPECT_EQ(second[1].state, JobState::done);
  EXPECT_EQ(paint_->generated(), 4);
}

TEST_F(Wishes, that_may_have_been_billed_are_never_sent_again_by_themselves) {
  fail_at(1, ErrorCode::uncertain);
  auto here = start();
  const std::vector<Job> first = make(*here, wish("a"));
  ASSERT_EQ(first[0].state, JobState::uncertain);
  EXPECT_EQ(ids_of(here->runner().submit(wish("a"))), ids_of(first));
  EXPECT_EQ(paint_->generated(), 1);
  // On the user's word only; that one stands for the wish from then on.
  const Job again = here->runner().submit_again(first[0].id, false);
  here->wait_until_over(again.id);
  EXPECT_THAT(ids_of(here->runner().submit(wish("a"))), ElementsAre(again.id));
  EXPECT_EQ(paint_->generated(), 2);
}

TEST_F(Wishes, of_a_dead_process_are_found_and_marked_as_elsewhere) {
  JobId left;
  {
    auto dead = start(dead_process(), 4, false);
    left = dead->runner().submit(wish("a")).at(0).id;
  }
  auto here = start();
  const std::vector<Job> found = here->runner().submit(wish("a"));
  ASSERT_THAT(ids_of(found), ElementsAre(left));
  EXPECT_TRUE(found[0].elsewhere);
  here->runner().resume(left);
  EXPECT_EQ(here->wait_until_over(left).state, JobState::done);
  EXPECT_EQ(paint_->generated(), 1);
}

TEST_F(Wishes, of_two_processes_at_once_are_one) {
  auto one = start(this_process(), 4, false);
  auto other = start(process_of_another_host(), 4, false);
  const std::vector<Job> first = one->runner().submit(wish("a", 2));
  EXPECT_EQ(ids_of(other->runner().submit(wish("a", 2))), ids_of(first));
  EXPECT_THAT(other->runner().submit(wish("a", 3)), SizeIs(3)) << "one more is asked for";
  EXPECT_THAT(one->library().read([](StoreReader& reader) { return reader.jobs(true); }),
              SizeIs(3));
}

}  // namespace castboard
