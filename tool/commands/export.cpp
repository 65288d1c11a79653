#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"
#include "fonts.h"

namespace castboard {
namespace {

struct Options {
  std::vector<std::string> characters;
  std::string what = "active";
  std::string to;
  std::vector<int> cells;
  std::vector<std::string> poses;
  std::string version;
  bool overwrite = false;
  bool dry_run = false;
  std::string contact_of;
  int columns = 0;
  int tile = ContactSheetOptions{}.tile_side;
  std::string background;
};

std::uint32_t parse_colour(const std::string& text) {
  const std::string digits = text.rfind('#', 0) == 0 ? text.substr(1) : text;
  const bool hex =
      digits.size() == 6 && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (!hex) {
    throw CommandFailure{
        wrong_usage(fmt::format("\"{}\" is not a colour", text), "Such as 14161a or #ffffff.")};
  }
  return static_cast<std::uint32_t>(std::stoul(digits, nullptr, 16));
}

// "Mira Voss" and v003, or CHARACTER/v003, or an id.
VersionId version_of(Console& console, const Options& options, const std::string& character) {
  const bool whole = options.version.find('/') != std::string::npos;
  const bool number = !whole && options.version.size() < 12;
  const std::string text = number ? character + "/" + options.version : options.version;
  return version_named(console, text).id;
}

void check(const Options& options) {
  if (options.characters.size() > 1 && !options.version.empty()) {
    throw CommandFailure{wrong_usage("--version goes with one character")};
  }
  if (!options.version.empty() && options.what == "poses") {
    throw CommandFailure{wrong_usage("--version does not go with --what poses",
                                     "Poses come from several versions; --what cells takes those "
                                     "of one sheet.")};
  }
  const bool picks = !options.cells.empty() || !options.poses.empty();
  if (picks && options.what != "cells" && options.what != "poses") {
    throw CommandFailure{
        wrong_usage(fmt::format("--cells and --pose do not go with --what {}", options.what),
                    "They go with --what cells; --pose also with poses.")};
  }
  if (!options.cells.empty() && options.what == "poses") {
    throw CommandFailure{wrong_usage("--cells does not go with --what poses", "Use --pose.")};
  }
}

// A misspelt pose is wrong usage, not an empty export.
void check_poses(Console& console, const Options& options) {
  std::vector<std::string> known;
  for (const Template& each : console.opened().catalogue->templates) {
    for (const Shot& shot : each.shots) known.push_back(shot.key);
  }
  for (const std::string& pose : options.poses) {
    if (std::find(known.begin(), known.end(), pose) != known.end()) continue;
    const std::string near = nearest(pose, known);
    throw CommandFailure{wrong_usage(
        fmt::format("There is no pose \"{}\"", pose),
        near.empty() ? "Such as happy or fear." : fmt::format("Did you mean \"{}\"?", near))};
  }
}

ExportRequest request_of(Console& console, const Options& options) {
  ExportRequest request;
  request.what = parse_export_what(options.what).value_or(ExportWhat::active);
  request.directory = options.to;
  request.cells = options.cells;
  request.poses = options.poses;
  request.overwrite = options.overwrite;
  request.dry_run = options.dry_run;
  request.contact_sheet.columns = options.columns;
  request.contact_sheet.tile_side = options.tile;
  if (!options.background.empty()) {
    request.contact_sheet.background = parse_colour(options.background);
  }
  for (const std::string& name : options.characters) {
    const Character character = character_named(console, name);
    request.characters.push_back(character.id);
    if (!options.version.empty()) {
      request.versions.push_back(version_of(console, options, character.id));
    }
  }
  // Of one character what it has been; of several how the cast looks now.
  request.contact_of = request.characters.size() == 1 ? ContactOf::versions : ContactOf::active;
  if (!options.version.empty()) request.contact_of = ContactOf::cells;
  if (const auto of = parse_contact_of(options.contact_of)) request.contact_of = *of;
  return request;
}

Json to_json(const ExportedFile& file) {
  Json json;
  json["path"] = file.path;
  json["character_id"] = file.character_id.empty() ? Json() : Json(file.character_id);
  json["version_id"] = file.version_id.empty() ? Json() : Json(file.version_id);
  json["cell"] = file.cell == 0 ? Json() : Json(file.cell);
  json["pose"] = file.pose.empty() ? Json() : Json(file.pose);
  json["bytes"] = file.bytes;
  json["name_taken"] = file.name_taken;
  return json;
}

void print_report(Console& console, const ExportReport& report, bool dry_run) {
  for (const std::string& note : report.notes) console.warn(note);
  if (console.json()) {
    Json document = json_document();
    document["dry_run"] = dry_run;
    document["directory"] = report.directory;
    document["files"] = Json::array();
    for (const ExportedFile& file : report.files) document["files"].push_back(to_json(file));
    document["notes"] = report.notes;
    console.print_json(document);
    return;
  }
  std::string lines;
  for (const ExportedFile& file : report.files) lines += file.path + "\n";
  console.print(lines);
  console.note(fmt::format("{} {}{}", report.files.size(),
                           report.files.size() == 1 ? "file" : "files",
                           dry_run ? " would be written" : " written"));
}

int export_pictures(Console& console, const Options& options) {
  check(options);
  Session& session = console.open(Access::read, [&](SessionOptions& session_options) {
    if (options.what != to_string(ExportWhat::contact_sheet)) return;
    add_caption_fonts(session_options);
  });
  check_poses(console, options);
  const ExportReport report = console.get(session.export_pictures(request_of(console, options)));
  print_report(console, report, options.dry_run);
  // What was asked for and is not there is a failure a script should see.
  return report.files.empty() ? kFailed : kDone;
}

}  // namespace

void add_export_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand(
      "export", "Pictures as files: active ones, poses, sheets, cells, a contact sheet");
  const auto options = std::make_shared<Options>();
  command->add_option("CHARACTER", options->characters, "Names or ids")->required()->take_all();
  command
      ->add_option("--what", options->what, "active (default), poses, sheet, cells, contact-sheet")
      ->check(CLI::IsMember({"active", "poses", "sheet", "cells", "contact-sheet"}))
      ->type_name("WHAT");
  command->add_option("--to", options->to, "The folder; made when it is missing")
      ->required()
      ->type_name("DIR");
  command->add_option("--cells", options->cells, "With cells: these, such as 1,5")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->take_all()
      ->check(CLI::Range(1, kCellsPerSheet))
      ->type_name("N,N");
  command->add_option("--pose", options->poses, "With cells and poses: these, such as fear")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->take_all()
      ->type_name("POSE");
  command->add_option("--version", options->version, "This version instead of the active one")
      ->type_name("v003");
  command->add_flag("--overwrite", options->overwrite,
                    "Replace files of the same name (else -1, -2 ... is added)");
  command->add_flag("--dry-run", options->dry_run, "Only print the names");
  command
      ->add_option("--of", options->contact_of,
                   "On a contact sheet: active, poses, versions or cells of each character")
      ->check(CLI::IsMember({"active", "poses", "versions", "cells"}))
      ->type_name("OF");
  command->add_option("--columns", options->columns, "Of a contact sheet (default: about square)")
      ->check(CLI::Range(1, kMaxContactColumns))
      ->type_name("N");
  command->add_option("--tile", options->tile, "Side of its pictures in pixels (default 256)")
      ->check(CLI::Range(kMinContactTile, kMaxContactTile))
      ->type_name("PX");
  command->add_option("--background", options->background, "Its colour (default 14161a)")
      ->type_name("RRGGBB");
  command->callback([&action, options] {
    action = [options](Console& console) { return export_pictures(console, *options); };
  });
}

}  // namespace castboard
