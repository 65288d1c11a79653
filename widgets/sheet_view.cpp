#include "sheet_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "picture_tile.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kCaptionScale = 12.0F / 14.0F;
constexpr float kWheelStep = 1.2F;

// What fills the view: the sheet, or one cell of it.
struct Shown {
  std::string url;
  PixelRect part;  // of the file at `url`; empty: all of it
  float width = 0;
  float height = 0;
};

Shown what_is_shown(const SheetViewInput& input) {
  Shown shown{input.url, {}, static_cast<float>(input.width), static_cast<float>(input.height)};
  if (!input.single || input.cell < 1 || input.cells.size() < kCellsPerSheet) return shown;
  const SheetCell& cell = input.cells[static_cast<std::size_t>(input.cell - 1)];
  shown.width = static_cast<float>(cell.box.width);
  shown.height = static_cast<float>(cell.box.height);
  if (cell.url.empty()) {
    shown.part = cell.box;
  } else {
    shown.url = cell.url;
  }
  return shown;
}

void take_input(const Shown& shown, const FitBox& view, SheetViewState& state) {
  const std::string name =
      shown.url + "#" + std::to_string(shown.part.x) + "," + std::to_string(shown.part.y);
  if (state.shown != name) {
    // Stepping through versions of one size keeps the place one looks at.
    state.shown = name;
    state.viewpoint = clamped(state.viewpoint, shown.width, shown.height, view);
  }
  if (state.fit) state.viewpoint = {};
  if (state.full_size) {
    state.viewpoint = at_full_size(state.viewpoint, shown.width, shown.height, view);
  }
  state.fit = state.full_size = false;
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsItemHovered() && io.MouseWheel != 0 && !io.KeyCtrl) {
    state.viewpoint = zoomed(state.viewpoint, std::pow(kWheelStep, io.MouseWheel), io.MousePos.x,
                             io.MousePos.y, shown.width, shown.height, view);
  }
  if (ImGui::IsItemActive() && !state.viewpoint.fits() && ImGui::IsMouseDragging(0, 3)) {
    state.viewpoint.centre_x -= io.MouseDelta.x / state.viewpoint.zoom;
    state.viewpoint.centre_y -= io.MouseDelta.y / state.viewpoint.zoom;
    state.viewpoint = clamped(state.viewpoint, shown.width, shown.height, view);
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  state.viewpoint = clamped(state.viewpoint, shown.width, shown.height, view);
}

PictureRequest request_for(const Shown& shown, const PictureWish& wish) {
  PictureRequest request;
  request.url = shown.url;
  request.region = wish.region.width > 0 ? wish.region : shown.part;
  if (wish.region.width > 0) {
    request.region.x += shown.part.x;
    request.region.y += shown.part.y;
  }
  request.max_width = wish.max_width;
  request.max_height = wish.max_height;
  return request;
}

void draw_shown(const SheetViewInput& input, const Shown& shown, const FitBox& view,
                const FitBox& box) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const PictureWish wish = wish_for(shown.width, shown.height, view, box);
  const Thumbnail picture = input.picture(request_for(shown, wish));
  FitBox place = box;
  if (wish.region.width > 0) place = part_on_screen(wish.region, shown.width, shown.height, box);
  const bool is_whole = shown.part.width == 0 && wish.region.width == 0 && !input.single;
  if (!picture.texture && picture.failure.empty() && is_whole && !input.thumbnail_url.empty()) {
    PictureRequest small;
    small.url = input.thumbnail_url;
    draw_picture(look, list, box, input.picture(small), PictureCrop::whole, 0);
    return;
  }
  draw_picture(look, list, place, picture, PictureCrop::whole, 0);
}

void draw_chip(const Look& look, ImDrawList* list, ImVec2 at, const std::string& text) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const ImVec2 pad{look.px(7), look.px(3)};
  const ImVec2 end{at.x + size.x + 2 * pad.x, at.y + size.y + 2 * pad.y};
  // On pictures of any colour: always light on dark.
  list->AddRectFilled(at, end, IM_COL32(20, 22, 26, 215), look.px(4));
  list->AddText({at.x + pad.x, at.y + pad.y}, IM_COL32(233, 235, 238, 255), text.c_str());
}

