#include "character_details.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "character_form.h"
#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kHeader = 30;
constexpr float kOpenHeight = 236;
constexpr float kLeastGrid = 180;  // what the grid above keeps

struct Frame {
  const Look& look;
  CharacterDetailsState& state;
  CharacterDetailsResult& result;
  bool active = false;    // a field has the keyboard
  bool leave = false;     // one was left, or a button changed something
  bool given_up = false;  // it was left by Esc
};

void note_field(Frame& frame) {
  frame.active |= ImGui::IsItemActive();
  if (!ImGui::IsItemDeactivated()) return;
  frame.leave = true;
  frame.given_up |= ImGui::IsKeyPressed(ImGuiKey_Escape, false);
}

void close_label_gap(const Look& look) {
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + look.px(3));
}

bool header(const Look& look, const Character* character, CharacterDetailsState& state) {
  const ImVec2 size{ImGui::GetContentRegionAvail().x, look.px(kHeader)};
  const bool is_pressed = compat::pressable("###details", size);
  item_tooltip(text(state.open ? "character.fold" : "character.unfold"));
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const ImU32 colour = ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = look.px(4);
  const ImVec2 at{from.x + half, (from.y + to.y) / 2};
  if (state.open) {
    list->AddTriangleFilled({at.x - half, at.y - half * 0.6F}, {at.x + half, at.y - half * 0.6F},
                            {at.x, at.y + half * 0.8F}, colour);
  } else {
    list->AddTriangleFilled({at.x - half * 0.6F, at.y - half}, {at.x + half * 0.8F, at.y},
                            {at.x - half * 0.6F, at.y + half}, colour);
  }
  const float left = from.x + look.px(14);
  scoped::font(look.heading_font, 1, [&] {
    draw_text_elided(list, {left, at.y - ImGui::GetFontSize() / 2}, to.x - left, colour,
                     character != nullptr ? character->name : text("character.title"));
  });
  return is_pressed;
}

// One key = value; true when its cross was pressed.
bool trait_row(Frame& frame, Trait& trait, float width) {
  const Look& look = frame.look;
  const float gap = look.px(6);
  const float side = look.px(24);
  const float key = (width - side - 2 * gap) * 0.36F;
  text_field("###key", text("character.trait_key"), trait.key, key);
  note_field(frame);
  ImGui::SameLine(0, gap);
  text_field("###value", text("character.trait_value"), trait.value, width - side - 2 * gap - key);
  note_field(frame);
  ImGui::SameLine(0, gap);
  const bool is_pressed = compat::pressable("###remove", {side, ImGui::GetFrameHeight()});
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const float mark = look.px(9);
  draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
            {(from.x + to.x - mark) / 2, (from.y + to.y - mark) / 2}, mark,
            ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet);
  item_tooltip(text("character.remove_trait"));
  return is_pressed;
}

void traits(Frame& frame) {
  std::vector<Trait>& rows = frame.state.draft.traits;
  field_label(frame.look, text("character.traits"));
  close_label_gap(frame.look);
  std::size_t removed = rows.size();
  const float width = ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    scoped::id(static_cast<int>(i), [&] {
      if (trait_row(frame, rows[i], width)) removed = i;
    });
  }
  if (removed < rows.size()) {
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(removed));
    frame.leave = true;
  }
  if (button(frame.look, labelled("character.add_trait", "add_trait").c_str())) rows.push_back({});
}

void fields(Frame& frame, const std::string& problem) {
  field_problem(frame.look, problem);
  field_label(frame.look, text("character.description"));
  close_label_gap(frame.look);
  if (frame.state.take_keyboard) compat::focus_next_item();
  frame.state.take_keyboard = false;
  const float height = ImGui::GetTextLineHeight() * 3 + 2 * ImGui::GetStyle().FramePadding.y;
  text_area("###description", frame.state.draft.description,
            {ImGui::GetContentRegionAvail().x, height});
  note_field(frame);
  traits(frame);
}

// Rows nobody filled are no traits.
CharacterDraft without_empty_traits(CharacterDraft draft) {
  std::erase_if(draft.traits,
                [](const Trait& trait) { return trait.key.empty() && trait.value.empty(); });
  return draft;
}

bool is_unsaved(const CharacterDetailsState& state) {
  return !(without_empty_traits(state.draft) == state.seen);
}

void save(Frame& frame) {
  const CharacterDraft draft = without_empty_traits(frame.state.draft);
  if (!draft_problem(draft).empty()) return;  // said at the field; kept when it is mended
  frame.result.save = frame.state.editing;
  frame.result.draft = draft;
}

// Follows what the library has, but never takes away what is being typed.
void follow(Frame& frame, const Character* character) {
  CharacterDetailsState& state = frame.state;
  if (character == nullptr) return;
  const CharacterDraft now = draft_of(*character);
  if (state.editing != character->id) {
    if (!state.editing.empty() && state.was_active && is_unsaved(state)) save(frame);
    state.editing = character->id;
    state.draft = state.seen = now;
    return;
  }
  if (now == state.seen) return;
  const bool is_typing = state.was_active;
  // The name is edited elsewhere.
  state.draft.name = now.name;
  if (!is_typing) state.draft = now;
  state.seen = now;
}

}  // namespace

CharacterDraft draft_of(const Character& character) {
  return {character.project_id, character.name, character.description, character.traits};
}

float character_details_height(const Look& look, const CharacterDetailsState& state, float room) {
  if (!state.open) return look.px(kHeader);
  return std::clamp(room - look.px(kLeastGrid), look.px(kHeader), look.px(kOpenHeight));
}

CharacterDetailsResult character_details(const char* id, const Look& look,
                                         const Character* character, const Error* error,
                                         CharacterDetailsState& state) {
  CharacterDetailsResult result;
  Frame frame{look, state, result};
  scoped::id(id, [&] {
    follow(frame, character);
    if (header(look, character, state)) state.open = !state.open;
    if (!state.open || character == nullptr) return;
    scoped::child("fields", ImGui::GetContentRegionAvail(), 0, 0, [&] {
      scoped::disabled(!character->deleted_at.empty(), [&] {
        std::string problem = draft_problem(without_empty_traits(state.draft));
        if (problem.empty() && error != nullptr) problem = error->message;
        fields(frame, problem);
      });
    });
    if (frame.given_up) {
      state.draft = state.seen;
    } else if (frame.leave && !frame.active && is_unsaved(state)) {
      save(frame);
    }
  });
  state.was_active = frame.active;
  result.text_active = frame.active;
  return result;
}

}  // namespace castboard
