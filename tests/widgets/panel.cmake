# A unit on its own: built from its sources without the backend's library, so that fake_session.cpp
# can stand in for the session where a test decides which answers come.
function(castboard_widget_unit_test unit)
  cmake_parse_arguments(PARSE_ARGV 1 arg "FAKE_SESSION" "" "WIDGETS")
  list(TRANSFORM arg_WIDGETS PREPEND ${PROJECT_SOURCE_DIR}/widgets/)
  if(arg_FAKE_SESSION)
    list(APPEND arg_WIDGETS ../support/fake_session.cpp)
  endif()
  add_executable(${unit}_test ${unit}_test.cpp ${arg_WIDGETS} ${PROJECT_SOURCE_DIR}/backend/model.cpp)
  castboard_target(${unit}_test)
  target_include_directories(${unit}_test PRIVATE ${PROJECT_SOURCE_DIR}/widgets
    ${PROJECT_SOURCE_DIR}/widgets/include ${PROJECT_SOURCE_DIR}/backend/include)
  target_link_libraries(${unit}_test PRIVATE castboard_test_support castboard_imgui
    castboard_expected castboard_texts Threads::Threads)
  gtest_discover_tests(${unit}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

castboard_widget_unit_test(board FAKE_SESSION
  WIDGETS board.cpp board_actions.cpp board_batch.cpp board_compare.cpp board_jobs.cpp board_versions.cpp
    character_rows.cpp selection.cpp version_filter.cpp version_lineage.cpp
    ../backend/catalogue/catalogue.cpp)
castboard_widget_unit_test(cell_boundaries_layout)
castboard_widget_unit_test(command_line WIDGETS command_line.cpp)
castboard_widget_unit_test(compare_view_layout)
castboard_widget_unit_test(expression_board_layout)
castboard_widget_unit_test(keymap WIDGETS keymap.cpp)
castboard_widget_unit_test(layouts)
castboard_widget_unit_test(pose_rows FAKE_SESSION WIDGETS pose_rows.cpp)
castboard_widget_unit_test(selection WIDGETS selection.cpp)
castboard_widget_unit_test(sheet_view_layout)
castboard_widget_unit_test(texture_cache FAKE_SESSION WIDGETS texture_cache.cpp)
castboard_widget_unit_test(texts)
target_compile_definitions(texts_test PRIVATE CASTBOARD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
castboard_widget_unit_test(theme WIDGETS theme.cpp)

# With a Dear ImGui that has no window. The harness belongs into the program itself: its hooks
# override those of the library.
castboard_widgets_test(batch_dialog ../support/imgui_harness.cpp)
castboard_widgets_test(cast_bar ../support/imgui_harness.cpp)
castboard_widgets_test(character_details ../support/imgui_harness.cpp)
castboard_widgets_test(cell_boundaries ../support/imgui_harness.cpp)
castboard_widgets_test(character_grid ../support/imgui_harness.cpp)
castboard_widgets_test(expression_board ../support/imgui_harness.cpp)
castboard_widgets_test(job_history ../support/imgui_harness.cpp)
castboard_widgets_test(key_sheet ../support/imgui_harness.cpp)
castboard_widgets_test(toasts ../support/imgui_harness.cpp)
castboard_widgets_test(viewer_header ../support/imgui_harness.cpp)
castboard_widgets_test(compare_view ../support/imgui_harness.cpp)
castboard_widgets_test(job_list ../support/imgui_harness.cpp)
castboard_widgets_test(sheet_view ../support/imgui_harness.cpp)
