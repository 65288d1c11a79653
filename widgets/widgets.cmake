# The panel and its widgets; no GL, GLFW, curl, SQLite or JSON in here. What is built from it fits
# one Dear ImGui with one imconfig, so it is built for each: for the host's own, and in the tests for
# several. The installed package comes with these sources for the same reason.
# A widget is one pair of files; one line per unit so that branches merge.

# castboard_widgets_library(name imgui): the widgets, for the Dear ImGui that is this target.
function(castboard_widgets_library name imgui)
  set(sources
    batch_dialog.cpp
    board.cpp
    board_actions.cpp
    board_batch.cpp
    board_compare.cpp
    board_jobs.cpp
    board_versions.cpp
    cast_bar.cpp
    cast_filter.cpp
    cell_boundaries.cpp
    character_details.cpp
    character_form.cpp
    character_grid.cpp
    character_rows.cpp
    character_tile.cpp
    command_line.cpp
    compare_modes.cpp
    compare_view.cpp
    composite_editor.cpp
    contact_sheet_view.cpp
    controls.cpp
    export_dialog.cpp
    expression_board.cpp
    drag_drop.cpp
    file_preview.cpp
    generation_draft.cpp
    generation_form.cpp
    generation_form_choices.cpp
    generation_form_footer.cpp
    generation_form_prompt.cpp
    generation_form_references.cpp
    host_contract.cpp
    job_card.cpp
    job_history.cpp
    job_list.cpp
    key_sheet.cpp
    keymap.cpp
    panel.cpp
    panel_board.cpp
    panel_cast.cpp
    panel_compare.cpp
    panel_composite.cpp
    panel_details.cpp
    panel_dialogs.cpp
    panel_files.cpp
    panel_jobs.cpp
    panel_keys.cpp
    panel_menu.cpp
    panel_missing.cpp
    panel_panes.cpp
    panel_pictures.cpp
    panel_settings.cpp
    panel_versions.cpp
    panel_viewer.cpp
    panel_viewer_cells.cpp
    picture_tile.cpp
    picture_work.cpp
    pose_rows.cpp
    preset_menu.cpp
    preview.cpp
    project_menu.cpp
    recall.cpp
    reference_field.cpp
    selection.cpp
    sheet_bar.cpp
    sheet_findings.cpp
    sheet_reports.cpp
    sheet_view.cpp
    text_field.cpp
    texture_cache.cpp
    theme.cpp
    toasts.cpp
    version_details.cpp
    version_facts.cpp
    version_filter.cpp
    version_filter_bar.cpp
    version_lineage.cpp
    version_menu.cpp
    version_strip.cpp
    version_words.cpp
    viewer_header.cpp
    zoomed_picture.cpp
  )
  list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/)
  add_library(${name} STATIC ${sources})
  castboard_target(${name})
  castboard_quick_to_compile(${name})
  castboard_precompile(${name} <imgui.h> <algorithm> <chrono> <cmath> <filesystem> <functional>
    <map> <memory> <optional> <set> <string> <tl/expected.hpp> <unordered_map> <variant> <vector>)
  target_include_directories(${name}
    PUBLIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/include
    PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  target_link_libraries(${name} PUBLIC castboard::backend ${imgui} PRIVATE castboard::texts)
endfunction()

# castboard_gl_library(name widgets): the TextureHost for OpenGL 3.3, the only widget code that
# knows GL, for these widgets' Dear ImGui.
function(castboard_gl_library name widgets)
  add_library(${name} STATIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/gl/gl_textures.cpp)
  castboard_target(${name})
  target_link_libraries(${name} PUBLIC ${widgets} PRIVATE castboard::glad ${CMAKE_DL_LIBS})
endfunction()
