#include "cell_boundaries.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kGrip = 7;   // design pixels on the free side of a border
constexpr float kInner = 4;  // and towards its cell
constexpr int kLongStep = 10;
constexpr ImU32 kOutside = IM_COL32(10, 12, 15, 150);
constexpr ImU32 kHandle = IM_COL32(233, 235, 238, 255);
constexpr ImU32 kShadow = IM_COL32(10, 12, 15, 170);

constexpr float kStillHeld = 16;  // square of the pixels that a click may wander

bool was_click() {
  return ImGui::GetIO().MouseDragMaxDistanceSqr[0] < kStillHeld;
}

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
  for (const PixelRect& each : outside_cells(boxes, input.width, input.height)) {
    const FitBox box = on_screen(each, input, picture);
    list->AddRectFilled({box.x, box.y}, {box.x + box.width, box.y + box.height}, kOutside);
  }
  for (const PixelRect& each : boxes) {
    const FitBox box = on_screen(each, input, picture);
    const ImVec2 min{box.x, box.y};
    const ImVec2 max{box.x + box.width, box.y + box.height};
    compat::outline(list, min, max, kShadow, 0, std::max(2.0F, look.px(3)));
    compat::outline(list, min, max, look.colour.accent, 0, std::max(1.0F, look.px(1)));
  }
}

// What a thing that is held or hovered says about itself, near `at` but in sight.
void draw_words(const Look& look, const FitBox& seen, ImVec2 at, const std::string& words) {
  const ImVec2 chip = chip_size(look, words);
  const float x =
      std::clamp(at.x + look.px(8), seen.x, std::max(seen.x, seen.x + seen.width - chip.x));
  const float y =
      std::clamp(at.y + look.px(8), seen.y, std::max(seen.y, seen.y + seen.height - chip.y));
  draw_chip(look, ImGui::GetWindowDrawList(), {x, y}, words);
}

// Where things are in this frame.
struct Scene {
  const CellBoundariesInput& input;
  const std::vector<PixelRect>& boxes;
  FitBox picture;  // on the screen
  FitBox seen;     // of it, in the view

  [[nodiscard]] float zoom() const {
    return picture.width / static_cast<float>(std::max(1, input.width));
  }
};

// What the pointer holds: a border of three cells, or one cell by a grip.
struct Held {
  int border = -1;
  std::optional<CellGrip> grip;

  [[nodiscard]] bool any() const { return border >= 0 || grip; }
};

// One border as an item to take hold of. True while it is held.
bool border_item(const Scene& scene, const CellBorder& border, bool chosen) {
  const Look& look = scene.input.look;
  const FitBox& picture = scene.picture;
  const float at = border_at(scene.boxes, border) * scene.zoom();
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
        std::to_string(static_cast<int>(std::lround(border_at(scene.boxes, border)))) + " px";
    draw_words(look, scene.seen, one, words);
  }
  return held;
}

ImGuiMouseCursor cursor_of(CellGrip grip) {
  if (grip.whole()) return ImGuiMouseCursor_ResizeAll;
  if (grip.y == 0) return ImGuiMouseCursor_ResizeEW;
  if (grip.x == 0) return ImGuiMouseCursor_ResizeNS;
  return grip.x == grip.y ? ImGuiMouseCursor_ResizeNWSE : ImGuiMouseCursor_ResizeNESW;
}

std::string grip_label(int cell, CellGrip grip) {
  std::string name = "###cell";
  if (grip.y != 0) name += grip.y < 0 ? "_top" : "_bottom";
  if (grip.x != 0) name += grip.x < 0 ? "_left" : "_right";
  return text("cells.cell", {std::to_string(cell)}) + (grip.whole() ? "###cell_whole" : name);
}

// One grip of the chosen cell. True while it is held.
bool grip_item(const Scene& scene, int cell, CellGrip grip) {
  const float reach = scene.input.look.px(kGrip);
  const FitBox box =
      on_screen(scene.boxes[static_cast<std::size_t>(cell - 1)], scene.input, scene.picture);
  const auto span = [&](int side, float from, float length, float& at, float& size) {
    at = side < 0 ? from - reach : side > 0 ? from + length - reach : from;
    size = side == 0 ? std::max(1.0F, length) : 2 * reach;
  };
  ImVec2 at;
  ImVec2 size;
  span(grip.x, box.x, box.width, at.x, size.x);
  span(grip.y, box.y, box.height, at.y, size.y);
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton(grip_label(cell, grip).c_str(), size);
  const bool held = ImGui::IsItemActive();
  if (held || ImGui::IsItemHovered()) ImGui::SetMouseCursor(cursor_of(grip));
  return held;
}

