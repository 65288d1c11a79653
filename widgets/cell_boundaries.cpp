#include "cell_boundaries.h"

#include <imgui.h>

#include <cmath>

#include "controls.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kGrip = 7;   // design pixels on the free side of a border
constexpr float kInner = 4;  // and towards its cell
constexpr int kLongStep = 10;
constexpr ImU32 kOutside = IM_COL32(10, 12, 15, 150);
constexpr ImU32 kShadow = IM_COL32(10, 12, 15, 170);

std::string border_label(const CellBorder& border) {
  const char* key = border.upright() ? (border.is_end() ? "cells.right_of" : "cells.left_of")
                                     : (border.is_end() ? "cells.bottom_of" : "cells.top_of");
  return text(key, {std::to_string(border.line() + 1)}) + "###border_" +
         std::to_string(border.number);
}

FitBox on_screen(const PixelRect& box, const CellBoundariesInput& input, const FitBox& picture) {
  return part_on_screen(box, static_cast<float>(input.width), static_cast<float>(input.height),
                        picture);
}

// Darkens what belongs to no cell and outlines the cells.
void draw_cells(const CellBoundariesInput& input, const std::vector<PixelRect>& boxes,
                const FitBox& picture) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto strip = [&](float left, float top, float right, float bottom) {
    if (right > left && bottom > top) list->AddRectFilled({left, top}, {right, bottom}, kOutside);
  };
  for (int row = 0; row < kSheetRows; ++row) {
    float from = picture.x;
    for (int column = 0; column <= kSheetColumns; ++column) {
      const auto cell = static_cast<std::size_t>(row * kSheetColumns + column);
      const FitBox first =
          on_screen(boxes[static_cast<std::size_t>(row * kSheetColumns)], input, picture);
      const bool last = column == kSheetColumns;
      const FitBox box = last ? FitBox{} : on_screen(boxes[cell], input, picture);
      strip(from, first.y, last ? picture.x + picture.width : box.x, first.y + first.height);
      if (!last) from = box.x + box.width;
    }
  }
  float from = picture.y;
  for (int row = 0; row < kSheetRows; ++row) {
    const FitBox box =
        on_screen(boxes[static_cast<std::size_t>(row * kSheetColumns)], input, picture);
    strip(picture.x, from, picture.x + picture.width, box.y);
    from = box.y + box.height;
  }
  strip(picture.x, from, picture.x + picture.width, picture.y + picture.height);
  for (const PixelRect& each : boxes) {
    const FitBox box = on_screen(each, input, picture);
    const ImVec2 min{box.x, box.y};
    const ImVec2 max{box.x + box.width, box.y + box.height};
    list->AddRect(min, max, kShadow, 0, 0, std::max(2.0F, look.px(3)));
    list->AddRect(min, max, look.colour.accent, 0, 0, std::max(1.0F, look.px(1)));
  }
}

// One border as an item to take hold of. True while it is held.
bool border_item(const CellBoundariesInput& input, const std::vector<PixelRect>& boxes,
                 const CellBorder& border, const FitBox& picture, bool chosen) {
  const Look& look = input.look;
  const float zoom = picture.width / static_cast<float>(std::max(1, input.width));
  const float at = border_at(boxes, border) * zoom;
  const float free = look.px(kGrip);
  const float inner = look.px(kInner);
  const float from = at - (border.is_end() ? inner : free);
  const float thick = free + inner;
  ImVec2 place{picture.x + from, picture.y};
  ImVec2 size{thick, std::max(1.0F, picture.height)};
  if (!border.upright()) {
    place = {picture.x, picture.y + from};
    size = {std::max(1.0F, picture.width), thick};
  }
  ImGui::SetCursorScreenPos(place);
  const std::string label = border_label(border);
  ImGui::InvisibleButton(label.c_str(), size);
  const bool held = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered || held)
    ImGui::SetMouseCursor(border.upright() ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  if (hovered || held || chosen) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 one =
        border.upright() ? ImVec2{picture.x + at, picture.y} : ImVec2{picture.x, picture.y + at};
    const ImVec2 two = border.upright() ? ImVec2{picture.x + at, picture.y + picture.height}
                                        : ImVec2{picture.x + picture.width, picture.y + at};
    list->AddLine(one, two, kShadow, std::max(4.0F, look.px(5)));
    list->AddLine(one, two, look.colour.accent, std::max(2.0F, look.px(3)));
    const std::string words =
        label.substr(0, label.find("###")) + "   " +
        std::to_string(static_cast<int>(std::lround(border_at(boxes, border)))) + " px";
    const ImVec2 chip = chip_size(look, words);
    const float x = std::clamp(one.x + look.px(8), picture.x,
                               std::max(picture.x, picture.x + picture.width - chip.x));
    const float y = std::clamp(one.y + look.px(8), picture.y,
                               std::max(picture.y, picture.y + picture.height - chip.y));
    draw_chip(look, list, {x, y}, words);
  }
  return held;
}

