#include "sheet_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "controls.h"
#include "imgui_compat.h"
#include "picture_tile.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kSmallCell = 110;   // design pixels: what lies on it keeps closer to the edge
constexpr float kMagnified = 1.9F;  // at most, of the cell on the screen
constexpr float kStillHeld = 16;    // square of the pixels a click may wander

const SheetCell& cell_of(const SheetViewInput& input, int number) {
  return input.cells[static_cast<std::size_t>(number - 1)];
}

PictureSource source_of_whole(const SheetViewInput& input) {
  PictureSource source;
  source.url = input.url;
  source.width = static_cast<float>(input.width);
  source.height = static_cast<float>(input.height);
  source.thumbnail_url = input.thumbnail_url;
  return source;
}

PictureSource source_of_cell(const SheetViewInput& input, int number) {
  const SheetCell& cell = cell_of(input, number);
  PictureSource source;
  source.width = static_cast<float>(cell.box.width);
  source.height = static_cast<float>(cell.box.height);
  if (cell.url.empty()) {
    source.url = input.url;
    source.part = cell.box;
  } else {
    source.url = cell.url;
  }
  return source;
}

std::vector<bool> omitted_cells(const SheetViewInput& input) {
  std::vector<bool> omitted;
  for (const SheetCell& cell : input.cells) omitted.push_back(cell.status == Status::omitted);
  return omitted;
}

ImDrawList* draw_list() {
  return ImGui::GetWindowDrawList();
}

ImVec2 corner(const FitBox& box) {
  return {box.x + box.width, box.y + box.height};
}

// The flipbook and the onion skin: what the keys asked for, and what ends them.
void take_wishes(const SheetViewInput& input, SheetViewState& state, SheetViewResult& result) {
  const bool flip = std::exchange(state.toggle_flipbook, false);
  const bool onion = std::exchange(state.toggle_onion, false);
  const bool chosen_anew = input.cell != state.last_cell || input.single != state.last_single;
  if (!input.is_sheet()) {
    state.flipbook.stop();
    return;
  }
  if (state.flipbook.is_playing) {
    if (chosen_anew) state.flipbook.stop();
  }
  if (state.onion.is_on && state.last_single && !input.single) state.onion.is_on = false;
  if (flip && state.flipbook.is_playing) {
    // It stops at what caught the eye.
    state.flipbook.stop();
    result.show_cell = state.flipbook.cell;
  } else if (flip) {
    state.onion.is_on = false;
    state.flipbook.start(std::max(input.cell, 1), omitted_cells(input));
  }
  if (onion) {
    state.onion.is_on = !state.onion.is_on;
    state.flipbook.stop();
    if (state.onion.is_on && !input.single) result.show_cell = std::max(input.cell, 1);
  }
}

void draw_outline(const Look& look, const FitBox& box, bool chosen, bool hovered) {
  const ImVec2 min{box.x, box.y};
  if (chosen) {
    compat::outline(draw_list(), min, corner(box), look.colour.accent, 0,
                    std::max(2.0F, look.px(3)));
  } else {
    compat::outline(draw_list(), min, corner(box), IM_COL32(20, 22, 26, hovered ? 230 : 90), 0,
                    hovered ? 2.0F : 1.0F);
  }
}

void draw_cell(const SheetViewInput& input, int number, const FitBox& box, bool hovered) {
  const Look& look = input.look;
  const SheetCell& cell = cell_of(input, number);
  draw_outline(look, box, number == input.cell, hovered);
  const float inset = look.px(box.width < look.px(kSmallCell) ? 3 : 6);
  const float badge = status_badge_size(look, cell.status).x;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const std::string digit = std::to_string(number);
    const ImVec2 size = chip_size(look, digit);
    if (box.width < look.px(64) || box.height < 2.5F * size.y) return;
    // Where both have no room the status is worth more than the number.
    if (badge + size.x + 3 * inset <= box.width)
      draw_chip(look, draw_list(), {box.x + box.width - inset - size.x, box.y + inset}, digit);
    const std::string title = elided(cell.title, box.width - 2 * inset - chip_size(look, "").x);
    if (!cell.title.empty())
      draw_chip(look, draw_list(), {box.x + inset, box.y + box.height - inset - size.y}, title);
  });
  if (cell.status != Status::none)
    draw_status_badge(look, draw_list(), {box.x + inset, box.y + inset}, cell.status);
}

FitBox cell_on_screen(const SheetViewInput& input, int number, const FitBox& box) {
  return part_on_screen(cell_of(input, number).box, static_cast<float>(input.width),
                        static_cast<float>(input.height), box);
}

