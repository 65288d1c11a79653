#include "commands/batch_run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "commands/edits.h"
#include "commands/generation_run.h"
#include "exit_code.h"

namespace castboard {
namespace {

// How often jobs that another Castboard has are tried to be taken up: it may have ended.
constexpr std::chrono::seconds kLookAgain{5};

Json line_json(const BatchLine& line, std::string_view state) {
  Json json = json_document();
  json["key"] = line.key;
  json["line"] = line.number;
  json["state"] = state;
  return json;
}

// One line on its way.
struct Work {
  const BatchLine* line = nullptr;
  bool asked = false;
  std::vector<Job> jobs;  // as they were when they were asked for
  std::vector<JobOutcome> outcomes;
  std::optional<Error> refused;
  bool over = false;
};

class BatchRun {
 public:
  BatchRun(Console& console, const std::string& file, const std::vector<BatchLine>& lines)
      : console_(console), file_(file) {
    for (const BatchLine& line : lines) works_.push_back({&line, false, {}, {}, {}, false});
    console_.replies().on_event = [this](const Event& event) {
      if (const auto* changed = std::get_if<JobsChanged>(&event)) known_ = changed->jobs;
    };
  }
  ~BatchRun() { console_.replies().on_event = {}; }
  BatchRun(const BatchRun&) = delete;
  BatchRun& operator=(const BatchRun&) = delete;

  int run() {
    // All of them are in the queue soon: the provider's limits and slots order them.
    for (Work& work : works_) {
      ask(work);
      while (take_outcome(std::chrono::milliseconds(0))) {
      }
    }
    while (!waiting_.empty()) wait_for_outcome();
    if (done_before_ > 0)
      console_.note(fmt::format("{} made before; another key makes one again", done_before_));
    send_pushes(console_);
    return lost_ ? say_what_was_lost() : code_;
  }

  // Interrupted: what is not over is printed as it is, so that the next run knows its jobs.
  void print_unfinished() {
    std::string text = "castboard: interrupted\n";
    for (const Work& work : works_) {
      if (work.over) continue;
      const std::string_view state = state_of(work);
      Json json = line_json(*work.line, state);
      json["versions"] = Json::array();
      json["jobs"] = Json::array();
      for (const Job& job : work.jobs) json["jobs"].push_back(job.id);
      json["error"] = json_error({ErrorCode::cancelled,
                                  "Interrupted",
                                  "castboard jobs show ID says what became of one.",
                                  {}})["error"];
      print(json);
      text += fmt::format("  {}: {}, {}\n", work.line->key, state, jobs_text(work));
    }
    if (lost_) text += error_text(*lost_);
    text += fmt::format("  castboard batch {} goes on and sends nothing twice\n", file_);
    console_.complain(text);
  }

 private:
  void ask(Work& work) {
    work.asked = true;
    if (!work.line->printed_jobs.empty()) {
      work.jobs = work.line->printed_jobs;
    } else if (auto jobs = console_.wait(console_.session().generate(work.line->request))) {
      work.jobs = std::move(*jobs);
    } else {
      work.refused = std::move(jobs.error());
      return finish(work);
    }
    if (std::all_of(work.jobs.begin(), work.jobs.end(),
                    [](const Job& job) { return job.state == JobState::done; }))
      ++done_before_;
    for (const Job& job : work.jobs) {
      take_up(work, job);
      waiting_.emplace(console_.session().finish(job.id).number, &work);
    }
  }

  // What an earlier run left goes on here: asked for at its provider, never sent again. A new job
  // is under way already.
  void take_up(const Work& work, const Job& job) {
    if (job.state == JobState::done) return;
    const auto say = [&](std::string_view what) {
      console_.note(fmt::format("{}: job {} {}", work.line->key, job.id, what));
    };
    const bool can_be_asked_for = job.state == JobState::uncertain && job.known_to_provider();
    if (is_final(job.state) && !can_be_asked_for) {
      say(fmt::format("was {} before and is not sent again", to_string(job.state)));
    } else if (job.elsewhere || can_be_asked_for) {
      if (const auto now = console_.wait(console_.session().resume(job.id))) {
        say(fmt::format("was {} before and is {} now", to_string(job.state),
                        to_string(now->state)));
      } else {
        elsewhere_.insert(job.id);
        say("is another Castboard's; waiting for it");
      }
    }
  }

