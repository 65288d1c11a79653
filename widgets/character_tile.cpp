#include "character_tile.h"

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "imgui_compat.h"
#include "picture_tile.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kNarrowTile = 96;  // design pixels; below, captions and no count
constexpr float kThumbnail = 384;  // pixels of a stored thumbnail's longest side

// A picture cut to a tile's shape is asked for larger than the tile, whatever its own shape is.
int picture_side(const GridLayout& layout) {
  return static_cast<int>(std::ceil(layout.tile_width * 1.5F / 64)) * 64;
}

void draw_footer(const Look& look, ImDrawList* list, const FitBox& box,
                 const Character& character) {
  const bool is_narrow = box.width < look.px(kNarrowTile);
  const float pad = look.px(is_narrow ? 5.0F : 9.0F);
  float room = box.width - 2 * pad;
  const auto middle = [&](float height) { return std::round(box.y + (box.height - height) / 2); };
  if (!is_narrow) {
    const std::string count = std::to_string(character.version_count);
    const ImVec2 size = ImGui::CalcTextSize(count.c_str());
    list->AddText({box.x + box.width - pad - size.x, middle(size.y)}, look.colour.quiet,
                  count.c_str());
    room -= size.x + pad;
  }
  const auto name = [&] {
    draw_text_elided(list, {box.x + pad, middle(ImGui::GetFontSize())}, room, look.colour.text,
                     character.name);
  };
  if (is_narrow) {
    scoped::font(look.caption_font, kCaptionScale, name);
  } else {
    scoped::font(look.heading_font, 1, name);
  }
}

void draw_badges(const Look& look, ImDrawList* list, const FitBox& box,
                 const Character& character) {
  const float inset = look.px(6);
  const ImVec2 status = status_badge_size(look, character.active_status);
  draw_status_badge(look, list, {box.x + box.width - inset - status.x, box.y + inset},
                    character.active_status);
  if (character.new_count > 0) {
    const ImVec2 size = badge_size(look, text("badge.new"));
    const bool side_by_side = size.x + status.x + 3 * inset <= box.width;
    const float y = side_by_side ? box.y + inset : box.y + box.height - inset - size.y;
    draw_badge(look, list, {box.x + inset, y}, text("badge.new"), look.colour.accent,
               look.colour.on_accent);
  }
}

void draw_check(const Look& look, ImDrawList* list, const FitBox& picture) {
  const float side = look.px(20);
  const float inset = look.px(6);
  const ImVec2 at{picture.x + picture.width - inset - side,
                  picture.y + picture.height - inset - side};
  list->AddRectFilled(at, {at.x + side, at.y + side}, look.colour.accent, look.px(5));
  const float mark = look.px(12);
  draw_mark(list, Mark::check, {at.x + (side - mark) / 2, at.y + (side - mark) / 2}, mark,
            look.colour.on_accent);
}

void draw_outline(const Look& look, ImDrawList* list, ImVec2 from, ImVec2 to,
                  const TileMarks& marks) {
  const float radius = look.tile_radius();
  const float gap = look.px(2);
  const float thick = std::max(1.5F, look.px(2));
  if (marks.shown || marks.chosen) {
    compat::outline(list, {from.x - gap, from.y - gap}, {to.x + gap, to.y + gap},
                    look.colour.accent, radius + gap, thick);
  } else {
    list->AddRect(from, to, marks.hovered ? look.colour.quiet : look.colour.line, radius);
  }
  if (!marks.focused) return;
  // Inside the accent's outline where there is one, so that both can be seen.
  const float inset = look.px(1);
  compat::outline(list, {from.x + inset, from.y + inset}, {to.x - inset, to.y - inset},
                  look.colour.text, radius, thick);
}

}  // namespace

std::string tile_picture(const Character& character, bool large) {
  if (character.image_url.empty()) return character.thumbnail_url;
  const auto& poses = character.image_poses;
  const bool is_single =
      poses.empty() || std::any_of(poses.begin(), poses.end(),
                                   [&](const auto& p) { return p.second == character.image_url; });
  // The active picture is no pose itself: it is a sheet, and its cells are.
  if (is_single) return large ? character.image_url : character.thumbnail_url;
  for (const char* pose : {"neutral", "happy"}) {
    if (const auto found = poses.find(pose); found != poses.end()) return found->second;
  }
  return large ? character.image_url : character.thumbnail_url;
}

