# The built program, run as a user runs it, and units of the command line.
add_library(castboard_program_support STATIC castboard_program.cpp)
castboard_target(castboard_program_support)
target_link_libraries(castboard_program_support
  PUBLIC castboard_test_support nlohmann_json::nlohmann_json fmt::fmt)
target_compile_definitions(castboard_program_support
  PRIVATE CASTBOARD_PROGRAM="$<TARGET_FILE:castboard_tool>")

# castboard_program_test(unit ...): runs the program.
function(castboard_program_test unit)
  castboard_test(${unit} ${ARGN})
  target_link_libraries(${unit}_test PRIVATE castboard_program_support)
  add_dependencies(${unit}_test castboard_tool)
endfunction()

castboard_tool_test(table SOURCES commands/table.cpp)
castboard_tool_test(csv SOURCES commands/csv.cpp)
castboard_tool_test(log_file SOURCES commands/log_file.cpp LINK fmt::fmt)
castboard_tool_test(demo_stage
  SOURCES commands/demo_cast.cpp commands/demo_stage.cpp commands/replies.cpp
  LINK castboard::sketch)

castboard_program_test(usage)
castboard_program_test(crash)
castboard_program_test(kill LINK castboard_httplib ZLIB::ZLIB)
castboard_program_test(credits_command LINK castboard_httplib ZLIB::ZLIB)
castboard_program_test(projects_command)
castboard_program_test(batch_command LINK castboard_httplib ZLIB::ZLIB)
castboard_program_test(import_command)
castboard_program_test(characters_command)
castboard_program_test(export_command)
castboard_program_test(versions_command)
castboard_program_test(generate_command LINK SQLite::SQLite3 castboard_httplib)
castboard_program_test(jobs_command LINK castboard_httplib)
castboard_program_test(push_command LINK castboard_httplib)
castboard_program_test(library_command LINK SQLite::SQLite3)
castboard_program_test(providers_command ../support/loopback_server.cpp)
castboard_program_test(split_command LINK ZLIB::ZLIB)
castboard_program_test(cli_document)
