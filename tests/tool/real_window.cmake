# The tests with real windows: with a mouse and a keyboard (Xvfb and xdotool), and of the preview.
castboard_program_test(real_window virtual_display.cpp LINK SQLite::SQLite3)
target_include_directories(real_window_test PRIVATE ${PROJECT_SOURCE_DIR}/backend)
castboard_program_test(preview_pictures virtual_display.cpp LINK ZLIB::ZLIB)

if(CASTBOARD_SANITIZE STREQUAL "address")
  add_library(castboard_keep_libraries MODULE ../support/keep_libraries.c)
  foreach(unit real_window preview_pictures)
    add_dependencies(${unit}_test castboard_keep_libraries)
    target_compile_definitions(${unit}_test PRIVATE
      CASTBOARD_PRELOAD="$<TARGET_FILE:castboard_keep_libraries>")
  endforeach()
endif()
