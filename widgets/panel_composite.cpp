// All panes in one window, with splitters between them.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "controls.h"
#include "icons.h"
#include "imgui_compat.h"
#include "panel_parts.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kPadding = 12;
constexpr float kHandle = 46;  // length of the handle that folds a pane, design pixels

ImVec2 screen(ImVec2 origin, float x, float y) {
  return {origin.x + x, origin.y + y};
}

template <class Fn>
void pane(const Look& look, const char* name, ImVec2 origin, const FitBox& box, ImVec2 padding,
          ImU32 fill, Fn&& draw) {
  if (box.width < 2 || box.height < 2) return;
  ImGui::SetCursorScreenPos(screen(origin, box.x, box.y));
  scoped::colours({{ImGuiCol_ChildBg, fill}}, [&] {
    scoped::vars({{ImGuiStyleVar_WindowPadding, ImVec2(look.px(padding.x), look.px(padding.y))},
                  {ImGuiStyleVar_ChildRounding, 0.0F}},
                 [&] {
                   // The content's own children have no padding of their own to inherit.
                   ImGui::BeginChild(
                       name, {box.width, box.height}, compat::kChildPadding,
                       ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
                 });
  });
  const scoped::Closer close([] { ImGui::EndChild(); });
  draw();
}

// Where a pane lies seen from its gutter, which is also where its handle's arrow points to fold it.
ImGuiDir side_of(Pane pane) {
  if (pane == Pane::cast) return ImGuiDir_Left;
  return pane == Pane::form ? ImGuiDir_Right : ImGuiDir_Down;
}

ImGuiDir opposite(ImGuiDir side) {
  if (side == ImGuiDir_Left) return ImGuiDir_Right;
  return side == ImGuiDir_Right ? ImGuiDir_Left : ImGuiDir_Up;
}

void draw_arrow(ImDrawList* list, ImVec2 centre, float half, ImGuiDir to, ImU32 colour) {
  const float x = to == ImGuiDir_Left ? -half : half;
  const float y = to == ImGuiDir_Up ? -half : half;
  if (to == ImGuiDir_Left || to == ImGuiDir_Right) {
    list->AddTriangleFilled({centre.x + x * 0.7F, centre.y}, {centre.x - x * 0.6F, centre.y - half},
                            {centre.x - x * 0.6F, centre.y + half}, colour);
  } else {
    list->AddTriangleFilled({centre.x, centre.y + y * 0.7F}, {centre.x - half, centre.y - y * 0.6F},
                            {centre.x + half, centre.y - y * 0.6F}, colour);
  }
}

struct GutterResult {
  bool toggle = false;  // the handle was pressed
  bool reset = false;
  std::optional<float> size;  // the pane was dragged to be so large, design pixels
};

// What lies between a pane and its neighbour: dragged, it resizes the pane; a double click gives it
// its first size; the handle in its middle folds it.
GutterResult gutter(const Look& look, const char* name, ImVec2 from, ImVec2 size, Pane pane,
                    bool is_folded) {
  GutterResult result;
  if (size.x <= 0 || size.y <= 0) return result;
  const ImGuiDir side = side_of(pane);
  const bool across = side != ImGuiDir_Down;
  const float length = std::min(look.px(kHandle), across ? size.y : size.x);
  const ImVec2 handle = across ? ImVec2(size.x, length) : ImVec2(length, size.y);
  const ImVec2 at{std::round(from.x + (size.x - handle.x) / 2),
                  std::round(from.y + (size.y - handle.y) / 2)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  scoped::id(name, [&] {
    ImGui::SetNextItemAllowOverlap();
    ImGui::SetCursorScreenPos(from);
    ImGui::InvisibleButton((std::string("###split_") + name).c_str(), size);
    const bool is_hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (is_hot) {
      ImGui::SetMouseCursor(across ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
      result.reset = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    }
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
      const ImVec2 mouse = ImGui::GetMousePos();
      // From the far edge of the pane, which the caller knows.
      result.size = (across ? mouse.x : mouse.y) / look.scale;
    }
    item_tooltip(text("composite.gutter"));
    const ImVec2 middle{std::round(from.x + size.x / 2), std::round(from.y + size.y / 2)};
    const ImVec2 line_from = across ? ImVec2(middle.x, from.y) : ImVec2(from.x, middle.y);
    const ImVec2 line_to =
        across ? ImVec2(middle.x, from.y + size.y) : ImVec2(from.x + size.x, middle.y);
    list->AddLine(line_from, line_to, is_hot ? look.colour.accent : look.colour.line,
                  is_hot ? 2.0F : 1.0F);

    ImGui::SetCursorScreenPos(at);
    result.toggle = compat::pressable((std::string("###fold_") + name).c_str(), handle);
    const bool on_handle = ImGui::IsItemHovered();
    item_tooltip(text(is_folded ? "composite.unfold" : "composite.fold"));
    const float inset = look.px(1);
    const ImVec2 end{at.x + handle.x, at.y + handle.y};
    list->AddRectFilled({at.x + inset, at.y}, {end.x - inset, end.y},
                        on_handle ? look.colour.selected : look.colour.raised, look.px(3));
    list->AddRect({at.x + inset, at.y}, {end.x - inset, end.y},
                  on_handle ? look.colour.accent : look.colour.line, look.px(3));
    draw_arrow(list, {(at.x + end.x) / 2, (at.y + end.y) / 2}, look.px(3),
               is_folded ? opposite(side) : side, on_handle ? look.colour.text : look.colour.quiet);
  });
  return result;
}

// A pane folded to one line: all of it brings it back. True when it was pressed.
bool folded_bar(const Look& look, const std::string& title, const std::string& more) {
  const ImVec2 size = ImGui::GetContentRegionAvail();
  if (size.x <= 0 || size.y <= 0) return false;
  const bool is_pressed = compat::pressable("###unfold", size);
  item_tooltip(text("composite.unfold"));
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float top = std::round((from.y + to.y - ImGui::GetFontSize()) / 2);
  const ImU32 colour = ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet;
  float left = from.x;
  scoped::font(look.heading_font, 1, [&] {
    list->AddText({left, top}, colour, title.c_str());
    left += ImGui::CalcTextSize(title.c_str()).x + look.px(10);
  });
  draw_text_elided(list, {left, top}, to.x - left, look.colour.quiet, more);
  return is_pressed;
}

// A folded pane: one button that brings it back. True when it was pressed.
bool rail(const Look& look, const Icon& icon, const char* hint) {
  const float side = look.px(34);
  const std::string label = std::string(icon_text(look, icon)) + "###unfold";
  const float text = ImGui::CalcTextSize(icon_text(look, icon)).x;
  bool is_pressed = false;
  scoped::font(nullptr, text > side ? 10.0F / 14.0F : 1, [&] {
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
      is_pressed = button(look, label.c_str(), ButtonKind::normal, "", {side, side});
    });
  });
  item_tooltip(hint);
  return is_pressed;
}

