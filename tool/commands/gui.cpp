#include <memory>

#include <CLI/CLI.hpp>

#include "app.h"
#include "commands/commands.h"
#include "commands/console.h"
#include "commands/lookup.h"
#include "commands/window_arguments.h"
#include "fonts.h"

namespace castboard {
namespace {

int gui(Console& console, const WindowArguments& arguments) {
  WindowOptions options = window_options(arguments);
  options.project = console.options().project;
  Session& session = console.open(Access::create, [](SessionOptions& o) {
    o.send_pushes = true;
    o.resume_left_jobs = true;
    add_caption_fonts(o);
    o.wake = [wake_console = o.wake] {
      wake_console();
      wake_window();
    };
  });
  // A typo must not look like an empty library.
  if (!options.project.empty()) {
    options.project = console.get(session.find_project(options.project)).id;
  }
  if (!options.character.empty()) {
    const Character character = character_named(console, options.character);
    options.character = character.id;
    options.project = character.project_id;
  }
  console.become_window();
  return run_window(session, options);
}

}  // namespace

void add_gui_command(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("gui", "The window (also without any command)");
  const auto arguments = std::make_shared<WindowArguments>();
  command->add_option("--character", arguments->options.character, "Whom to show first")
      ->type_name("CHARACTER");
  add_window_arguments(*command, *arguments);
  command->callback([&action, arguments] {
    action = [arguments](Console& console) { return gui(console, *arguments); };
  });
}

}  // namespace castboard
