// What is sent to the provider, to be read and to be written by hand.
#include <algorithm>

#include "generation_form_parts.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard::form_parts {
namespace {

std::size_t characters_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// What would be sent now, as far as it is known.
const std::string& shown_prompt(const Form& form) {
  static const std::string kNone;
  if (!form.request().prompt.empty()) return form.request().prompt;
  return form.input.quote != nullptr ? form.input.quote->made_prompt : kNone;
}

std::string length_words(const Form& form) {
  const std::string& prompt = shown_prompt(form);
  if (prompt.empty()) return {};
  const std::string length = std::to_string(characters_of(prompt));
  const ProviderInfo* provider = form.provider();
  if (provider == nullptr || provider->prompt_limit == 0) {
    return text("form.prompt.characters", {length});
  }
  return text("form.prompt.of_limit", {length, std::to_string(provider->prompt_limit)});
}

// The line that folds and unfolds, with the state it hides.
void fold_line(const Form& form) {
  const Look& look = form.look();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = room_width();
  const float height = ImGui::GetTextLineHeight() + look.px(6);
  if (compat::pressable("###prompt_fold", {width, height})) {
    form.state.prompt_open = !form.state.prompt_open;
  }
  const bool hovered = ImGui::IsItemHovered();
  item_tooltip(text("form.prompt.hint"));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = hovered ? look.colour.text : look.colour.quiet;
  const float middle = from.y + height / 2;
  const float half = look.px(4);
  const float left = from.x + half;
  if (form.state.prompt_open) {
    list->AddTriangleFilled({left - half, middle - half * 0.6F},
                            {left + half, middle - half * 0.6F}, {left, middle + half * 0.8F}, ink);
  } else {
    list->AddTriangleFilled({left - half * 0.6F, middle - half}, {left + half * 0.8F, middle},
                            {left - half * 0.6F, middle + half}, ink);
  }
  const float line = middle - ImGui::GetTextLineHeight() / 2;
  float x = from.x + look.px(14);
  list->AddText({x, line}, ink, text("form.prompt"));
  x += ImGui::CalcTextSize(text("form.prompt")).x + look.px(8);
  if (!form.request().prompt.empty()) {
    x += draw_badge(look, list, {x, middle - badge_size(look, text("form.prompt.edited")).y / 2},
                    text("form.prompt.edited"), look.colour.accent, look.colour.on_accent)
             .x +
         look.px(8);
  }
  scoped::font(look.caption_font, kCaptionScale, [&] {
    const std::string words = length_words(form);
    const ImVec2 size = ImGui::CalcTextSize(words.c_str());
    if (x + size.x > from.x + width) return;
    list->AddText({from.x + width - size.x, middle - size.y / 2}, look.colour.quiet, words.c_str());
  });
}

void buttons(const Form& form) {
  const Look& look = form.look();
  std::string& own = form.request().prompt;
  const std::string shown = shown_prompt(form);
  scoped::disabled(shown.empty(), [&] {
    if (own.empty()) {
      if (button(look, labelled("form.prompt.edit", "edit_prompt").c_str())) {
        own = shown;
        form.state.focus_prompt = true;
      }
      item_tooltip(text("form.prompt.edit.hint"));
    } else {
      if (button(look, labelled("form.prompt.reset", "reset_prompt").c_str())) {
        own.clear();
      }
      item_tooltip(text("form.prompt.reset.hint"));
    }
    ImGui::SameLine();
    if (button(look, labelled("form.prompt.copy", "copy_prompt").c_str())) {
      ImGui::SetClipboardText(shown.c_str());
    }
  });
}

}  // namespace

void prompt(const Form& form) {
  fold_line(form);
  if (form.state.prompt_open) {
    const Look& look = form.look();
    const float height = ImGui::GetTextLineHeight() * 6 + 2 * ImGui::GetStyle().FramePadding.y;
    std::string& own = form.request().prompt;
    std::string shown = shown_prompt(form);
    if (shown.empty()) {
      hint(form, text("form.prompt.waiting"));
    } else if (own.empty()) {
      scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
        text_area("###prompt_made", shown, {room_width(), height}, ImGuiInputTextFlags_ReadOnly);
      });
      form.result.text_active |= ImGui::IsItemActive();
    } else {
      if (form.state.focus_prompt) {
        compat::focus_next_item();
        form.state.focus_prompt = false;
      }
      text_area("###prompt", own, {room_width(), height});
      form.result.text_active |= ImGui::IsItemActive();
    }
    buttons(form);
  }
  problems_at(form, DraftField::prompt);
}

}  // namespace castboard::form_parts
