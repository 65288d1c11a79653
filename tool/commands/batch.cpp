#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/edits.h"
#include "commands/generation_options.h"
#include "commands/lookup.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string file;
  std::string done_file;  // what earlier runs printed
  GenerationOptions defaults;
};

// One line of the file, understood.
struct Line {
  int number = 0;
  std::string key;  // the line's own, else its number
  GenerationRequest request;
};

[[noreturn]] void fail(const Options& options, int line, Error error) {
  error.message = fmt::format("{}:{}: {}", options.file, line, error.message);
  throw CommandFailure{std::move(error)};
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// The fields are called as the options of `generate`.
void take_field(const std::string& field, const Json& value, GenerationOptions& options,
                std::string& character) {
  const std::map<std::string, std::optional<std::string>*> texts{
      {"preset", &options.preset},
      {"template", &options.template_type},
      {"shot", &options.shot},
      {"style", &options.style},
      {"size", &options.size},
      {"reference", &options.reference},
      {"background", &options.background},
      {"describe", &options.describe},
      {"prompt", &options.prompt},
      {"name", &options.name},
      {"provider", &options.provider},
      {"model", &options.model},
      {"activate", &options.activate}};
  if (const auto known = texts.find(field); known != texts.end()) {
    *known->second = text_of(value);
    return;
  }
  const bool is_number = field == "seed" || field == "count" || field == "max_credits";
  if (is_number && !value.is_number_integer()) {
    throw CommandFailure{wrong_usage(fmt::format("{} must be a whole number", field))};
  }
  if (field == "seed") {
    options.seed = value.get<std::int64_t>();
  } else if (field == "count") {
    options.count = value.get<int>();
  } else if (field == "max_credits") {
    options.max_credits = value.get<std::int64_t>();
  } else if (field == "character") {
    character = text_of(value);
  } else if (field != "key") {
    std::vector<std::string> names{"key", "character", "seed", "count", "max_credits"};
    for (const auto& [name, text] : texts) names.push_back(name);
    const std::string near = nearest(field, names);
    throw CommandFailure{wrong_usage(fmt::format("unknown field \"{}\"", field),
                                     near.empty() ? "They are called as options of generate."
                                                  : fmt::format("Did you mean \"{}\"?", near))};
  }
}

Line read_line(Console& console, const Options& options, const std::string& text, int number) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    throw CommandFailure{wrong_usage("not a JSON object",
                                     "Each line is one, such as "
                                     "{\"character\": \"Mira\"}.")};
  }
  GenerationOptions asked = options.defaults;
  std::string character;
  for (const auto& [field, value] : json.items()) take_field(field, value, asked, character);
  if (character.empty()) throw CommandFailure{wrong_usage("\"character\" is missing")};
  Line line{number, json.contains("key") ? text_of(json["key"]) : std::to_string(number), {}};
  line.request.provider = console.opened().catalogue->default_provider;
  const CharacterId id = character_named(console, character).id;
  apply_options(console, asked, id, line.request);
  line.request.character_id = id;
  return line;
}

// All lines are understood before the first is generated.
std::vector<Line> read_lines(Console& console, const Options& options) {
  std::ifstream file(options.file);
  if (options.file != "-" && !file) {
    throw CommandFailure{wrong_usage(fmt::format("{} cannot be read", options.file))};
  }
  std::istream& in = options.file == "-" ? std::cin : file;
  std::vector<Line> lines;
  std::map<std::string, int> keys;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      lines.push_back(read_line(console, options, text, number));
    } catch (const CommandFailure& failure) {
      fail(options, number, failure.error);
    }
    const auto [before, is_new] = keys.try_emplace(lines.back().key, number);
    if (!is_new) {
      fail(options, number,
           wrong_usage(fmt::format("the key \"{}\" stands in line {} already", lines.back().key,
                                   before->second)));
    }
  }
  return lines;
}

