#include "version_strip.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "controls.h"
#include "picture_tile.h"
#include "reference_field.h"
#include "scoped.h"
#include "version_strip_layout.h"

namespace castboard {
namespace {

constexpr float kCaptionScale = 12.0F / 14.0F;

void draw_label(const Look& look, ImDrawList* list, const FitBox& box, const Version& version) {
  const float mark = look.px(11);
  const std::string label = version_label(version.version_number);
  float x = box.x;
  scoped::font(look.heading_font, kCaptionScale, [&] {
    const float y = std::round(box.y + (box.height - ImGui::GetFontSize()) / 2);
    list->AddText({x, y}, look.colour.text, label.c_str());
    x += ImGui::CalcTextSize(label.c_str()).x + look.px(4);
  });
  const float mark_y = std::round(box.y + (box.height - mark) / 2);
  if (version.starred) draw_mark(list, Mark::star, {x, mark_y}, mark, look.colour.text);
  if (version.status == Status::none) return;
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const char* code = status_code(version.status);
    const float width = ImGui::CalcTextSize(code).x;
    const float y = std::round(box.y + (box.height - ImGui::GetFontSize()) / 2);
    const ImU32 colour = look.status_colour(version.status);
    const float right = box.x + box.width;
    // Where the code has no room its mark alone says it, by its shape; the same for all numbers of
    // so many digits.
    const std::string widest = "v" + std::string(label.size() - 1, '0');
    const float marks_end = box.x + ImGui::CalcTextSize(widest.c_str()).x + look.px(5) +
                            (version.starred ? mark + look.px(4) : 0);
    if (marks_end + mark + look.px(3) + width > right) {
      draw_mark(list, status_mark(version.status), {right - mark, mark_y}, mark, colour);
      return;
    }
    const float text_x = right - width;
    list->AddText({text_x, y}, colour, code);
    draw_mark(list, status_mark(version.status), {text_x - mark - look.px(3), mark_y}, mark,
              colour);
  });
}

void draw_item(const VersionStripInput& input, const StripLayout& layout, ImVec2 at,
               const Version& version) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = look.px(6);
  const FitBox thumb{at.x, at.y, layout.thumb, layout.thumb};
  const ImVec2 end{at.x + layout.thumb, at.y + layout.thumb};
  const bool is_viewed = version.id == input.viewed;
  const auto side = static_cast<int>(layout.thumb * 1.5F);
  const std::string& url =
      version.thumbnail_url.empty() ? version.image_url : version.thumbnail_url;
  const PictureCrop crop = version.is_sheet() ? PictureCrop::whole : PictureCrop::face;
  draw_picture(look, list, thumb, input.thumbnail(url, (side + 63) / 64 * 64), crop, radius);
  const float inset = look.px(5);
  if (version.is_active) {
    const ImVec2 size = badge_size(look, "ACTIVE");
    draw_badge(look, list, {at.x + inset, end.y - inset - size.y}, "ACTIVE", look.colour.accent,
               look.colour.on_accent);
  }
  if (!version.viewed) {
    const ImVec2 size = badge_size(look, "NEW");
    const ImVec2 corner{end.x - inset - size.x, at.y + inset};
    draw_badge(look, list, corner, "NEW", look.colour.text, look.colour.panel);
  }
  if (is_viewed) {
    const float gap = look.px(2);
    list->AddRect({at.x - gap, at.y - gap}, {end.x + gap, end.y + gap}, look.colour.accent,
                  radius + gap, 0, std::max(1.5F, look.px(2)));
  } else {
    list->AddRect(at, end, ImGui::IsItemHovered() ? look.colour.quiet : look.colour.line, radius);
  }
  draw_label(look, list, {at.x, end.y + look.px(2), layout.thumb, layout.label}, version);
}

void item_hint(const Version& version) {
  std::string text = version_label(version.version_number) + "  " + version.version_name;
  if (version.is_active) text += "\nActive: the production uses it";
  if (version.status != Status::none) text += std::string("\n") + status_title(version.status);
  if (version.starred) text += "\nStarred by you";
  if (!version.viewed) text += "\nNew: not viewed yet";
  item_tooltip(text);
}