// The form's title; true when its window was asked for.
bool form_heading(const Look& look) {
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float side = look.px(24);
  const float line = ImGui::GetTextLineHeight();
  const std::string label = std::string(icon_text(look, icons::kWindow)) + "###form_window";
  heading(look, text("composite.form"));
  ImGui::SetCursorPos({start.x + room - side, start.y - (side - line) / 2});
  bool is_pressed = false;
  scoped::font(look.caption_font, 12.0F / 14.0F, [&] {
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
      is_pressed = button(look, label.c_str(), ButtonKind::quiet, "", {side, side});
    });
  });
  item_tooltip(text("composite.form_window"));
  ImGui::SetCursorPos({start.x, start.y + line + ImGui::GetStyle().ItemSpacing.y});
  return is_pressed;
}

}  // namespace

// Folded by the user a pane unfolds; where there is no room for it, it opens over the rest.
bool Panel::Parts::unfold(Pane which) {
  return std::exchange(splits.folded(which), false);
}

void Panel::Parts::draw_folded_pane(Pane which, const char* popup, ImVec2 size) {
  const auto over = [&](auto draw_content) {
    scoped::popup(popup, [&] { scoped::child("content", size, draw_content); });
  };
  switch (which) {
    case Pane::cast:
      if (rail(look, icons::kCast, text("composite.cast")) && !unfold(which)) {
        ImGui::OpenPopup(popup);
      }
      over([this] { draw_cast(); });
      break;
    case Pane::form:
      if (rail(look, icons::kGenerate, text("composite.form")) && !unfold(which)) {
        open_form_dialog();
      }
      break;
    case Pane::strip: {
      const VersionListPtr& list = board.versions();
      const std::string count =
          list != nullptr ? std::to_string(list->versions.size()) : std::string();
      if (folded_bar(look, text("composite.versions"), count) && !unfold(which)) {
        ImGui::OpenPopup(popup);
      }
      over([this] { draw_versions(); });
      break;
    }
    case Pane::jobs:
      if (folded_bar(look, text("composite.jobs"), jobs_summary()) && !unfold(which)) {
        ImGui::OpenPopup(popup);
      }
      over([this] { draw_jobs(); });
      break;
  }
}