// What the arrow keys want of the chosen border in this frame.
int nudge_of(const CellBorder& border) {
  const ImGuiKey less = border.upright() ? ImGuiKey_LeftArrow : ImGuiKey_UpArrow;
  const ImGuiKey more = border.upright() ? ImGuiKey_RightArrow : ImGuiKey_DownArrow;
  const int step =
      (ImGui::IsKeyPressed(more, true) ? 1 : 0) - (ImGui::IsKeyPressed(less, true) ? 1 : 0);
  return step * (ImGui::GetIO().KeyShift ? kLongStep : 1);
}

bool arrows_held() {
  return ImGui::IsKeyDown(ImGuiKey_LeftArrow) || ImGui::IsKeyDown(ImGuiKey_RightArrow) ||
         ImGui::IsKeyDown(ImGuiKey_UpArrow) || ImGui::IsKeyDown(ImGuiKey_DownArrow);
}

void take_hold(const CellBoundariesInput& input, const FitBox& picture, int held,
               CellBoundariesState& state, CellBoundariesResult& result) {
  const float zoom = picture.width / static_cast<float>(std::max(1, input.width));
  const auto move = [&](const std::vector<PixelRect>& from, int by) {
    const CellBorder border{state.chosen};
    state.moved =
        with_border_moved(from, border, allowed_move(from, border, by, input.width, input.height));
  };
  if (held >= 0) {
    if (state.chosen != held || ImGui::IsMouseClicked(0)) {
      state.chosen = held;
      state.dragged = 0;
      state.before = state.moved.empty() ? input.boxes : state.moved;
    }
    const ImVec2 delta = ImGui::GetIO().MouseDelta;
    state.dragged += (CellBorder{held}.upright() ? delta.x : delta.y) / std::max(0.001F, zoom);
    move(state.before, static_cast<int>(std::lround(state.dragged)));
  } else if (ImGui::IsMouseReleased(0) && state.dragged != 0) {
    state.dragged = 0;
    if (state.moved != input.boxes) result.store = state.moved;
    state.before = input.boxes;
  }
  if (state.chosen < 0 || held >= 0 || ImGui::GetIO().WantTextInput ||
      !ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows))
    return;
  if (const int by = nudge_of(CellBorder{state.chosen}); by != 0) {
    if (!state.nudging) state.before = input.boxes;
    state.nudging = true;
    move(state.moved.empty() ? input.boxes : state.moved, by);
  } else if (state.nudging && !arrows_held()) {
    // One edit for as long as the key was held.
    state.nudging = false;
    if (state.moved != input.boxes) result.store = state.moved;
  }
}

}  // namespace

CellBoundariesResult cell_boundaries(const char* id, const CellBoundariesInput& input,
                                     CellBoundariesState& state) {
  CellBoundariesResult result;
  if (input.boxes.size() != kCellsPerSheet || input.width < 1 || input.height < 1) return result;
  // What was let go stays where it is until the library has it; any other change wins over it.
  const bool busy = state.dragged != 0 || state.nudging;
  if (!busy && !state.moved.empty() && input.boxes != state.before) state.moved.clear();
  scoped::id(id, [&] {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float margin = input.look.px(10);
    const FitBox view{at.x + margin, at.y + margin, std::max(1.0F, room.x - 2 * margin),
                      std::max(1.0F, room.y - 2 * margin)};
    const FitBox picture = picture_on_screen(static_cast<float>(input.width),
                                             static_cast<float>(input.height), view, {});
    PictureSource source;
    source.url = input.url;
    source.width = static_cast<float>(input.width);
    source.height = static_cast<float>(input.height);
    source.thumbnail_url = input.thumbnail_url;
    draw_zoomed_picture(input.look, ImGui::GetWindowDrawList(), source, view, picture,
                        input.picture, state.picture);
    const std::vector<PixelRect> shown = state.moved.empty() ? input.boxes : state.moved;
    draw_cells(input, shown, picture);
    int held = -1;
    for (int number = 0; number < kBorderCount; ++number) {
      if (border_item(input, shown, CellBorder{number}, picture, number == state.chosen))
        held = number;
    }
    take_hold(input, picture, held, state, result);
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(room);
  });
  return result;
}

}  // namespace castboard
