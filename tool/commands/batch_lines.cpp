#include "commands/batch_lines.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "castboard/job_questions.h"
#include "castboard/request_rules.h"
#include "commands/lookup.h"
#include "commands/table.h"

namespace castboard {
namespace {

constexpr int kShownValue = 40;
constexpr const char* kCutOffHint =
    "Give what batch printed; a last line that was cut off has to be taken out.";

[[noreturn]] void fail(const std::string& file, int line, Error error) {
  error.message = fmt::format("{}:{}: {}", file, line, error.message);
  throw CommandFailure{std::move(error)};
}

// Lines that are not empty, counted from 1. What `use` throws is said of its line.
void for_each_line(const std::string& name,
                   const std::function<void(const std::string& text, int number)>& use) {
  std::ifstream file;
  std::error_code ignored;
  const bool is_directory = std::filesystem::is_directory(name, ignored);
  if (name != "-" && !is_directory) file.open(name);
  if (name != "-" && !file.is_open()) {
    throw CommandFailure{wrong_usage(fmt::format("{} cannot be read", name))};
  }
  std::istream& in = name == "-" ? std::cin : file;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      use(text, number);
    } catch (const CommandFailure& failure) {
      fail(name, number, failure.error);
    }
  }
  if (in.bad()) throw CommandFailure{wrong_usage(fmt::format("{} cannot be read", name))};
}

bool is_printed_state(std::string_view state) {
  return parse_job_state(state) || state == "refused" || state == "dry_run" || state == "unsent";
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::int64_t whole_number(const std::string& field, const Json& value, std::int64_t least,
                          std::int64_t most) {
  // Beyond 64 bits it is no integer to the parser, beyond 63 an unsigned one.
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most) &&
                              value.get<std::int64_t>() >= least
                        : value.is_number_integer() && value.get<std::int64_t>() >= least;
  if (fits) return value.get<std::int64_t>();
  throw CommandFailure{
      wrong_usage(fmt::format("{} is {}", field, shortened(value.dump(), kShownValue)),
                  fmt::format("Give a whole number from {} to {}.", least, most))};
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
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (field == "seed") {
    options.seed = whole_number(field, value, 0, kLargest);
  } else if (field == "count") {
    options.count = static_cast<int>(whole_number(field, value, 1, kMaxPicturesAtOnce));
  } else if (field == "max_credits") {
    options.max_credits = whole_number(field, value, 0, kLargest);
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

// What the picture is made of. How many, at what price and whether it becomes active is not in it:
// these may change between two runs of the same line.
Json settings_of(const GenerationRequest& request) {
  const auto reference = [](const Reference& from) {
    return Json{{"kind", to_string(from.kind)}, {"text", from.text}};
  };
  return Json{{"character", request.character_id},
              {"name", request.version_name},
              {"template", request.template_type},
              {"shot", request.shot},
              {"style", request.art_style},
              {"size", request.aspect_ratio},
              {"reference", reference(request.character_reference)},
              {"background", reference(request.background_reference)},
              {"describe", request.additional_description},
              {"prompt", request.prompt},
              {"provider", request.provider},
              {"model", request.model},
              {"seed", request.seed ? Json(*request.seed) : Json()}};
}

BatchLine read_line(Console& console, const GenerationOptions& defaults, const std::string& text,
                    int number, bool& has_key) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    throw CommandFailure{wrong_usage("not a JSON object",
                                     "Each line is one, such as "
                                     "{\"character\": \"Mira\"}.")};
  }
  GenerationOptions asked = defaults;
  std::string character;
  for (const auto& [field, value] : json.items()) take_field(field, value, asked, character);
  if (character.empty()) throw CommandFailure{wrong_usage("\"character\" is missing")};
  has_key = json.contains("key");
  BatchLine line{number, has_key ? text_of(json["key"]) : std::to_string(number), {}, {}};
  line.request.provider = console.opened().catalogue->default_provider;
  const CharacterId id = character_named(console, character).id;
  apply_options(console, asked, id, line.request);
  line.request.character_id = id;
  return line;
}

// Lines of the same settings are told apart by their keys; those without one by which of them they
// are, so that lines may be added before them.
class Wishes {
 public:
  std::string name(const BatchLine& line, bool has_key) {
    Json wish = Json::object();
    wish["settings"] = settings_of(line.request);
    if (has_key) {
      wish["key"] = line.key;
    } else {
      wish["number"] = ++seen_[json_text(wish, false)];
    }
    return "batch " + json_text(wish, false);
  }

