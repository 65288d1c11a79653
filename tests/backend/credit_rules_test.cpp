#include "jobs/credit_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "castboard/result.h"

namespace castboard {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

Project northwind() {
  Project project;
  project.name = "Northwind";
  return project;
}

std::string refusal(const Project& project, const CreditUse& use, std::int64_t credits) {
  try {
    (void)question_of_limits(project, use, credits);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().code, ErrorCode::out_of_credit);
    return failure.error().message;
  }
  return {};
}

TEST(CreditLimits, refuse_what_would_go_over_with_what_is_promised_already) {
  Project project = northwind();
  project.credit_limit = 100;
  EXPECT_EQ(refusal(project, {.used = 60, .reserved = 30}, 10), "");
  EXPECT_THAT(refusal(project, {.used = 60, .reserved = 30}, 11),
              HasSubstr("Northwind has 10 of 100 credits left; this would cost 11"));
  EXPECT_THAT(refusal(project, {.used = 150}, 1), HasSubstr("0 of 100"));
  EXPECT_EQ(refusal(project, {.used = 150}, 0), "") << "what is free is never refused";
}

TEST(CreditLimits, refuse_what_would_go_over_the_day_s) {
  Project project = northwind();
  project.daily_credit_limit = 20;
  EXPECT_EQ(refusal(project, {.used = 500, .used_since = 15}, 5), "");
  EXPECT_THAT(refusal(project, {.used_since = 15, .reserved_since = 1}, 5), HasSubstr("today"));
}

TEST(CreditLimits, ask_above_the_soft_ones) {
  Project project = northwind();
  EXPECT_THAT(question_of_limits(project, {.used = 500}, 5), IsEmpty());
  project.credit_ask_above = 10;
  EXPECT_THAT(question_of_limits(project, {.used = 5}, 5), IsEmpty());
  EXPECT_THAT(question_of_limits(project, {.used = 6}, 5), HasSubstr("it asks above 10"));
  project.credit_ask_above = std::nullopt;
  project.daily_credit_ask_above = 10;
  EXPECT_THAT(question_of_limits(project, {.used_since = 8}, 5), HasSubstr("today"));
}

LedgerEntry entry(JobState state, Billing billing, std::int64_t credits) {
  LedgerEntry made;
  made.project_id = "p";
  made.project_name = "Northwind";
  made.character_id = "c";
  made.character_name = "Mira";
  made.provider = "paint";
  made.state = state;
  made.billing = billing;
  made.credits = credits;
  made.pictures = state == JobState::done ? 1 : 0;
  return made;
}

TEST(Ledger, adds_up_what_was_billed_also_for_nothing_and_what_may_have_been) {
  LedgerEntry omitted = entry(JobState::done, Billing::billed, 4);
  omitted.omitted = 1;
  LedgerEntry purged = entry(JobState::done, Billing::billed, 2);
  purged.pictures = 0;
  LedgerEntry costly = entry(JobState::done, Billing::billed, 10);
  costly.provider_cost = 0.5;
  costly.provider_cost_unit = "USD";
  costly.provider = "ink";
  const Ledger ledger =
      add_up({costly, omitted, purged, entry(JobState::failed, Billing::billed, 3),
              entry(JobState::failed, Billing::not_billed, 0),
              entry(JobState::uncertain, Billing::uncertain, 7),
              entry(JobState::running, Billing::open, 5), entry(JobState::done, Billing::free, 0)});
  EXPECT_EQ(ledger.total.jobs, 8);
  EXPECT_EQ(ledger.total.pictures, 3);
  EXPECT_EQ(ledger.total.failed, 3);
  EXPECT_EQ(ledger.total.billed, 19);
  EXPECT_EQ(ledger.total.failed_credits, 3);
  EXPECT_EQ(ledger.total.omitted_credits, 6);
  EXPECT_EQ(ledger.total.uncertain, 7);
  EXPECT_EQ(ledger.total.under_way, 5);
  EXPECT_THAT(ledger.total.provider_costs, ElementsAre(Pair("USD", 0.5)));
  ASSERT_THAT(ledger.providers, SizeIs(2));
  EXPECT_EQ(ledger.providers[0].name, "ink");
  EXPECT_EQ(ledger.providers[0].billed, 10);
  EXPECT_EQ(ledger.providers[1].billed, 9);
  ASSERT_THAT(ledger.characters, SizeIs(1));
  EXPECT_EQ(ledger.characters[0].project_name, "Northwind");
  EXPECT_THAT(ledger.projects, SizeIs(1));
  EXPECT_THAT(ledger.entries, SizeIs(8));
}

}  // namespace
}  // namespace castboard
