// Where the cells of the viewed sheet are: what the check found, and moving their borders.
#include <algorithm>
#include <cmath>

#include "controls.h"
#include "panel_parts.h"
#include "scoped.h"
#include "sheet_bar.h"
#include "sheet_findings.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kNarrow = 560;  // design pixels: below, the button is a mark and a number

std::vector<PixelRect> boxes_of(const Version& version) {
  std::vector<PixelRect> boxes;
  for (const Cell& cell : version.cells) boxes.push_back(cell.box);
  return boxes;
}

}  // namespace

void Panel::Parts::draw_sheet_check(const Version& version) {
  const SheetFindingsInput input{.look = look,
                                 .report = sheet_reports.of_version(version),
                                 .may_change = !board.library().read_only,
                                 .height = sheet_bar_height(look),
                                 .narrow = ImGui::GetContentRegionAvail().x < look.px(kNarrow)};
  const SheetFindingsResult done = sheet_findings("check", input);
  if (done.show_cell != 0) board.show_cell(done.show_cell);
  if (done.adjust) {
    // The cell that was looked at is the one that is wrong.
    cell_borders = {};
    if (board.single()) cell_borders.cell = board.cell();
    board.show(ViewerMode::cells);
  }
  if (done.find_again && input.report != nullptr)
    board.set_cell_boxes(VersionId(version.id), input.report->cells);
  if (done.thirds)
    board.set_cell_boxes(VersionId(version.id), exact_thirds(version.width, version.height));
}

// What can be done, and how large it is seen.
void Panel::Parts::draw_cells_line(float zoom) {
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float width = button_width(look, "3200 %", "");
  const std::string percent =
      std::to_string(static_cast<int>(std::lround(zoom * 100))) + " %###cells_zoom";
  scoped::font(look.caption_font, kCaptionScale, [&] {
    ImGui::SetCursorPosY(start.y + (sheet_bar_height(look) - ImGui::GetTextLineHeight()) / 2);
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { text_elided(text("cells.hint"), room - width - look.px(8)); });
  });
  ImGui::SetCursorPos({start.x + room - width, start.y});
  if (button(look, percent.c_str(), ButtonKind::normal, "", {width, sheet_bar_height(look)})) {
    (cell_borders.viewpoint.fits() ? cell_borders.full_size : cell_borders.fit) = true;
  }
  item_tooltip(text("cells.zoom_hint", {look.key(Action::fit), look.key(Action::full_size)}));
}

void Panel::Parts::draw_cells_view() {
  const Version* version = board.viewed();
  if (version == nullptr || !version->is_sheet()) return draw_version_view();
  const std::string& before = cell_borders.picture.source.url;
  if (!before.empty() && before != version->image_url) cell_borders = {};
  const SheetReport* report = sheet_reports.of_version(*version);
  const float row = look.control_height();
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string find = labelled("cells.find_again", "find_again");
  const std::string thirds = labelled("cells.thirds", "exact_thirds");
  const std::string done = labelled("cells.done", "cells_done");
  const char* back = keymap.key_text(Action::back);
  const float gap = look.px(6);
  const float buttons = button_width(look, find.c_str()) + button_width(look, thirds.c_str()) +
                        button_width(look, done.c_str(), back) + 2 * gap;
  ImGui::SetCursorPosY(start.y + (row - ImGui::GetTextLineHeight()) / 2);
  scoped::font(look.heading_font, 1, [&] {
    text_elided(text("cells.title", {version_label(version->version_number)}),
                std::max(0.0F, room - buttons - gap));
  });
  ImGui::SetCursorPos({start.x + std::max(0.0F, room - buttons), start.y});
  const VersionId id = version->id;
  scoped::disabled(report == nullptr, [&] {
    if (button(look, find.c_str()) && report != nullptr) board.set_cell_boxes(id, report->cells);
  });
  item_tooltip(text("cells.find_again_hint"));
  ImGui::SameLine(0, gap);
  if (button(look, thirds.c_str()))
    board.set_cell_boxes(id, exact_thirds(version->width, version->height));
  ImGui::SameLine(0, gap);
  const bool leave = button(look, done.c_str(), ButtonKind::normal, back);
  const float line = sheet_bar_height(look) + ImGui::GetStyle().ItemSpacing.y;
  CellBoundariesResult moved;
  const ImVec2 left = ImGui::GetContentRegionAvail();
  scoped::colours({{ImGuiCol_ChildBg, look.colour.background}}, [&] {
    scoped::child(
        "canvas", {left.x, std::max(1.0F, left.y - line)}, 0,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav,
        [&] {
          const CellBoundariesInput input{
              .look = look,
              .url = version->image_url,
              .width = version->width,
              .height = version->height,
              .thumbnail_url = version->thumbnail_url,
              .boxes = boxes_of(*version),
              .picture = [this](const PictureRequest& request) { return textures.get(request); },
              .has_keyboard = had_focus};
          moved = cell_boundaries("boundaries", input, cell_borders);
        });
  });
  draw_cells_line(moved.zoom);
  if (moved.store) board.set_cell_boxes(id, *std::move(moved.store));
  if (leave) board.show(ViewerMode::version);
}

}  // namespace castboard
