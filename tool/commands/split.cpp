#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/edits.h"
#include "commands/lookup.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

struct Options {
  std::string sheet;
  bool apply = false;
  bool thirds = false;
};

// A version has no such ending, and its character's name rarely begins like a path.
bool looks_like_a_file(const std::string& text) {
  const std::string extension = std::filesystem::path(text).extension().string();
  for (const char* known : {".png", ".jpg", ".jpeg", ".webp", ".PNG", ".JPG", ".JPEG", ".WEBP"})
    if (extension == known) return true;
  return text.starts_with('/') || text.starts_with("./") || text.starts_with("../");
}

std::vector<PixelRect> exact_thirds(int width, int height) {
  std::vector<PixelRect> boxes;
  for (int row = 0; row < kSheetRows; ++row) {
    for (int column = 0; column < kSheetColumns; ++column) {
      const int left = width * column / kSheetColumns;
      const int top = height * row / kSheetRows;
      boxes.push_back({left, top, width * (column + 1) / kSheetColumns - left,
                       height * (row + 1) / kSheetRows - top});
    }
  }
  return boxes;
}

std::string cells_table(const SheetReport& report, const std::vector<std::string>& poses) {
  Table table({"CELL", "POSE", "X", "Y", "WIDTH", "HEIGHT", "LIBRARY"});
  for (std::size_t i = 0; i < report.cells.size(); ++i) {
    const PixelRect& box = report.cells[i];
    std::string stored;
    if (i < report.stored.size()) {
      const PixelRect& kept = report.stored[i];
      stored = kept == box
                   ? "the same"
                   : fmt::format("{}, {}  {} x {}", kept.x, kept.y, kept.width, kept.height);
    }
    table.add({std::to_string(i + 1), i < poses.size() ? poses[i] : "", std::to_string(box.x),
               std::to_string(box.y), std::to_string(box.width), std::to_string(box.height),
               stored});
  }
  return table.text();
}

void print_report(Console& console, const SheetReport& report,
                  const std::vector<std::string>& poses) {
  console.print(cells_table(report, poses));
  console.print(report.found ? fmt::format("Found in {} x {} px, {:.0f} % sure\n", report.width,
                                           report.height, report.confidence * 100)
                             : fmt::format("Exact thirds of {} x {} px: no borders to be seen\n",
                                           report.width, report.height));
  if (report.findings.empty()) {
    console.print("Checked: nothing found wrong\n");
    return;
  }
  for (const SheetFinding& finding : report.findings) console.print("! " + finding.message + '\n');
}

int split_file(Console& console, const Options& options) {
  if (options.apply)
    throw CommandFailure{wrong_usage("--apply stores cells in the library; this is a file",
                                     "Name a version, such as CHARACTER/v003.")};
  Session& session = console.open(Access::none);
  const std::string path = std::filesystem::absolute(options.sheet).lexically_normal().string();
  SheetReport report = console.get(session.split_file(path));
  if (options.thirds) {
    report.cells = exact_thirds(report.width, report.height);
    report.found = false;
    report.confidence = 0;
  }
  if (!console.json()) {
    print_report(console, report, {});
    return kDone;
  }
  Json document = json_document();
  document["file"] = path;
  document["version"] = nullptr;
  document.update(to_json(report, {}));
  console.print_json(document);
  return kDone;
}

int split_version(Console& console, const Options& options) {
  const bool changes = options.apply || options.thirds;
  Session& session = console.open(changes ? Access::edit : Access::read);
  Version version = version_named(console, options.sheet);
  SheetReport report = console.get(session.split_sheet(version.id));
  std::string message;
  if (changes) {
    const auto boxes = options.thirds ? exact_thirds(report.width, report.height) : report.cells;
    message = console.get(session.set_cell_boxes(version.id, boxes)).message;
    version = version_again(console, version.id);
    report = console.get(session.split_sheet(version.id));
  }
  std::vector<std::string> poses;
  for (const Cell& cell : version.cells) poses.push_back(cell.pose);
  if (console.json()) {
    Json document = json_document();
    if (changes) document["message"] = message;
    document["file"] = nullptr;
    document["version"] = to_json(version, character_name(console, version.character_id), session);
    document.update(to_json(report, poses));
    console.print_json(document);
  } else {
    print_report(console, report, poses);
    if (changes) console.print(message + '\n');
  }
  if (changes) send_pushes(console);
  return kDone;
}

int split(Console& console, const Options& options) {
  if (options.apply && options.thirds)
    throw CommandFailure{wrong_usage("--apply and --thirds are two answers to one question")};
  std::error_code ignored;
  if (std::filesystem::is_directory(options.sheet, ignored))
    throw CommandFailure{
        wrong_usage(fmt::format("{} is a directory", options.sheet), "Name one picture.")};
  if (std::filesystem::exists(options.sheet, ignored)) return split_file(console, options);
  if (looks_like_a_file(options.sheet))
    throw CommandFailure{wrong_usage(fmt::format("There is no file {}", options.sheet))};
  return split_version(console, options);
}

}  // namespace

void add_split_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("split", "The nine cells of a sheet, found in the picture and checked");
  const auto options = std::make_shared<Options>();
  command->add_option("VERSION|FILE", options->sheet, "A version, or any picture")->required();
  command->add_flag("--apply", options->apply,
                    "Store the cells that were found; the version's "
                    "cell files are cut again");
  command->add_flag("--thirds", options->thirds, "Exact thirds instead; stored for a version");
  command->callback(
      [&action, options] { action = [options](Console& c) { return split(c, *options); }; });
}

}  // namespace castboard