void draw_cell(const SheetViewInput& input, int number, const FitBox& box, bool hovered) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const SheetCell& cell = input.cells[static_cast<std::size_t>(number - 1)];
  const ImVec2 min{box.x, box.y};
  const ImVec2 max{box.x + box.width, box.y + box.height};
  const bool chosen = number == input.cell;
  if (chosen) {
    list->AddRect(min, max, look.colour.accent, 0, 0, std::max(2.0F, look.px(3)));
  } else {
    list->AddRect(min, max, IM_COL32(20, 22, 26, hovered ? 230 : 90), 0, 0, hovered ? 2.0F : 1.0F);
  }
  const float inset = look.px(6);
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float height = ImGui::GetFontSize() + look.px(6);
    if (box.width < look.px(64) || box.height < 2.5F * height) return;
    const std::string digit = std::to_string(number);
    const float digit_width = ImGui::CalcTextSize(digit.c_str()).x + look.px(14);
    draw_chip(look, list, {max.x - inset - digit_width, min.y + inset}, digit);
    const std::string title = elided(cell.title, box.width - 2 * inset - look.px(14));
    if (!cell.title.empty()) draw_chip(look, list, {min.x + inset, max.y - inset - height}, title);
  });
  if (cell.status != Status::none) {
    draw_status_badge(look, list, {min.x + inset, min.y + inset}, cell.status);
  }
}

void draw_cells(const SheetViewInput& input, const Shown& shown, const FitBox& box,
                SheetViewResult& result) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool hovered = ImGui::IsItemHovered();
  const bool clicked =
      ImGui::IsItemDeactivated() && ImGui::GetIO().MouseDragMaxDistanceSqr[0] < 16.0F;
  const bool twice = hovered && ImGui::IsMouseDoubleClicked(0);
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    const SheetCell& cell = input.cells[static_cast<std::size_t>(number - 1)];
    const FitBox place = part_on_screen(cell.box, shown.width, shown.height, box);
    const bool under = hovered && place.contains(mouse.x, mouse.y);
    if (number != input.cell) draw_cell(input, number, place, under);
    if (under && clicked) result.choose_cell = number;
    if (under && twice) {
      result.choose_cell = number;
      result.toggle_single = true;
    }
  }
  if (input.cell == 0) return;
  // Last, so that its outline lies over its neighbours'.
  const SheetCell& chosen = input.cells[static_cast<std::size_t>(input.cell - 1)];
  draw_cell(input, input.cell, part_on_screen(chosen.box, shown.width, shown.height, box), false);
}

void draw_single_name(const SheetViewInput& input, const FitBox& view) {
  const SheetCell& cell = input.cells[static_cast<std::size_t>(input.cell - 1)];
  const Look& look = input.look;
  const std::string text = std::to_string(input.cell) + "  " + cell.title;
  draw_chip(
      look, ImGui::GetWindowDrawList(),
      {view.x + look.px(8), view.y + view.height - look.px(8) - ImGui::GetFontSize() - look.px(6)},
      text);
}

}  // namespace

SheetViewResult sheet_view(const char* id, const SheetViewInput& input, SheetViewState& state) {
  SheetViewResult result;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.x < 1 || room.y < 1 || input.url.empty()) return result;
  scoped::id(id, [&] {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const FitBox outer{at.x, at.y, room.x, room.y};
    const float margin = state.viewpoint.fits() ? std::min(input.look.px(20), room.y * 0.05F) : 0;
    const FitBox view{outer.x + margin, outer.y + margin, outer.width - 2 * margin,
                      outer.height - 2 * margin};
    ImGui::InvisibleButton("picture", room);
    Shown shown = what_is_shown(input);
    if (shown.width <= 0) {
      // Of a file nobody measured: its size comes with its first pixels.
      PictureRequest first;
      first.url = shown.url;
      first.max_width = static_cast<int>(view.width);
      first.max_height = static_cast<int>(view.height);
      const Thumbnail picture = input.picture(first);
      if (!picture.failure.empty() || !picture.texture) {
        draw_picture(input.look, ImGui::GetWindowDrawList(), view, picture, PictureCrop::whole, 0);
        return;
      }
      shown.width = static_cast<float>(picture.full_width);
      shown.height = static_cast<float>(picture.full_height);
    }
    take_input(shown, view, state);
    const FitBox box = picture_on_screen(shown.width, shown.height, view, state.viewpoint);
    result.zoom = box.width / shown.width;
    ImGui::GetWindowDrawList()->PushClipRect({outer.x, outer.y},
                                             {outer.x + outer.width, outer.y + outer.height}, true);
    const scoped::Closer unclip([list = ImGui::GetWindowDrawList()] { list->PopClipRect(); });
    draw_shown(input, shown, view, box);
    if (input.cells.size() < kCellsPerSheet) return;
    if (input.single) {
      draw_single_name(input, outer);
      if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) result.toggle_single = true;
    } else {
      draw_cells(input, shown, box, result);
    }
  });
  return result;
}

}  // namespace castboard
