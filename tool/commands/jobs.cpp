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
  bool all = false;
};

std::string job_lines(const Job& job) {
  std::string text;
  const auto add = [&text](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<14}{}\n", label, value);
  };
  add("job", job.id);
  add("state", std::string(to_string(job.state)));
  add("character", job.character_name);
  add("version name", job.request.version_name);
  add("provider", job.request.provider);
  add("provider's id", job.provider_job_id);
  add("message", job.message);
  add("what to do", job.hint);
  for (const VersionId& id : job.version_ids) add("version", id);
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

int list_jobs(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  const std::vector<Job> jobs = console.get(session.list_jobs(options.all));
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
  if (jobs.empty()) {
    console.note(options.all ? "no jobs" : "no jobs under way; --all lists those that are over");
  }
  return kDone;
}

int show_job(Console& console, const Options& options) {
  Session& session = console.open(Access::read);
  return print_job(console, console.get(session.find_job(options.job)));
}

int check_job(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const JobId id = console.get(session.find_job(options.job)).id;
  const Job job = console.get(session.check(id));
  print_job(console, job);
  return job.state == JobState::uncertain ? kUncertain : kDone;
}

int resume_job(Console& console, const Options& options) {
  Session& session = console.open(Access::edit, [](SessionOptions& o) { o.run_jobs = true; });
  const JobId id = console.get(session.find_job(options.job)).id;
  return wait_for_jobs(console, {console.get(session.resume(id))});
}

int cancel_job(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const JobId id = console.get(session.find_job(options.job)).id;
  return print_job(console, console.get(session.cancel(id)));
}

}  // namespace

void add_jobs_command(CLI::App& app, Action& action) {
  CLI::App* jobs =
      app.add_subcommand("jobs", "Requests on their way: list, show, check, resume, cancel");
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
    add_command(name, help, run)
        ->add_option("JOB", options->job, "Its id, or the beginning of it")
        ->required();
  };
  add_command("list", "Jobs that are not over", list_jobs)
      ->add_flag("--all", options->all, "Those that are over as well");
  add_for_one("show", "One job", show_job);
  add_for_one("check", "Find out what became of it", check_job);
  add_for_one("resume", "Run a queued job whose process ended", resume_job);
  add_for_one("cancel", "Take it back", cancel_job);
}

}  // namespace castboard