// Keys that an earlier run printed as done.
std::set<std::string> done_before(const Options& options) {
  std::set<std::string> keys;
  std::ifstream file(options.done_file);
  for (std::string text; std::getline(file, text);) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_object() && json.value("state", "") == "done" && json.contains("key"))
      keys.insert(text_of(json["key"]));
  }
  return keys;
}

Json line_json(const Line& line, std::string_view state) {
  Json json = json_document();
  json["key"] = line.key;
  json["line"] = line.number;
  json["state"] = state;
  return json;
}

// One line out per line in: what became of it.
int print_outcome(Console& console, const Line& line, const std::vector<JobOutcome>& outcomes) {
  Json json = line_json(line, "done");
  json["versions"] = Json::array();
  json["jobs"] = Json::array();
  int code = kDone;
  for (const JobOutcome& outcome : outcomes) {
    json["jobs"].push_back(outcome.job.id);
    for (const Version& version : outcome.versions) {
      json["versions"].push_back(to_json(version, outcome.job.character_name, console.session()));
    }
    if (outcome.job.state == JobState::done) continue;
    json["state"] = to_string(outcome.job.state);
    json["error"] = {{"code", outcome.job.error_code},
                     {"message", outcome.job.message},
                     {"hint", outcome.job.hint}};
    code = outcome.job.state == JobState::uncertain ? kUncertain : kFailed;
  }
  console.print(json_text(json, false) + '\n');
  return code;
}

int worse(int a, int b) {
  return a == kUncertain || b == kDone ? a : b;
}

int generate_lines(Console& console, const std::vector<Line>& lines) {
  // All of them are in the queue first: the provider's limits and slots order them.
  std::vector<std::vector<Ticket<JobOutcome>>> tickets;
  std::vector<std::optional<Error>> refused;
  for (const Line& line : lines) {
    tickets.emplace_back();
    refused.emplace_back();
    const auto jobs = console.wait(console.session().generate(line.request));
    if (!jobs) {
      refused.back() = jobs.error();
      continue;
    }
    for (const Job& job : *jobs) tickets.back().push_back(console.session().finish(job.id));
  }
  int code = kDone;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (refused[i]) {
      Json json = line_json(lines[i], "refused");
      json["error"] = json_error(*refused[i])["error"];
      console.print(json_text(json, false) + '\n');
      code = worse(code, exit_code(refused[i]->code));
      continue;
    }
    std::vector<JobOutcome> outcomes;
    for (const auto& ticket : tickets[i]) outcomes.push_back(console.get(ticket));
    code = worse(code, print_outcome(console, lines[i], outcomes));
  }
  send_pushes(console);
  return code;
}

int print_cost(Console& console, const std::vector<Line>& lines) {
  std::int64_t credits = 0;
  for (const Line& line : lines) {
    const GenerationQuote quote = console.get(console.session().quote(line.request));
    credits += quote.credits;
    Json json = line_json(line, "dry_run");
    json["quote"] = to_json(quote);
    console.print(json_text(json, false) + '\n');
  }
  console.note(fmt::format("{} lines, {} credits", lines.size(), credits));
  return kDone;
}

int run_batch(Console& console, const Options& options) {
  console.open(Access::edit, [](SessionOptions& session) { session.run_jobs = true; });
  std::vector<Line> lines = read_lines(console, options);
  const std::set<std::string> done = done_before(options);
  const std::size_t all = lines.size();
  std::erase_if(lines, [&done](const Line& line) { return done.contains(line.key); });
  if (lines.size() < all) console.note(fmt::format("{} done before", all - lines.size()));
  return options.defaults.dry_run ? print_cost(console, lines) : generate_lines(console, lines);
}

}  // namespace

void add_batch_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("batch", "Many new versions, one a line of a file");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "JSON objects, one a line; - for standard input")
      ->required();
  command
      ->add_option("--done", options->done_file,
                   "What an earlier run printed: its finished lines are left out")
      ->type_name("FILE");
  add_generation_options(*command, options->defaults);
  command->callback([&action, options] {
    action = [options](Console& console) { return run_batch(console, *options); };
  });
}

}  // namespace castboard
