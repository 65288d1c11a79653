#include <set>

#include "job_runner_support.h"

// The same settings for several characters: one price, one limit, and jobs of their own.
namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BatchIntake : public JobsOf {
 protected:
  BatchIntake() : here_(start()) {
    kaito_ = add("Kaito");
    elin_ = add("Elin");
  }

  CharacterId add(const std::string& name) {
    CharacterId id;
    here_->library().write([&](StoreWriter& writer) {
      id = writer.add_character({project_, name, {}, {}}).id;
    });
    return id;
  }
  BatchRequest batch(std::vector<CharacterId> characters) const {
    return {portrait(), std::move(characters), false};
  }
  void limit(const CreditLimits& limits) {
    here_->library().write(
        [&](StoreWriter& writer) { writer.set_credit_limits(project_, limits); });
  }
  std::vector<Job> all_jobs() {
    return here_->library().read([](StoreReader& reader) { return reader.jobs(true); });
  }
  Error refusal(const BatchRequest& batch) {
    try {
      here_->runner().submit_batch(batch);
    } catch (const Failure& failure) {
      return failure.error();
    }
    return {ErrorCode::internal, "nothing thrown", {}, {}};
  }
  void finish(const std::vector<Job>& jobs) {
    for (const Job& job : jobs) here_->wait_until_over(job.id);
  }
  Character character(const CharacterId& id) {
    return here_->library().read(
        [&](StoreReader& reader) { return reader.characters({id}, named_uuid("ada")).at(0); });
  }

  std::unique_ptr<Workplace> here_;
  CharacterId kaito_;
  CharacterId elin_;
};

TEST_F(BatchIntake, adds_up_what_all_of_them_cost) {
  BatchRequest asked = batch({kaito_, mira_, elin_, kaito_});
  asked.request.count = 2;
  const BatchQuote quote = here_->runner().quote_batch(asked);
  ASSERT_THAT(quote.items, SizeIs(3)) << "each once";
  EXPECT_EQ(quote.items[0].character_name, "Kaito");
  EXPECT_EQ(quote.items[0].credits, 10);
  EXPECT_EQ(quote.pictures, 6);
  EXPECT_EQ(quote.credits, 30);
  EXPECT_FALSE(quote.refused);
  EXPECT_THAT(all_jobs(), IsEmpty()) << "a price is no order";
}

TEST_F(BatchIntake, makes_jobs_that_have_nothing_to_do_with_each_other) {
  BatchRequest asked = batch({kaito_, mira_});
  asked.request.remix_of = "some version of Mira";
  asked.request.activate = ActivatePolicy::always;
  const std::vector<Job> jobs = here_->runner().submit_batch(asked);
  ASSERT_THAT(jobs, SizeIs(2));
  EXPECT_EQ(jobs[0].character_id, kaito_);
  EXPECT_EQ(jobs[1].character_name, "Mira");
  EXPECT_NE(jobs[0].batch_id, jobs[1].batch_id);
  EXPECT_TRUE(jobs[0].request.remix_of.empty());
  EXPECT_EQ(jobs[0].request.count, 1);
  finish(jobs);
  EXPECT_EQ(character(kaito_).active_version_number, 1);
  EXPECT_EQ(character(mira_).active_version_number, 1);
}

TEST_F(BatchIntake, one_failure_takes_no_other_down) {
  paint_->on_generate = [&](const ProviderRequest& request, ProviderObserver& observer,
                            Cancellation&) {
    observer.submitting();
    if (request.character.id == kaito_) throw Failure(ErrorCode::refused, "The paint refused it");
    return paint_->picture();
  };
  const std::vector<Job> jobs = here_->runner().submit_batch(batch({kaito_, mira_, elin_}));
  finish(jobs);
  EXPECT_EQ(here_->job(jobs[0].id).state, JobState::failed);
  EXPECT_EQ(here_->job(jobs[1].id).state, JobState::done);
  EXPECT_EQ(here_->job(jobs[2].id).state, JobState::done);
}

TEST_F(BatchIntake, refuses_the_whole_where_the_sum_is_over_the_limit) {
  limit({.total = 14});
  const BatchRequest three = batch({kaito_, mira_, elin_});
  const BatchQuote quote = here_->runner().quote_batch(three);
  ASSERT_TRUE(quote.refused);
  EXPECT_EQ(quote.refused->code, ErrorCode::out_of_credit);
  EXPECT_THAT(quote.refused->message, HasSubstr("14 of 14"));
  EXPECT_EQ(refusal(three).code, ErrorCode::out_of_credit);
  EXPECT_THAT(all_jobs(), IsEmpty()) << "two would have been within it; none was made";
  EXPECT_THAT(here_->runner().submit_batch(batch({kaito_, mira_})), SizeIs(2));
}

