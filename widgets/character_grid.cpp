#include "character_grid.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cast_filter.h"
#include "controls.h"
#include "drag_drop.h"
#include "imgui_compat.h"
#include "keys.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

using Ids = std::vector<CharacterId>;

// One frame of the grid: what every part of it reads and writes.
struct Frame {
  const CharacterGridInput& input;
  CharacterGridState& state;
  CharacterGridResult& result;
};

int index_of(const Ids& ids, const CharacterId& id) {
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
}

// Whom an action on this character is about: all chosen ones when it is one of several.
Ids concerned(const Frame& frame, const CharacterId& id) {
  const Selection& chosen = frame.state.chosen;
  if (chosen.size() > 1 && chosen.contains(id)) return chosen.in_order(frame.input.cast->ids);
  return {id};
}

void take_bar(const CastBarResult& done, Frame& frame) {
  CharacterGridResult& result = frame.result;
  if (done.query) result.query = done.query;
  if (done.tile) frame.state.tile = *done.tile;
  result.new_character |= done.new_character;
  result.text_active |= done.text_active;
  frame.state.focus_tiles |= done.enter_tiles;
  if (done.choose_none) frame.state.chosen.clear();
  if (frame.input.cast == nullptr) return;
  const auto chosen = [&] { return frame.state.chosen.in_order(frame.input.cast->ids); };
  if (done.generate) result.generate = chosen();
  if (done.trash) result.trash = chosen();
  if (done.restore) result.restore = chosen();
}

void tile_menu(Frame& frame, const Character& character) {
  scoped::context_menu("menu", [&] {
    if (ImGui::IsWindowAppearing()) frame.state.chosen.choose_unless_chosen(character.id);
    const Ids ids = concerned(frame, character.id);
    const bool is_one = ids.size() == 1;
    const std::string count = std::to_string(ids.size());
    const auto entry = [&](std::string_view one, std::string_view many, const char* name,
                           const char* key = "") {
      const std::string label =
          (is_one ? std::string(text(one)) : text(many, {count})) + "###" + name;
      return ImGui::MenuItem(label.c_str(), key);
    };
    const auto entry_of_one = [&](std::string_view words, const char* name, const char* key = "") {
      return is_one && entry(words, words, name, key);
    };
    if (frame.input.query.trashed) {
      if (entry("cast.menu.restore", "cast.menu.restore_many", "restore")) {
        frame.result.restore = ids;
      }
      if (entry_of_one("cast.menu.copy_id", "copy_id")) frame.result.copy_id = character.id;
      return;
    }
    if (entry("cast.menu.generate", "cast.menu.generate_many", "generate")) {
      frame.result.generate = ids;
    }
    if (entry_of_one("cast.menu.rename", "rename", frame.input.rename_key)) {
      start_rename(frame.state, character);
    }
    if (entry_of_one("cast.menu.edit", "edit")) frame.result.edit = character.id;
    ImGui::Separator();
    if (entry("cast.menu.save", "cast.menu.save_many", "save_files")) {
      frame.result.save_files = ids;
    }
    if (entry("cast.menu.contact", "cast.menu.contact_many", "contact_sheet")) {
      frame.result.contact_sheet = ids;
    }
    if (entry_of_one("cast.menu.copy_id", "copy_id")) frame.result.copy_id = character.id;
    if (entry_of_one("cast.menu.copy_command", "copy_command")) {
      frame.result.copy_command = character.id;
    }
    if (frame.input.can_show_in_folder && !character.image_url.empty() &&
        entry_of_one("cast.menu.show_in_folder", "show_in_folder")) {
      frame.result.show_in_folder = character.id;
    }
    if (is_one) ImGui::Separator();
    if (entry("cast.menu.trash", "cast.menu.trash_many", "trash", frame.input.trash_key)) {
      frame.result.trash = ids;
    }
  });
}

std::string rename_problem(const Frame& frame, const CharacterId& id) {
  if (!frame.input.rename_error) return {};
  const Error* error = frame.input.rename_error(id);
  return error == nullptr ? std::string() : error->message;
}

void edit_name(Frame& frame, const GridLayout& layout, ImVec2 at, const Character& character) {
  CharacterGridState& state = frame.state;
  const std::string problem = rename_problem(frame, character.id);
  const RenameEnd end = rename_field(frame.input.look, layout, at, state.rename, problem);
  frame.result.text_active |= ImGui::IsItemActive();
  if (end == RenameEnd::none) return;
  const std::string name = std::exchange(state.rename, {}).name;
  state.focus_tiles = true;
  if (end == RenameEnd::keep && name != character.name) {
    frame.result.rename = {character.id, name};
    // Kept for the case that it is refused: what was typed is not lost.
    state.rename.name = name;
    state.renamed = character.id;
  } else {
    frame.result.forget_error = character.id;
    state.renamed.clear();
  }
}

