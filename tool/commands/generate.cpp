#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "castboard/request_rules.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/generation_options.h"
#include "commands/generation_run.h"
#include "commands/lookup.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  GenerationOptions generation;
  std::string character;
  bool create = false;
};

// Whom to draw; with --create perhaps somebody who is not there yet.
struct Subject {
  std::string project_name;  // to be created
  ProjectId project_id;
  std::string character_name;
  CharacterId character_id;  // empty: to be created
};

[[noreturn]] void fail(Error error, const char* hint_for_create) {
  error.hint += fmt::format("{}{}", error.hint.empty() ? "" : " ", hint_for_create);
  throw CommandFailure{std::move(error)};
}

void check_name(const char* whose, const std::string& name) {
  if (const auto problem = problem_with_name(whose, name)) throw CommandFailure{*problem};
}

// The project a new character goes into; made later when it is not there.
void choose_project(Console& console, Subject& subject) {
  const std::string& wanted = console.options().project;
  if (wanted.empty()) {
    subject.project_id = project_of_command(console).id;
    return;
  }
  const Result<Project> project = console.wait(console.session().find_project(wanted));
  if (project) {
    subject.project_id = project->id;
  } else if (project.error().code == ErrorCode::not_found) {
    check_name("project's name", wanted);
    subject.project_name = wanted;
  } else {
    throw CommandFailure{project.error()};
  }
}

Subject find_subject(Console& console, const Options& options) {
  constexpr const char* kCreateHint = "--create makes what is missing.";
  Subject subject{{}, {}, options.character, {}};
  Session& session = console.session();
  const std::string& project = console.options().project;
  if (!options.create && !project.empty()) {
    const Result<Project> found = console.wait(session.find_project(project));
    if (!found) fail(found.error(), kCreateHint);
  }
  const Result<Character> found = console.wait(session.find_character(options.character, project));
  if (found) {
    subject.character_name = found->name;
    subject.character_id = found->id;
    return subject;
  }
  if (found.error().code != ErrorCode::not_found) throw CommandFailure{found.error()};
  if (!options.create) fail(found.error(), kCreateHint);
  check_name("character's name", options.character);
  choose_project(console, subject);
  return subject;
}

void create_subject(Console& console, Subject& subject) {
  Session& session = console.session();
  if (!subject.project_name.empty()) {
    subject.project_id = console.get(session.create_project(subject.project_name)).id;
    console.note(fmt::format("created project {}", subject.project_name));
  }
  if (subject.character_id.empty()) {
    CharacterDraft draft;
    draft.project_id = subject.project_id;
    draft.name = subject.character_name;
    subject.character_id = console.get(session.create_character(draft)).id;
    console.note(fmt::format("created character {}", subject.character_name));
  }
}

std::vector<std::string> missing_parts(const Subject& subject) {
  std::vector<std::string> parts;
  if (!subject.project_name.empty()) parts.push_back("project " + subject.project_name);
  if (subject.character_id.empty()) parts.push_back("character " + subject.character_name);
  return parts;
}

int generate(Console& console, const Options& options) {
  const bool create = options.create && !options.generation.dry_run;
  console.open(create ? Access::create : Access::edit,
               [](SessionOptions& session) { session.run_jobs = true; });
  Subject subject = find_subject(console, options);
  GenerationRequest request;
  request.provider = console.opened().catalogue->default_provider;
  // All of it is checked before anything is created.
  apply_options(console, options.generation, subject.character_id, request);
  request.character_id = subject.character_id;
  if (options.generation.dry_run) return print_quote(console, request, missing_parts(subject));
  create_subject(console, subject);
  request.character_id = subject.character_id;
  return run_generation(console, request);
}

}  // namespace

void add_generate_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("generate", "Make a new version of a character");
  const auto options = std::make_shared<Options>();
  command->add_option("--character", options->character, "Whom to draw")
      ->required()
      ->type_name("CHARACTER");
  command->add_flag("--create", options->create, "Make a missing library, project or character");
  add_generation_options(*command, options->generation);
  command->callback([&action, options] {
    action = [options](Console& console) { return generate(console, *options); };
  });
}

}  // namespace castboard
