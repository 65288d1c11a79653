# The program finds its assets at ../share/castboard/assets from where it is, so an installed tree can
# be moved, and the build directory looks like an installed one: it holds a link to the sources.
if(NOT TARGET castboard_tool)
  return()
endif()
set_target_properties(castboard_tool PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/castboard)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/assets ${PROJECT_BINARY_DIR}/share/castboard/assets SYMBOLIC)

if(CASTBOARD_INSTALL)
  install(TARGETS castboard_tool RUNTIME DESTINATION bin)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/assets/ DESTINATION share/castboard/assets)
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/castboard)
endif()
