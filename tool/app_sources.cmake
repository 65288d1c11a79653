# The window: GLFW, OpenGL, fonts.
target_sources(castboard_tool PRIVATE
  app.cpp
  desktop.cpp
  dock_layout.cpp
  file_picker.cpp
  font_metrics.cpp
  fonts.cpp
  frame_log.cpp
  quit_dialog.cpp
  screenshot.cpp
  settings.cpp
  window.cpp
)
target_link_libraries(castboard_tool PRIVATE
  castboard::castboard castboard::gl castboard_glad castboard_imgui_backends glfw PNG::PNG
  PkgConfig::CASTBOARD_FONTCONFIG)
