// All panes in one window, with splitters between them.
#include <algorithm>
#include <string>
#include <utility>

#include "controls.h"
#include "icons.h"
#include "imgui_compat.h"
#include "panel_parts.h"
#include "scoped.h"

namespace castboard {
namespace {

constexpr float kGrip = 7;  // of a splitter, design pixels
constexpr float kPadding = 12;
constexpr float kFoldBelow = 120;  // dragging a side pane under this folds it

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

enum class Way { across, down };

// Returns by how much the splitter was dragged this frame, in design pixels.
float splitter(const Look& look, const char* name, ImVec2 from, ImVec2 to, Way way) {
  const float grip = look.px(kGrip);
  const bool across = way == Way::across;
  const ImVec2 at = across ? ImVec2(from.x - grip / 2, from.y) : ImVec2(from.x, from.y - grip / 2);
  const ImVec2 size = across ? ImVec2(grip, to.y - from.y) : ImVec2(to.x - from.x, grip);
  if (size.x <= 0 || size.y <= 0) return 0;
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton(name, size);
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (hot) ImGui::SetMouseCursor(across ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  ImGui::GetWindowDrawList()->AddLine(from, to, hot ? look.colour.accent : look.colour.line,
                                      hot ? 2.0F : 1.0F);
  if (!ImGui::IsItemActive()) return 0;
  const ImVec2 delta = ImGui::GetIO().MouseDelta;
  return (across ? delta.x : delta.y) / look.scale;
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
  heading(look, "Generate Character Image");
  ImGui::SetCursorPos({start.x + room - side, start.y - (side - line) / 2});
  bool is_pressed = false;
  scoped::font(look.caption_font, 12.0F / 14.0F, [&] {
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
      is_pressed = button(look, label.c_str(), ButtonKind::quiet, "", {side, side});
    });
  });
  item_tooltip("The form in a window of its own");
  ImGui::SetCursorPos({start.x, start.y + line + ImGui::GetStyle().ItemSpacing.y});
  return is_pressed;
}

void drag(float& width, float by, bool& folded) {
  if (by == 0) return;
  width += by;
  if (width < kFoldBelow) {
    folded = true;
    width = kFoldBelow * 2;
  }
}

}  // namespace

void Panel::Parts::draw_composite() {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (room.x < look.px(120) || room.y < look.px(120)) return;
  const PanelLayout at = lay_out_panel(room.x, room.y, look.scale, splits);
  const Palette& c = look.colour;
  const auto fold_aware = [&](bool is_rail) {
    return is_rail ? ImVec2(6, kPadding) : ImVec2(kPadding, kPadding);
  };

  pane(look, "top", origin, at.top_bar, {14, 7}, c.panel, [&] { draw_top_bar(); });
  pane(look, "cast", origin, at.cast, fold_aware(at.cast_is_rail), c.panel, [&] {
    if (!at.cast_is_rail) {
      draw_cast();
    } else {
      // Folded by the user it unfolds; where there is no room for it, it opens over the rest.
      if (rail(look, icons::kCast, "Cast") && !std::exchange(splits.cast_folded, false)) {
        ImGui::OpenPopup("cast");
      }
      scoped::popup("cast", [&] {
        scoped::child("content", {look.px(330), std::min(room.y, look.px(720))},
                      [&] { draw_cast(); });
      });
    }
  });
  pane(look, "viewer", origin, at.viewer, {kPadding, kPadding}, c.panel, [&] { draw_viewer(); });
  pane(look, "versions", origin, at.strip, {kPadding, 10}, c.panel, [&] { draw_versions(); });
  pane(look, "generate", origin, at.form, fold_aware(at.form_is_rail), c.panel, [&] {
    if (!at.form_is_rail) {
      if (form_heading(look)) generate_dialog = true;
      draw_form(false);
    } else {
      if (rail(look, icons::kGenerate, "Generate Character Image") &&
          !std::exchange(splits.form_folded, false)) {
        generate_dialog = true;
      }
    }
  });
  pane(look, "jobs", origin, at.jobs, {14, 8}, c.panel, [&] { draw_jobs(); });

  const auto line = [&](const FitBox& box, bool right, bool bottom) {
    return screen(origin, box.x + (right ? box.width : 0), box.y + (bottom ? box.height : 0));
  };
  const float cast_by = splitter(look, "split cast", line(at.cast, true, false),
                                 line(at.cast, true, true), Way::across);
  const float form_by = splitter(look, "split form", line(at.form, false, false),
                                 line(at.form, false, true), Way::across);
  const float strip_by = splitter(look, "split strip", line(at.strip, false, false),
                                  line(at.strip, true, false), Way::down);
  const float jobs_by = splitter(look, "split jobs", line(at.jobs, false, false),
                                 line(at.jobs, true, false), Way::down);
  ImGui::GetWindowDrawList()->AddLine(line(at.top_bar, false, true), line(at.top_bar, true, true),
                                      c.line);
  // From what is shown, not from what was wished for: the grip stays under the pointer.
  if (cast_by != 0 && !at.cast_is_rail) {
    splits.cast_width = at.cast.width / look.scale;
    drag(splits.cast_width, cast_by, splits.cast_folded);
  }
  if (form_by != 0 && !at.form_is_rail) {
    splits.form_width = at.form.width / look.scale;
    drag(splits.form_width, -form_by, splits.form_folded);
  }
  if (strip_by != 0) splits.strip_height = at.strip.height / look.scale - strip_by;
  if (jobs_by != 0) splits.jobs_height = at.jobs.height / look.scale - jobs_by;

  const float inset = look.px(14);
  const ImVec2 corner = line(at.viewer, true, true);
  // Above the line that tells about the picture.
  draw_toasts({corner.x - inset, corner.y - inset - look.px(24)},
              std::min(look.px(460), at.viewer.width - 2 * inset));
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy(room);
}

}  // namespace castboard
