#include "jobs/credit_rules.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "castboard/result.h"

namespace castboard {

namespace {

struct Limit {
  std::optional<std::int64_t> hard;
  std::optional<std::int64_t> soft;
  std::int64_t taken = 0;  // billed, perhaps billed, and promised
  const char* when = "";   // " today"
};

void refuse_over(const Limit& limit, const Project& project, std::int64_t credits) {
  if (!limit.hard || limit.taken + credits <= *limit.hard) return;
  throw Failure(ErrorCode::out_of_credit,
                fmt::format("{} has {} of {} credits left{}; this would cost {}", project.name,
                            std::max<std::int64_t>(0, *limit.hard - limit.taken), *limit.hard,
                            limit.when, credits),
                "Raise the project's limit, or ask for less.");
}

std::string question_over(const Limit& limit, const Project& project, std::int64_t credits) {
  if (!limit.soft || limit.taken + credits <= *limit.soft) return {};
  return fmt::format("{} would have spent {} credits{}; it asks above {}. Spend {} more?",
                     project.name, limit.taken + credits, limit.when, *limit.soft, credits);
}

void add(const LedgerEntry& entry, LedgerSum& sum) {
  ++sum.jobs;
  sum.pictures += entry.pictures;
  const bool without = is_final(entry.state) && entry.state != JobState::done;
  sum.failed += without;
  switch (entry.billing) {
    case Billing::billed:
      sum.billed += entry.credits;
      if (without) sum.failed_credits += entry.credits;
      if (!without && entry.omitted + entry.trashed >= entry.pictures)
        sum.omitted_credits += entry.credits;
      break;
    case Billing::uncertain:
      sum.uncertain += entry.credits;
      break;
    case Billing::open:
      sum.under_way += entry.credits;
      break;
    case Billing::free:
    case Billing::not_billed:
      break;
  }
  if (!entry.provider_cost_unit.empty())
    sum.provider_costs[entry.provider_cost_unit] += entry.provider_cost;
}

// Sums in the order their first entries came.
class Sums {
 public:
  LedgerSum& of(const std::string& key) {
    const auto [place, added] = places_.emplace(key, sums.size());
    if (added) sums.emplace_back();
    return sums[place->second];
  }
  std::vector<LedgerSum> sums;

 private:
  std::map<std::string, std::size_t> places_;
};

}  // namespace

std::string question_of_limits(const Project& project, const CreditUse& use, std::int64_t credits) {
  if (credits <= 0) return {};
  const Limit total{project.credit_limit, project.credit_ask_above, use.used + use.reserved, ""};
  const Limit daily{project.daily_credit_limit, project.daily_credit_ask_above,
                    use.used_since + use.reserved_since, " today"};
  refuse_over(total, project, credits);
  refuse_over(daily, project, credits);
  std::string question = question_over(total, project, credits);
  return question.empty() ? question_over(daily, project, credits) : question;
}

void refuse_over_own_limit(const GenerationRequest& request, std::int64_t credits) {
  if (!request.max_credits || credits <= *request.max_credits) return;
  throw Failure(ErrorCode::out_of_credit,
                fmt::format("This would cost {} credits; the limit given is {}", credits,
                            *request.max_credits),
                "Raise the limit, or ask for less.");
}

Ledger add_up(std::vector<LedgerEntry> entries) {
  Ledger ledger;
  Sums projects;
  Sums characters;
  Sums providers;
  for (const LedgerEntry& entry : entries) {
    add(entry, ledger.total);
    LedgerSum& project = projects.of(entry.project_id);
    project.name = entry.project_name;
    add(entry, project);
    LedgerSum& character = characters.of(entry.character_id);
    character.name = entry.character_name;
    character.project_name = entry.project_name;
    add(entry, character);
    LedgerSum& provider = providers.of(entry.provider);
    provider.name = entry.provider;
    add(entry, provider);
  }
  ledger.entries = std::move(entries);
  ledger.projects = std::move(projects.sums);
  ledger.characters = std::move(characters.sums);
  ledger.providers = std::move(providers.sums);
  return ledger;
}

}  // namespace castboard
