#include <map>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/generation_run.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr int kTextWidth = 44;

struct Options {
  std::string job;
  std::string where;
  bool all = false;
  bool queued = false;
  bool yes = false;
};

std::string_view billing_text(Billing billing) {
  switch (billing) {
    case Billing::not_billed:
      return "not billed";
    case Billing::uncertain:
      return "perhaps billed";
    default:
      return to_string(billing);
  }
}

std::string job_lines(const Job& job) {
  std::string text;
  const auto add = [&text](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<19}{}\n", label, value);
  };
  add("job", job.id);
  add("state", std::string(to_string(job.state)));
  add("character", job.character_name);
  add("version name", job.request.version_name);
  add("provider", job.request.provider);
  add("provider's id", job.provider_job_id);
  add("credits", job.billing == Billing::open
                     ? fmt::format("{} (estimate)", job.credit_estimate)
                     : fmt::format("{} ({})", job.credits, billing_text(job.billing)));
  if (!job.provider_cost_unit.empty())
    add("provider's figure", fmt::format("{} {}", job.provider_cost, job.provider_cost_unit));
  add("message", job.message);
  add("what to do", job.hint);
  for (const std::string& file : job.kept_files) add("kept in", file);
  for (const VersionId& id : job.version_ids) add("version", id);
  add("again of", job.again_of);
  add("sent again as", job.submitted_again_as);
  add("created", short_time(job.created_at));
  add("finished", short_time(job.finished_at));
  return text;
}

int print_job(Console& console, const Job& job) {
  if (console.json()) {
    Json document = json_document();
    document["job"] = to_json(job);
    console.print_json(document);
  } else {
    console.print(job_lines(job));
  }
  return kDone;
}

int list_of(Console& console, const std::vector<Job>& jobs) {
  if (console.json()) {
    Json document = json_document();
    document["jobs"] = Json::array();
    for (const Job& job : jobs) document["jobs"].push_back(to_json(job));
    console.print_json(document);
    return kDone;
  }
  Table table({"JOB", "STATE", "CHARACTER", "VERSION NAME", "CREATED", "MESSAGE"});
  for (const Job& job : jobs) {
    table.add({job.id, std::string(to_string(job.state)), shortened(job.character_name, kTextWidth),
               shortened(job.request.version_name, kTextWidth), short_time(job.created_at),
               shortened(job.message, kTextWidth)});
  }
  console.print(table.text());
  return kDone;
}

int list_jobs(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  const std::vector<Job> jobs = console.get(session.list_jobs(options.all));
  list_of(console, jobs);
  if (jobs.empty() && !console.json()) {
    console.note(options.all ? "no jobs" : "no jobs under way; --all lists those that are over");
  }
  return kDone;
}

int show_job(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  return print_job(console, console.get(session.find_job(options.job)));
}

void run_jobs(SessionOptions& options) {
  options.run_jobs = true;
}

JobId id_of(Console& console, const Options& options) {
  return console.get(console.session().find_job(options.job)).id;
}

int check_job(Console& console, const Options& options) {
  Session& session = console.open(Access::edit, run_jobs);
  const Job job = console.get(session.check(id_of(console, options)));
  // Asked at its provider, it is under way again.
  if (!is_final(job.state) && job.state != JobState::queued && !job.elsewhere)
    return wait_for_jobs(console, {job});
  print_job(console, job);
  if (job.state != JobState::uncertain) return kDone;
  if (!job.known_to_provider() && job.submitted_again_as.empty()) {
    console.note(fmt::format(
        "Its provider gave no id to ask by. castboard jobs submit-again {} sends it a second "
        "time; it may be billed twice.",
        job.id));
  }
  return kUncertain;
}

// No job twice: its id, or --all.
void need_job_or_all(const Options& options) {
  if (options.job.empty() == (options.all || options.queued)) return;
  throw CommandFailure{wrong_usage(options.job.empty() ? "Which job?" : "A job, or all of them?",
                                   "Give its id, or --all.")};
}

int resume_jobs(Console& console, const Options& options) {
  need_job_or_all(options);
  Session& session = console.open(Access::edit, run_jobs);
  std::vector<Job> jobs;
  if (options.all) {
    jobs = console.get(session.resume_all());
  } else {
    jobs.push_back(console.get(session.resume(id_of(console, options))));
  }
  if (jobs.empty()) {
    console.note("nothing to resume");
    if (console.json()) return list_of(console, jobs);
    return kDone;
  }
  return wait_for_jobs(console, jobs);
}