 private:
  std::map<std::string, int> seen_;
};

// One line of what `batch` printed.
struct PrintedLine {
  int number = 0;
  std::string state;
  std::vector<JobId> jobs;
};

PrintedLine read_printed_line(const std::string& text, int number, std::string& key) {
  const Json json = Json::parse(text, nullptr, false);
  const auto has_text = [&json](const char* field) {
    return json.contains(field) && json[field].is_string();
  };
  const bool has_key = json.is_object() && json.contains("key") &&
                       (json["key"].is_string() || json["key"].is_number());
  if (!has_key || !has_text("state") || !is_printed_state(json["state"].get<std::string>())) {
    throw CommandFailure{wrong_usage("no line that batch prints", kCutOffHint)};
  }
  key = text_of(json["key"]);
  PrintedLine line{number, json["state"].get<std::string>(), {}};
  if (!json.contains("jobs")) return line;
  if (!json["jobs"].is_array()) throw CommandFailure{wrong_usage("\"jobs\" is no list of ids")};
  for (const Json& id : json["jobs"]) {
    if (!id.is_string()) throw CommandFailure{wrong_usage("\"jobs\" is no list of ids")};
    line.jobs.push_back(id.get<std::string>());
  }
  return line;
}

// By key; the last line of a key counts, since output is appended.
std::map<std::string, PrintedLine> read_printed(const std::string& file) {
  std::map<std::string, PrintedLine> printed;
  for_each_line(file, [&printed](const std::string& text, int number) {
    std::string key;
    PrintedLine line = read_printed_line(text, number, key);
    printed.insert_or_assign(std::move(key), std::move(line));
  });
  return printed;
}

// As it is now; what it was submitted again as stands in its place.
Job job_now(Console& console, JobId id) {
  while (true) {
    Job job = console.get(console.session().find_job(id));
    if (job.submitted_again_as.empty()) return job;
    id = job.submitted_again_as;
  }
}

bool cost_nothing(const Job& job) {
  return is_final(job.state) && job.state != JobState::done && !leaves_a_question(job);
}

bool may_be_sent(std::string_view printed_state) {
  constexpr std::array kCostNothing{"refused", "failed", "cancelled", "dry_run"};
  return std::find(kCostNothing.begin(), kCostNothing.end(), printed_state) != kCostNothing.end();
}

}  // namespace

std::vector<BatchLine> read_batch(Console& console, const std::string& file,
                                  const GenerationOptions& defaults) {
  std::vector<BatchLine> lines;
  std::map<std::string, int> keys;
  Wishes wishes;
  for_each_line(file, [&](const std::string& text, int number) {
    bool has_key = false;
    BatchLine line = read_line(console, defaults, text, number, has_key);
    const auto [before, is_new] = keys.try_emplace(line.key, number);
    if (!is_new) {
      throw CommandFailure{wrong_usage(
          fmt::format("the key \"{}\" stands in line {} already", line.key, before->second))};
    }
    line.request.wish = wishes.name(line, has_key);
    lines.push_back(std::move(line));
  });
  return lines;
}

std::size_t leave_out_printed(Console& console, const std::string& printed_file,
                              std::vector<BatchLine>& lines) {
  const std::map<std::string, PrintedLine> printed = read_printed(printed_file);
  const std::size_t all = lines.size();
  std::erase_if(lines, [&printed](const BatchLine& line) {
    const auto found = printed.find(line.key);
    return found != printed.end() && found->second.state == to_string(JobState::done);
  });
  for (BatchLine& line : lines) {
    const auto found = printed.find(line.key);
    if (found == printed.end() || may_be_sent(found->second.state)) continue;
    try {
      for (const JobId& id : found->second.jobs) {
        line.printed_jobs.push_back(job_now(console, id));
      }
      std::erase_if(line.printed_jobs, cost_nothing);
    } catch (CommandFailure& failure) {
      failure.error.code = ErrorCode::invalid_input;
      failure.error.hint = "It may be of another library: nothing was sent.";
      fail(printed_file, found->second.number, std::move(failure.error));
    }
  }
  return all - lines.size();
}

}  // namespace castboard
