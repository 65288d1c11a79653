# The one test with a real window, a real mouse and a real keyboard (Xvfb and xdotool).
castboard_program_test(real_window virtual_display.cpp LINK SQLite::SQLite3)
if(CASTBOARD_SANITIZE STREQUAL "address")
  add_library(castboard_keep_libraries MODULE ../support/keep_libraries.c)
  add_dependencies(real_window_test castboard_keep_libraries)
  target_compile_definitions(real_window_test PRIVATE
    CASTBOARD_PRELOAD="$<TARGET_FILE:castboard_keep_libraries>")
endif()
target_include_directories(real_window_test PRIVATE ${PROJECT_SOURCE_DIR}/backend)

castboard_program_test(preview_pictures virtual_display.cpp LINK ZLIB::ZLIB)
