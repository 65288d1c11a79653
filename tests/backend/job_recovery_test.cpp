#include <filesystem>
#include <fstream>

#include "job_runner_support.h"
#include "support/small_disk.h"

namespace castboard {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ScriptedProvider;
using ::testing::SizeIs;
using testing::Turnstile;

// Jobs and what became of them when a process ended, stalled, or could not write.
class LeftJobs : public JobsOf {
 protected:
  // Takes every job, tells its id, and works on it until the turnstile opens.
  void work_behind(Turnstile& turnstile, bool with_id = true) {
    paint_->on_generate = [this, &turnstile, with_id](const ProviderRequest& request,
                                                      ProviderObserver& observer,
                                                      Cancellation& cancel) {
      observer.submitting();
      if (with_id) observer.accepted(ScriptedProvider::remote(request.idempotency_key));
      turnstile.wait(cancel);
      return paint_->picture();
    };
  }

  // As a process leaves its row that is killed: nobody settles it.
  void belongs_to(Workplace& place, const JobId& id, const std::string& owner,
                  const std::string& lease) {
    place.library().write([&](StoreWriter& writer) {
      const int epoch =
          place.library().read([&](StoreReader& reader) { return reader.job(id)->epoch; });
      writer.take_over_job(id, owner, epoch, lease);
    });
  }

