#include <unistd.h>

#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/lookup.h"
#include "commands/window_arguments.h"

namespace castboard {
namespace {

struct Options {
  std::vector<std::string> files;
  bool watch = false;
  WindowArguments window;
};

// Absolute, because the session takes relative URLs as the library's.
std::string checked_file(const std::string& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    throw CommandFailure{wrong_usage(fmt::format("There is no file {}", file))};
  }
  if (std::filesystem::is_directory(file, ignored)) {
    throw CommandFailure{wrong_usage(fmt::format("{} is a directory", file), "Name its pictures.")};
  }
  if (::access(file.c_str(), R_OK) != 0) {
    throw CommandFailure{
        wrong_usage(fmt::format("{} cannot be read", file), "Check its permissions.")};
  }
  return std::filesystem::absolute(file).lexically_normal().string();
}

int preview(Console& console, const Options& options) {
  const WindowOptions window = window_options(options.window);
  std::vector<std::string> files;
  for (const std::string& file : options.files) files.push_back(checked_file(file));
  Session& session = console.open(Access::none, [](SessionOptions& o) {
    o.wake = [wake_console = o.wake] {
      wake_console();
      wake_window();
    };
  });
  console.become_window();
  return run_preview(session, std::move(files), window, options.watch);
}

}  // namespace

void add_preview_command(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("preview", "Any pictures as 3x3 sheets; no library needed");
  const auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "Pictures: PNG, JPEG, WebP")->required()->take_all();
  command->add_flag("--watch", options->watch, "Show a file again when it changes");
  add_window_arguments(*command, options->window);
  command->callback([&action, options] {
    action = [options](Console& console) { return preview(console, *options); };
  });
}

}  // namespace castboard