// Several: one that cannot be cancelled keeps none of the others.
int cancel_several(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  std::vector<Job> cancelled;
  int refused = 0;
  for (const Job& job : console.get(session.list_jobs(false))) {
    if (!options.all && job.state != JobState::queued) continue;
    const Result<Job> result = console.wait(session.cancel(job.id));
    if (result) {
      cancelled.push_back(*result);
    } else {
      ++refused;
      console.complain(error_text(result.error()));
    }
  }
  list_of(console, cancelled);
  return refused == 0 ? kDone : kFailed;
}

int cancel_job(Console& console, const Options& options) {
  need_job_or_all(options);
  if (options.job.empty()) return cancel_several(console, options);
  Session& session = console.open(Access::edit);
  return print_job(console, console.get(session.cancel(id_of(console, options))));
}

int submit_again(Console& console, const Options& options) {
  Session& session = console.open(Access::edit, run_jobs);
  const Job job = console.get(session.find_job(options.job));
  bool accepts_limit = options.yes;
  if (!options.yes && job.state == JobState::uncertain) {
    const std::string limit = console.get(session.quote_again(job.id)).ask;
    const std::string question = fmt::format(
        "Job {} of {} may have been billed already ({} credits). {}{}Send it a second time?",
        job.id, job.character_name, job.credits, limit, limit.empty() ? "" : " ");
    if (!console.confirm(question)) {
      throw CommandFailure{wrong_usage(fmt::format("Nothing was sent: it may be billed twice{}{}",
                                                   limit.empty() ? "" : ". ", limit),
                                       "--yes sends it all the same.")};
    }
    accepts_limit = !limit.empty();
  }
  return wait_for_jobs(console, {console.get(session.submit_again(job.id, accepts_limit))});
}

int move_job(Console& console, const Options& options) {
  const std::map<std::string, QueueMove> moves{{"first", QueueMove::first},
                                               {"up", QueueMove::up},
                                               {"down", QueueMove::down},
                                               {"last", QueueMove::last}};
  Session& session = console.open(Access::edit);
  const JobId id = id_of(console, options);
  console.get(session.move_job(id, moves.at(options.where)));
  return print_job(console, console.get(session.find_job(id)));
}

}  // namespace

void add_jobs_command(CLI::App& app, Action& action) {
  CLI::App* jobs =
      app.add_subcommand("jobs", "Requests on their way: list, show, check, resume, cancel, move");
  const auto options = std::make_shared<Options>();
  using Run = int (*)(Console&, const Options&);
  const auto add_command = [&](const char* name, const char* help, Run run) {
    CLI::App* command = jobs->add_subcommand(name, help);
    command->callback([&action, options, run] {
      action = [options, run](Console& console) { return run(console, *options); };
    });
    return command;
  };
  const auto add_for_one = [&](const char* name, const char* help, Run run) {
    CLI::App* command = add_command(name, help, run);
    command->add_option("JOB", options->job, "Its id, or the beginning of it")->required();
    return command;
  };
  add_command("list", "Jobs that are not over", list_jobs)
      ->add_flag("--all", options->all, "Those that are over as well");
  add_for_one("show", "One job", show_job);
  add_for_one("check", "Find out what became of it; asks its provider where that is possible",
              check_job);
  add_for_one("submit-again", "Send an uncertain one a second time; it may be billed twice",
              submit_again)
      ->add_flag("--yes", options->yes, "Do not ask, nor for the project's soft limit");
  add_for_one("move", "Change its place in the queue", move_job)
      ->add_option("WHERE", options->where, "first, up, down or last")
      ->required()
      ->check(CLI::IsMember({"first", "up", "down", "last"}));
  const auto add_for_some = [&](const char* name, const char* help, Run run) {
    CLI::App* command = add_command(name, help, run);
    command->add_option("JOB", options->job, "Its id, or the beginning of it");
    return command;
  };
  add_for_some("resume", "Go on with what a Castboard that ended left", resume_jobs)
      ->add_flag("--all", options->all, "All of them");
  CLI::App* cancel = add_for_some("cancel", "Take one back, or several", cancel_job);
  cancel->add_flag("--queued", options->queued, "All that are not sent yet");
  cancel->add_flag("--all", options->all, "All that are not over");
}

}  // namespace castboard
