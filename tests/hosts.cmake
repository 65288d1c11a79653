# Castboard inside the programs of others (embed_host/, hosts/): configured, built and run by ctest,
# without optimisation, with the sources of this build's Dear ImGui and of others of the matrix. The
# sanitizer builds leave them out: they compile much once more.
if(CASTBOARD_SANITIZE OR NOT CASTBOARD_IMGUI_DIR OR NOT TARGET castboard_sketch)
  return()
endif()

# castboard_host(name source label [TARGET target] settings...): configures and builds a project of
# tests/, or one target of it.
function(castboard_host name source label)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "TARGET" "")
  if(arg_TARGET)
    set(only --build-target ${arg_TARGET})
  endif()
  set(directory ${CMAKE_CURRENT_BINARY_DIR}/hosts/${name})
  add_test(NAME Host.${name}_builds
    COMMAND ${CMAKE_CTEST_COMMAND}
      --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/${source} ${directory}
      --build-generator ${CMAKE_GENERATOR} --build-noclean --build-project ${source}
      ${only} --build-options
        -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_C_FLAGS_DEBUG=-O0
        -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
        -DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER}
        -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
        -DCMAKE_PREFIX_PATH=${castboard_package}
        ${arg_UNPARSED_ARGUMENTS})
  set_tests_properties(Host.${name}_builds PROPERTIES TIMEOUT 3600 PROCESSORS 2 LABELS "${label}"
    FIXTURES_SETUP host_${name} FIXTURES_REQUIRED castboard_package)
  set(host_label_${name} "${label}" PARENT_SCOPE)
endfunction()

# castboard_host_runs(name sentence program arguments...): one of its programs.
function(castboard_host_runs name sentence program)
  set(directory ${CMAKE_CURRENT_BINARY_DIR}/hosts/${name})
  add_test(NAME Host.${name}_${sentence}
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/hosts/run.sh ${directory}/${program} ${ARGN})
  set_tests_properties(Host.${name}_${sentence} PROPERTIES TIMEOUT 300
    LABELS "${host_label_${name}}" FIXTURES_REQUIRED host_${name})
endfunction()

# castboard_hosts(name label imgui settings...): every program of hosts/, on the Dear ImGui of this
# directory.
function(castboard_hosts name label imgui)
  castboard_host(${name} hosts "${label}" -DHOST_IMGUI_DIR=${imgui} -DCASTBOARD_PRECOMPILE=ON ${ARGN})
  castboard_host_runs(${name} draws_without_a_screen headless LIBRARY)
  castboard_host_runs(${name} draws_with_a_renderer_of_its_own software LIBRARY)
  castboard_host_runs(${name} survives_wrong_use_without_asserts misuse LIBRARY)
  castboard_host_runs(${name} is_cxx17_elsewhere cxx17_editor LIBRARY)
  castboard_host_runs(${name} loads_and_unloads_it_as_a_plugin plugin_editor
    ${CMAKE_CURRENT_BINARY_DIR}/hosts/${name}/cast_plugin.so LIBRARY)
  if(TARGET castboard_gl)
    castboard_host_runs(${name} has_an_opengl_loader_of_its_own own_glad)
  endif()
  if(TARGET castboard_tool AND EXISTS ${imgui}/examples/example_glfw_opengl3/main.cpp)
    castboard_look_at_imgui("${imgui}" found)
    string(REPLACE "without docking" "" docking "${found_docking}")
    add_test(NAME Host.${name}_is_the_stock_example
      COMMAND xvfb-run -a -s "-screen 0 1920x1200x24" ${CMAKE_CURRENT_SOURCE_DIR}/hosts/drive_stock_example.sh $<TARGET_FILE:castboard_tool>
        ${CMAKE_CURRENT_BINARY_DIR}/hosts/${name} ${docking})
    set_tests_properties(Host.${name}_is_the_stock_example PROPERTIES TIMEOUT 600 PROCESSORS 2
      LABELS "${label}" FIXTURES_REQUIRED host_${name})
  endif()
endfunction()

set(castboard_package ${CMAKE_CURRENT_BINARY_DIR}/hosts/installed)
add_test(NAME Host.package_installs
  COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${castboard_package})
set_tests_properties(Host.package_installs PROPERTIES LABELS imgui
  FIXTURES_SETUP castboard_package)

set(strict "-DHOST_IMCONFIG=imconfig_strict.h" "-DHOST_FLAGS=-fno-rtti -fno-exceptions -DNDEBUG"
  -DCMAKE_UNITY_BUILD=ON)
castboard_hosts(package imgui ${CASTBOARD_IMGUI_DIR} -DHOST_CASTBOARD=package
  -DHOST_FLAGS=-DNDEBUG)
castboard_hosts(subdirectory imgui ${CASTBOARD_IMGUI_DIR} -DHOST_CASTBOARD=subdirectory ${strict})
# The same sources in another folder: configured whole, and one library of it built.
castboard_host(fetch hosts imgui TARGET castboard_imaging
  -DHOST_IMGUI_DIR=${CASTBOARD_IMGUI_DIR} -DHOST_CASTBOARD=fetch ${strict})
castboard_host(embed embed_host imgui -DHOST_IMGUI_DIR=${CASTBOARD_IMGUI_DIR})
if(TARGET castboard_tool AND EXISTS ${CASTBOARD_IMGUI_DIR}/examples/example_glfw_opengl3/main.cpp)
  set(hosts ${CMAKE_CURRENT_BINARY_DIR}/hosts)
  add_test(NAME Host.embed_draws_and_closes
    COMMAND xvfb-run -a -s "-screen 0 1920x1200x24" ${CMAKE_CURRENT_SOURCE_DIR}/hosts/close_editor.sh
      $<TARGET_FILE:castboard_tool> ${hosts}/embed/embed_host ${hosts}/package/close_window)
  set_tests_properties(Host.embed_draws_and_closes PROPERTIES TIMEOUT 300 LABELS imgui
    FIXTURES_REQUIRED "host_embed;host_package")
endif()

# Configured as in-house editors are, on every other Dear ImGui of the matrix.
foreach(wish IN LISTS CASTBOARD_IMGUI_MATRIX)
  castboard_get_imgui(directory "${wish}")
  castboard_imgui_name(name "${directory}")
  if(NOT directory STREQUAL CASTBOARD_IMGUI_DIR AND NOT TEST Host.${name}_builds)
    castboard_hosts(${name} imgui ${directory} -DHOST_CASTBOARD=package ${strict})
  endif()
endforeach()
