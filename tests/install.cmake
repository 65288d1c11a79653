if(TARGET castboard_tool AND CASTBOARD_INSTALL)
  add_test(NAME Install.finds_its_assets_from_any_directory_after_a_move
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tool/install_test.sh ${PROJECT_BINARY_DIR})
  set_tests_properties(Install.finds_its_assets_from_any_directory_after_a_move
    PROPERTIES TIMEOUT 300)
endif()
