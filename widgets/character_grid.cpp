#include "character_grid.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "character_grid_layout.h"
#include "controls.h"
#include "picture_tile.h"
#include "scoped.h"
#include "text_field.h"

namespace castboard {
namespace {

// A picture cut to a tile's shape is asked for larger than the tile, whatever its own shape is.
int picture_side(const GridLayout& layout) {
  return static_cast<int>(std::ceil(layout.tile_width * 1.5F / 64)) * 64;
}

void draw_header(const CharacterGridInput& input, CharacterGridState& state,
                 CharacterGridResult& result) {
  const Look& look = input.look;
  const float button_w = button_width(look, "+ Character");
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  ImGui::SetCursorPosY(start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2);
  heading(look, "Cast");
  ImGui::SetCursorPos({start.x + room - button_w, start.y});
  if (button(look, "+ Character")) result.new_character = true;
  if (state.focus_search) {
    ImGui::SetKeyboardFocusHere();
    state.focus_search = false;
  }
  if (text_field("##search", "Find by name, trait, description", state.search)) {
    result.search = state.search;
  }
  result.text_active = ImGui::IsItemActive();
}

void draw_footer(const Look& look, ImDrawList* list, const FitBox& box,
                 const Character& character) {
  const float pad = look.px(9);
  const std::string count = std::to_string(character.version_count);
  const ImVec2 count_size = ImGui::CalcTextSize(count.c_str());
  const float text_y = std::round(box.y + (box.height - count_size.y) / 2);
  list->AddText({box.x + box.width - pad - count_size.x, text_y}, look.colour.quiet, count.c_str());
  scoped::font(look.heading_font, 1, [&] {
    draw_text_elided(list, {box.x + pad, text_y}, box.width - 3 * pad - count_size.x,
                     look.colour.text, character.name);
  });
}

void draw_badges(const Look& look, ImDrawList* list, const FitBox& box,
                 const Character& character) {
  const float inset = look.px(6);
  const ImVec2 status = status_badge_size(look, character.active_status);
  draw_status_badge(look, list, {box.x + box.width - inset - status.x, box.y + inset},
                    character.active_status);
  if (character.new_count > 0) {
    const ImVec2 size = badge_size(look, "NEW");
    const bool side_by_side = size.x + status.x + 3 * inset <= box.width;
    const float y = side_by_side ? box.y + inset : box.y + box.height - inset - size.y;
    draw_badge(look, list, {box.x + inset, y}, "NEW", look.colour.accent, look.colour.on_accent);
  }
}

void draw_tile(const CharacterGridInput& input, const GridLayout& layout, ImVec2 at,
               const Character* character, bool is_shown) {
  const Look& look = input.look;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = look.tile_radius();
  const ImVec2 end{at.x + layout.tile_width, at.y + layout.tile_height};
  const FitBox picture{at.x, at.y, layout.tile_width, layout.picture_height};
  const FitBox footer{at.x, at.y + layout.picture_height, layout.tile_width,
                      layout.tile_height - layout.picture_height};
  list->AddRectFilled(at, end, is_shown ? look.colour.selected : look.colour.raised, radius);
  if (character == nullptr) {
    list->AddRectFilled(at, {end.x, footer.y}, look.colour.input, radius,
                        ImDrawFlags_RoundCornersTop);
  } else {
    const std::string url = tile_picture(*character);
    if (url.empty()) {
      draw_silhouette(look, list, picture, radius, ImDrawFlags_RoundCornersTop);
    } else {
      draw_picture(look, list, picture, input.thumbnail(url, picture_side(layout)),
                   PictureCrop::face, radius, ImDrawFlags_RoundCornersTop);
    }
    draw_badges(look, list, picture, *character);
    draw_footer(look, list, footer, *character);
  }
  if (is_shown) {
    const float gap = look.px(2);
    list->AddRect({at.x - gap, at.y - gap}, {end.x + gap, end.y + gap}, look.colour.accent,
                  radius + gap, 0, std::max(1.5F, look.px(2)));
  } else {
    list->AddRect(at, end, ImGui::IsItemHovered() ? look.colour.quiet : look.colour.line, radius);
  }
}

void tile_menu(const CharacterGridInput& input, const Character& character,
               CharacterGridResult& result) {
  scoped::context_menu("menu", [&] {
    const auto entry = [&](const char* label, const char* key, CharacterId& into) {
      if (ImGui::MenuItem(label, key)) into = character.id;
    };
    entry("Generate new version...", "", result.generate);
    entry("Edit character...", "", result.edit);
    ImGui::Separator();
    entry("Copy id", "", result.copy_id);
    entry("Copy as command line", "", result.copy_command);
    if (input.can_show_in_folder && !character.image_url.empty()) {
      entry("Show in folder", "", result.show_in_folder);
    }
    ImGui::Separator();
    entry("Trash", "", result.trash);
  });
}

void tile(const CharacterGridInput& input, const GridLayout& layout, const CharacterId& id,
          ImVec2 cursor, CharacterGridResult& result) {
  scoped::id(id, [&] {
    const Character* character = input.row(id);
    ImGui::SetCursorPos(cursor);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string label = (character != nullptr ? character->name : id) + "###tile";
    if (ImGui::InvisibleButton(label.c_str(), {layout.tile_width, layout.tile_height})) {
      result.show = id;
    }
    if (character != nullptr) tile_menu(input, *character, result);
    draw_tile(input, layout, at, character, id == input.shown);
    ++result.submitted;
  });
}

void keep_shown_in_view(const CharacterGridInput& input, CharacterGridState& state,
                        const GridLayout& layout, float height) {
  if (state.scrolled_to == input.shown) return;
  const auto& ids = input.cast->ids;
  const auto found = std::find(ids.begin(), ids.end(), input.shown);
  if (found == ids.end()) return;
  const int index = static_cast<int>(found - ids.begin());
  ImGui::SetScrollY(scroll_to_item(layout, index, ImGui::GetScrollY(), height));
  state.scrolled_to = input.shown;
}

void step_by_keys(const CharacterGridInput& input, CharacterGridState& state,
                  const GridLayout& layout, CharacterGridResult& result) {
  if (state.step_x == 0 && state.step_y == 0) return;
  const auto& ids = input.cast->ids;
  const auto found = std::find(ids.begin(), ids.end(), input.shown);
  const int from = found == ids.end() ? 0 : static_cast<int>(found - ids.begin());
  const int next =
      grid_neighbour(layout, from, static_cast<int>(ids.size()), state.step_x, state.step_y);
  if (next >= 0) result.show = ids[static_cast<std::size_t>(next)];
  state.step_x = state.step_y = 0;
}

void draw_tiles(const CharacterGridInput& input, CharacterGridState& state,
                CharacterGridResult& result) {
  const auto& ids = input.cast->ids;
  const auto count = static_cast<int>(ids.size());
  // The accent outline of the shown tile needs a little room around it.
  const float margin = input.look.px(4);
  const float width = ImGui::GetContentRegionAvail().x - 2 * margin;
  const GridLayout layout = lay_out_grid(width, input.look.scale);
  const float height = ImGui::GetWindowHeight();
  keep_shown_in_view(input, state, layout, height - 2 * margin);
  step_by_keys(input, state, layout, result);
  const ImVec2 start = ImGui::GetCursorPos();
  const ItemRange range = visible_items(layout, count, ImGui::GetScrollY() - margin, height);
  for (int i = range.first; i < range.last; ++i) {
    tile(input, layout, ids[static_cast<std::size_t>(i)],
         {start.x + margin + layout.x(i), start.y + margin + layout.y(i)}, result);
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({width, layout.height(count) + 2 * margin});
}

void draw_nothing(const CharacterGridInput& input, const CharacterGridState& state) {
  const Look& look = input.look;
  if (input.cast == nullptr) {
    empty_state(look, "Opening the cast", "");
  } else if (!state.search.empty()) {
    empty_state(look, "Nobody found",
                "No character has these words in name, description or traits. Esc clears the "
                "search.");
  } else {
    empty_state(look, "No characters yet",
                "Press + Character, give a name and a few traits, then generate a first version.");
  }
}

}  // namespace

std::string tile_picture(const Character& character) {
  if (character.image_url.empty()) return character.thumbnail_url;
  const auto& poses = character.image_poses;
  const bool is_single =
      poses.empty() || std::any_of(poses.begin(), poses.end(),
                                   [&](const auto& p) { return p.second == character.image_url; });
  // The active picture is no pose itself: it is a sheet, and its cells are.
  if (is_single) return character.thumbnail_url;
  for (const char* pose : {"neutral", "happy"}) {
    if (const auto found = poses.find(pose); found != poses.end()) return found->second;
  }
  return character.thumbnail_url;
}

CharacterGridResult character_grid(const char* id, const CharacterGridInput& input,
                                   CharacterGridState& state) {
  CharacterGridResult result;
  scoped::id(id, [&] {
    draw_header(input, state, result);
    const float margin = input.look.px(4);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() - margin);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    scoped::child("tiles", {room.x + margin, room.y}, 0, ImGuiWindowFlags_NoNav, [&] {
      result.has_focus = ImGui::IsWindowFocused();
      if (input.cast == nullptr || input.cast->ids.empty()) {
        draw_nothing(input, state);
      } else {
        draw_tiles(input, state, result);
      }
    });
  });
  return result;
}

}  // namespace castboard
