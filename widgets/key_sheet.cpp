#include "key_sheet.h"

#include <imgui.h>

#include <algorithm>
#include <cctype>

#include "controls.h"
#include "keys.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

struct Group {
  ActionGroup group;
  const char* title;
};
constexpr Group kGroups[] = {
    {ActionGroup::general, "keys.group.general"}, {ActionGroup::versions, "keys.group.versions"},
    {ActionGroup::view, "keys.group.view"},       {ActionGroup::compare, "keys.group.compare"},
    {ActionGroup::review, "keys.group.review"},   {ActionGroup::form, "keys.group.form"},
    {ActionGroup::cast, "keys.group.cast"},
};

constexpr float kKeyWidth = 104;

bool contains(std::string_view where, std::string_view what) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(where.begin(), where.end(), what.begin(), what.end(), same) != where.end();
}

bool is_wanted(Action action, const Keymap& keymap, const std::string& search) {
  return contains(action_title(action), search) || contains(keymap.key_text(action), search);
}

std::string conflict_text(Action action, const Keymap& keymap) {
  std::string others;
  for (const Action other : keymap.conflicts(action)) {
    if (!others.empty()) others += ", ";
    others += action_title(other);
  }
  return others.empty() ? others : text("keys.conflict", {others});
}

// Takes the keys that were pressed for the action that asks.
void listen(Keymap& keymap, KeySheetState& state, KeySheetResult& result) {
  if (!state.asking) return;
  const std::optional<Chord> chord = chord_pressed_now();
  if (!chord) return;
  if (*chord == Chord{.key = ImGuiKey_Backspace}) {
    keymap.set(*state.asking, {});
  } else if (*chord != Chord{.key = ImGuiKey_Escape} || *state.asking == Action::back) {
    keymap.set(*state.asking, *chord);
  }
  result.changed = true;
  state.asking.reset();
}

void draw_action(Action action, Keymap& keymap, KeySheetState& state, const Look& look,
                 KeySheetResult& result) {
  scoped::id(static_cast<int>(action), [&] {
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = look.px(kKeyWidth);
    const ImVec2 start = ImGui::GetCursorPos();
    const float text_y = start.y + (look.control_height() - ImGui::GetTextLineHeight()) / 2;
    const bool asks = state.asking == action;
    const std::string clash = conflict_text(action, keymap);
    ImGui::SetCursorPosY(text_y);
    text_elided(action_title(action), room - width - look.px(12));
    if (!clash.empty()) {
      const float icon = look.px(12);
      draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
                {ImGui::GetItemRectMax().x + look.px(6),
                 ImGui::GetItemRectMin().y + (ImGui::GetTextLineHeight() - icon) / 2},
                icon, look.colour.omitted);
    }
    ImGui::SetCursorPos({start.x + room - width, start.y});
    const char* keys = keymap.key_text(action);
    const std::string shown =
        asks ? text("keys.press") : (*keys != '\0' ? keys : text("keys.none"));
    const std::string label = shown + "###key_" + std::string(action_name(action));
    if (button(look, label.c_str(), asks ? ButtonKind::selected : ButtonKind::normal, "",
               {width, 0})) {
      state.asking = asks ? std::nullopt : std::optional(action);
    }
    if (!keymap.is_default(action)) {
      item_tooltip(text("keys.reset_one", {to_string(Keymap::default_chord(action))}));
      scoped::context_menu("menu", [&] {
        const std::string reset =
            text("keys.reset_one", {to_string(Keymap::default_chord(action))}) + "###reset_key";
        if (!ImGui::MenuItem(reset.c_str())) return;
        keymap.set(action, Keymap::default_chord(action));
        result.changed = true;
      });
    }
    if (clash.empty()) return;
    scoped::font(look.caption_font, kCaptionScale, [&] {
      scoped::colours({{ImGuiCol_Text, look.colour.omitted}}, [&] { text_elided(clash, room); });
    });
  });
}

void draw_group(const Group& group, Keymap& keymap, KeySheetState& state, const Look& look,
                KeySheetResult& result) {
  bool titled = false;
  for (std::size_t i = 0; i < kActionCount; ++i) {
    const auto action = static_cast<Action>(i);
    if (action_group(action) != group.group || !is_wanted(action, keymap, state.search)) continue;
    if (!titled) field_label(look, text(group.title));
    titled = true;
    draw_action(action, keymap, state, look, result);
  }
  if (titled) ImGui::Dummy({0, look.px(6)});
}

bool anything_wanted(const Keymap& keymap, const std::string& search) {
  for (std::size_t i = 0; i < kActionCount; ++i) {
    if (is_wanted(static_cast<Action>(i), keymap, search)) return true;
  }
  return false;
}

}  // namespace

KeySheetResult key_sheet(const char* id, Keymap& keymap, KeySheetState& state, const Look& look) {
  KeySheetResult result;
  scoped::id(id, [&] {
    if (!state.asking && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) result.close = true;
    listen(keymap, state, result);
    const float reset_width = button_width(look, text("keys.reset"));
    const float room = ImGui::GetContentRegionAvail().x;
    text_field("##find_key", text("keys.find"), state.search, room - reset_width - look.px(8));
    result.text_active = ImGui::IsItemActive();
    ImGui::SameLine(0, look.px(8));
    if (button(look, text("keys.reset"))) {
      keymap.reset();
      state.asking.reset();
      result.changed = true;
    }
    caption(look, text("keys.hint"));
    scoped::child("actions", {0, 0}, 0, own_arrow_keys(), [&] {
      if (!anything_wanted(keymap, state.search)) caption(look, text("keys.nothing_found"));
      const bool two = ImGui::GetContentRegionAvail().x > look.px(600);
      const float gap = look.px(28);
      const float width = two ? (ImGui::GetContentRegionAvail().x - gap) / 2 : 0;
      // The longest groups share the two columns about evenly.
      const auto column = [&](const char* name, auto&& is_in) {
        scoped::child(name, {width, 0}, ImGuiChildFlags_AutoResizeY, own_arrow_keys(), [&] {
          for (const Group& group : kGroups) {
            if (is_in(group.group)) draw_group(group, keymap, state, look, result);
          }
        });
      };
      const auto is_left = [](ActionGroup group) {
        return group == ActionGroup::general || group == ActionGroup::versions;
      };
      if (!two) {
        column("all", [](ActionGroup) { return true; });
        return;
      }
      column("left", is_left);
      ImGui::SameLine(0, gap);
      column("right", [&](ActionGroup group) { return !is_left(group); });
    });
  });
  return result;
}

}  // namespace castboard
