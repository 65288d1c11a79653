#include <algorithm>
#include <ctime>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/csv.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr int kNameWidth = 40;

struct Options {
  std::string by = "project";
  std::string character;
  std::string provider;
  std::string since;
  std::string until;
  bool csv = false;
};

// The midnight a day begins at on this machine, where daily limits count from, as the database
// writes times.
std::string start_of_day(const std::string& day) {
  std::tm local{};
  local.tm_year = std::stoi(day.substr(0, 4)) - 1900;
  local.tm_mon = std::stoi(day.substr(5, 2)) - 1;
  local.tm_mday = std::stoi(day.substr(8, 2));
  local.tm_isdst = -1;
  const std::time_t midnight = std::mktime(&local);
  std::tm utc{};
  ::gmtime_r(&midnight, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

// A day, or a point in time in UTC, as a point in time.
std::string time_of(const char* option, const std::string& text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd.dddZ";
  constexpr std::size_t kDay = 10;
  bool good = text.size() == kDay || text.size() == kForm.size();
  for (std::size_t i = 0; good && i < text.size(); ++i)
    good = kForm[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
  if (!good && !text.empty()) {
    throw CommandFailure{
        wrong_usage(fmt::format("{} \"{}\" is no day", option, text), "Such as 2026-01-31.")};
  }
  return text.size() == kDay ? start_of_day(text) : text;
}

LedgerQuery query_of(Console& console, const Options& options) {
  LedgerQuery query;
  if (!console.options().project.empty()) query.project_id = project_of_command(console).id;
  if (!options.character.empty())
    query.character_id = character_named(console, options.character).id;
  if (!options.provider.empty()) {
    const Catalogue& catalogue = *console.opened().catalogue;
    std::vector<std::string> names;
    for (const ProviderInfo& info : catalogue.providers) names.push_back(info.name);
    const std::string near = nearest(options.provider, names);
    // One whose descriptor is gone still has its costs; a typo has none.
    if (catalogue.find_provider(options.provider) == nullptr && !near.empty()) {
      throw CommandFailure{wrong_usage(fmt::format("There is no provider \"{}\"", options.provider),
                                       fmt::format("Did you mean \"{}\"?", near))};
    }
    query.provider = options.provider;
  }
  query.since = time_of("--since", options.since);
  query.until = time_of("--until", options.until);
  return query;
}

std::string costs_text(const LedgerSum& sum) {
  std::string text;
  for (const auto& [unit, cost] : sum.provider_costs)
    text += fmt::format("{}{:.4g} {}", text.empty() ? "" : ", ", cost, unit);
  return text;
}

void add_row(Table& table, const std::string& name, const LedgerSum& sum) {
  table.add({shortened(name, kNameWidth), fmt::to_string(sum.jobs), fmt::to_string(sum.pictures),
             fmt::to_string(sum.failed), fmt::to_string(sum.billed), fmt::to_string(sum.uncertain),
             fmt::to_string(sum.under_way), fmt::to_string(sum.failed_credits),
             fmt::to_string(sum.omitted_credits), costs_text(sum)});
}

std::string sums_text(const std::string& heading, const std::vector<LedgerSum>& sums,
                      const LedgerSum& total) {
  Table table({heading, ">JOBS", ">PICTURES", ">WITHOUT", ">CREDITS", ">MAYBE", ">UNDER WAY",
               ">FOR NOTHING", ">OMITTED", "PROVIDER'S FIGURE"});
  for (const LedgerSum& sum : sums) add_row(table, sum.name, sum);
  add_row(table, "all", total);
  return table.text();
}

std::string entries_text(const std::vector<LedgerEntry>& entries) {
  Table table({"TIME (UTC)", "CHARACTER", "PROVIDER", "STATE", "BILLING", ">CREDITS", "JOB"});
  for (const LedgerEntry& entry : entries)
    table.add({short_time(entry.time), shortened(entry.character_name, kNameWidth), entry.provider,
               std::string(to_string(entry.state)), std::string(to_string(entry.billing)),
               fmt::to_string(entry.credits), entry.job_id});
  return table.text();
}

std::string csv_of(const std::vector<LedgerEntry>& entries) {
  std::string text = csv_line({"time", "project", "character", "provider", "model", "template",
                               "state", "billing", "credits", "provider_cost", "provider_cost_unit",
                               "pictures", "omitted", "trashed", "user_id", "job_id", "message"});
  for (const LedgerEntry& entry : entries) {
    text +=
        csv_line({entry.time, csv_text(entry.project_name), csv_text(entry.character_name),
                  csv_text(entry.provider), csv_text(entry.model), csv_text(entry.template_type),
                  std::string(to_string(entry.state)), std::string(to_string(entry.billing)),
                  fmt::to_string(entry.credits), fmt::to_string(entry.provider_cost),
                  csv_text(entry.provider_cost_unit), fmt::to_string(entry.pictures),
                  fmt::to_string(entry.omitted), fmt::to_string(entry.trashed), entry.user_id,
                  entry.job_id, csv_text(entry.message)});
  }
  return text;
}

Json json_of(const Ledger& ledger) {
  Json document = json_document();
  document["total"] = to_json(ledger.total);
  const auto add = [&document](const char* key, const auto& list) {
    document[key] = Json::array();
    for (const auto& item : list) document[key].push_back(to_json(item));
  };
  add("projects", ledger.projects);
  add("characters", ledger.characters);
  add("providers", ledger.providers);
  add("entries", ledger.entries);
  return document;
}

int show_credits(Console& console, const Options& options) {
  if (options.csv && console.json()) {
    throw CommandFailure{wrong_usage("--csv and --json are two forms of one thing", "Choose one.")};
  }
  Session& session = console.open(Access::read);
  const LedgerPtr ledger = console.get(session.ledger(query_of(console, options)));
  if (console.json()) {
    console.print_json(json_of(*ledger));
  } else if (options.csv) {
    console.print(csv_of(ledger->entries));
  } else if (options.by == "job") {
    console.print(entries_text(ledger->entries));
  } else {
    const auto& sums = options.by == "character"  ? ledger->characters
                       : options.by == "provider" ? ledger->providers
                                                  : ledger->projects;
    std::string heading = options.by;
    std::transform(heading.begin(), heading.end(), heading.begin(), [](char c) {
      return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    console.print(sums_text(heading, sums, ledger->total));
  }
  return kDone;
}

}  // namespace

void add_credits_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("credits", "What was spent, on whom and where, also for nothing");
  const auto options = std::make_shared<Options>();
  command->add_option("--by", options->by, "project (default), character, provider or job")
      ->check(CLI::IsMember({"project", "character", "provider", "job"}))
      ->type_name("WHAT");
  command->add_option("--character", options->character, "Of one character")
      ->type_name("CHARACTER");
  command->add_option("--provider", options->provider, "Of one provider")->type_name("P");
  command->add_option("--since", options->since, "From this day on")->type_name("DAY");
  command->add_option("--until", options->until, "Before this day")->type_name("DAY");
  command->add_flag("--csv", options->csv, "Every job as a line of comma-separated values");
  command->callback([&action, options] {
    action = [options](Console& console) { return show_credits(console, *options); };
  });
}

}  // namespace castboard