  bool take_outcome(std::optional<std::chrono::milliseconds> limit) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, work] : waiting_) numbers.push_back(number);
    const auto first = console_.replies().first_of(numbers, limit);
    if (!first) return false;
    Work& work = *waiting_.extract(*first).mapped();
    Result<JobOutcome> outcome = console_.wait(Ticket<JobOutcome>{*first});
    if (outcome) {
      elsewhere_.erase(outcome->job.id);
      work.outcomes.push_back(std::move(*outcome));
    } else {
      work.refused = std::move(outcome.error());
    }
    const bool more = std::any_of(waiting_.begin(), waiting_.end(),
                                  [&work](const auto& entry) { return entry.second == &work; });
    if (!more) finish(work);
    return true;
  }

  void wait_for_outcome() {
    if (elsewhere_.empty()) {
      take_outcome(std::nullopt);
      return;
    }
    if (take_outcome(kLookAgain)) return;
    std::erase_if(elsewhere_, [this](const JobId& id) {
      return console_.wait(console_.session().resume(id)).has_value();
    });
  }

  // One line out per line in, when it is over: what became of it.
  void finish(Work& work) {
    work.over = true;
    const Job* worst = worst_job(work.outcomes);
    std::string_view state = "refused";
    if (worst != nullptr) {
      state = to_string(worst->state);
      code_ = worse(code_, exit_code_of(*worst));
    } else if (!work.refused) {
      state = to_string(JobState::done);
    }
    if (work.refused) code_ = worse(code_, exit_code(work.refused->code));
    Json json = line_json(*work.line, state);
    json["versions"] = Json::array();
    json["jobs"] = Json::array();
    for (const Job& job : work.jobs) json["jobs"].push_back(job.id);
    for (const JobOutcome& outcome : work.outcomes) {
      for (const Version& version : outcome.versions) {
        json["versions"].push_back(
            to_json(version, outcome.job.character_name, console_.session()));
      }
    }
    if (worst != nullptr) {
      json["error"] = json_error(error_of(*worst))["error"];
      if (!worst->error_code.empty()) json["error"]["code"] = worst->error_code;
    } else if (work.refused) {
      json["error"] = json_error(*work.refused)["error"];
    }
    print(json);
    if (lost_) unprinted_.push_back(&work);
  }

  // After the first failure nothing more is written: the rest would not fit the part that was.
  void print(const Json& json) {
    if (lost_) return;
    try {
      console_.print(json_text(json, false) + '\n');
    } catch (const CommandFailure& failure) {
      lost_ = failure.error;
    }
  }

  static std::string jobs_text(const Work& work) {
    std::vector<std::string> ids;
    for (const Job& job : work.jobs) ids.push_back(job.id);
    return ids.empty() ? std::string("no job") : fmt::format("{}", fmt::join(ids, ", "));
  }

  int say_what_was_lost() {
    std::string text = error_text(*lost_);
    text += "  Everything was waited for; not printed are the lines of\n";
    for (const Work* work : unprinted_) {
      text += fmt::format("    {}: {}\n", work->line->key, jobs_text(*work));
    }
    text += fmt::format(
        "  castboard jobs list --all shows what was made; castboard batch {} prints it and sends "
        "nothing twice.\n",
        file_);
    console_.complain(text);
    return worse(code_, kFailed);
  }

  // As the last event told.
  [[nodiscard]] JobState state_of(const Job& job) const {
    if (known_) {
      for (const Job& other : *known_) {
        if (other.id == job.id) return other.state;
      }
    }
    return job.state;
  }

  // "queued" for a line that was about to be: its jobs may be on disk.
  [[nodiscard]] std::string_view state_of(const Work& work) const {
    if (!work.asked) return "unsent";
    JobState state = work.jobs.empty() ? JobState::queued : JobState::done;
    for (const Job& job : work.jobs) {
      const JobState now = state_of(job);
      if (now == JobState::uncertain) return to_string(now);
      if (state == JobState::done || !is_final(now)) state = now;  // one that failed hides none
    }
    return to_string(state);
  }

  Console& console_;
  const std::string& file_;
  std::vector<Work> works_;
  std::map<std::uint64_t, Work*> waiting_;  // by the number of the ticket of `finish`
  std::set<JobId> elsewhere_;
  std::shared_ptr<const std::vector<Job>> known_;
  std::optional<Error> lost_;  // the first failure to write
  std::vector<const Work*> unprinted_;
  int done_before_ = 0;
  int code_ = kDone;
};

}  // namespace

int generate_lines(Console& console, const std::string& file, const std::vector<BatchLine>& lines) {
  int signal = 0;
  {
    BatchRun run(console, file, lines);
    try {
      return run.run();
    } catch (const Interrupted& interrupted) {
      run.print_unfinished();
      signal = interrupted.signal;
    }
  }
  console.close();
  throw Stopped{128 + signal};
}

int print_cost(Console& console, const std::vector<BatchLine>& lines) {
  std::int64_t credits = 0;
  for (const BatchLine& line : lines) {
    const GenerationQuote quote = console.get(console.session().quote(line.request));
    if (line.printed_jobs.empty()) credits += quote.credits;
    Json json = line_json(line, "dry_run");
    json["quote"] = to_json(quote);
    console.print(json_text(json, false) + '\n');
  }
  console.note(fmt::format("{} lines, {} credits", lines.size(), credits));
  return kDone;
}

}  // namespace castboard