  // A job of a killed process in `state`.
  JobId left_job(JobState state, const std::string& owner, const std::string& lease, bool with_id) {
    auto store = open_sqlite_store({.directory = (directory_.path() / "library").string()});
    store->writer().ensure_user(named_uuid("ada"), "ada");
    Job job;
    job.id = random_uuid();
    job.project_id = project_;
    job.character_id = mira_;
    job.user_id = named_uuid("ada");
    job.request = portrait();
    job.state = state;
    job.owner = owner;
    job.epoch = 1;
    job.lease_until = lease;
    job.credit_estimate = 5;
    job.started_at = timestamp_now();
    if (with_id) {
      job.provider_job_id = "remote-1";
      job.continuation = "{}";
    }
    store->writer().add_job(job);
    return job.id;
  }
};

TEST_F(LeftJobs, at_their_provider_go_on_after_a_restart_and_are_sent_once) {
  Turnstile working;
  work_behind(working);
  JobId id;
  {
    auto first = start();
    id = first->runner().submit(portrait()).at(0).id;
    working.wait_for_arrivals(1);
    first->close();
    EXPECT_EQ(first->job(id).state, JobState::running) << "it stays at its provider";
    EXPECT_LE(first->job(id).lease_until, timestamp_now());
  }
  auto second = start();
  second->runner().recover();
  EXPECT_EQ(second->wait_until_over(id).state, JobState::done);
  EXPECT_EQ(paint_->generated(), 1);
  EXPECT_EQ(paint_->resumed(), 1);
  EXPECT_THAT(second->versions(), SizeIs(1));
}

TEST_F(LeftJobs, of_a_dead_process_are_taken_over_at_once_whatever_their_lease) {
  const JobId id =
      left_job(JobState::running, dead_process(), timestamp_after(std::chrono::hours(1)), true);
  auto here = start();
  here->runner().recover();
  const Job over = here->wait_until_over(id);
  EXPECT_EQ(over.state, JobState::done);
  EXPECT_EQ(over.epoch, 2);
  EXPECT_EQ(paint_->generated(), 0);
}

TEST_F(LeftJobs, of_another_host_are_its_own_until_their_lease_lapsed) {
  const JobId living = left_job(JobState::running, process_of_another_host(),
                                timestamp_after(std::chrono::minutes(1)), true);
  const JobId lapsed = left_job(JobState::downloading, process_of_another_host(),
                                timestamp_after(std::chrono::minutes(-1)), true);
  auto here = start();
  here->runner().recover();
  EXPECT_EQ(here->wait_until_over(lapsed).state, JobState::done);
  EXPECT_EQ(here->job(living).owner, process_of_another_host());
  EXPECT_EQ(testing::failure_of([&] { here->runner().resume(living); }).code,
            ErrorCode::invalid_input);
  EXPECT_EQ(here->runner().check(living).state, JobState::running);
}

TEST_F(LeftJobs, that_were_sent_without_an_id_are_uncertain_and_sent_again_by_the_user_only) {
  const JobId id = left_job(JobState::submitting, dead_process(), {}, false);
  paint_->idempotent = true;
  auto here = start();
  here->runner().recover();
  const Job uncertain = here->job(id);
  EXPECT_EQ(uncertain.state, JobState::uncertain);
  EXPECT_EQ(uncertain.billing, Billing::uncertain);
  EXPECT_EQ(uncertain.credits, 5);
  here->runner().recover();
  EXPECT_EQ(here->runner().check(id).state, JobState::uncertain);
  EXPECT_THAT(here->runner().resume_all(), IsEmpty());
  EXPECT_EQ(testing::failure_of([&] { here->runner().resume(id); }).code, ErrorCode::invalid_input);
  EXPECT_EQ(paint_->generated(), 0);

  const Job again = here->runner().submit_again(id, false);
  EXPECT_EQ(here->wait_until_over(again.id).state, JobState::done);
  EXPECT_EQ(paint_->keys(), std::vector<std::string>{id}) << "with its key it is billed once";
  EXPECT_EQ(here->job(id).submitted_again_as, again.id);
  EXPECT_EQ(testing::failure_of([&] { here->runner().submit_again(id, false); }).code,
            ErrorCode::invalid_input);
}

TEST_F(LeftJobs, that_are_uncertain_are_submitted_again_by_one_of_two_processes) {
  const JobId id = left_job(JobState::submitting, dead_process(), {}, false);
  auto here = start();
  auto there = start(process_of_another_host());
  here->runner().recover();
  ASSERT_EQ(here->job(id).state, JobState::uncertain);
  // The other one comes between this one's look at the row and its own.
  std::optional<Job> others;
  paint_->on_credits = [&] {
    if (others) return;
    others.emplace();
    others = there->runner().submit_again(id, false);
  };
  const Error refused = testing::failure_of([&] { here->runner().submit_again(id, false); });
  EXPECT_EQ(refused.code, ErrorCode::invalid_input);
  ASSERT_TRUE(others);
  EXPECT_THAT(refused.message, HasSubstr("submitted again as " + others->id));
  EXPECT_EQ(there->wait_until_over(others->id).state, JobState::done);
  EXPECT_EQ(paint_->generated(), 1);
  EXPECT_EQ(here->job(id).submitted_again_as, others->id);
}

TEST_F(LeftJobs, that_are_uncertain_are_submitted_again_over_a_limit_on_the_user_s_word_only) {
  const JobId id = left_job(JobState::submitting, dead_process(), {}, false);
  auto here = start();
  here->runner().recover();
  const auto limit = [&](const CreditLimits& limits) {
    here->library().write([&](StoreWriter& writer) { writer.set_credit_limits(project_, limits); });
  };
  EXPECT_THAT(here->runner().quote_again(id).ask, IsEmpty());
  limit({.total_ask_above = 4});
  const GenerationQuote quote = here->runner().quote_again(id);
  EXPECT_EQ(quote.credits, 5);
  EXPECT_THAT(quote.ask, HasSubstr("asks above 4"));
  const Error asked = testing::failure_of([&] { here->runner().submit_again(id, false); });
  EXPECT_EQ(asked.code, ErrorCode::out_of_credit);
  EXPECT_EQ(asked.message, quote.ask);
  EXPECT_EQ(paint_->generated(), 0);
  limit({.total = 9});  // five may have been billed already
  EXPECT_EQ(testing::failure_of([&] { here->runner().quote_again(id); }).code,
            ErrorCode::out_of_credit);
  EXPECT_EQ(testing::failure_of([&] { here->runner().submit_again(id, true); }).code,
            ErrorCode::out_of_credit)
      << "a hard limit asks nobody";
  limit({.total_ask_above = 4});
  const Job again = here->runner().submit_again(id, true);
  EXPECT_EQ(here->wait_until_over(again.id).state, JobState::done);
}

TEST_F(LeftJobs, that_are_uncertain_and_known_there_are_asked_for_on_wish) {
  const JobId id = left_job(JobState::uncertain, dead_process(), {}, true);
  auto here = start();
  here->runner().recover();
  EXPECT_EQ(here->job(id).state, JobState::uncertain);
  EXPECT_EQ(here->runner().check(id).state, JobState::running);
  EXPECT_EQ(here->wait_until_over(id).state, JobState::done);
  EXPECT_EQ(paint_->generated(), 0);
  EXPECT_EQ(here->job(id).billing, Billing::billed);
}

// --- A provider that bills once for the job's key
// -------------------------------------------------

class KeyedJobs : public LeftJobs {
 protected:
  KeyedJobs() {
    paint_->honours_key = std::chrono::hours(24);
    id_ = left_job(JobState::submitting, dead_process(), {}, false);
  }
  // Asks again until the row is final; `send` is what the provider does then.
  Job checked(Workplace& place, const ScriptedProvider::Generate& send) {
    paint_->on_generate = send;
    const Job asked = place.runner().check(id_);
    EXPECT_EQ(asked.state, JobState::submitting);
    EXPECT_EQ(asked.billing, Billing::open);
    return place.wait_until_over(id_);
  }
  static ScriptedProvider::Generate failing(ErrorCode code) {
    return [code](const ProviderRequest&, ProviderObserver& observer,
                  Cancellation&) -> ProviderResult {
      observer.submitting();
      throw Failure(code, "It says no");
    };
  }

