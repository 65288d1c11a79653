# OpenGL's functions: castboard_glad, written at build time by the `glad` generator. Nothing is
# generated unless a target links it, so an embedded build without OpenGL never needs the generator.
find_program(CASTBOARD_GLAD glad)
if(NOT CASTBOARD_GLAD)
  if(CASTBOARD_BUILD_TOOL)
    message(FATAL_ERROR "The castboard program needs the `glad` generator: install python3-glad.")
  endif()
  return()
endif()

set(castboard_glad_dir ${CMAKE_CURRENT_BINARY_DIR}/glad)
add_custom_command(
  OUTPUT ${castboard_glad_dir}/src/gl.c ${castboard_glad_dir}/include/glad/gl.h
         ${castboard_glad_dir}/include/KHR/khrplatform.h
  COMMAND ${CASTBOARD_GLAD} --quiet --reproducible --api gl:core=3.3 --extensions ""
          --out-path ${castboard_glad_dir} c --mx
  COMMENT "Generating the OpenGL 3.3 loader"
  VERBATIM)

add_library(castboard_glad STATIC EXCLUDE_FROM_ALL ${castboard_glad_dir}/src/gl.c
  ${castboard_glad_dir}/include/glad/gl.h)
target_include_directories(castboard_glad SYSTEM PUBLIC
  $<BUILD_INTERFACE:${castboard_glad_dir}/include> $<INSTALL_INTERFACE:share/castboard/glad>)
set_target_properties(castboard_glad PROPERTIES POSITION_INDEPENDENT_CODE ON)
# A host may link a glad of its own: these two are all the names ours would share with it.
target_compile_definitions(castboard_glad PUBLIC
  gladLoadGLContext=castboard_gladLoadGLContext
  gladLoadGLContextUserPtr=castboard_gladLoadGLContextUserPtr)
castboard_sanitize(castboard_glad)
add_library(castboard::glad ALIAS castboard_glad)
