#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace castboard {

class Console;

// What the command line asked for; returns the exit code.
using Action = std::function<int(Console&)>;

// Each adds its sub-command to `app`; parsing it sets `action`. One file per command.
void add_gui_command(CLI::App& app, Action& action);
void add_demo_command(CLI::App& app, Action& action);
void add_preview_command(CLI::App& app, Action& action);
void add_generate_command(CLI::App& app, Action& action);
void add_batch_command(CLI::App& app, Action& action);
void add_import_command(CLI::App& app, Action& action);
void add_projects_command(CLI::App& app, Action& action);
void add_characters_command(CLI::App& app, Action& action);
void add_versions_command(CLI::App& app, Action& action);
void add_jobs_command(CLI::App& app, Action& action);
void add_split_command(CLI::App& app, Action& action);
void add_credits_command(CLI::App& app, Action& action);
void add_export_command(CLI::App& app, Action& action);
void add_push_command(CLI::App& app, Action& action);
void add_presets_command(CLI::App& app, Action& action);
void add_providers_command(CLI::App& app, Action& action);
void add_library_command(CLI::App& app, Action& action);
void add_doctor_command(CLI::App& app, Action& action);

}  // namespace castboard
