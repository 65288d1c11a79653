# The command line: one file a command.
target_sources(castboard_tool PRIVATE
  exit_code.cpp
  json_output.cpp
  commands/batch.cpp
  commands/batch_lines.cpp
  commands/batch_run.cpp
  commands/characters.cpp
  commands/command_line.cpp
  commands/composite.cpp
  commands/console.cpp
  commands/credits.cpp
  commands/csv.cpp
  commands/demo.cpp
  commands/demo_cast.cpp
  commands/demo_stage.cpp
  commands/doctor.cpp
  commands/edits.cpp
  commands/environment.cpp
  commands/export.cpp
  commands/generate.cpp
  commands/generation_options.cpp
  commands/generation_run.cpp
  commands/gui.cpp
  commands/import.cpp
  commands/interrupt.cpp
  commands/jobs.cpp
  commands/library.cpp
  commands/log_file.cpp
  commands/lookup.cpp
  commands/mistakes.cpp
  commands/presets.cpp
  commands/preview.cpp
  commands/projects.cpp
  commands/providers.cpp
  commands/push.cpp
  commands/replies.cpp
  commands/split.cpp
  commands/table.cpp
  commands/version_lines.cpp
  commands/version_text.cpp
  commands/versions.cpp
  commands/window_arguments.cpp)
target_compile_definitions(castboard_tool PRIVATE CASTBOARD_VERSION="${PROJECT_VERSION}")
target_link_libraries(castboard_tool PRIVATE castboard::sketch castboard::castboard CLI11::CLI11)
