#include "commands/composite.h"

#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/console.h"
#include "commands/generation_run.h"
#include "commands/lookup.h"
#include "commands/version_lines.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string character;
  std::string base;
  std::vector<std::string> cells;
  std::string name;
  std::string version;
  int cell = 0;
  bool new_seed = false;
  bool dry_run = false;
  bool yes = false;
};

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

VersionId version_of(Console& console, const CharacterId& character, const std::string& text) {
  const bool label = text.find('/') == std::string::npos && text.size() < 12;
  return version_named(console, label ? character + "/" + text : text).id;
}

// "5=v004" takes cell 5 of v004, "5=v004:3" its cell 3.
CompositePick pick_of(Console& console, const CharacterId& character, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::size_t colon = text.rfind(':');
  const bool has_source =
      colon != std::string::npos && equals != std::string::npos && colon > equals;
  const auto cell = number_of(text.substr(0, equals));
  const auto source = has_source ? number_of(text.substr(colon + 1)) : std::optional<int>(0);
  if (equals == std::string::npos || !cell || !source) {
    throw CommandFailure{wrong_usage(fmt::format("--cell \"{}\" is not CELL=VERSION[:CELL]", text),
                                     "Such as --cell 5=v004 or --cell 5=v004:3.")};
  }
  const std::size_t length = has_source ? colon - equals - 1 : std::string::npos;
  return {*cell, version_of(console, character, text.substr(equals + 1, length)), *source};
}

int make_composite(Console& console, const Options& options) {
  Session& session = console.open(Access::edit);
  const Character character = character_named(console, options.character);
  CompositeRequest request;
  request.base = version_of(console, character.id, options.base);
  request.version_name = options.name;
  for (const std::string& text : options.cells) {
    request.picks.push_back(pick_of(console, character.id, text));
  }
  const Version version = console.get(session.make_composite(request));
  const std::string message =
      fmt::format("Saved {} of {}", version_label(version.version_number), character.name);
  if (!version.notes.empty()) console.warn(version.notes);
  if (!console.json()) {
    console.print(version_lines(version, character.name, session));
    console.note(message);
    return kDone;
  }
  Json document = json_document();
  document["message"] = message;
  document["version"] = to_json(version, character.name, session);
  console.print_json(document);
  return kDone;
}

int redo_cell(Console& console, const Options& options) {
  Session& session = console.open(
      Access::edit, [](SessionOptions& session_options) { session_options.run_jobs = true; });
  const VersionId sheet = version_named(console, options.version).id;
  RedoOffer offer = console.get(session.offer_redo(sheet, options.cell, options.new_seed));
  if (options.dry_run) return print_quote(console, offer.request, {});
  offer.request.soft_limit_accepted = options.yes;
  return run_generation(console, offer.request);
}

}  // namespace

void add_cell_commands(CLI::App& versions, Action& action) {
  const auto options = std::make_shared<Options>();
  CLI::App* composite =
      versions.add_subcommand("composite", "A new sheet with cells of several versions");
  composite->add_option("CHARACTER", options->character, "Name or id")->required();
  composite->add_option("--base", options->base, "The sheet that all other cells come from")
      ->required()
      ->type_name("v006");
  composite
      ->add_option("--cell", options->cells,
                   "Take cell N from a version: its cell N, or another after a colon")
      ->required()
      ->allow_extra_args(false)
      ->take_all()
      ->type_name("N=v004[:N]");
  composite->add_option("--name", options->name, "Its name (default: the base's)")
      ->type_name("NAME");
  composite->callback([&action, options] {
    action = [options](Console& console) { return make_composite(console, *options); };
  });

  CLI::App* redo = versions.add_subcommand(
      "redo", "One cell of a sheet again, as a picture of its own, with the sheet's settings");
  redo->add_option("VERSION", options->version, "An id, or CHARACTER/v003")->required();
  redo->add_option("--cell", options->cell, "Which, 1 to 9")
      ->required()
      ->check(CLI::Range(1, kCellsPerSheet))
      ->type_name("N");
  redo->add_flag("--new-seed", options->new_seed, "With a seed of its own");
  redo->add_flag("--dry-run", options->dry_run, "Print prompt, cost and request; do nothing");
  redo->add_flag("--yes", options->yes, "Go above a soft limit without asking");
  redo->callback([&action, options] {
    action = [options](Console& console) { return redo_cell(console, *options); };
  });
}

}  // namespace castboard