// A refused name comes back into its field, with the reason.
void take_up_refused_name(Frame& frame) {
  CharacterGridState& state = frame.state;
  if (state.renamed.empty() || !state.rename.id.empty()) return;
  if (rename_problem(frame, state.renamed).empty()) return;
  state.rename.id = std::exchange(state.renamed, {});
  state.rename.take_keyboard = true;
}

void choose(Frame& frame, const CharacterId& id, SelectKeys keys) {
  frame.state.chosen.choose(id, frame.input.cast->ids, keys);
  frame.state.cursor = id;
  if (!keys.ctrl && !keys.shift) frame.result.show = id;
}

void tile(Frame& frame, const GridLayout& layout, const CharacterId& id, ImVec2 cursor) {
  scoped::id(id, [&] {
    const CharacterGridInput& input = frame.input;
    CharacterGridState& state = frame.state;
    const Character* character = input.row(id);
    ImGui::SetCursorPos(cursor);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const std::string label = (character != nullptr ? character->name : id) + "###tile";
    const bool is_renamed = character != nullptr && state.rename.id == id;
    if (is_renamed) ImGui::SetNextItemAllowOverlap();
    if (compat::pressable(label.c_str(), {layout.tile_width, layout.tile_height})) {
      state.keyboard_used = false;
      choose(frame, id, {ctrl_held(), shift_held()});
    }
    if (character != nullptr && !character->active_version_id.empty() && input.path_of) {
      scoped::drag_source([&] {
        drag_version(character->active_version_id, character->id,
                     input.path_of(character->image_url));
        ImGui::TextUnformatted(character->name.c_str());
      });
    }
    TileMarks marks;
    marks.hovered = ImGui::IsItemHovered();
    const bool on_name = ImGui::GetMousePos().y > at.y + layout.picture_height;
    if (marks.hovered && on_name && character != nullptr && !input.query.trashed &&
        ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
      start_rename(state, *character);
    }
    if (character != nullptr) tile_menu(frame, *character);
    marks.shown = id == input.shown;
    marks.chosen = state.chosen.size() > 1 && state.chosen.contains(id);
    marks.focused = frame.result.has_focus && state.keyboard_used && state.cursor == id;
    marks.trashed = input.query.trashed;
    draw_character_tile(input.look, layout, at, character, marks, input.thumbnail);
    if (is_renamed) edit_name(frame, layout, at, *character);
    ++frame.result.submitted;
  });
}

void scroll_to(Frame& frame, const GridLayout& layout, const CharacterId& id, float height) {
  CharacterGridState& state = frame.state;
  if (state.scrolled_to == id) return;
  const int index = index_of(frame.input.cast->ids, id);
  if (index < 0) return;
  ImGui::SetScrollY(scroll_to_item(layout, index, ImGui::GetScrollY(), height));
  state.scrolled_to = id;
}

// The tiles that were at the top stay there when they get another size, by the user or because a
// scrollbar came; so does the keyboard's tile when it was in view.
void keep_place(Frame& frame, const GridLayout& layout, float height) {
  const GridLayout before = std::exchange(frame.state.layout, layout);
  if (before.tile_height == 0 || before.row_height() == layout.row_height()) return;
  const float scroll = std::max(0.0F, ImGui::GetScrollY());
  const float rows = scroll / before.row_height();
  float next = before.columns == layout.columns ? rows * layout.row_height()
                                                : layout.y(static_cast<int>(rows) * before.columns);
  const int at = index_of(frame.input.cast->ids, frame.state.cursor);
  if (at >= 0 && scroll_to_item(before, at, scroll, height) == scroll) {
    next = scroll_to_item(layout, at, next, height);
  }
  ImGui::SetScrollY(next);
}

void take_keys(Frame& frame, const GridLayout& layout, float height) {
  CharacterGridState& state = frame.state;
  const CharacterGridKeys keys = std::exchange(state.keys, {});
  const Ids& ids = frame.input.cast->ids;
  int at = index_of(ids, state.cursor);
  if (at < 0) at = index_of(ids, frame.input.shown);
  if (keys.step.any()) {
    state.keyboard_used = true;
    const int next =
        at < 0 ? 0 : grid_target(layout, at, static_cast<int>(ids.size()), height, keys.step);
    if (next >= 0) choose(frame, ids[static_cast<std::size_t>(next)], {false, keys.extend});
    scroll_to(frame, layout, state.cursor, height);
    return;
  }
  if (keys.choose_all) state.chosen.choose_all(ids);
  if (at < 0) return;
  const CharacterId& id = ids[static_cast<std::size_t>(at)];
  if (keys.open) frame.result.show = id;
  if (keys.trash && !frame.input.query.trashed) frame.result.trash = concerned(frame, id);
  if (keys.rename && !frame.input.query.trashed) {
    if (const Character* character = frame.input.row(id)) start_rename(state, *character);
  }
}

