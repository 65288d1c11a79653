#include "commands/command_line.h"

#include <algorithm>
#include <cstdio>
#include <exception>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/mistakes.h"
#include "commands/version_text.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr const char* kDefaultCommand = "gui";

constexpr const char* kCommonFooter =
    "Every command also takes --library DIR, --project P, --user NAME, --json, -q and -v.\n"
    "CHARACTER is a name or id; VERSION is an id or CHARACTER/v003.";

void add_global_options(CLI::App& app, GlobalOptions& options) {
  app.add_option("--library", options.library,
                 "The library's directory (else CASTBOARD_LIBRARY, else the usual place)")
      ->type_name("DIR");
  app.add_option("--project", options.project, "A project's name or id")->type_name("P");
  app.add_option("--user", options.user,
                 "Who is working (else CASTBOARD_USER, else the login name)")
      ->type_name("NAME");
  app.add_flag("--json", options.json, "Print the result, or the error, as JSON");
  app.add_flag("-q,--quiet", options.quiet, "Errors only on standard error");
  app.add_flag("-v,--verbose", options.verbose, "Log lines on standard error");
  app.add_flag("--allow-network-library", options.allow_network_library,
               "Open a library on a network file system, for one writer");
}

void add_commands(CLI::App& app, Action& action) {
  add_gui_command(app, action);
  add_demo_command(app, action);
  add_preview_command(app, action);
  add_generate_command(app, action);
  add_batch_command(app, action);
  add_import_command(app, action);
  add_projects_command(app, action);
  add_characters_command(app, action);
  add_versions_command(app, action);
  add_jobs_command(app, action);
  add_split_command(app, action);
  add_credits_command(app, action);
  add_export_command(app, action);
  add_push_command(app, action);
  add_presets_command(app, action);
  add_providers_command(app, action);
  add_library_command(app, action);
  add_doctor_command(app, action);
}

void finish_commands(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_footer().empty()) command->footer(kCommonFooter);
    finish_commands(*command);
  }
}

int report(const Error& error, bool json) {
  if (json) std::puts(json_text(json_error(error), true).c_str());
  std::fputs(error_text(error).c_str(), stderr);
  return exit_code(error.code);
}

int run_action(const Action& action, const GlobalOptions& options) {
  Console console(options);
  try {
    return action(console);
  } catch (const CommandFailure& failure) {
    console.progress({});
    return report(failure.error, options.json);
  } catch (const Stopped& stopped) {
    return stopped.exit_code;
  } catch (const Interrupted& interrupted) {
    console.progress({});
    console.note("castboard: interrupted");
    return 128 + interrupted.signal;
  }
}

int usage_error(const CLI::ParseError& error, const std::vector<std::string>& path, bool json) {
  std::string command = "castboard";
  for (const std::string& word : path) command += ' ' + word;
  std::string message = error.what();
  std::replace(message.begin(), message.end(), '\n', ' ');
  return report({ErrorCode::invalid_input, std::move(message), command + " --help says more.", {}},
                json);
}

// `castboard help versions show` is `castboard versions show --help`.
std::vector<std::string> without_help_command(std::vector<std::string> arguments) {
  if (!arguments.empty() && arguments.front() == "help") {
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  return arguments;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int parse_and_run(std::vector<std::string> arguments) {
  CLI::App app("The cast sheet of a production", "castboard");
  app.fallthrough();
  // Given twice, the later one counts: scripts append to commands.
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  GlobalOptions options;
  Action action;
  bool version = false;
  add_global_options(app, options);
  app.add_flag("--version", version, "Castboard's version and Dear ImGui's");
  add_commands(app, action);
  app.footer(kCommonFooter);
  finish_commands(app);

  arguments = without_help_command(std::move(arguments));
  const bool json = contains(arguments, "--json");
  const CommandWords words = read_command_words(app, kDefaultCommand, arguments);
  if (words.mistake) return report(*words.mistake, json);
  const bool about_all = contains(arguments, "--help") || contains(arguments, "-h") ||
                         contains(arguments, "--version");
  if (words.path.empty() && !about_all) arguments.insert(arguments.begin(), kDefaultCommand);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return kDone;
  } catch (const CLI::ParseError& error) {
    return usage_error(error, words.path, json);
  }
  if (version) {
    std::fputs(version_text(options.json).c_str(), stdout);
    return kDone;
  }
  return run_action(action, options);
}

}  // namespace

int run_command_line(const std::vector<std::string>& arguments) {
  try {
    return parse_and_run(arguments);
  } catch (const std::exception& error) {
    return report({ErrorCode::internal,
                   fmt::format("Unexpected failure: {}", error.what()),
                   "Please report it.",
                   {}},
                  contains(arguments, "--json"));
  }
}

}  // namespace castboard
