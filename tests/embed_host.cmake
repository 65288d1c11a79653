# Castboard inside another project (embed_host/): configured, built and run by ctest, without
# optimisation and with the sources of this build's Dear ImGui. The sanitizer builds leave it out: it
# compiles everything once more.
if(CASTBOARD_SANITIZE OR NOT CASTBOARD_IMGUI_DIR OR NOT TARGET castboard_widgets)
  return()
endif()
add_test(NAME EmbedHost.builds_castboard_with_its_own_imgui_and_draws_the_panel
  COMMAND ${CMAKE_CTEST_COMMAND}
    --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/embed_host ${CMAKE_CURRENT_BINARY_DIR}/embed_host
    --build-generator ${CMAKE_GENERATOR} --build-noclean --build-project embed_host
    --build-options
      -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_C_FLAGS_DEBUG=-O0
      -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
      -DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER}
      -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
      -DHOST_IMGUI_DIR=${CASTBOARD_IMGUI_DIR}
    --test-command embed_host ${CMAKE_CURRENT_BINARY_DIR}/embed_host/library)
set_tests_properties(EmbedHost.builds_castboard_with_its_own_imgui_and_draws_the_panel
  PROPERTIES TIMEOUT 3600 PROCESSORS 2)
