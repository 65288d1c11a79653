#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "commands/batch_lines.h"
#include "commands/batch_run.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/generation_options.h"

namespace castboard {
namespace {

struct Options {
  std::string file;
  std::string done_file;  // what earlier runs printed
  GenerationOptions defaults;
};

int run_batch(Console& console, const Options& options) {
  console.open(Access::edit, [](SessionOptions& session) { session.run_jobs = true; });
  // Everything is understood before the first line is generated.
  std::vector<BatchLine> lines = read_batch(console, options.file, options.defaults);
  if (!options.done_file.empty()) {
    const std::size_t left_out = leave_out_printed(console, options.done_file, lines);
    if (left_out > 0) console.note(fmt::format("{} done before", left_out));
  }
  return options.defaults.dry_run ? print_cost(console, lines)
                                  : generate_lines(console, options.file, lines);
}

}  // namespace

void add_batch_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("batch", "Many new versions, one a line of a file");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "JSON objects, one a line; - for standard input")
      ->required();
  command
      ->add_option("--done", options->done_file,
                   "What an earlier run printed: its finished lines are left out")
      ->type_name("FILE");
  add_generation_options(*command, options->defaults);
  command->callback([&action, options] {
    action = [options](Console& console) { return run_batch(console, *options); };
  });
}

}  // namespace castboard