// The chosen one last, so that its outline lies over its neighbours'.
void draw_cells(const SheetViewInput& input, const FitBox& box, int hovered) {
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    if (number == input.cell) continue;
    draw_cell(input, number, cell_on_screen(input, number, box), number == hovered);
  }
  if (input.cell != 0) draw_cell(input, input.cell, cell_on_screen(input, input.cell, box), false);
}

int cell_under_pointer(const SheetViewInput& input, const FitBox& box) {
  if (!ImGui::IsItemHovered()) return 0;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    if (cell_on_screen(input, number, box).contains(mouse.x, mouse.y)) return number;
  }
  return 0;
}

void draw_magnifier(const SheetViewInput& input, int number, const FitBox& place,
                    SheetViewState& state) {
  const Look& look = input.look;
  const float rim = look.px(1);
  const ImVec2 min{place.x - rim, place.y - rim};
  const ImVec2 max{corner(place).x + rim, corner(place).y + rim};
  const float shade = look.px(6);
  draw_list()->AddRectFilled({min.x - shade, min.y - shade}, {max.x + shade, max.y + shade},
                             IM_COL32(0, 0, 0, 120), look.px(8));
  draw_list()->AddRectFilled(min, max, look.colour.input);
  draw_zoomed_picture(look, draw_list(), source_of_cell(input, number), place, place, input.picture,
                      state.enlarged);
  compat::outline(draw_list(), min, max, look.colour.accent, 0, std::max(1.5F, look.px(2)));
  const SheetCell& cell = cell_of(input, number);
  const std::string name = std::to_string(number) + (cell.title.empty() ? "" : "  " + cell.title);
  const float inset = look.px(8);
  draw_chip(look, draw_list(), {place.x + inset, corner(place).y - inset - chip_size(look, name).y},
            name);
}

void magnify(const SheetViewInput& input, const FitBox& view, const FitBox& box,
             SheetViewState& state, SheetViewResult& result) {
  const bool wanted = state.enlarge_on_hover && !ImGui::IsAnyMouseDown();
  const int hovered = wanted ? result.hovered_cell : 0;
  state.magnifier.look_at(hovered, ImGui::GetIO().DeltaTime);
  if (hovered == 0) return;
  const float inset = input.look.px(10);
  const FitBox room{view.x + inset, view.y + inset, view.width - 2 * inset,
                    view.height - 2 * inset};
  const FitBox place =
      magnifier_place(cell_on_screen(input, hovered, box), room, input.look.px(12), kMagnified);
  if (place.width <= 0) return;
  if (!state.magnifier.is_shown) {
    keep_at_hand(source_of_cell(input, hovered), place, place, input.picture);
    result.next_frame_in = double(state.magnifier.shows_in());
    return;
  }
  draw_magnifier(input, hovered, place, state);
  result.magnified_cell = hovered;
}

void draw_all_nine(const SheetViewInput& input, const FitBox& outer, const FitBox& view,
                   const FitBox& box, SheetViewState& state, SheetViewResult& result) {
  const ZoomedPicture drawn = draw_zoomed_picture(input.look, draw_list(), source_of_whole(input),
                                                  view, box, input.picture, state.layers[0]);
  if (!drawn.failure.empty()) return;
  if (state.pixel_grid)
    draw_pixel_grid(draw_list(), view, box, static_cast<float>(input.width),
                    static_cast<float>(input.height));
  if (!input.is_sheet()) return;
  result.hovered_cell = cell_under_pointer(input, box);
  draw_cells(input, box, result.hovered_cell);
  const bool released = ImGui::IsItemDeactivated();
  // Letting go of the double click that came back from a cell opens none.
  const bool clicked =
      released && !state.closed_by_click && ImGui::GetIO().MouseDragMaxDistanceSqr[0] < kStillHeld;
  if (released) state.closed_by_click = false;
  if (clicked && result.hovered_cell != 0) {
    result.show_cell = result.hovered_cell;
    state.opened_by_click = true;
    state.magnifier = {};
    return;
  }
  magnify(input, outer, box, state, result);
}

void draw_layers(const SheetViewInput& input, int number, const FitBox& view, const FitBox& box,
                 SheetViewState& state) {
  std::vector<int> layers = {number};
  if (state.onion.is_on) {
    for (int other = 1; other <= kCellsPerSheet; ++other) {
      if (other != number && state.onion.others[static_cast<std::size_t>(other - 1)])
        layers.push_back(other);
    }
  }
  const std::vector<float> alphas =
      onion_alphas(static_cast<int>(layers.size()) - 1, state.onion.opacity);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    draw_zoomed_picture(input.look, draw_list(), source_of_cell(input, layers[i]), view, box,
                        input.picture, state.layers[static_cast<std::size_t>(layers[i])],
                        alphas[i]);
  }
}

