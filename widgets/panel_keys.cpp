// The keyboard, as the product lists it.
#include <utility>

#include "cast_filter.h"
#include "imgui_compat.h"
#include "panel_parts.h"

namespace castboard {

namespace {

constexpr int kFramesToHideHighlight = 2;

}  // namespace

// Not of the whole root window: beside the region that is ours the host's keys are the host's.
void Panel::Parts::note_focus() {
  has_focus |= ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
}

void Panel::Parts::take_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  // Dear ImGui moves its own mark with the arrow keys too; after one that was ours the mark, which
  // shows a frame later, is hidden again.
  if (frames_without_highlight > 0) {
    --frames_without_highlight;
    compat::hide_navigation_highlight();
  } else {
    arrows_navigate = io.NavVisible && navigating;
  }
  navigating = io.NavVisible && frames_without_highlight == 0;
  const bool popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
  // Works while a field of ours has the keyboard; a field of the host's commits its text by it.
  const bool is_host_typing = io.WantTextInput && !text_was_active;
  if (keymap.pressed(Action::generate) && !is_host_typing) {
    generate_pressed = generate_dialog ? !picking : had_focus && !popup;
  }
  flashing = false;
  if (!had_focus || popup || text_was_active || io.WantTextInput) return;
  if (grid.focus_search.pending() || strip.bar.focus_text.pending()) return;
  if (board.viewer_mode() == ViewerMode::files && dropped) {
    if (dropped->take_keys(keymap, io.NavVisible))
      frames_without_highlight = kFramesToHideHighlight;
    return;
  }
  take_general_keys();
  take_version_keys();
  take_review_keys();
  take_form_keys();
  take_compare_keys();
}

void Panel::Parts::take_general_keys() {
  if (keymap.pressed(Action::cancel_job)) board.cancel_current_job();
  if (keymap.pressed(Action::undo, true)) board.undo_last();
  if (keymap.pressed(Action::find)) grid.focus_search.ask();
  if (keymap.pressed(Action::help)) open_key_sheet();
  if (keymap.pressed(Action::back)) go_back();
}

// The board's own keys stand before those of a version that is not shown.
bool Panel::Parts::take_board_keys() {
  const Version* shown = board.viewed();
  if (keymap.pressed(Action::board)) {
    const bool is_board = board.viewer_mode() == ViewerMode::board;
    board.show(is_board ? ViewerMode::version : ViewerMode::board);
  }
  if (board.viewer_mode() == ViewerMode::version && shown != nullptr) {
    const int cell = shown->is_sheet() ? board.cell() : 0;
    if (keymap.pressed(Action::save_files)) {
      save_versions({shown->id}, board.single() ? cell : 0);
    }
    if (keymap.pressed(Action::redo_cell) && cell > 0) open_redo(shown->id, cell);
  }
  const ViewerMode mode = board.viewer_mode();
  const bool many = mode == ViewerMode::board || mode == ViewerMode::contact_sheet ||
                    mode == ViewerMode::composite;
  if (many && grid_had_focus) take_grid_keys();
  if (mode != ViewerMode::board || grid_had_focus) return many;
  const auto direction = [this](Action back, Action forward) {
    return (keymap.pressed(forward, true) ? 1 : 0) - (keymap.pressed(back, true) ? 1 : 0);
  };
  ExpressionBoardState& at = pictures.board;
  at.step_x = direction(Action::tile_left, Action::tile_right);
  at.step_y = direction(Action::tile_up, Action::tile_down);
  at.enter = keymap.pressed(Action::toggle_single);
  if (at.step_x != 0 || at.step_y != 0) frames_without_highlight = kFramesToHideHighlight;
  return true;
}

