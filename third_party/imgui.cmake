# Dear ImGui: castboard_imgui (its core) and castboard_imgui_backends (GLFW and OpenGL 3, for the
# tool only). One process holds one Dear ImGui, so a host names its own by CASTBOARD_IMGUI_TARGET
# and nothing is fetched or built here.
if(CASTBOARD_IMGUI_TARGET)
  if(NOT TARGET ${CASTBOARD_IMGUI_TARGET})
    message(FATAL_ERROR "CASTBOARD_IMGUI_TARGET is '${CASTBOARD_IMGUI_TARGET}', which is no target "
      "yet: define it before add_subdirectory() of Castboard.")
  endif()
  message(STATUS "Dear ImGui: the host's target ${CASTBOARD_IMGUI_TARGET}")
  add_library(castboard_imgui INTERFACE)
  target_link_libraries(castboard_imgui INTERFACE ${CASTBOARD_IMGUI_TARGET})
  target_include_directories(castboard_imgui SYSTEM INTERFACE
    $<TARGET_PROPERTY:${CASTBOARD_IMGUI_TARGET},INTERFACE_INCLUDE_DIRECTORIES>)
  add_library(castboard_imgui_backends ALIAS castboard_imgui)
  return()
endif()

# The answer is kept in the build directory: a network that comes and goes must not change the
# version under a half-built tree.
if(NOT CASTBOARD_IMGUI STREQUAL CASTBOARD_IMGUI_ANSWERED OR NOT EXISTS "${CASTBOARD_IMGUI_DIR}/imgui.h")
  set(castboard_cache "$ENV{XDG_CACHE_HOME}")
  if(NOT castboard_cache AND NOT "$ENV{HOME}" STREQUAL "")
    set(castboard_cache "$ENV{HOME}/.cache")
  endif()
  if(castboard_cache)
    execute_process(COMMAND mkdir -p "${castboard_cache}/castboard" ERROR_QUIET
      RESULT_VARIABLE castboard_cache_error)
    execute_process(COMMAND test -w "${castboard_cache}/castboard" RESULT_VARIABLE castboard_cache_locked)
  endif()
  if(NOT castboard_cache OR castboard_cache_error OR castboard_cache_locked)
    set(castboard_cache "${PROJECT_BINARY_DIR}/cache")
  endif()
  execute_process(
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/get_imgui.sh "${CASTBOARD_IMGUI}" "${castboard_cache}/castboard"
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE castboard_imgui_dir OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE castboard_imgui_failed)
  if(castboard_imgui_failed)
    message(FATAL_ERROR "No Dear ImGui for CASTBOARD_IMGUI=${CASTBOARD_IMGUI}; the lines above say "
      "why and what to do.")
  endif()
  set(CASTBOARD_IMGUI_DIR "${castboard_imgui_dir}" CACHE INTERNAL "Where Dear ImGui's source is")
  set(CASTBOARD_IMGUI_ANSWERED "${CASTBOARD_IMGUI}" CACHE INTERNAL "The wish that was answered by it")
endif()

file(STRINGS "${CASTBOARD_IMGUI_DIR}/imgui.h" castboard_imgui_defines
  REGEX "^#define +IMGUI_(VERSION|VERSION_NUM|HAS_DOCK)( |$)")
string(REGEX MATCH "IMGUI_VERSION +\"([^\"]+)\"" unused "${castboard_imgui_defines}")
set(castboard_imgui_version "${CMAKE_MATCH_1}")
string(REGEX MATCH "IMGUI_VERSION_NUM +([0-9]+)" unused "${castboard_imgui_defines}")
set(castboard_imgui_number "${CMAKE_MATCH_1}")
if(castboard_imgui_defines MATCHES "IMGUI_HAS_DOCK")
  set(castboard_imgui_docking "with docking")
else()
  set(castboard_imgui_docking "without docking")
endif()
message(STATUS
  "Dear ImGui: ${castboard_imgui_version} ${castboard_imgui_docking}, from ${CASTBOARD_IMGUI_DIR}")
if(castboard_imgui_number LESS 19010)
  message(FATAL_ERROR "Castboard's widgets need Dear ImGui 1.90.1 or later.")
elseif(CASTBOARD_BUILD_TOOL AND castboard_imgui_number LESS 19200)
  message(FATAL_ERROR "The castboard program needs Dear ImGui 1.92 or later; "
    "-DCASTBOARD_BUILD_TOOL=OFF builds the library with this one.")
endif()

function(castboard_imgui_library name)
  add_library(${name} STATIC ${ARGN})
  target_compile_features(${name} PUBLIC cxx_std_17)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${name} PRIVATE -w)
  castboard_sanitize(${name})
endfunction()

castboard_imgui_library(castboard_imgui
  ${CASTBOARD_IMGUI_DIR}/imgui.cpp ${CASTBOARD_IMGUI_DIR}/imgui_draw.cpp
  ${CASTBOARD_IMGUI_DIR}/imgui_tables.cpp ${CASTBOARD_IMGUI_DIR}/imgui_widgets.cpp)
target_include_directories(castboard_imgui SYSTEM PUBLIC ${CASTBOARD_IMGUI_DIR})
if(CASTBOARD_BUILD_TESTS)
  # The tests find items by label; the program shares their build, with hooks that do nothing.
  target_compile_definitions(castboard_imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE)
  target_sources(castboard_imgui PRIVATE ${CMAKE_CURRENT_LIST_DIR}/imgui_test_hooks.cpp)
endif()

if(CASTBOARD_BUILD_TOOL)
  find_package(glfw3 3.3 REQUIRED)
  castboard_imgui_library(castboard_imgui_backends
    ${CASTBOARD_IMGUI_DIR}/backends/imgui_impl_glfw.cpp
    ${CASTBOARD_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(castboard_imgui_backends SYSTEM PUBLIC ${CASTBOARD_IMGUI_DIR}/backends)
  target_link_libraries(castboard_imgui_backends PUBLIC castboard_imgui glfw
    PRIVATE ${CMAKE_DL_LIBS})
endif()