TEST_F(BatchIntake, asks_once_above_the_soft_limit) {
  limit({.total_ask_above = 9});
  BatchRequest asked = batch({kaito_, mira_});
  EXPECT_TRUE(here_->runner().quote_batch(batch({kaito_})).ask.empty());
  EXPECT_THAT(here_->runner().quote_batch(asked).ask, HasSubstr("10 credits"));
  EXPECT_EQ(refusal(asked).code, ErrorCode::out_of_credit);
  asked.request.soft_limit_accepted = true;
  EXPECT_THAT(here_->runner().submit_batch(asked), SizeIs(2));
}

TEST_F(BatchIntake, takes_a_limit_of_its_own_as_one_of_the_sum) {
  BatchRequest asked = batch({kaito_, mira_});
  asked.request.max_credits = 9;
  EXPECT_TRUE(here_->runner().quote_batch(asked).refused);
  EXPECT_EQ(refusal(asked).code, ErrorCode::out_of_credit);
  asked.request.max_credits = 10;
  EXPECT_FALSE(here_->runner().quote_batch(asked).refused);
}

TEST_F(BatchIntake, names_who_is_refused_and_counts_only_the_others) {
  paint_->on_check = [&](const GenerationRequest& request) {
    if (request.character_id == kaito_)
      throw Failure(ErrorCode::configuration, "The paint cannot draw Kaito");
  };
  const CharacterId gone = add("Gone");
  here_->library().write([&](StoreWriter& writer) { writer.trash_character(gone); });
  const BatchRequest asked = batch({kaito_, mira_, gone, "nobody"});
  const BatchQuote quote = here_->runner().quote_batch(asked);
  ASSERT_THAT(quote.items, SizeIs(4));
  EXPECT_EQ(quote.items[0].refused.value().message, "The paint cannot draw Kaito");
  EXPECT_FALSE(quote.items[1].refused);
  EXPECT_EQ(quote.items[2].refused.value().message, "Gone is in the trash");
  EXPECT_EQ(quote.items[3].refused.value().code, ErrorCode::not_found);
  EXPECT_EQ(quote.credits, 5);
  EXPECT_THAT(refusal(asked).message, HasSubstr("Kaito: The paint cannot draw Kaito"));
  EXPECT_THAT(all_jobs(), IsEmpty());
}

TEST_F(BatchIntake, uses_each_character_s_own_active_version_as_reference) {
  BatchRequest first = batch({mira_, elin_});
  first.request.activate = ActivatePolicy::always;
  finish(here_->runner().submit_batch(first));
  BatchRequest asked = batch({mira_, kaito_, elin_});
  asked.active_as_reference = true;
  asked.request.character_reference = {Reference::Kind::file, "/not/looked/at.png"};
  const BatchQuote quote = here_->runner().quote_batch(asked);
  EXPECT_EQ(quote.items[0].reference, character(mira_).active_version_id);
  EXPECT_EQ(quote.items[1].reference, "") << "Kaito has none: text to image";
  const std::vector<Job> jobs = here_->runner().submit_batch(asked);
  EXPECT_EQ(jobs[0].request.character_reference.text, character(mira_).active_version_id);
  EXPECT_FALSE(jobs[0].character_ref_hash.empty());
  EXPECT_EQ(jobs[1].request.character_reference, Reference{});
  EXPECT_NE(jobs[2].character_ref_hash, jobs[0].character_ref_hash);
}

TEST_F(BatchIntake, refuses_settings_that_are_wrong_for_everybody) {
  BatchRequest asked = batch({mira_});
  asked.request.art_style = "no_such_style";
  EXPECT_THROW(static_cast<void>(here_->runner().quote_batch(asked)), Failure);
  asked = batch({mira_});
  asked.request.background_reference = {Reference::Kind::file, "/no/such/file.png"};
  EXPECT_THROW(static_cast<void>(here_->runner().quote_batch(asked)), Failure);
  EXPECT_THROW(static_cast<void>(here_->runner().quote_batch(batch({}))), Failure);
}

}  // namespace
}  // namespace castboard
