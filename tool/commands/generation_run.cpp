#include "commands/generation_run.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands/edits.h"
#include "commands/lookup.h"
#include "exit_code.h"

namespace castboard {

Error error_of(const Job& job) {
  Error error{ErrorCode::provider, job.message, job.hint, {}};
  if (error.message.empty()) error.message = fmt::format("Job {}", to_string(job.state));
  if (job.state == JobState::uncertain) {
    error.message += fmt::format(" (job {})", job.id);
    error.hint = fmt::format("It may have been billed: castboard jobs check {}", job.id);
  }
  if (job.state == JobState::queued)
    error.hint = fmt::format("It stays in the queue: castboard jobs resume {}", job.id);
  return error;
}

int exit_code_of(const Job& job) {
  if (job.state == JobState::done) return kDone;
  if (job.state == JobState::uncertain) return kUncertain;
  if (job.state == JobState::cancelled) return kFailed;  // by somebody else
  const int code = exit_code(job.error_code);
  return code == kWrongUsage ? kFailed : code;  // it was right enough to become a job
}

const Job* worst_job(const std::vector<JobOutcome>& outcomes) {
  const Job* worst = nullptr;
  for (const JobOutcome& outcome : outcomes) {
    const int code = exit_code_of(outcome.job);
    if (code == kDone) continue;
    const int before = worst == nullptr ? kDone : exit_code_of(*worst);
    if (code != before && worse(code, before) == code) worst = &outcome.job;
  }
  return worst;
}

namespace {

using Clock = std::chrono::steady_clock;

// One line for the terminal: "2 of 3 done, Mira: running 42 %, 0:12".
std::string progress_line(const std::vector<Job>& jobs, const std::vector<Job>& known,
                          Clock::duration elapsed) {
  int done = 0;
  std::string current;
  for (const Job& job : jobs) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&job](const Job& other) { return other.id == job.id; });
    const Job& now = found == known.end() ? job : *found;
    if (is_final(now.state)) {
      ++done;
    } else if (current.empty()) {
      current = fmt::format("{}: {}", now.character_name, to_string(now.state));
      if (now.progress >= 0) current += fmt::format(" {:.0f} %", now.progress * 100);
    }
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
  return fmt::format("{} of {} done{}{}, {}:{:02}", done, jobs.size(), current.empty() ? "" : ", ",
                     current, seconds / 60, seconds % 60);
}

// Shows progress for as long as it lives.
class Watch {
 public:
  Watch(Console& console, const std::vector<Job>& jobs) : console_(console), jobs_(jobs) {
    console_.replies().on_event = [this](const Event& event) {
      if (const auto* changed = std::get_if<JobsChanged>(&event)) known_ = *changed->jobs;
    };
    console_.replies().on_tick = [this] {
      console_.progress(progress_line(jobs_, known_, Clock::now() - start_));
    };
  }
  ~Watch() {
    console_.replies().on_event = {};
    console_.replies().on_tick = {};
    console_.progress({});
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  Console& console_;
  const std::vector<Job>& jobs_;
  std::vector<Job> known_;
  Clock::time_point start_ = Clock::now();
};

Json outcome_json(const std::vector<JobOutcome>& outcomes, const Session& session) {
  Json document = json_document();
  document["version"] = Json();
  document["versions"] = Json::array();
  document["jobs"] = Json::array();
  for (const JobOutcome& outcome : outcomes) {
    document["jobs"].push_back(to_json(outcome.job));
    for (const Version& version : outcome.versions) {
      document["versions"].push_back(to_json(version, outcome.job.character_name, session));
    }
  }
  if (!document["versions"].empty()) document["version"] = document["versions"].front();
  return document;
}

std::string version_line(Console& console, const JobOutcome& outcome, const Version& version) {
  return fmt::format(
      "{}/{}  {}{}\n", outcome.job.character_name, version_label(version.version_number),
      console.session().absolute_path(version.image_url), version.is_active ? "  active" : "");
}

void print_outcomes(Console& console, const std::vector<JobOutcome>& outcomes, const Job* worst) {
  if (console.json()) {
    Json document = outcome_json(outcomes, console.session());
    if (worst != nullptr) {
      document["error"] = json_error(error_of(*worst))["error"];
      document["error"]["code"] =
          worst->error_code.empty() ? to_string(worst->state) : std::string_view(worst->error_code);
      document["error"]["job_id"] = worst->id;
    }
    console.print_json(document);
  }
  for (const JobOutcome& outcome : outcomes) {
    for (const Version& version : outcome.versions) {
      if (console.json()) break;
      console.print(version_line(console, outcome, version));
    }
    if (outcome.job.state != JobState::done)
      console.complain(error_text(error_of(outcome.job)));
    else if (!outcome.job.message.empty())
      console.warn(outcome.job.message);
  }
}

// Where stdout is lost, people still learn what was made of their money.
void complain_of_lost(Console& console, const std::vector<JobOutcome>& outcomes,
                      const Error& error) {
  std::string text = error_text(error);
  for (const JobOutcome& outcome : outcomes) {
    if (outcome.job.state != JobState::done) {
      text += error_text(error_of(outcome.job));
      text += fmt::format("  job {}\n", outcome.job.id);
    }
    for (const Version& version : outcome.versions) {
      text += "  " + version_line(console, outcome, version);
    }
  }
  console.complain(text);
}

[[noreturn]] void stop(Console& console, const std::vector<Job>& jobs, const Interrupted& why) {
  console.progress({});
  std::string text = "castboard: interrupted; the jobs were\n";
  Json ids = Json::array();
  for (const Job& job : jobs) {
    text += fmt::format("  {}  {}: {}\n", job.id, job.character_name, job.request.version_name);
    ids.push_back(job.id);
  }
  text += "  castboard jobs show ID says what became of one\n";
  console.complain(text);
  if (console.json()) {
    Json document = json_error({ErrorCode::cancelled,
                                "Interrupted",
                                "castboard jobs show ID says what became of one.",
                                {}});
    document["error"]["job_ids"] = std::move(ids);
    console.print_json(document);
  }
  console.close();
  throw Stopped{128 + why.signal};
}

}  // namespace

