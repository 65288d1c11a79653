#include <memory>

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
      "created     {}\n",
      project.name, project.id, project.character_count, project.version_count,
      project.credits_used,
      project.credit_limit ? fmt::format(" of {}", *project.credit_limit) : std::string(),
      short_time(project.created_at)));
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
  CLI::App* projects = app.add_subcommand("projects", "Productions: list, add, show, rename");
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

  CLI::App* rename = projects->add_subcommand("rename", "Another name for a project");
  rename->add_option("PROJECT", options->project, "Name or id")->required();
  rename->add_option("NAME", options->name, "The new name")->required();
  rename->callback([&action, options] {
    action = [options](Console& c) { return rename_project(c, options->project, options->name); };
  });
}

}  // namespace castboard