void draw_character_tile(const Look& look, const GridLayout& layout, ImVec2 at,
                         const Character* character, const TileMarks& marks,
                         const ThumbnailFn& thumbnail) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = look.tile_radius();
  const ImVec2 end{at.x + layout.tile_width, at.y + layout.tile_height};
  const FitBox picture{at.x, at.y, layout.tile_width, layout.picture_height};
  const FitBox footer{at.x, at.y + layout.picture_height, layout.tile_width,
                      layout.tile_height - layout.picture_height};
  const bool is_tinted = marks.shown || marks.chosen;
  list->AddRectFilled(at, end, is_tinted ? look.colour.selected : look.colour.raised, radius);
  if (character == nullptr) {
    list->AddRectFilled(at, {end.x, footer.y}, look.colour.input, radius,
                        ImDrawFlags_RoundCornersTop);
  } else {
    const std::string url = tile_picture(*character, layout.tile_width > kThumbnail);
    if (url.empty()) {
      draw_silhouette(look, list, picture, radius, ImDrawFlags_RoundCornersTop);
    } else {
      draw_picture(look, list, picture, thumbnail(url, picture_side(layout)), PictureCrop::face,
                   radius, ImDrawFlags_RoundCornersTop);
    }
    if (marks.trashed) {
      list->AddRectFilled(at, {end.x, footer.y}, faded(look.colour.panel, 0.6F), radius,
                          ImDrawFlags_RoundCornersTop);
    }
    draw_badges(look, list, picture, *character);
    draw_footer(look, list, footer, *character);
  }
  if (marks.chosen) draw_check(look, list, picture);
  draw_outline(look, list, at, end, marks);
}

RenameEnd rename_field(const Look& look, const GridLayout& layout, ImVec2 at, TileRename& rename,
                       const std::string& problem) {
  const float footer = layout.tile_height - layout.picture_height;
  const float inset = look.px(3);
  ImGui::SetCursorScreenPos({at.x + inset, at.y + layout.picture_height + inset});
  // At most one frame's wait, and never taken back from where the user went since.
  const bool is_new = rename.take_keyboard;
  if (is_new) compat::focus_next_item();
  rename.take_keyboard = false;
  RenameEnd end = RenameEnd::none;
  const float pad = std::max(0.0F, (footer - 2 * inset - ImGui::GetFontSize()) / 2);
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(5), pad)}}, [&] {
    text_field("###new_name", "", rename.name, layout.tile_width - 2 * inset,
               ImGuiInputTextFlags_AutoSelectAll);
  });
  if (ImGui::IsItemDeactivated()) {
    end = ImGui::IsKeyPressed(ImGuiKey_Escape, false) ? RenameEnd::cancel : RenameEnd::keep;
  }
  if (problem.empty()) return end;
  // Over the picture, where the field is: the tile keeps its size.
  ImDrawList* list = ImGui::GetWindowDrawList();
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const float margin = look.px(6);
    const float wrap = layout.tile_width - 2 * margin;
    const ImVec2 size =
        ImGui::CalcTextSize(problem.data(), problem.data() + problem.size(), false, wrap);
    const float bottom = at.y + layout.picture_height;
    const float top = std::max(at.y, bottom - size.y - 2 * margin);
    list->AddRectFilled({at.x, top}, {at.x + layout.tile_width, bottom}, look.colour.panel);
    list->AddLine({at.x, top}, {at.x + layout.tile_width, top}, look.colour.omitted, look.px(2));
    list->PushClipRect({at.x, top}, {at.x + layout.tile_width, bottom}, true);
    list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {at.x + margin, top + margin},
                  look.colour.omitted, problem.data(), problem.data() + problem.size(), wrap);
    list->PopClipRect();
  });
  return end;
}

}  // namespace castboard