void Panel::Parts::take_version_keys() {
  if (board.viewer_mode() == ViewerMode::cells) return take_cells_keys();
  if (take_board_keys()) return;
  for (int cell = 1; cell <= kCellsPerSheet; ++cell) {
    const auto action = static_cast<Action>(static_cast<int>(Action::cell_1) + cell - 1);
    if (keymap.pressed(action)) board.show_cell(cell);
  }
  if (keymap.pressed(Action::all_cells)) board.show_cell(0);
  if (keymap.pressed(Action::previous_cell, true)) board.step_cell(-1);
  if (keymap.pressed(Action::next_cell, true)) board.step_cell(1);
  const auto direction = [this](Action back, Action forward) {
    return (keymap.pressed(forward, true) ? 1 : 0) - (keymap.pressed(back, true) ? 1 : 0);
  };
  const int step = direction(Action::previous_version, Action::next_version);
  if (grid_had_focus) {
    take_grid_keys();
  } else if (step != 0 && !arrows_navigate) {
    board.step_version(step);
    frames_without_highlight = kFramesToHideHighlight;
  }
  if (!grid_had_focus && keymap.pressed(Action::first_version)) {
    board.view_first();
    frames_without_highlight = kFramesToHideHighlight;
  }
  if (!grid_had_focus && keymap.pressed(Action::last_version)) {
    board.view_last();
    frames_without_highlight = kFramesToHideHighlight;
  }
  if (keymap.pressed(Action::jump_to_version)) {
    board.clear_chosen();  // their actions stand where the number is typed
    strip.bar.focus_text.ask();
  }
  if (keymap.pressed(Action::choose_all) && !grid_had_focus) board.choose_all_versions();
  if (keymap.pressed(Action::details)) {
    splits.version_details_open = !splits.version_details_open;
  }
  const bool compares = board.viewer_mode() == ViewerMode::compare;
  if (keymap.pressed(Action::fit)) (compares ? compare.fit : viewer.fit) = true;
  if (keymap.pressed(Action::full_size)) (compares ? compare.full_size : viewer.full_size) = true;
  if (keymap.pressed(Action::onion_skin)) viewer.toggle_onion = true;
  // Space presses the item that keyboard navigation has marked, when it has.
  if (keymap.pressed(Action::flipbook) && !ImGui::GetIO().NavVisible) viewer.toggle_flipbook = true;
  // Enter belongs to the item that keyboard navigation has marked, when it has.
  if (keymap.pressed(Action::toggle_single) && !ImGui::GetIO().NavVisible) {
    if (grid_had_focus && grid.cursor != board.character_id()) {
      grid.keys.open = true;
    } else {
      board.toggle_single();
    }
  }
}

// While cells are adjusted; the arrow keys, which move what is chosen, the widget takes itself.
void Panel::Parts::take_cells_keys() {
  for (int cell = 1; cell <= kCellsPerSheet; ++cell) {
    const auto action = static_cast<Action>(static_cast<int>(Action::cell_1) + cell - 1);
    if (!keymap.pressed(action)) continue;
    cell_borders.cell = cell;
    cell_borders.chosen = -1;
  }
  if (keymap.pressed(Action::all_cells)) cell_borders.cell = 0;
  if (keymap.pressed(Action::fit)) cell_borders.fit = true;
  if (keymap.pressed(Action::full_size)) cell_borders.full_size = true;
}

// While the tiles have the focus; with Shift a step chooses what lies between.
void Panel::Parts::take_grid_keys() {
  CharacterGridKeys& keys = grid.keys;
  const auto stepped = [&](Action action) {
    if (keymap.pressed(action, true)) return true;
    if (!keymap.pressed_with_shift(action, true)) return false;
    keys.extend = true;
    return true;
  };
  keys.step.x = int(stepped(Action::tile_right)) - int(stepped(Action::tile_left));
  keys.step.y = int(stepped(Action::tile_down)) - int(stepped(Action::tile_up));
  keys.step.pages = int(stepped(Action::tile_page_down)) - int(stepped(Action::tile_page_up));
  keys.step.home = stepped(Action::tile_first);
  keys.step.end = stepped(Action::tile_last);
  keys.choose_all = keymap.pressed(Action::tile_choose_all);
  keys.rename = keymap.pressed(Action::tile_rename);
  keys.trash = keymap.pressed(Action::trash);
}