void draw_one_cell(const SheetViewInput& input, int number, const FitBox& outer, const FitBox& view,
                   const FitBox& box, SheetViewState& state, SheetViewResult& result) {
  const Look& look = input.look;
  draw_layers(input, number, view, box, state);
  if (state.flipbook.is_playing) {
    for (int other = 1; other <= kCellsPerSheet; ++other) {
      if (other != number) keep_at_hand(source_of_cell(input, other), view, box, input.picture);
    }
    result.next_frame_in = double(state.flipbook.next_in());
  }
  const SheetCell& cell = cell_of(input, number);
  if (state.pixel_grid)
    draw_pixel_grid(draw_list(), view, box, static_cast<float>(cell.box.width),
                    static_cast<float>(cell.box.height));
  const float inset = look.px(8);
  const std::string name = std::to_string(number) + (cell.title.empty() ? "" : "  " + cell.title);
  draw_chip(look, draw_list(), {outer.x + inset, corner(outer).y - inset - chip_size(look, name).y},
            name);
  if (cell.status != Status::none)
    draw_status_badge(look, draw_list(), {outer.x + inset, outer.y + inset}, cell.status);
  if (!ImGui::IsItemHovered()) return;
  // The second click of the one that opened it is not meant.
  const bool goes_on = state.opened_by_click;
  if (ImGui::IsMouseClicked(0)) state.opened_by_click = false;
  if (ImGui::IsMouseDoubleClicked(0) && !goes_on) {
    result.show_cell = 0;
    state.closed_by_click = true;
    state.flipbook.stop();
  }
}

// Of a file nobody measured its size comes with its first pixels: nothing to draw before.
bool measured(SheetViewInput& input, const FitBox& view) {
  if (input.width > 0 && input.height > 0) return true;
  PictureRequest first;
  first.url = input.url;
  first.max_width = static_cast<int>(view.width);
  first.max_height = static_cast<int>(view.height);
  const Thumbnail picture = input.picture(first);
  if (!picture.failure.empty() || !picture.texture) {
    draw_picture(input.look, draw_list(), view, picture, PictureCrop::whole, 0);
    return false;
  }
  input.width = picture.full_width;
  input.height = picture.full_height;
  return true;
}

void draw(SheetViewInput input, const FitBox& outer, SheetViewState& state,
          SheetViewResult& result) {
  const float margin =
      state.viewpoint.fits() ? std::min(input.look.px(20), outer.height * 0.05F) : 0;
  const FitBox view{outer.x + margin, outer.y + margin, outer.width - 2 * margin,
                    outer.height - 2 * margin};
  if (!measured(input, view)) return;
  const int number = state.flipbook.is_playing          ? state.flipbook.cell
                     : input.single && input.is_sheet() ? input.cell
                                                        : 0;
  const PictureSource source = number > 0 ? source_of_cell(input, number) : source_of_whole(input);
  // Stepping through versions of one size keeps the place one looks at.
  look_around(state.viewpoint, source.width, source.height, view, std::exchange(state.fit, false),
              std::exchange(state.full_size, false));
  if (state.wanted_zoom > 0) {
    state.viewpoint = zoomed_to(state.viewpoint, std::exchange(state.wanted_zoom, 0.0F),
                                source.width, source.height, view);
  }
  const FitBox box = picture_on_screen(source.width, source.height, view, state.viewpoint);
  result.zoom = box.width / source.width;
  result.filling_cell = number;
  draw_list()->PushClipRect({outer.x, outer.y}, corner(outer), true);
  const scoped::Closer unclip([] { draw_list()->PopClipRect(); });
  const FitBox& seen = state.viewpoint.fits() ? view : outer;
  if (number > 0) {
    draw_one_cell(input, number, outer, seen, box, state, result);
  } else {
    draw_all_nine(input, outer, seen, box, state, result);
  }
}

}  // namespace

SheetViewResult sheet_view(const char* id, const SheetViewInput& input, SheetViewState& state) {
  SheetViewResult result;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.x < 1 || room.y < 1 || input.url.empty()) return result;
  take_wishes(input, state, result);
  state.flipbook.advance(ImGui::GetIO().DeltaTime, omitted_cells(input));
  state.last_cell = input.cell;
  state.last_single = input.single;
  scoped::id(id, [&] {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("picture", room);
    draw(input, {at.x, at.y, room.x, room.y}, state, result);
  });
  return result;
}

}  // namespace castboard