// The chosen cell: a strong outline, a square on each grip, and how large it is.
void draw_chosen_cell(const Scene& scene, int cell) {
  const Look& look = scene.input.look;
  const PixelRect& pixels = scene.boxes[static_cast<std::size_t>(cell - 1)];
  const FitBox box = on_screen(pixels, scene.input, scene.picture);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 max{box.x + box.width, box.y + box.height};
  compat::outline(list, {box.x, box.y}, max, kShadow, 0, std::max(4.0F, look.px(5)));
  compat::outline(list, {box.x, box.y}, max, look.colour.accent, 0, std::max(2.0F, look.px(3)));
  const float half = look.px(4);
  for (const CellGrip grip : kCellGrips) {
    if (grip.whole()) continue;
    const ImVec2 at{box.x + box.width * (1 + static_cast<float>(grip.x)) / 2,
                    box.y + box.height * (1 + static_cast<float>(grip.y)) / 2};
    list->AddRectFilled({at.x - half - 1, at.y - half - 1}, {at.x + half + 1, at.y + half + 1},
                        kShadow);
    list->AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, kHandle);
  }
  draw_words(look, scene.seen, {box.x, box.y},
             text("cells.cell_size", {std::to_string(cell), std::to_string(pixels.width),
                                      std::to_string(pixels.height)}));
}

// The cell under the pointer, 1..9; 0: none.
int cell_under_pointer(const Scene& scene) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t cell = 0; cell < scene.boxes.size(); ++cell) {
    const FitBox box = on_screen(scene.boxes[cell], scene.input, scene.picture);
    if (box.contains(mouse.x, mouse.y)) return static_cast<int>(cell) + 1;
  }
  return 0;
}

struct Nudge {
  int x = 0;
  int y = 0;

  [[nodiscard]] bool any() const { return x != 0 || y != 0; }
};

// What the arrow keys want in this frame.
Nudge nudge_now() {
  const auto step = [](ImGuiKey less, ImGuiKey more) {
    const int by =
        (ImGui::IsKeyPressed(more, true) ? 1 : 0) - (ImGui::IsKeyPressed(less, true) ? 1 : 0);
    return by * (ImGui::GetIO().KeyShift ? kLongStep : 1);
  };
  return {step(ImGuiKey_LeftArrow, ImGuiKey_RightArrow),
          step(ImGuiKey_UpArrow, ImGuiKey_DownArrow)};
}

bool arrows_held() {
  return ImGui::IsKeyDown(ImGuiKey_LeftArrow) || ImGui::IsKeyDown(ImGuiKey_RightArrow) ||
         ImGui::IsKeyDown(ImGuiKey_UpArrow) || ImGui::IsKeyDown(ImGuiKey_DownArrow);
}

// The boxes after a border or a cell has been moved as far as it can go.
std::vector<PixelRect> moved(const CellBoundariesInput& input, const std::vector<PixelRect>& from,
                             const Held& what, int cell, Nudge by) {
  if (what.border < 0) {
    return with_cell_moved(from, static_cast<std::size_t>(cell - 1), what.grip.value_or(CellGrip{}),
                           by.x, by.y, input.width, input.height);
  }
  const CellBorder border{what.border};
  const int along = border.upright() ? by.x : by.y;
  return with_border_moved(from, border,
                           allowed_move(from, border, along, input.width, input.height));
}

void follow_pointer(const Scene& scene, const Held& held, CellBoundariesState& state,
                    CellBoundariesResult& result) {
  const CellBoundariesInput& input = scene.input;
  if (held.any()) {
    if (!state.dragging) {
      state.dragging = true;
      state.dragged_x = state.dragged_y = 0;
      state.before = state.moved.empty() ? input.boxes : state.moved;
    }
    state.chosen = held.border;
    if (held.border >= 0) state.cell = 0;
    const ImVec2 delta = ImGui::GetIO().MouseDelta;
    const float zoom = std::max(0.001F, scene.zoom());
    state.dragged_x += delta.x / zoom;
    state.dragged_y += delta.y / zoom;
    state.moved = moved(input, state.before, held, state.cell,
                        {static_cast<int>(std::lround(state.dragged_x)),
                         static_cast<int>(std::lround(state.dragged_y))});
  } else if (state.dragging) {
    state.dragging = false;
    if (state.moved != input.boxes) result.store = state.moved;
    state.before = input.boxes;
  }
}

