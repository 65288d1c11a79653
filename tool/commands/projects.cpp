#include <charconv>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr int kNameWidth = 40;

struct ProjectEdit {
  std::string project;
  std::optional<std::string> limit, ask_above, daily_limit, daily_ask_above;
};

std::string limit_lines(const Project& project) {
  std::string text;
  const auto add = [&text](const char* label, const std::optional<std::int64_t>& limit) {
    if (limit) text += fmt::format("{:<12}{}\n", label, *limit);
  };
  add("limit", project.credit_limit);
  add("asks above", project.credit_ask_above);
  add("a day", project.daily_credit_limit);
  add("  asks above", project.daily_credit_ask_above);
  return text;
}

void print_project(Console& console, const Project& project) {
  if (!console.json()) {
    console.print(fmt::format("{}  {}\n", project.id, project.name));
    return;
  }
  Json document = json_document();
  document["project"] = to_json(project);
  console.print_json(document);
}

int list_projects(Console& console) {
  Session& session = console.open(Access::read);
  const std::vector<Project> projects = console.get(session.list_projects());
  if (console.json()) {
    Json document = json_document();
    document["projects"] = Json::array();
    for (const Project& project : projects) document["projects"].push_back(to_json(project));
    console.print_json(document);
    return kDone;
  }
  Table table({"PROJECT", ">CHARACTERS", ">VERSIONS", ">CREDITS", "ID"});
  for (const Project& project : projects) {
    table.add({shortened(project.name, kNameWidth), fmt::to_string(project.character_count),
               fmt::to_string(project.version_count),
               project.credit_limit
                   ? fmt::format("{} of {}", project.credits_used, *project.credit_limit)
                   : fmt::to_string(project.credits_used),
               project.id});
  }
  console.print(table.text());
  if (table.empty()) console.note("no projects yet; castboard projects add NAME makes one");
  return kDone;
}

int add_project(Console& console, const std::string& name) {
  Session& session = console.open(Access::create, [](SessionOptions& o) { o.run_jobs = false; });
  print_project(console, console.get(session.create_project(name)));
  return kDone;
}

int show_project(Console& console, const std::string& wanted) {
  Session& session = console.open(Access::read);
  const Project project = console.get(session.find_project(wanted));
  if (console.json()) {
    print_project(console, project);
    return kDone;
  }
  console.print(fmt::format(
      "name        {}\nid          {}\ncharacters  {}\nversions    {}\ncredits     {}{}\n"
      "created     {}\n{}",
      project.name, project.id, project.character_count, project.version_count,
      project.credits_used,
      project.credit_limit ? fmt::format(" of {}", *project.credit_limit) : std::string(),
      short_time(project.created_at), limit_lines(project)));
  return kDone;
}

// "none" takes a limit away.
void apply_limit(const std::optional<std::string>& text, const char* option,
                 std::optional<std::int64_t>& limit) {
  if (!text) return;
  if (*text == "none") {
    limit = std::nullopt;
    return;
  }
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), number);
  if (text->empty() || parsed.ec != std::errc{} || parsed.ptr != text->data() + text->size() ||
      number < 0) {
    throw CommandFailure{
        wrong_usage(fmt::format("{} \"{}\" is no number of credits", option, *text),
                    "A whole number from 0 on, or none.")};
  }
  limit = number;
}

int edit_project(Console& console, const ProjectEdit& edit) {
  if (!edit.limit && !edit.ask_above && !edit.daily_limit && !edit.daily_ask_above) {
    throw CommandFailure{
        wrong_usage("There is nothing to change", "castboard projects edit --help says more.")};
  }
  Session& session = console.open(Access::edit);
  const Project project = console.get(session.find_project(edit.project));
  CreditLimits limits{project.credit_limit, project.credit_ask_above, project.daily_credit_limit,
                      project.daily_credit_ask_above};
  apply_limit(edit.limit, "--credit-limit", limits.total);
  apply_limit(edit.ask_above, "--ask-above", limits.total_ask_above);
  apply_limit(edit.daily_limit, "--daily-limit", limits.daily);
  apply_limit(edit.daily_ask_above, "--daily-ask-above", limits.daily_ask_above);
  print_project(console, console.get(session.set_credit_limits(project.id, limits)));
  return kDone;
}

int rename_project(Console& console, const std::string& wanted, const std::string& name) {
  Session& session = console.open(Access::edit);
  const Project project = console.get(session.find_project(wanted));
  print_project(console, console.get(session.rename_project(project.id, name)));
  return kDone;
}

}  // namespace

void add_projects_command(CLI::App& app, Action& action) {
  CLI::App* projects = app.add_subcommand("projects", "Productions: list, add, show, edit, rename");
  struct Options {
    std::string project;
    std::string name;
  };
  const auto options = std::make_shared<Options>();

  CLI::App* list = projects->add_subcommand("list", "All projects of the library");
  list->callback([&action] { action = list_projects; });

  CLI::App* add = projects->add_subcommand("add", "A new project; makes the library when missing");
  add->add_option("NAME", options->name, "Its name")->required();
  add->callback([&action, options] {
    action = [options](Console& c) { return add_project(c, options->name); };
  });

  CLI::App* show = projects->add_subcommand("show", "One project");
  show->add_option("PROJECT", options->project, "Name or id")->required();
  show->callback([&action, options] {
    action = [options](Console& c) { return show_project(c, options->project); };
  });

  const auto changes = std::make_shared<ProjectEdit>();
  CLI::App* edit = projects->add_subcommand("edit", "What a project may cost");
  edit->add_option("PROJECT", changes->project, "Name or id")->required();
  edit->add_option("--credit-limit", changes->limit, "Refuse above it; none takes it away")
      ->type_name("N");
  edit->add_option("--ask-above", changes->ask_above, "Ask above it")->type_name("N");
  edit->add_option("--daily-limit", changes->daily_limit, "The same for each day")->type_name("N");
  edit->add_option("--daily-ask-above", changes->daily_ask_above, "Ask above it, each day")
      ->type_name("N");
  edit->callback(
      [&action, changes] { action = [changes](Console& c) { return edit_project(c, *changes); }; });

  CLI::App* rename = projects->add_subcommand("rename", "Another name for a project");
  rename->add_option("PROJECT", options->project, "Name or id")->required();
  rename->add_option("NAME", options->name, "The new name")->required();
  rename->callback([&action, options] {
    action = [options](Console& c) { return rename_project(c, options->project, options->name); };
  });
}

}  // namespace castboard