// The handle between a pane and its neighbour, and what it did.
void Panel::Parts::draw_gutter(Pane which, const char* name, ImVec2 origin, const FitBox& box,
                               const FitBox& of, bool is_folded) {
  if (box.width < 1 || box.height < 1) return;
  const GutterResult done =
      gutter(look, name, screen(origin, box.x, box.y), {box.width, box.height}, which, is_folded);
  if (done.reset) {
    reset_split(splits, which);
    return;
  }
  if (done.toggle) splits.folded(which) = !splits.folded(which);
  if (!done.size) return;
  const float half = panel_sizes::kGutter / 2;
  const bool across = which == Pane::cast || which == Pane::form;
  const float near_edge = across ? origin.x + of.x : origin.y + of.y;
  const float far_edge = near_edge + (across ? of.width : of.height);
  const float size = which == Pane::cast ? *done.size - near_edge / look.scale - half
                                         : far_edge / look.scale - *done.size - half;
  drag_split(splits, which, size);
}

void Panel::Parts::draw_composite() {
  refresh_look();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.x < look.px(120) || room.y < look.px(120)) return;
  PanelLayout at = lay_out_panel(room.x, room.y, look.scale, splits);
  // What shows many pictures, or wants every pixel, takes the place of the strip and the form.
  const ViewerMode mode = board.viewer_mode();
  if (mode == ViewerMode::board || mode == ViewerMode::contact_sheet ||
      mode == ViewerMode::composite || mode == ViewerMode::cells || mode == ViewerMode::redo) {
    give_all_to_viewer(at);
  }
  const Palette& c = look.colour;
  ImGui::GetWindowDrawList()->AddRectFilled(origin, screen(origin, room.x, room.y), c.panel);
  const auto fold_aware = [&](bool is_rail) {
    return is_rail ? ImVec2(6, kPadding) : ImVec2(kPadding, kPadding);
  };
  const ImVec2 side{look.px(330), std::min(room.y, look.px(720))};
  const ImVec2 low{std::min(room.x, look.px(900)), look.px(180)};

  pane(look, "top", origin, at.top_bar, {14, 7}, c.panel, [&] { draw_top_bar(); });
  pane(look, "cast", origin, at.cast, fold_aware(at.cast_is_rail), c.panel, [&] {
    if (at.cast_is_rail) {
      draw_folded_pane(Pane::cast, "cast", side);
    } else {
      draw_cast();
    }
  });
  pane(look, "viewer", origin, at.viewer, {kPadding, kPadding}, c.panel,
       [&] { draw_viewer_pane(); });
  pane(look, "versions", origin, at.strip, {kPadding, at.strip_is_bar ? 2.0F : 10.0F}, c.panel,
       [&] {
         if (at.strip_is_bar) {
           draw_folded_pane(Pane::strip, "versions", low);
         } else {
           draw_versions();
         }
       });
  pane(look, "generate", origin, at.form, fold_aware(at.form_is_rail), c.panel, [&] {
    if (at.form_is_rail) {
      draw_folded_pane(Pane::form, "form", side);
    } else {
      if (form_heading(look)) open_form_dialog();
      draw_form(false);
    }
  });
  pane(look, "jobs", origin, at.jobs, {14, at.jobs_is_bar ? 2.0F : 8.0F}, c.panel, [&] {
    if (at.jobs_is_bar) {
      draw_folded_pane(Pane::jobs, "jobs", low);
    } else {
      draw_jobs();
    }
  });
  draw_gutter(Pane::cast, "cast", origin, at.cast_gutter, at.cast, at.cast_is_rail);
  draw_gutter(Pane::form, "form", origin, at.form_gutter, at.form, at.form_is_rail);
  draw_gutter(Pane::strip, "strip", origin, at.strip_gutter, at.strip, at.strip_is_bar);
  draw_gutter(Pane::jobs, "jobs", origin, at.jobs_gutter, at.jobs, at.jobs_is_bar);
  const ImVec2 top = screen(origin, 0, at.top_bar.height);
  ImGui::GetWindowDrawList()->AddLine(top, {top.x + at.top_bar.width, top.y}, c.line);

  const float inset = look.px(14);
  const ImVec2 corner =
      screen(origin, at.viewer.x + at.viewer.width, at.viewer.y + at.viewer.height);
  // Above the line that tells about the picture.
  draw_toasts({corner.x - inset, corner.y - inset - look.px(30)},
              {std::min(look.px(460), at.viewer.width - 2 * inset),
               std::max(1.0F, at.viewer.height - 2 * inset - look.px(30))});
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy(room);
}

}  // namespace castboard
