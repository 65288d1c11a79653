# What every target of ours gets: C++20, exceptions, position independent code, warnings, sanitizers.
# Nothing global: a host's targets are left alone; and what a host sets for its own, warnings, no
# exceptions, unity builds, ends here.
function(castboard_target name)
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
    UNITY_BUILD OFF)
  target_compile_options(${name} PRIVATE -fexceptions)
  if(CASTBOARD_WERROR)
    target_compile_options(${name} PRIVATE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
      -Wold-style-cast -Wno-missing-field-initializers -Werror)
  else()
    target_compile_options(${name} PRIVATE -w)
  endif()
  castboard_sanitize(${name})
endfunction()

function(castboard_sanitize name)
  if(CASTBOARD_SANITIZE STREQUAL "address")
    set(flags -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  elseif(CASTBOARD_SANITIZE STREQUAL "thread")
    set(flags -fsanitize=thread -fno-omit-frame-pointer)
  else()
    return()
  endif()
  target_compile_options(${name} PRIVATE ${flags})
  target_link_options(${name} PUBLIC ${flags})
endfunction()

# For what is much to compile and little to run: in the builds of the tests, unoptimised, which takes
# half the time, and with sanitizers a quarter.
function(castboard_quick_to_compile name)
  if(CASTBOARD_SANITIZE OR (CASTBOARD_PRECOMPILE AND CMAKE_BUILD_TYPE STREQUAL "Debug"))
    target_compile_options(${name} PRIVATE -O0)
  endif()
endfunction()

# castboard_precompile(target <header>...): only with CASTBOARD_PRECOMPILE, since it hides a missing
# include; builds without (the preset dev, a host's) find that.
function(castboard_precompile name)
  if(CASTBOARD_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()

# castboard_host_imgui(name target): the host's Dear ImGui, its headers as those of the system: their
# warnings are not ours to mend.
function(castboard_host_imgui name target)
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE ${target})
  target_include_directories(${name} SYSTEM INTERFACE
    $<TARGET_PROPERTY:${target},INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()