  JobId id_;
};

TEST_F(KeyedJobs, that_are_uncertain_are_repeated_with_their_key_when_the_user_checks_them) {
  auto here = start();
  here->runner().recover();
  const Job uncertain = here->job(id_);
  EXPECT_EQ(uncertain.state, JobState::uncertain);
  EXPECT_THAT(uncertain.hint, HasSubstr("bills once"));
  Job shown = uncertain;
  here->runner().add_live(shown);
  EXPECT_TRUE(shown.repeatable) << "the window offers it";
  here->runner().recover();
  EXPECT_THAT(here->runner().resume_all(), IsEmpty());
  EXPECT_EQ(paint_->generated(), 0) << "never by itself";

  const Job done =
      checked(*here, [this](const ProviderRequest&, ProviderObserver& observer, Cancellation&) {
        observer.submitting();
        return paint_->picture();
      });
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.billing, Billing::billed);
  EXPECT_EQ(done.credits, 5);
  EXPECT_EQ(paint_->keys(), std::vector<std::string>{id_});
  EXPECT_THAT(here->versions(), SizeIs(1));
}

TEST_F(KeyedJobs, stay_uncertain_whatever_the_repetition_says_but_a_refusal) {
  auto here = start();
  here->runner().recover();
  for (const ErrorCode code :
       {ErrorCode::network, ErrorCode::timed_out, ErrorCode::rate_limited, ErrorCode::provider,
        ErrorCode::out_of_credit, ErrorCode::invalid_input, ErrorCode::configuration,
        ErrorCode::uncertain}) {
    const Job still = checked(*here, failing(code));
    EXPECT_EQ(still.state, JobState::uncertain) << to_string(code);
    EXPECT_EQ(still.billing, Billing::uncertain) << to_string(code);
    EXPECT_EQ(still.credits, 5);
    EXPECT_THAT(still.message, HasSubstr("It says no"));
  }
  EXPECT_THAT(here->runner().queue_state().stopped, IsEmpty());
  const Job refused = checked(*here, failing(ErrorCode::refused));
  EXPECT_EQ(refused.state, JobState::failed);
  EXPECT_EQ(refused.billing, Billing::not_billed);
}