void item(const VersionStripInput& input, const StripLayout& layout, const Version& version,
          ImVec2 cursor, VersionStripResult& result) {
  scoped::id(version.id, [&] {
    ImGui::SetCursorPos(cursor);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string label = version_label(version.version_number) + "###version";
    if (ImGui::InvisibleButton(label.c_str(), {layout.thumb, layout.thumb + layout.label})) {
      result.request = {VersionRequest::What::view, version.id, {}};
    }
    scoped::drag_source([&] {
      ImGui::SetDragDropPayload(kVersionPayload, version.id.data(), version.id.size());
      ImGui::TextUnformatted(version_label(version.version_number).c_str());
    });
    scoped::context_menu("menu", [&] {
      if (const auto request = version_menu(version, input.can_show_in_folder)) {
        result.request = request;
      }
    });
    draw_item(input, layout, at, version);
    item_hint(version);
    ++result.submitted;
  });
}

void scroll(const VersionStripInput& input, VersionStripState& state, const StripLayout& layout) {
  const float width = ImGui::GetWindowWidth();
  const float wheel = ImGui::GetIO().MouseWheel;
  // A strip has one direction: the usual wheel moves it too.
  if (wheel != 0 && ImGui::IsWindowHovered()) {
    ImGui::SetScrollX(ImGui::GetScrollX() - wheel * layout.step());
  }
  if (state.scrolled_to == input.viewed || input.viewed.empty()) return;
  const auto found = std::find_if(input.versions.begin(), input.versions.end(),
                                  [&](const Version& v) { return v.id == input.viewed; });
  if (found == input.versions.end()) return;
  const int index = static_cast<int>(found - input.versions.begin());
  ImGui::SetScrollX(scroll_to_item(layout, index, ImGui::GetScrollX(), width));
  state.scrolled_to = input.viewed;
}

void draw_items(const VersionStripInput& input, VersionStripState& state,
                VersionStripResult& result) {
  const auto count = static_cast<int>(input.versions.size());
  const float margin = input.look.px(4);
  const float height = ImGui::GetWindowHeight() - 2 * margin;
  StripLayout layout = lay_out_strip(height, input.look.scale);
  // Room for the scrollbar only where there is one.
  if (layout.width(count) + 2 * margin > ImGui::GetWindowWidth()) {
    layout = lay_out_strip(height - ImGui::GetStyle().ScrollbarSize, input.look.scale);
  }
  scroll(input, state, layout);
  const ImVec2 start = ImGui::GetCursorPos();
  const StripRange range =
      visible_versions(layout, count, ImGui::GetScrollX() - margin, ImGui::GetWindowWidth());
  for (int i = range.first; i < range.last; ++i) {
    item(input, layout, input.versions[static_cast<std::size_t>(i)],
         {start.x + margin + layout.x(i), start.y + margin}, result);
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({layout.width(count) + 2 * margin, layout.thumb + layout.label});
}

}  // namespace

VersionStripResult version_strip(const char* id, const VersionStripInput& input,
                                 VersionStripState& state) {
  VersionStripResult result;
  scoped::id(id, [&] {
    heading(input.look, "Versions");
    if (!input.versions.empty()) {
      ImGui::SameLine();
      scoped::colours({{ImGuiCol_Text, input.look.colour.quiet}}, [&] {
        const std::string count = std::to_string(input.versions.size()) + ", newest right";
        ImGui::TextUnformatted(count.c_str());
      });
    }
    if (input.versions.empty()) {
      const char* what = !input.has_character ? "The versions of a character line up here."
                         : input.loading      ? "Loading..."
                                              : "No versions yet: Generate New Version makes the "
                                                "first one.";
      scoped::colours({{ImGuiCol_Text, input.look.colour.quiet}},
                      [&] { ImGui::TextWrapped("%s", what); });
      return;
    }
    const float margin = input.look.px(4);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() - margin);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    scoped::child("items", {room.x + 2 * margin, room.y}, 0,
                  ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                      ImGuiWindowFlags_NoNav,
                  [&] { draw_items(input, state, result); });
  });
  return result;
}

}  // namespace castboard
