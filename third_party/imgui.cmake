# The Dear ImGui to build against: target castboard_imgui. (The look-up in layers comes with get_imgui.sh.)
if(CASTBOARD_IMGUI_TARGET)
  add_library(castboard_imgui INTERFACE)
  target_link_libraries(castboard_imgui INTERFACE ${CASTBOARD_IMGUI_TARGET})
  return()
endif()
set(CASTBOARD_IMGUI_DIR "${CASTBOARD_IMGUI}")
add_library(castboard_imgui STATIC
  ${CASTBOARD_IMGUI_DIR}/imgui.cpp ${CASTBOARD_IMGUI_DIR}/imgui_draw.cpp
  ${CASTBOARD_IMGUI_DIR}/imgui_tables.cpp ${CASTBOARD_IMGUI_DIR}/imgui_widgets.cpp)
target_include_directories(castboard_imgui SYSTEM PUBLIC ${CASTBOARD_IMGUI_DIR})
set_target_properties(castboard_imgui PROPERTIES POSITION_INDEPENDENT_CODE ON)