TEST_F(KeyedJobs, that_get_an_id_when_repeated_are_asked_for_from_then_on) {
  auto here = start();
  here->runner().recover();
  const Job lost = checked(*here,
                           [](const ProviderRequest& request, ProviderObserver& observer,
                              Cancellation&) -> ProviderResult {
                             observer.submitting();
                             observer.accepted(ScriptedProvider::remote(request.idempotency_key));
                             throw Failure(ErrorCode::provider, "It failed there");
                           });
  EXPECT_EQ(lost.state, JobState::failed);
  EXPECT_EQ(lost.billing, Billing::uncertain);
  EXPECT_EQ(lost.provider_job_id, "remote-" + id_);
}

TEST_F(KeyedJobs, whose_repetition_is_cut_off_by_the_end_of_the_program_are_uncertain_again) {
  Turnstile working;
  {
    auto first = start();
    first->runner().recover();
    work_behind(working, false);
    first->runner().check(id_);
    working.wait_for_arrivals(1);
    EXPECT_EQ(first->job(id_).state, JobState::submitting);
    first->close();
    EXPECT_EQ(first->job(id_).state, JobState::uncertain);
    // As one leaves it that is killed instead.
    Job row = first->job(id_);
    row.state = JobState::submitting;
    row.billing = Billing::open;
    first->library().write([&](StoreWriter& writer) {
      writer.update_job(row, {row.owner, row.epoch});
    });
    belongs_to(*first, id_, dead_process(), {});
  }
  auto second = start();
  second->runner().recover();
  const Job left = second->job(id_);
  EXPECT_EQ(left.state, JobState::uncertain);
  EXPECT_EQ(left.billing, Billing::uncertain);
  EXPECT_EQ(left.credits, 5);
  EXPECT_EQ(paint_->generated(), 1);
}

TEST_F(KeyedJobs, are_not_repeated_when_the_key_is_too_old_or_it_was_submitted_again) {
  auto here = start();
  here->runner().recover();
  paint_->honours_key = std::chrono::hours(0);
  EXPECT_EQ(here->runner().check(id_).state, JobState::uncertain);
  paint_->honours_key = std::chrono::hours(24);
  const Job again = here->runner().submit_again(id_, false);
  here->wait_until_over(again.id);
  EXPECT_EQ(here->runner().check(id_).state, JobState::uncertain);
  EXPECT_EQ(paint_->generated(), 1);
}

TEST_F(LeftJobs, stay_at_their_provider_while_nobody_runs_jobs) {
  const JobId id = left_job(JobState::running, dead_process(), {}, true);
  auto reader = start(this_process(), 1, false);
  reader->runner().recover();
  EXPECT_EQ(reader->job(id).state, JobState::running);
  EXPECT_EQ(reader->job(id).owner, dead_process());
}

TEST_F(LeftJobs, in_the_queue_wait_for_the_user) {
  const JobId id = left_job(JobState::queued, dead_process(), {}, false);
  auto here = start();
  here->runner().recover();
  EXPECT_EQ(here->job(id).owner, dead_process());
  EXPECT_THAT(here->runner().resume_all(), SizeIs(1));
  EXPECT_EQ(here->wait_until_over(id).state, JobState::done);
}

TEST_F(LeftJobs, that_waited_for_credit_start_anew_in_another_process) {
  const JobId id = left_job(JobState::queued, dead_process(), {}, false);
  auto here = start();
  here->library().write([](StoreWriter& writer) {
    writer.set_waiting_reason(dead_process(), "paint",
                              {ErrorCode::out_of_credit, "no credit left", "Add some.", {}});
  });
  const Job resumed = here->runner().resume(id);
  EXPECT_EQ(resumed.error_code, "");
  EXPECT_EQ(resumed.message, "");
  EXPECT_EQ(here->wait_until_over(id).state, JobState::done);
}

TEST_F(LeftJobs, are_saved_by_one_of_a_stalled_owner_and_its_successor) {
  Turnstile stalled;
  work_behind(stalled);
  auto owner = start("elsewhere/1/1");
  const JobId id = owner->runner().submit(portrait()).at(0).id;
  stalled.wait_for_arrivals(1);
  owner->library().write([&](StoreWriter& writer) {
    writer.renew_leases("elsewhere/1/1", {id}, "2026-01-01T00:00:00.000Z");
  });
  auto successor = start();
  successor->runner().recover();
  EXPECT_EQ(successor->wait_until_over(id).state, JobState::done);
  stalled.open();
  owner->close();
  EXPECT_EQ(successor->job(id).state, JobState::done);
  EXPECT_THAT(successor->versions(), SizeIs(1));
  // What the stalled one received was kept, and is not needed.
  successor->runner().recover();
  EXPECT_FALSE(fs::exists(directory_.path() / "kept" / id));
  EXPECT_THAT(successor->versions(), SizeIs(1));
}

