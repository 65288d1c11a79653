# The one test with a real window, a real mouse and a real keyboard (Xvfb and xdotool).
castboard_program_test(real_window virtual_display.cpp LINK SQLite::SQLite3)
target_include_directories(real_window_test PRIVATE ${PROJECT_SOURCE_DIR}/backend)
