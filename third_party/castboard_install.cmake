# What `cmake --install` brings: the program with its assets, and a package for find_package().
# The program finds its assets at ../share/castboard/assets from where it is, so an installed tree can
# be moved, and the build directory looks like an installed one: it holds a link to the sources.
if(TARGET castboard_tool)
  set_target_properties(castboard_tool PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/castboard)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/assets ${PROJECT_BINARY_DIR}/share/castboard/assets SYMBOLIC)
endif()
if(NOT CASTBOARD_INSTALL)
  return()
endif()

include(GNUInstallDirs)
set(CASTBOARD_DATA share/castboard)
if(TARGET castboard_tool)
  install(TARGETS castboard_tool RUNTIME DESTINATION bin)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/assets/ DESTINATION ${CASTBOARD_DATA}/assets)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/doc/castboard)

# The libraries that know no Dear ImGui are installed built, the widgets as sources.
set(libraries backend imaging expected fmt texts)
set(castboard_with_sketch 0)
if(TARGET castboard_sketch)
  list(APPEND libraries sketch httplib)
  set(castboard_with_sketch 1)
endif()
if(TARGET castboard_glad)
  list(APPEND libraries glad)
  set_target_properties(castboard_glad PROPERTIES EXCLUDE_FROM_ALL OFF)
  install(DIRECTORY ${PROJECT_BINARY_DIR}/third_party/glad/include/ DESTINATION ${CASTBOARD_DATA}/glad)
endif()
foreach(library IN LISTS libraries)
  set_target_properties(castboard_${library} PROPERTIES EXPORT_NAME ${library})
  install(TARGETS castboard_${library} EXPORT castboardTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/castboard)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/backend/include/castboard DESTINATION include)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/widgets/ DESTINATION ${CASTBOARD_DATA}/widgets
  FILES_MATCHING PATTERN "*.h" PATTERN "*.cpp" PATTERN "widgets.cmake")

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/castboard)
include(CMakePackageConfigHelpers)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/castboardConfig.cmake.in
  ${PROJECT_BINARY_DIR}/castboardConfig.cmake INSTALL_DESTINATION ${package}
  PATH_VARS CASTBOARD_DATA NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/castboardConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(EXPORT castboardTargets NAMESPACE castboard:: DESTINATION ${package})
install(FILES ${PROJECT_BINARY_DIR}/castboardConfig.cmake
  ${PROJECT_BINARY_DIR}/castboardConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/third_party/castboard_targets.cmake DESTINATION ${package})
