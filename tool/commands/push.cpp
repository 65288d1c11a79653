#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "commands/console.h"
#include "commands/table.h"
#include "exit_code.h"

namespace castboard {
namespace {

constexpr int kNameWidth = 32;

struct Options {
  bool all = false;
  bool dry_run = false;
};

std::string outcome(const PushItem& item, bool dry_run) {
  if (dry_run) return "would be sent";
  return item.sent ? "sent" : item.error;
}

void print_items(Console& console, const std::vector<PushItem>& items, bool dry_run) {
  if (console.json()) {
    Json document = json_document();
    document["dry_run"] = dry_run;
    document["pushes"] = Json::array();
    for (const PushItem& item : items) document["pushes"].push_back(to_json(item));
    console.print_json(document);
    return;
  }
  Table table({"CHARACTER", "VERSION", "URL", "RESULT"});
  for (const PushItem& item : items) {
    table.add({shortened(item.character_name, kNameWidth),
               item.version_number == 0 ? "-" : version_label(item.version_number), item.url,
               outcome(item, dry_run)});
  }
  console.print(table.text());
  if (items.empty()) console.note("nothing to push");
}

int push(Console& console, const Options& options) {
  Session& session = console.open(options.dry_run ? Access::read : Access::edit);
  const auto items = console.get(session.push(options.all, options.dry_run));
  print_items(console, items, options.dry_run);
  const bool all_sent =
      options.dry_run ||
      std::all_of(items.begin(), items.end(), [](const PushItem& item) { return item.sent; });
  return all_sent ? kDone : kFailed;
}

}  // namespace

void add_push_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("push", "Tell the studio's API which pictures changed");
  const auto options = std::make_shared<Options>();
  command->add_flag("--all", options->all, "Every character, not only what changed");
  command->add_flag("--dry-run", options->dry_run, "Show what would be sent");
  command->callback([&action, options] {
    action = [options](Console& console) { return push(console, *options); };
  });
}

}  // namespace castboard
