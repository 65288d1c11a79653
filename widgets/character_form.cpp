#include "character_form.h"

#include <algorithm>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Rows nobody filled are no traits.
CharacterDraft without_empty_traits(CharacterDraft draft) {
  std::erase_if(draft.traits,
                [](const Trait& trait) { return is_blank(trait.key) && is_blank(trait.value); });
  return draft;
}

void close_label_gap(const Look& look) {
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + look.px(3));
}

// One key = value; true when its cross was pressed.
bool trait_row(const Look& look, Trait& trait, float width, CharacterFormResult& result) {
  const float gap = look.px(6);
  const float cross = look.control_height();
  const float key = (width - cross - 2 * gap) * 0.38F;
  text_field("###key", text("character.trait_key"), trait.key, key);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine(0, gap);
  text_field("###value", text("character.trait_value"), trait.value, width - cross - 2 * gap - key);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine(0, gap);
  const bool pressed = compat::pressable("###remove", {cross, cross});
  const ImVec2 corner = ImGui::GetItemRectMin();
  const float mark = look.px(9);
  draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
            {corner.x + (cross - mark) / 2, corner.y + (cross - mark) / 2}, mark,
            ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet);
  item_tooltip(text("character.form.remove_trait"));
  return pressed;
}

void traits(const Look& look, CharacterFormState& state, CharacterFormResult& result) {
  field_label(look, text("character.traits"));
  close_label_gap(look);
  auto& rows = state.draft.traits;
  std::size_t removed = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    scoped::id(static_cast<int>(i), [&] {
      if (trait_row(look, rows[i], ImGui::GetContentRegionAvail().x, result)) removed = i;
    });
  }
  if (removed < rows.size()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(removed));
  if (button(look, labelled("character.add_trait", "add_trait").c_str())) rows.push_back({});
}

void fields(const Look& look, CharacterFormState& state, CharacterFormResult& result) {
  CharacterDraft& draft = state.draft;
  field_label(look, text("character.form.name"));
  close_label_gap(look);
  if (state.focus_name) {
    compat::focus_next_item();
    state.focus_name = false;
  }
  text_field("###name", text("character.form.name_hint"), draft.name);
  result.text_active |= ImGui::IsItemActive();
  // Not before the user had a chance to type one.
  if (state.tried || !draft.name.empty()) field_problem(look, draft_problem(draft));
  field_label(look, text("character.description"));
  close_label_gap(look);
  const float height = ImGui::GetTextLineHeight() * 4 + 2 * ImGui::GetStyle().FramePadding.y;
  text_area("###description", draft.description, {ImGui::GetContentRegionAvail().x, height});
  result.text_active |= ImGui::IsItemActive();
  traits(look, state, result);
}

std::string error_text(const Error* error) {
  if (error == nullptr) return {};
  return error->hint.empty() ? error->message : error->message + ". " + error->hint;
}

void buttons(const Look& look, CharacterFormState& state, bool busy, CharacterFormResult& result) {
  const bool is_new = state.editing.empty();
  const float gap = look.px(8);
  const float height = look.primary_height();
  const float cancel = button_width(look, text("character.form.cancel")) + look.px(8);
  result.cancel = button(look, labelled("character.form.cancel", "cancel").c_str(),
                         ButtonKind::normal, "", {cancel, height});
  ImGui::SameLine(0, gap);
  const std::string label =
      labelled(is_new ? "character.form.create" : "character.form.save", "save");
  scoped::disabled(busy, [&] {
    if (!button(look, label.c_str(), ButtonKind::primary, "",
                {ImGui::GetContentRegionAvail().x, height})) {
      return;
    }
    state.tried = true;
    if (draft_problem(state.draft).empty()) result.save = without_empty_traits(state.draft);
  });
}

}  // namespace

CharacterFormState new_character(const ProjectId& project) {
  CharacterFormState state;
  state.draft.project_id = project;
  return state;
}

CharacterFormState edit_of(const Character& character) {
  CharacterFormState state;
  state.draft.project_id = character.project_id;
  state.draft.name = character.name;
  state.draft.description = character.description;
  state.draft.traits = character.traits;
  state.editing = character.id;
  return state;
}

std::string draft_problem(const CharacterDraft& draft) {
  if (is_blank(draft.name)) return text("character.problem.no_name");
  if (code_points(draft.name) > kMaxNameLength) {
    return text("character.problem.long_name", {std::to_string(kMaxNameLength)});
  }
  for (std::size_t i = 0; i < draft.traits.size(); ++i) {
    const Trait& trait = draft.traits[i];
    if (is_blank(trait.key) && !is_blank(trait.value)) {
      return text("character.problem.trait_key", {trait.value});
    }
    const auto same = [&trait](const Trait& other) { return other.key == trait.key; };
    if (!is_blank(trait.key) &&
        std::any_of(draft.traits.begin(), draft.traits.begin() + static_cast<std::ptrdiff_t>(i),
                    same)) {
      return text("character.problem.same_traits", {trait.key});
    }
  }
  return {};
}

CharacterFormResult character_form(const char* id, CharacterFormState& state, const Look& look,
                                   bool busy, const Error* error) {
  CharacterFormResult result;
  scoped::id(id, [&] {
    fields(look, state, result);
    ImGui::Spacing();
    field_problem(look, error_text(error));
    buttons(look, state, busy, result);
  });
  return result;
}

}  // namespace castboard
