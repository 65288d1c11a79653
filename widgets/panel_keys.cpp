// The keyboard, as the product lists it.
#include "imgui_compat.h"
#include "keys.h"
#include "panel_parts.h"

namespace castboard {

namespace {

constexpr int kFramesToHideHighlight = 2;

}  // namespace

void Panel::Parts::note_focus() {
  has_focus |= ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows);
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
  if (ctrl_held() && pressed_enter() && (had_focus || generate_dialog)) ctrl_enter = true;
  if (!had_focus || popup || text_was_active || io.WantTextInput) return;
  if (io.KeyAlt || io.KeySuper) return;
  if (ctrl_held()) {
    take_ctrl_keys();
    return;
  }
  if (shift_held()) {
    if (pressed(ImGuiKey_X)) board.cancel_current_job();
    return;
  }
  take_plain_keys();
}

void Panel::Parts::take_ctrl_keys() {
  constexpr Status kStatuses[] = {Status::pending, Status::approved, Status::omitted, Status::none};
  for (int i = 0; i < 4; ++i) {
    if (pressed_digit(i + 1)) board.set_status_of_shown(kStatuses[i]);
  }
  if (pressed_digit(0)) viewer.full_size = true;
  if (pressed(ImGuiKey_Z, true)) board.undo_last();
  if (pressed(ImGuiKey_F)) grid.focus_search = true;
}

void Panel::Parts::take_plain_keys() {
  for (int cell = 0; cell <= kCellsPerSheet; ++cell) {
    if (pressed_digit(cell)) board.show_cell(cell);
  }
  if (pressed(ImGuiKey_LeftBracket, true)) board.step_cell(-1);
  if (pressed(ImGuiKey_RightBracket, true)) board.step_cell(1);
  const int right = pressed_direction(ImGuiKey_LeftArrow, ImGuiKey_RightArrow);
  if (grid_has_focus) {
    grid.step_x = right;
    grid.step_y = pressed_direction(ImGuiKey_UpArrow, ImGuiKey_DownArrow);
  } else if (right != 0 && !arrows_navigate) {
    board.step_version(right);
    frames_without_highlight = kFramesToHideHighlight;
  }
  if (pressed(ImGuiKey_Home)) board.view_first();
  if (pressed(ImGuiKey_End)) board.view_last();
  if (pressed(ImGuiKey_F)) viewer.fit = true;
  const Version* shown = board.viewed();
  if (shown != nullptr && pressed(ImGuiKey_Period)) board.toggle_star(VersionId(shown->id));
  if (shown != nullptr && pressed(ImGuiKey_Delete)) board.trash_version(VersionId(shown->id));
  // Enter belongs to the item that keyboard navigation has marked, when it has.
  if (pressed_enter() && !ImGui::GetIO().NavVisible) board.toggle_single();
  if (pressed(ImGuiKey_Escape)) go_back();
}

// One step each: from another mode to the version, from one cell to all nine, from a search to
// everybody, from errors to none.
void Panel::Parts::go_back() {
  if (board.viewer_mode() != ViewerMode::version) {
    board.show(ViewerMode::version);
  } else if (board.single()) {
    board.show_cell(0);
  } else if (!grid.search.empty()) {
    grid.search.clear();
    board.search("");
  } else if (!board.toasts().empty()) {
    board.close_toast(board.toasts().back().id);
  }
}

}  // namespace castboard
