castboard_widgets_test(version_filter)
castboard_widget_unit_test(version_lineage WIDGETS version_lineage.cpp)
castboard_widget_unit_test(board_versions FAKE_SESSION
  WIDGETS board.cpp board_actions.cpp board_batch.cpp board_compare.cpp board_jobs.cpp board_versions.cpp character_rows.cpp selection.cpp
    version_filter.cpp version_lineage.cpp ../backend/catalogue/catalogue.cpp)
castboard_widgets_test(recall)
castboard_widgets_test(version_strip ../support/imgui_harness.cpp)
castboard_widget_unit_test(version_strip_layout)
castboard_widgets_test(version_facts)
castboard_widgets_test(version_details ../support/imgui_harness.cpp)
