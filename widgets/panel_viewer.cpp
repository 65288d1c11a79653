// The viewer pane: the version looked at, or what else its mode shows in that place.
#include <algorithm>
#include <cmath>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"

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
  }
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
  const float details = ImGui::GetTextLineHeightWithSpacing();
  SheetViewInput input{.look = look,
                       .url = version->image_url,
                       .width = version->width,
                       .height = version->height,
                       .thumbnail_url = version->thumbnail_url,
                       .cells = cells_of(board.catalogue(), *version),
                       .cell = board.cell(),
                       .single = board.single(),
                       .picture = [this](const PictureRequest& r) { return textures.get(r); }};
  SheetViewResult seen;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {room.x, std::max(1.0F, room.y - details)}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
        [&] {
          seen = sheet_view("sheet", input, viewer);
          scoped::context_menu(
              "menu", [&] { handle(version_menu(*version, bool(options.show_in_folder))); });
        });
  });
  const std::string zoom = std::to_string(static_cast<int>(std::lround(seen.zoom * 100))) + " %";
  const std::string text =
      version_details(*version, style_title(board.catalogue(), version->art_style));
  scoped::font(look.caption_font, 12.0F / 14.0F, [&] {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
      const float zoom_width = ImGui::CalcTextSize(zoom.c_str()).x;
      const float left = ImGui::GetCursorPosX();
      text_elided(text, room.x - zoom_width - look.px(12));
      ImGui::SameLine();
      ImGui::SetCursorPosX(left + room.x - zoom_width);
      ImGui::TextUnformatted(zoom.c_str());
    });
  });
  if (seen.choose_cell != 0) board.choose_cell(seen.choose_cell);
  if (seen.toggle_single) board.toggle_single();
}

}  // namespace castboard
