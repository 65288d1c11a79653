#include "zoomed_picture.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "imgui_compat.h"
#include "picture_tile.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kWheelStep = 1.2F;
constexpr float kDragThreshold = 3;
constexpr float kCheckerSide = 12;  // design pixels
// Squares at most: a draw list with 16-bit indices has 65536 vertices, four for each light square.
constexpr float kCheckerSquares = 8000;

PictureRequest request_for(const PictureSource& source, const PictureWish& wish) {
  PictureRequest request;
  request.url = source.url;
  request.region = source.part;
  request.other_url = source.other_url;
  request.other_region = source.other_part;
  request.gain = source.gain;
  request.detail = wish.detail;
  request.max_width = wish.max_width;
  request.max_height = wish.max_height;
  request.enlarging = wish.enlarging;
  return request;
}

void draw_checkerboard(const Look& look, ImDrawList* list, const FitBox& where) {
  const ImVec2 min{where.x, where.y};
  const ImVec2 max{where.x + where.width, where.y + where.height};
  list->AddRectFilled(min, max, IM_COL32(58, 61, 67, 255));
  const float least_side = std::sqrt(where.width * where.height / kCheckerSquares);
  const float side = std::ceil(std::max({4.0F, std::round(look.px(kCheckerSide)), least_side}));
  int row = 0;
  for (float y = min.y; y < max.y; y += side, ++row) {
    for (float x = min.x + (row % 2 == 0 ? side : 0); x < max.x; x += 2 * side) {
      list->AddRectFilled({x, y}, {std::min(x + side, max.x), std::min(y + side, max.y)},
                          IM_COL32(82, 86, 93, 255));
    }
  }
}

void draw_texture(ImDrawList* list, const Thumbnail& picture, const FitBox& place, float alpha) {
  ImVec2 min{place.x, place.y};
  ImVec2 max{place.x + place.width, place.y + place.height};
  // At display size its pixels must meet the screen's, or the renderer mixes them.
  const auto width = static_cast<float>(picture.width);
  const auto height = static_cast<float>(picture.height);
  if (std::abs(width - place.width) < 1 && std::abs(height - place.height) < 1) {
    min = {std::round(place.x), std::round(place.y)};
    max = {min.x + width, min.y + height};
  }
  const auto opacity = static_cast<int>(std::lround(std::clamp(alpha, 0.0F, 1.0F) * 255));
  list->AddImage(compat::texture(*picture.texture), min, max, {0, 0}, {1, 1},
                 IM_COL32(255, 255, 255, opacity));
}

}  // namespace

ZoomedPicture draw_zoomed_picture(const Look& look, ImDrawList* list, const PictureSource& source,
                                  const FitBox& view, const FitBox& box, const PictureFn& picture,
                                  ZoomedPictureState& state, float alpha) {
  // Another gain is the same thing seen otherwise: the old one stays until the new one is there.
  PictureSource same = source;
  same.gain = state.source.gain;
  if (!(state.source == same)) state.has_seen = false;
  state.source = source;

  const PictureWish wish = wish_for(source.width, source.height, view, box);
  const PictureRequest close = request_for(source, wish);
  const Thumbnail now = picture(close);
  ZoomedPicture result;
  result.failure = now.failure;
  if (!now.failure.empty()) {
    const FitBox seen = intersection(view, box);
    draw_picture(look, list, seen.width > 0 ? seen : view, now, PictureCrop::whole, 0);
    return result;
  }
  const bool in_parts = wish.detail.width > 0;
  const auto place_of = [&](const PictureRequest& request) {
    if (request.detail.width == 0) return box;
    return part_on_screen(request.detail, source.width, source.height, box);
  };
  const auto draw_one = [&](const PictureRequest& request, const Thumbnail& drawn) {
    if (!drawn.texture) return;
    const FitBox place = place_of(request);
    if (!drawn.opaque && alpha >= 1) draw_checkerboard(look, list, intersection(view, place));
    draw_texture(list, drawn, place, alpha);
    result.is_there = true;
    result.differing = drawn.differing;
  };
  if (now.exact) {
    draw_one(close, now);
    state.seen = close;
    state.has_seen = true;
    if (!in_parts) return result;
    // Kept at hand for when one pans on or zooms out.
    static_cast<void>(
        picture(request_for(source, wish_for_whole(source.width, source.height, view))));
    return result;
  }
  // What is translucent is drawn once only: two layers of it would be denser.
  Thumbnail before;
  if (state.has_seen && !(state.seen == close)) before = picture(state.seen);
  const bool before_covers =
      before.exact && (state.seen.detail.width == 0 || !in_parts || state.seen.gain != source.gain);
  if (in_parts && !before_covers) {
    const PictureRequest whole =
        request_for(source, wish_for_whole(source.width, source.height, view));
    Thumbnail stand_in = picture(whole);
    if (!stand_in.texture && !source.thumbnail_url.empty()) {
      PictureRequest small;
      small.url = source.thumbnail_url;
      stand_in = picture(small);
    }
    draw_one(whole, stand_in);
    if (alpha < 1 && result.is_there) return result;
  }
  if (before.exact) {
    draw_one(state.seen, before);
  } else if (now.texture) {
    draw_one(close, now);
  } else if (!result.is_there && !source.thumbnail_url.empty()) {
    PictureRequest small;
    small.url = source.thumbnail_url;
    draw_one({}, picture(small));
  }
  if (!result.is_there && alpha >= 1) {
    const FitBox seen = intersection(view, box);
    list->AddRectFilled({seen.x, seen.y}, {seen.x + seen.width, seen.y + seen.height},
                        look.colour.input);
  }
  return result;
}