// From the version each of them begins to compare; it swaps nothing and changes no mode yet.
void Panel::Parts::take_compare_keys() {
  const bool compares = board.viewer_mode() == ViewerMode::compare;
  if (keymap.pressed(Action::compare_wipe)) {
    if (compares) {
      wipe_or_turn(compare);
    } else {
      compare.mode = CompareMode::wipe;
      board.show(ViewerMode::compare);
    }
  }
  if (keymap.pressed(Action::compare_mode)) {
    if (compares) next_compare_mode(compare);
    board.show(ViewerMode::compare);
  }
  if (keymap.pressed(Action::compare_swap)) {
    if (compares) board.swap_compared();
    board.show(ViewerMode::compare);
  }
  const auto step = [this](Action back, Action forward) {
    return (keymap.pressed(forward, true) ? 1 : 0) - (keymap.pressed(back, true) ? 1 : 0);
  };
  if (const int by = step(Action::compare_previous, Action::compare_next); by != 0) {
    board.step_compared(by);
    frames_without_highlight = kFramesToHideHighlight;
  }
  if (const int by = step(Action::compare_previous_cell, Action::compare_next_cell); by != 0)
    board.step_compared_cell(by);
  flashing = keymap.held(Action::compare_hold);
}

void Panel::Parts::take_review_keys() {
  // They are about the version that is seen.
  if (board.viewer_mode() != ViewerMode::version && board.viewer_mode() != ViewerMode::compare) {
    return;
  }
  constexpr std::pair<Action, Status> kStatuses[] = {{Action::status_pending, Status::pending},
                                                     {Action::status_approved, Status::approved},
                                                     {Action::status_omitted, Status::omitted},
                                                     {Action::status_none, Status::none}};
  for (const auto& [action, status] : kStatuses) {
    if (!keymap.pressed(action)) continue;
    // The flipbook stops at what is judged.
    if (viewer.flipbook.is_playing) board.show_cell(viewer.flipbook.cell);
    board.set_status_of_chosen(status);
  }
  if (keymap.pressed(Action::star)) board.toggle_star(board.targets());
  // With the focus on the tiles it is the characters that are meant.
  if (!grid_had_focus && keymap.pressed(Action::trash)) {
    const std::vector<VersionId> targets = board.targets();
    if (board.in_trash() && !targets.empty()) {
      ask_to_purge(targets);
    } else {
      board.trash_versions(targets);
    }
  }
}

void Panel::Parts::take_form_keys() {
  const Version* shown = board.viewed();
  if (shown == nullptr) return;
  constexpr std::pair<Action, Recall> kRecalls[] = {{Action::recall_all, Recall::all},
                                                    {Action::recall_prompt, Recall::prompt},
                                                    {Action::recall_seed, Recall::seed},
                                                    {Action::remix, Recall::remix}};
  for (const auto& each : kRecalls) {
    if (keymap.pressed(each.first)) recall_settings(*shown, each.second);
  }
}

// One step each: from several chosen characters to none, from the cell that is moved alone to none,
// from another mode to the version, from one cell to all nine, from several chosen versions to the
// viewed one, out of the trash, from a search or a filter to everybody, from errors to none.
void Panel::Parts::go_back() {
  if (grid.chosen.size() > 1) {
    grid.chosen.clear();
  } else if (board.viewer_mode() == ViewerMode::cells && cell_borders.cell != 0) {
    cell_borders.cell = 0;
  } else if (board.viewer_mode() != ViewerMode::version) {
    board.show(ViewerMode::version);
  } else if (board.single()) {
    board.show_cell(0);
  } else if (board.chosen().size() > 1) {
    board.clear_chosen();
  } else if (board.in_trash()) {
    board.show_trash(false);
  } else if (!grid.search.empty()) {
    grid.search.clear();
    board.search("");
  } else if (is_filtered(board.query())) {
    board.show_cast(everybody(board.query()));
  } else if (!board.toasts().empty()) {
    board.close_toast(board.toasts().back().id);
  }
}

}  // namespace castboard
