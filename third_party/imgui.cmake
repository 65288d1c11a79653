# Dear ImGui: castboard_imgui (its core) and castboard_imgui_backends (GLFW and OpenGL 3, for the
# tool only). One process holds one Dear ImGui, so a host names its own by CASTBOARD_IMGUI_TARGET
# and nothing is fetched or built here.
if(CASTBOARD_IMGUI_TARGET)
  if(NOT TARGET ${CASTBOARD_IMGUI_TARGET})
    message(FATAL_ERROR "CASTBOARD_IMGUI_TARGET is '${CASTBOARD_IMGUI_TARGET}', which is no target "
      "yet: define it before add_subdirectory() of Castboard.")
  endif()
  message(STATUS "Dear ImGui: the host's target ${CASTBOARD_IMGUI_TARGET}")
  castboard_host_imgui(castboard_imgui ${CASTBOARD_IMGUI_TARGET})
  add_library(castboard_imgui_backends ALIAS castboard_imgui)
  return()
endif()

# castboard_get_imgui(result wish): the directory of the Dear ImGui that is wished for, fetched where
# needed. The answer is kept in the build directory: a network that comes and goes must not change
# the version under a half-built tree.
function(castboard_get_imgui result wish)
  string(MAKE_C_IDENTIFIER "CASTBOARD_IMGUI_OF_${wish}" answer)
  if(NOT EXISTS "${${answer}}/imgui.h")
    set(cache "$ENV{XDG_CACHE_HOME}")
    if(NOT cache AND NOT "$ENV{HOME}" STREQUAL "")
      set(cache "$ENV{HOME}/.cache")
    endif()
    if(cache)
      execute_process(COMMAND mkdir -p "${cache}/castboard" ERROR_QUIET RESULT_VARIABLE no_cache)
      execute_process(COMMAND test -w "${cache}/castboard" RESULT_VARIABLE locked_cache)
    endif()
    if(NOT cache OR no_cache OR locked_cache)
      set(cache "${PROJECT_BINARY_DIR}/cache")
    endif()
    execute_process(
      COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/get_imgui.sh "${wish}" "${cache}/castboard"
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      OUTPUT_VARIABLE directory OUTPUT_STRIP_TRAILING_WHITESPACE
      RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "No Dear ImGui for CASTBOARD_IMGUI=${wish}; the lines above say why and "
        "what to do.")
    endif()
    set(${answer} "${directory}" CACHE INTERNAL "Where the Dear ImGui of this wish is")
  endif()
  set(${result} "${${answer}}" PARENT_SCOPE)
endfunction()

# castboard_look_at_imgui(directory prefix): sets prefix_version "1.92.2b", prefix_number 19222 and
# prefix_docking, "with docking" or "without docking".
function(castboard_look_at_imgui directory prefix)
  file(STRINGS "${directory}/imgui.h" defines
    REGEX "^#define +IMGUI_(VERSION|VERSION_NUM|HAS_DOCK)( |$)")
  string(REGEX MATCH "IMGUI_VERSION +\"([^\"]+)\"" unused "${defines}")
  set(${prefix}_version "${CMAKE_MATCH_1}" PARENT_SCOPE)
  string(REGEX MATCH "IMGUI_VERSION_NUM +([0-9]+)" unused "${defines}")
  set(${prefix}_number "${CMAKE_MATCH_1}" PARENT_SCOPE)
  if(defines MATCHES "IMGUI_HAS_DOCK")
    set(${prefix}_docking "with docking" PARENT_SCOPE)
  else()
    set(${prefix}_docking "without docking" PARENT_SCOPE)
  endif()
endfunction()

# castboard_imgui_name(result directory): imgui_1_90_1, imgui_1_92_9b_docking.
function(castboard_imgui_name result directory)
  castboard_look_at_imgui("${directory}" found)
  string(REPLACE "without docking" "" docking "${found_docking}")
  string(REPLACE "with docking" "_docking" docking "${docking}")
  string(MAKE_C_IDENTIFIER "imgui_${found_version}${docking}" name)
  set(${result} "${name}" PARENT_SCOPE)
endfunction()

function(castboard_imgui_library name)
  add_library(${name} STATIC ${ARGN})
  target_compile_features(${name} PUBLIC cxx_std_17)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${name} PRIVATE -w)
  castboard_sanitize(${name})
endfunction()

# castboard_imgui_core(name directory): Dear ImGui without its backends.
function(castboard_imgui_core name directory)
  castboard_imgui_library(${name} ${directory}/imgui.cpp ${directory}/imgui_draw.cpp
    ${directory}/imgui_tables.cpp ${directory}/imgui_widgets.cpp)
  target_include_directories(${name} SYSTEM PUBLIC ${directory})
  if(CASTBOARD_BUILD_TESTS)
    # The tests find items by label; the program shares their build, with hooks that do nothing.
    target_compile_definitions(${name} PUBLIC IMGUI_ENABLE_TEST_ENGINE)
    target_sources(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/imgui_test_hooks.cpp)
  endif()
endfunction()

castboard_get_imgui(CASTBOARD_IMGUI_DIR "${CASTBOARD_IMGUI}")
castboard_look_at_imgui("${CASTBOARD_IMGUI_DIR}" castboard_imgui)
message(STATUS
  "Dear ImGui: ${castboard_imgui_version} ${castboard_imgui_docking}, from ${CASTBOARD_IMGUI_DIR}")
if(castboard_imgui_number LESS 19010)
  message(FATAL_ERROR "Castboard's widgets need Dear ImGui 1.90.1 or later.")
elseif(CASTBOARD_BUILD_TOOL AND castboard_imgui_number LESS 19200)
  message(FATAL_ERROR "The castboard program needs Dear ImGui 1.92 or later; "
    "-DCASTBOARD_BUILD_TOOL=OFF builds the library with this one.")
endif()
# The tests, in the folder beside this one, build more with it.
set(CASTBOARD_IMGUI_DIR "${CASTBOARD_IMGUI_DIR}" PARENT_SCOPE)

castboard_imgui_core(castboard_imgui ${CASTBOARD_IMGUI_DIR})

if(CASTBOARD_BUILD_TOOL)
  find_package(glfw3 3.3 REQUIRED)
  castboard_imgui_library(castboard_imgui_backends
    ${CASTBOARD_IMGUI_DIR}/backends/imgui_impl_glfw.cpp
    ${CASTBOARD_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(castboard_imgui_backends SYSTEM PUBLIC ${CASTBOARD_IMGUI_DIR}/backends)
  target_link_libraries(castboard_imgui_backends PUBLIC castboard_imgui glfw
    PRIVATE ${CMAKE_DL_LIBS})
endif()
