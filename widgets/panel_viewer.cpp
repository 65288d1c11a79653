// The viewer pane: the version looked at, or what else its mode shows in that place.
#include <algorithm>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "sheet_bar.h"

namespace castboard {
namespace {

std::string style_title(const Catalogue* catalogue, const std::string& key) {
  const ArtStyle* style = catalogue != nullptr ? catalogue->find_style(key) : nullptr;
  return style != nullptr ? style->title : key;
}

std::string pose_title(const Catalogue* catalogue, const Version& version,
                       const std::string& pose) {
  const Shot* shot =
      catalogue != nullptr ? catalogue->find_shot(version.template_type, pose) : nullptr;
  return shot != nullptr ? shot->title : pose;
}

std::vector<SheetCell> cells_of(const Catalogue* catalogue, const Version& version) {
  std::vector<SheetCell> cells;
  if (!version.is_sheet()) return cells;
  for (const Cell& cell : version.cells) {
    cells.push_back(
        {pose_title(catalogue, version, cell.pose), cell.box, cell.image_url, cell.status});
  }
  return cells;
}

}  // namespace

void Panel::Parts::draw_viewer() {
  switch (board.viewer_mode()) {
    case ViewerMode::version:
    case ViewerMode::compare:
      draw_version_view();
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
  const int cell = board.single() ? board.cell() : 0;
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
    board.set_status_of_shown(done.request.status);
  } else {
    handle(done.request);
  }
  if (version == nullptr) {
    if (!board.is_open()) {
      draw_opening();
    } else if (!has_project()) {
      empty_state(look, "Nothing here yet",
                  "Make a project, then a character: its pictures show here.");
    } else if (board.character_id().empty()) {
      empty_state(look, "Nobody is shown", "Pick a character on the left, or make a new one.");
    } else if (board.versions() != nullptr) {
      empty_state(look, "No versions yet",
                  "Fill the form on the right and press Generate New Version.");
    }
    return;
  }
  const SheetViewInput input = sheet_input(*version);
  const float bar = sheet_bar_height(look) + ImGui::GetStyle().ItemSpacing.y;
  SheetViewResult seen;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {room.x, std::max(1.0F, room.y - bar)}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
        [&] {
          seen = sheet_view("sheet", input, viewer);
          scoped::context_menu("menu", [&] {
            const int chosen = version->is_sheet() ? board.cell() : 0;
            if (chosen > 0) cell_menu(*version, chosen);
            handle(version_menu(*version, bool(options.show_in_folder)));
          });
        });
  });
  const SheetBarInput bar_input{
      .look = look,
      .keymap = keymap,
      .view = input,
      .details = version_details(*version, style_title(board.catalogue(), version->art_style)),
      .zoom = seen.zoom};
  sheet_bar("bar", bar_input, viewer);
  ask_frame_in(seen.next_frame_in);
  if (seen.show_cell) board.show_cell(*seen.show_cell);
}

}  // namespace castboard