TEST_F(LeftJobs, a_stalled_owner_that_fails_does_not_write_into_its_successor_s_row) {
  Turnstile stalled;
  paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                            Cancellation& cancel) -> ProviderResult {
    observer.submitting();
    observer.accepted(ScriptedProvider::remote(request.idempotency_key));
    stalled.wait(cancel);
    throw Failure(ErrorCode::provider, "The paint failed");
  };
  auto owner = start("elsewhere/1/1");
  const JobId id = owner->runner().submit(portrait()).at(0).id;
  stalled.wait_for_arrivals(1);
  belongs_to(*owner, id, "third/1/1", timestamp_after(std::chrono::minutes(1)));
  stalled.open();
  owner->close();
  EXPECT_EQ(owner->job(id).state, JobState::running);
  EXPECT_EQ(owner->job(id).owner, "third/1/1");
}

// --- A library that takes nothing ----------------------------------------------------------------

class Unwritable : public LeftJobs {
 protected:
  // A file stands where the pictures' directory has to be.
  void block_pictures() {
    fs::remove_all(directory_.path() / "library" / "images");
    std::ofstream(directory_.path() / "library" / "images") << "in the way";
  }
  void unblock_pictures() { fs::remove(directory_.path() / "library" / "images"); }
};

TEST_F(Unwritable, a_picture_waits_elsewhere_and_is_saved_when_the_library_takes_it) {
  auto here = start();
  block_pictures();
  const JobId id = here->runner().submit(portrait()).at(0).id;
  const Job waiting = here->wait_until(id, [](const Job& job) { return !job.kept_files.empty(); });
  EXPECT_EQ(waiting.state, JobState::saving);
  EXPECT_THAT(waiting.message, HasSubstr("cannot be saved"));
  EXPECT_THAT(waiting.hint, HasSubstr((directory_.path() / "kept" / id).string()));
  EXPECT_TRUE(fs::exists(waiting.kept_files.at(0)));
  EXPECT_EQ(testing::failure_of([&] { here->runner().cancel(id); }).code, ErrorCode::invalid_input);
  unblock_pictures();
  const Job done = here->wait_until_over(id);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.billing, Billing::billed);
  EXPECT_THAT(done.message, IsEmpty());
  EXPECT_THAT(done.kept_files, IsEmpty());
  here.reset();  // the copy goes after the row is written
  EXPECT_FALSE(fs::exists(directory_.path() / "kept" / id));
  EXPECT_EQ(paint_->generated(), 1);
}

TEST_F(Unwritable, a_picture_that_waits_is_saved_by_a_later_start_exactly_once) {
  JobId id;
  {
    auto first = start("elsewhere/1/1");
    block_pictures();
    id = first->runner().submit(portrait()).at(0).id;
    first->wait_until(id, [](const Job& job) { return !job.kept_files.empty(); });
    first->close();
    belongs_to(*first, id, dead_process(), {});
  }
  unblock_pictures();
  auto second = start();
  second->runner().recover();
  EXPECT_EQ(second->job(id).state, JobState::done);
  second->runner().recover();
  EXPECT_THAT(second->versions(), SizeIs(1));
  EXPECT_EQ(paint_->generated() + paint_->resumed(), 1);
}