void follow_arrows(const CellBoundariesInput& input, CellBoundariesState& state,
                   CellBoundariesResult& result) {
  if ((state.chosen < 0 && state.cell == 0) || state.dragging || ImGui::GetIO().WantTextInput ||
      !input.has_keyboard)
    return;
  Nudge by = nudge_now();
  if (state.chosen >= 0) (CellBorder{state.chosen}.upright() ? by.y : by.x) = 0;
  if (by.any()) {
    if (!state.nudging) state.before = input.boxes;
    state.nudging = true;
    state.moved = moved(input, state.moved.empty() ? input.boxes : state.moved,
                        {state.chosen, std::nullopt}, state.cell, by);
  } else if (state.nudging && !arrows_held()) {
    // One edit for as long as the key was held.
    state.nudging = false;
    if (state.moved != input.boxes) result.store = state.moved;
  }
}

// Everything the pointer can take hold of; the chosen cell's grips lie over the borders, and those
// over what is only looked at.
Held draw_items(const Scene& scene, CellBoundariesState& state) {
  Held held;
  const int cell = state.cell;
  const auto grips = [&](bool whole) {
    for (const CellGrip grip : kCellGrips) {
      if (cell == 0 || grip.whole() != whole) continue;
      if (grip_item(scene, cell, grip)) held.grip = grip;
    }
  };
  grips(false);
  for (int number = 0; number < kBorderCount; ++number) {
    if (border_item(scene, CellBorder{number}, number == state.chosen)) held.border = number;
  }
  grips(true);
  // A click on the chosen cell, which did not move it, lets it go.
  if (cell != 0 && ImGui::IsItemDeactivated() && was_click()) state.cell = 0;
  if (cell != 0) draw_chosen_cell(scene, cell);
  return held;
}

}  // namespace

CellBoundariesResult cell_boundaries(const char* id, const CellBoundariesInput& input,
                                     CellBoundariesState& state) {
  CellBoundariesResult result;
  if (input.boxes.size() != kCellsPerSheet || input.width < 1 || input.height < 1) return result;
  // What was let go stays where it is until the library has it; any other change wins over it.
  const bool busy = state.dragging || state.nudging;
  if (!busy && !state.moved.empty() && input.boxes != state.before) state.moved.clear();
  scoped::id(id, [&] {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float margin = input.look.px(10);
    const FitBox view{at.x + margin, at.y + margin, std::max(1.0F, room.x - 2 * margin),
                      std::max(1.0F, room.y - 2 * margin)};
    const auto width = static_cast<float>(input.width);
    const auto height = static_cast<float>(input.height);
    const FitBox picture = picture_on_screen(width, height, view, state.viewpoint);
    PictureSource source;
    source.url = input.url;
    source.width = width;
    source.height = height;
    source.thumbnail_url = input.thumbnail_url;
    draw_zoomed_picture(input.look, ImGui::GetWindowDrawList(), source, view, picture,
                        input.picture, state.picture);
    draw_pixel_grid(ImGui::GetWindowDrawList(), view, picture, width, height);
    const std::vector<PixelRect> shown = state.moved.empty() ? input.boxes : state.moved;
    const Scene scene{input, shown, picture, intersection(view, picture)};
    draw_cells(input, shown, picture);
    const Held held = draw_items(scene, state);
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton("picture", {std::max(1.0F, room.x), std::max(1.0F, room.y)});
    if (ImGui::IsItemDeactivated() && was_click()) {
      state.cell = cell_under_pointer(scene);
      state.chosen = -1;
    }
    look_around(state.viewpoint, width, height, view, std::exchange(state.fit, false),
                std::exchange(state.full_size, false), ImGui::IsWindowHovered());
    result.zoom = scene.zoom();
    follow_pointer(scene, held, state, result);
    follow_arrows(input, state, result);
  });
  return result;
}

}  // namespace castboard
