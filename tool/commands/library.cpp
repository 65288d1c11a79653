#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "exit_code.h"

namespace castboard {
namespace {

int verify(Console& console, bool repair) {
  Session& session = console.open(repair ? Access::edit : Access::read);
  const VerifyReport report = console.get(session.verify_library(repair));
  if (console.json()) {
    Json document = json_document();
    document.update(to_json(report));
    console.print_json(document);
  } else {
    std::string text;
    for (const std::string& problem : report.problems) text += problem + '\n';
    for (const std::string& repaired : report.repaired)
      text += fmt::format("made again: {}\n", repaired);
    text += fmt::format(
        "{} versions, {} files, {}\n", report.versions, report.files,
        report.problems.empty() ? "all whole" : fmt::format("{} problems", report.problems.size()));
    console.print(text);
  }
  return report.problems.empty() ? kDone : kFailed;
}

}  // namespace

void add_library_command(CLI::App& app, Action& action) {
  CLI::App* library = app.add_subcommand("library", "Upkeep of the library: verify");
  CLI::App* command = library->add_subcommand("verify", "Is every row's picture there and whole?");
  const auto repair = std::make_shared<bool>(false);
  command->add_flag("--repair", *repair, "Make missing thumbnails and cells again");
  command->callback([&action, repair] {
    action = [repair](Console& console) { return verify(console, *repair); };
  });
}

}  // namespace castboard