int wait_for_jobs(Console& console, const std::vector<Job>& jobs) {
  std::vector<JobOutcome> outcomes;
  try {
    const Watch watch(console, jobs);
    std::vector<Ticket<JobOutcome>> tickets;
    for (const Job& job : jobs) tickets.push_back(console.session().finish(job.id));
    for (const auto& ticket : tickets) outcomes.push_back(console.get(ticket));
  } catch (const Interrupted& interrupted) {
    stop(console, jobs, interrupted);
  }
  const Job* worst = worst_job(outcomes);
  int code = worst == nullptr ? kDone : exit_code_of(*worst);
  try {
    print_outcomes(console, outcomes, worst);
  } catch (const CommandFailure& lost) {
    complain_of_lost(console, outcomes, lost.error);
    code = worse(code, exit_code(lost.error.code));
  }
  send_pushes(console);
  return code;
}

int run_generation(Console& console, const GenerationRequest& request) {
  GenerationRequest asked = request;
  const ProviderInfo* provider = console.opened().catalogue->find_provider(request.provider);
  if (!asked.soft_limit_accepted && provider != nullptr && !provider->free) {
    const std::string question = console.get(console.session().quote(asked)).ask;
    asked.soft_limit_accepted = !question.empty() && console.confirm(question);
    if (!question.empty() && !asked.soft_limit_accepted) {
      throw CommandFailure{{ErrorCode::out_of_credit, question, "--yes says yes to it.", {}}};
    }
  }
  return wait_for_jobs(console, console.get(console.session().generate(asked)));
}

int print_quote(Console& console, const GenerationRequest& request,
                const std::vector<std::string>& would_create) {
  Json document = json_document();
  document["dry_run"] = true;
  document["would_create"] = would_create;
  std::string text;
  for (const std::string& name : would_create) text += fmt::format("would create {}\n", name);
  if (request.character_id.empty()) {
    document["quote"] = Json();  // prompt and request depend on the character
  } else {
    const GenerationQuote quote = console.get(console.session().quote(request));
    document["quote"] = to_json(quote);
    text +=
        fmt::format("prompt   {}\ncredits  {}{}\n", quote.prompt,
                    quote.credits == 0 ? std::string("free") : fmt::to_string(quote.credits),
                    quote.credits_reason.empty() ? "" : fmt::format(" ({})", quote.credits_reason));
    for (const std::string& note : quote.notes) text += fmt::format("note     {}\n", note);
    if (!quote.ask.empty()) text += fmt::format("asks     {}\n", quote.ask);
    text += quote.request_preview + '\n';
  }
  if (console.json()) {
    console.print_json(document);
  } else {
    console.print(text);
  }
  return kDone;
}

}  // namespace castboard
