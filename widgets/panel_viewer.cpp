// The viewer pane: the version looked at, or what else its mode shows in that place.
#include <algorithm>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "sheet_bar.h"
#include "texts.h"
#include "version_words.h"

namespace castboard {
void Panel::Parts::draw_viewer() {
  switch (board.viewer_mode()) {
    case ViewerMode::version:
      draw_version_view();
      break;
    case ViewerMode::cells:
      draw_cells_view();
      break;
    case ViewerMode::compare:
      draw_compare();
      break;
    case ViewerMode::files:
      draw_files();
      break;
    case ViewerMode::board:
      draw_board();
      break;
    case ViewerMode::contact_sheet:
      draw_contact_sheet();
      break;
    case ViewerMode::composite:
      draw_composite_editor();
      break;
    case ViewerMode::redo:
      draw_redo_review();
      break;
  }
}

SheetViewInput Panel::Parts::sheet_input(const Version& version) {
  return {.look = look,
          .url = version.image_url,
          .width = version.width,
          .height = version.height,
          .thumbnail_url = version.thumbnail_url,
          .cells = cells_of(board.catalogue(), version),
          .cell = board.cell(),
          .single = board.single(),
          .picture = [this](const PictureRequest& request) { return textures.get(request); }};
}

void Panel::Parts::draw_version_view() {
  const Version* version = board.viewed();
  // What is seen is what the header names and judges.
  const bool flips = version != nullptr && version->is_sheet() && viewer.flipbook.is_playing;
  const int cell = flips ? viewer.flipbook.cell : board.single() ? board.cell() : 0;
  ViewerHeaderInput header{.look = look,
                           .character = board.character(),
                           .version = version,
                           .cell = cell,
                           .push_on = board.push_summary().state != PushState::off};
  if (version != nullptr && cell > 0) {
    header.cell_title = pose_title(board.catalogue(), *version,
                                   version->cells[static_cast<std::size_t>(cell - 1)].pose);
  }
  const ViewerHeaderResult done = viewer_header("header", header);
  viewer.fit |= done.fit;
  if (done.request.what == VersionRequest::What::set_status) {
    if (flips) board.show_cell(cell);
    board.set_status_of_shown(done.request.status);
  } else {
    handle(done.request);
  }
  if (version == nullptr) {
    if (!board.is_open()) {
      draw_opening();
    } else if (!has_project()) {
      empty_state(look, text("viewer.no_project"), text("viewer.no_project.hint"));
    } else if (board.character_id().empty()) {
      empty_state(look, text("viewer.nobody"), text("viewer.nobody.hint"));
    } else if (board.in_trash()) {
      if (board.listed() != nullptr) {
        empty_state(look, text("viewer.empty_trash"), text("strip.empty_trash"));
      }
    } else if (board.versions() != nullptr) {
      empty_state(look, text("viewer.no_versions"), text("viewer.no_versions.hint"));
    }
    return;
  }
  const SheetViewInput input = sheet_input(*version);
  const float bar = sheet_bar_height(look) + ImGui::GetStyle().ItemSpacing.y;
  SheetViewResult seen;
  // B, once there is one, for as long as the key is held.
  const bool flash = flashing && board.compared() != nullptr;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {room.x, std::max(1.0F, room.y - bar)}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
        [&] {
          seen = sheet_view("sheet", flash ? sheet_input(*board.compared()) : input, viewer);
          scoped::context_menu("menu", [&] {
            // It is about the cell under the pointer.
            if (ImGui::IsWindowAppearing() && seen.hovered_cell != 0 && !board.single()) {
              board.choose_cell(seen.hovered_cell);
            }
            const int chosen = version->is_sheet() ? board.cell() : 0;
            if (chosen > 0) cell_menu(*version, chosen);
            handle(draw_version_menu(*version));
          });
        });
  });
  if (version->is_sheet()) {
    draw_sheet_check(*version);
    ImGui::SameLine(0, look.px(6));
  }
  const SheetBarInput bar_input{
      .look = look,
      .keymap = keymap,
      .view = input,
      .details = version_caption(*version, style_title(board.catalogue(), version->art_style)),
      .zoom = seen.zoom,
      .can_compare = board.versions() != nullptr &&
                     (board.versions()->versions.size() > 1 || version->is_sheet())};
  if (sheet_bar("bar", bar_input, viewer).compare) board.show(ViewerMode::compare);
  ask_frame_in(seen.next_frame_in);
  if (seen.show_cell) board.show_cell(*seen.show_cell);
}

}  // namespace castboard