void zoom_by_wheel(Frame& frame, float width) {
  const float wheel = ImGui::GetIO().MouseWheel;
  if (wheel == 0 || !ImGui::GetIO().KeyCtrl || !ImGui::IsWindowHovered()) return;
  frame.state.tile =
      zoomed_tile(width, frame.input.look.scale, frame.state.tile, wheel > 0 ? 1 : -1);
}

void draw_tiles(Frame& frame) {
  const Ids& ids = frame.input.cast->ids;
  const Look& look = frame.input.look;
  const auto count = static_cast<int>(ids.size());
  // The accent outline of the shown tile needs a little room around it.
  const float margin = look.px(4);
  const float width = ImGui::GetContentRegionAvail().x - 2 * margin;
  const float height = ImGui::GetWindowHeight();
  zoom_by_wheel(frame, width);
  const GridLayout layout = lay_out_grid(width, look.scale, frame.state.tile, height);
  keep_place(frame, layout, height - 2 * margin);
  if (frame.state.cursor != frame.input.shown && frame.state.chosen.size() <= 1) {
    frame.state.cursor = frame.input.shown;
  }
  scroll_to(frame, layout, frame.state.cursor, height - 2 * margin);
  take_keys(frame, layout, height - 2 * margin);
  const ImVec2 start = ImGui::GetCursorPos();
  const ItemRange range = visible_items(layout, count, ImGui::GetScrollY() - margin, height);
  for (int i = range.first; i < range.last; ++i) {
    tile(frame, layout, ids[static_cast<std::size_t>(i)],
         {start.x + margin + layout.x(i), start.y + margin + layout.y(i)});
  }
  ImGui::SetCursorPos(start);
  ImGui::Dummy({width, layout.height(count) + 2 * margin});
}

void draw_nothing(const CharacterGridInput& input) {
  const Look& look = input.look;
  const CastQuery& query = input.query;
  const auto say = [&](std::string_view title, std::string_view what_next) {
    empty_state(look, text(title), text(what_next));
  };
  if (input.cast == nullptr) {
    empty_state(look, text("cast.opening"), "");
  } else if (!query.text.empty()) {
    say("cast.nobody_found", "cast.nobody_found_next");
  } else if (query.trashed) {
    say("cast.trash_empty", "cast.trash_empty_next");
  } else if (query.without_picture || !query.lacks_pose.empty()) {
    say("cast.nobody_lacks", "cast.nobody_lacks_next");
  } else if (is_filtered(query)) {
    say("cast.nobody_has_status", "cast.nobody_has_status_next");
  } else {
    say("cast.empty", "cast.empty_next");
  }
}

// What is not there any more is not chosen any more: nothing is done to what nobody sees.
void follow_cast(Frame& frame) {
  if (frame.input.cast == nullptr) return;
  if (std::exchange(frame.state.seen, frame.input.cast) == frame.input.cast) return;
  frame.state.chosen.keep(frame.input.cast->ids);
}

}  // namespace

void start_rename(CharacterGridState& state, const Character& character) {
  state.rename = {character.id, character.name, true};
  state.renamed.clear();
}

CharacterGridResult character_grid(const char* id, const CharacterGridInput& input,
                                   CharacterGridState& state) {
  CharacterGridResult result;
  Frame frame{input, state, result};
  follow_cast(frame);
  take_up_refused_name(frame);
  const CastBarInput bar{
      .look = input.look,
      .query = input.query,
      .catalogue = input.catalogue,
      .found = input.cast != nullptr ? static_cast<int>(input.cast->ids.size()) : 0,
      .all = input.cast != nullptr ? input.cast->character_count : 0,
      .chosen = static_cast<int>(state.chosen.size()),
      .find_key = input.find_key};
  scoped::id(id, [&] {
    take_bar(cast_header(bar, state.search, state.focus_search), frame);
    const float margin = input.look.px(4);
    const float left = ImGui::GetCursorPosX();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    ImGui::SetCursorPosX(left - margin);
    const float tiles_height = std::max(1.0F, room.y - cast_footer_height(bar));
    if (std::exchange(state.focus_tiles, false)) {
      ImGui::SetNextWindowFocus();
      state.keyboard_used = true;
    }
    const ImVec2 start = ImGui::GetCursorPos();
    scoped::child("tiles", {room.x + margin, tiles_height}, 0, own_arrow_keys(), [&] {
      result.has_focus = ImGui::IsWindowFocused();
      if (input.cast == nullptr || input.cast->ids.empty()) {
        state.keys = {};
        draw_nothing(input);
      } else {
        draw_tiles(frame);
      }
    });
    ImGui::SetCursorPos({left, start.y + tiles_height});
    take_bar(cast_footer(bar, state.tile), frame);
  });
  return result;
}

}  // namespace castboard
