# The programs that drive whole panels: against the suite's own Dear ImGui, and against every other one
# of CASTBOARD_IMGUI_MATRIX. Their ctest label is `imgui`.
set(castboard_panel_tests
  docking
  embedding
  panel
  panel_cast
  panel_credits
  panel_form
  panel_pictures
  panel_versions
  preview
)

foreach(unit IN LISTS castboard_panel_tests)
  castboard_test(${unit} ../support/imgui_harness.cpp LABEL imgui
    LINK castboard_widgets castboard::sketch)
endforeach()

# A thousand sessions with panels come and go in it: what they leave is found.
if(NOT CASTBOARD_SANITIZE)
  target_link_options(embedding_test PRIVATE -fsanitize=leak)
endif()

add_custom_target(imgui_matrix)
list(TRANSFORM castboard_panel_tests APPEND _test OUTPUT_VARIABLE programs)
add_dependencies(imgui_matrix ${programs})
# What hosts.cmake installs.
foreach(target castboard_tool castboard_sketch castboard_glad castboard_texts)
  if(TARGET ${target})
    add_dependencies(imgui_matrix ${target})
  endif()
endforeach()

foreach(wish IN LISTS CASTBOARD_IMGUI_MATRIX)
  castboard_get_imgui(directory "${wish}")
  castboard_imgui_name(name "${directory}")
  if(directory STREQUAL CASTBOARD_IMGUI_DIR)
    continue()
  endif()
  message(STATUS "Panels also on ${name}, from ${directory}")
  if(TARGET castboard_imgui_on_${name})
    continue()
  endif()
  castboard_imgui_core(castboard_imgui_on_${name} ${directory})
  castboard_widgets_library(castboard_widgets_on_${name} castboard_imgui_on_${name})
  set_target_properties(castboard_imgui_on_${name} castboard_widgets_on_${name} PROPERTIES
    EXCLUDE_FROM_ALL ON)
  foreach(unit IN LISTS castboard_panel_tests)
    castboard_test(${unit} ../support/imgui_harness.cpp LABEL imgui ON ${name}
      LINK castboard_widgets_on_${name} castboard::sketch)
    add_dependencies(imgui_matrix ${unit}_on_${name}_test)
  endforeach()
endforeach()

# The code of README.md and docs/embed.md compiles.
if(TARGET castboard_gl AND TARGET glfw)
  set(pages ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/docs/embed.md)
  add_custom_command(OUTPUT embed_code.cpp VERBATIM
    COMMAND ${CMAKE_COMMAND} "-DFROM=${pages}" -DTO=embed_code.cpp
      -P ${CMAKE_CURRENT_SOURCE_DIR}/extract_code.cmake
    DEPENDS ${pages} extract_code.cmake)
  add_library(castboard_embed_code OBJECT ${CMAKE_CURRENT_BINARY_DIR}/embed_code.cpp)
  target_include_directories(castboard_embed_code PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_options(castboard_embed_code PRIVATE -O0 -Wall -Wno-unused)
  castboard_sanitize(castboard_embed_code)
  target_link_libraries(castboard_embed_code PRIVATE castboard_gl glfw)
endif()