TEST_F(Unwritable, a_picture_whose_job_became_uncertain_meanwhile_is_saved_as_well) {
  JobId id;
  {
    auto first = start();
    block_pictures();
    id = first->runner().submit(portrait()).at(0).id;
    Job row = first->wait_until(id, [](const Job& job) { return !job.kept_files.empty(); });
    first->close();
    row = first->job(id);
    row.state = JobState::uncertain;
    first->library().write([&](StoreWriter& writer) {
      writer.update_job(row, {row.owner, row.epoch});
    });
  }
  unblock_pictures();
  auto second = start();
  second->runner().recover();
  EXPECT_EQ(second->job(id).state, JobState::done);
  EXPECT_THAT(second->versions(), SizeIs(1));
}

TEST_F(LeftJobs, whose_picture_cannot_be_saved_for_no_known_reason_are_not_tried_for_ever) {
  std::atomic<int> tried{0};
  std::atomic<bool> broken{true};
  paint_->on_crops = [&] {
    ++tried;
    if (broken) throw std::runtime_error("a mistake of ours");
    return false;
  };
  JobId id;
  {
    auto here = start();
    id = here->runner().submit(portrait()).at(0).id;
    const Job over = here->wait_until_over(id);
    EXPECT_EQ(over.state, JobState::uncertain);
    EXPECT_EQ(over.billing, Billing::billed) << "it was paid";
    EXPECT_EQ(over.credits, 5);
    EXPECT_THAT(over.hint, HasSubstr((directory_.path() / "kept" / id).string()));
    ASSERT_THAT(over.kept_files, SizeIs(1));
    EXPECT_TRUE(fs::exists(over.kept_files[0]));
    const int until_then = tried;
    here->runner().recover();
    EXPECT_EQ(tried, until_then) << "not again by itself";
    here->runner().check(id);
    here->wait_until(id, [&](const Job& job) { return is_final(job.state) && tried > until_then; });
  }
  broken = false;
  auto later = start();
  later->runner().recover();
  EXPECT_EQ(later->wait_until_over(id).state, JobState::done);
  EXPECT_EQ(later->job(id).credits, 5);
  EXPECT_THAT(later->versions(), SizeIs(1));
  EXPECT_EQ(paint_->generated(), 1);
}

TEST_F(Unwritable, nowhere_else_to_keep_it_is_said_and_it_is_still_tried) {
  std::ofstream(directory_.path() / "kept") << "in the way";
  auto here = start();
  block_pictures();
  const JobId id = here->runner().submit(portrait()).at(0).id;
  const Job waiting = here->wait_until(id, [](const Job& job) { return !job.hint.empty(); });
  EXPECT_THAT(waiting.hint, HasSubstr("Do not close Castboard"));
  unblock_pictures();
  EXPECT_EQ(here->wait_until_over(id).state, JobState::done);
}

TEST_F(Unwritable, a_full_disk_loses_no_picture_and_no_id) {
  const fs::path library = directory_.path() / "library";
  fs::remove_all(library);
  const auto good = testing::on_a_small_disk(library, [&] {
    {
      auto store = open_sqlite_store({.directory = library.string()});
      project_ = store->writer().add_project("Northwind").id;
      mira_ = store->writer().add_character({project_, "Mira", {}, {}}).id;
    }
    auto here = start();
    const fs::path filler = library / "filler";
    paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                              Cancellation&) {
      observer.submitting();
      std::ofstream file(filler, std::ios::binary);
      const std::string block(4096, 'x');
      while (file.write(block.data(), 4096).flush()) {
      }
      observer.accepted(ScriptedProvider::remote(request.idempotency_key));
      return paint_->picture();
    };
    const JobId id = here->runner().submit(portrait()).at(0).id;
    const Job waiting = here->wait_until(id, [](const Job& job) {
      return job.message.find("cannot be saved") != std::string::npos;
    });
    const bool kept = fs::exists(directory_.path() / "kept" / id / "1.png");
    fs::remove(filler);
    const Job done = here->wait_until_over(id);
    return kept && waiting.error_code == "disk_full" && done.state == JobState::done &&
           done.provider_job_id == "remote-" + id && here->versions().size() == 1 &&
           paint_->generated() == 1;
  });
  if (!good) GTEST_SKIP() << "needs the right to mount";
  EXPECT_TRUE(*good);
}

}  // namespace
}  // namespace castboard