void keep_at_hand(const PictureSource& source, const FitBox& view, const FitBox& box,
                  const PictureFn& picture) {
  static_cast<void>(picture(request_for(source, wish_for(source.width, source.height, view, box))));
}

void draw_pixel_grid(ImDrawList* list, const FitBox& view, const FitBox& box, float width,
                     float height) {
  if (width <= 0 || height <= 0) return;
  const float zoom = box.width / width;
  constexpr ImU32 kLine = IM_COL32(128, 128, 128, 110);
  const FitBox seen = intersection(view, box);
  const GridLines columns = pixel_grid(view.x, view.width, box.x, static_cast<int>(width), zoom);
  for (int i = 0; i < columns.count; ++i) {
    const float x = std::round(columns.first + static_cast<float>(i) * columns.step);
    list->AddLine({x, seen.y}, {x, seen.y + seen.height}, kLine);
  }
  const GridLines rows = pixel_grid(view.y, view.height, box.y, static_cast<int>(height), zoom);
  for (int i = 0; i < rows.count; ++i) {
    const float y = std::round(rows.first + static_cast<float>(i) * rows.step);
    list->AddLine({seen.x, y}, {seen.x + seen.width, y}, kLine);
  }
}

void look_around(Viewpoint& viewpoint, float width, float height, const FitBox& view, bool fit,
                 bool full_size, bool is_hovered) {
  if (fit) viewpoint = {};
  if (full_size) viewpoint = at_full_size(viewpoint, width, height, view);
  const ImGuiIO& io = ImGui::GetIO();
  is_hovered |= ImGui::IsItemHovered();
  if (is_hovered && io.MouseWheel != 0 && !io.KeyCtrl) {
    viewpoint = zoomed(viewpoint, std::pow(kWheelStep, io.MouseWheel), io.MousePos.x, io.MousePos.y,
                       width, height, view);
  }
  const ImVec2 pressed = io.MouseClickedPos[ImGuiMouseButton_Middle];
  const bool middle = is_hovered && ImGui::IsMouseDragging(ImGuiMouseButton_Middle, 0) &&
                      view.contains(pressed.x, pressed.y);
  const bool dragged = ImGui::IsItemActive() && ImGui::IsMouseDragging(0, kDragThreshold);
  if (!viewpoint.fits() && (dragged || middle)) {
    viewpoint.centre_x -= io.MouseDelta.x / viewpoint.zoom;
    viewpoint.centre_y -= io.MouseDelta.y / viewpoint.zoom;
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
  viewpoint = clamped(viewpoint, width, height, view);
}

namespace {

constexpr ImVec2 kChipPadding{7, 3};

}  // namespace

ImVec2 chip_size(const Look& look, const std::string& text) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  return {size.x + 2 * look.px(kChipPadding.x), size.y + 2 * look.px(kChipPadding.y)};
}

ImVec2 draw_chip(const Look& look, ImDrawList* list, ImVec2 at, const std::string& text) {
  const ImVec2 size = chip_size(look, text);
  list->AddRectFilled(at, {at.x + size.x, at.y + size.y}, IM_COL32(20, 22, 26, 215), look.px(4));
  list->AddText({at.x + look.px(kChipPadding.x), at.y + look.px(kChipPadding.y)},
                IM_COL32(233, 235, 238, 255), text.c_str());
  return size;
}

}  // namespace castboard
