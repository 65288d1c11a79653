#include <algorithm>

#include "generation_form_parts.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard::form_parts {
namespace {

struct CostWords {
  std::string price;
  std::string reason;
  std::string left;
};

CostWords cost_words(const Form& form) {
  CostWords words;
  const GenerationQuote* quote = form.input.quote;
  const ProviderInfo* provider = form.provider();
  if (quote != nullptr) {
    words.price = credits_text(quote->credits);
    // A free provider's reason is that it is free.
    if (quote->credits_reason != words.price) words.reason = quote->credits_reason;
    if (form.input.credits_left && quote->credits > 0) {
      words.left =
          text("form.left_after", {std::to_string(*form.input.credits_left - quote->credits)});
    }
  } else if (provider != nullptr && provider->free) {
    words.price = credits_text(0);
  } else {
    words.price = form.input.quote_pending ? "..." : text("form.cost.unknown");
  }
  return words;
}

void cost(const Form& form) {
  const Look& look = form.look();
  const CostWords words = cost_words(form);
  const float end = ImGui::GetCursorPosX() + room_width();
  if (form.is_short) {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextUnformatted(text("form.cost")); });
    ImGui::SameLine(0, look.px(8));
  } else {
    label(form, text("form.cost"));
  }
  heading(look, words.price);
  ImGui::SameLine(0, look.px(6));
  // The reason matters more than what is left, which the tooltip has too.
  const float left_width = ImGui::CalcTextSize(words.left.c_str()).x;
  const float reason_width = ImGui::CalcTextSize(words.reason.c_str()).x;
  const bool shows_left = !words.left.empty() &&
                          ImGui::GetCursorPosX() + reason_width + left_width + look.px(12) <= end;
  scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] {
    text_elided(words.reason, end - ImGui::GetCursorPosX());
    if (!shows_left) {
      if (!words.left.empty()) item_tooltip(text("form.cost.both", {words.reason, words.left}));
      return;
    }
    ImGui::SameLine();
    ImGui::SetCursorPosX(end - left_width);
    if (words.left.front() == '-') ImGui::PushStyleColor(ImGuiCol_Text, look.colour.omitted);
    ImGui::TextUnformatted(words.left.c_str());
    if (words.left.front() == '-') ImGui::PopStyleColor();
  });
  if (form.input.quote == nullptr) return;
  for (const std::string& note : form.input.quote->notes) {
    scoped::font(look.caption_font, kCaptionScale, [&] {
      scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                      [&] { text_elided(note, room_width()); });
    });
  }
}

// What stands in the way, unless it is to be read at its field already; may be null.
const DraftProblem* footer_problem(const Form& form) {
  if (form.problems.empty() || form.state.problem_in_sight) return nullptr;
  return &form.problems.front();
}

void draw_problem(const Look& look, const DraftProblem& problem) {
  // Nobody has done anything wrong yet where no character is shown.
  if (problem.field == DraftField::character) {
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}},
                    [&] { ImGui::TextWrapped("%s", problem.message.c_str()); });
    return;
  }
  field_problem(look, problem.message);
}

void left_button(const Form& form, float width) {
  const Look& look = form.look();
  const ImVec2 size{width, look.primary_height()};
  if (form.input.modal) {
    form.result.cancel =
        button(look, labelled("form.cancel", "cancel").c_str(), ButtonKind::normal, "", size);
    return;
  }
  const GenerationDraft::Change* change = undoable_change(form.state.draft);
  const std::string undo_hint = change != nullptr ? text("form.undo.hint", {change->what}) : "";
  const std::string shown = labelled(change != nullptr ? "form.undo" : "form.reset", "reset");
  const bool pressed = button(look, shown.c_str(), ButtonKind::normal, "", size);
  if (change != nullptr) item_tooltip(undo_hint);
  if (!pressed) return;
  if (change != nullptr) {
    undo_change(form.state.draft);
  } else {
    reset_draft(form.state.draft, form.catalogue());
    form.result.reset = true;
  }
}

// The primary button with its key, or without where there is no room.
bool generate_button(const Look& look, const char* key, float width) {
  const char* words = text("form.generate");
  const bool has_room = width >= button_width(look, words, key) + look.px(12);
  const bool fits = width >= button_width(look, words);
  const std::string shown = labelled(fits ? "form.generate" : "form.generate.short", "generate");
  const bool pressed = button(look, shown.c_str(), ButtonKind::primary, has_room ? key : "",
                              {width, look.primary_height()});
  if (!has_room) item_tooltip(text("form.generate.hint", {key}));
  return pressed;
}

void buttons(const Form& form, bool ctrl_enter) {
  const Look& look = form.look();
  const float gap = look.px(8);
  const float left = std::max(
      look.px(64), button_width(look, text(form.input.modal ? "form.cancel" : "form.reset")));
  left_button(form, left);
  ImGui::SameLine(0, gap);
  const bool blocked = !form.problems.empty() || form.input.busy;
  scoped::disabled(blocked, [&] {
    if (generate_button(look, form.input.generate_key, room_width()) || ctrl_enter)
      form.result.generate = form.request();
  });
  if (!form.problems.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) {
    ImGui::SetItemTooltip("%s", form.problems.front().message.c_str());
  }
  if (blocked) form.result.generate.reset();
}

}  // namespace

float footer_height(const Form& form) {
  const Look& look = form.look();
  const ImGuiStyle& style = ImGui::GetStyle();
  const float line = ImGui::GetTextLineHeightWithSpacing();
  const float label_line = form.is_short ? 0 : line;
  float height = label_line + line + look.primary_height() + style.ItemSpacing.y + look.px(2);
  if (form.input.quote != nullptr)
    height += line * static_cast<float>(form.input.quote->notes.size());
  if (const DraftProblem* problem = footer_problem(form)) {
    height += ImGui::CalcTextSize(problem->message.c_str(), nullptr, false, room_width()).y +
              style.ItemSpacing.y;
  }
  return height;
}

void footer(const Form& form, bool ctrl_enter) {
  cost(form);
  if (const DraftProblem* problem = footer_problem(form)) draw_problem(form.look(), *problem);
  buttons(form, ctrl_enter);
}

}  // namespace castboard::form_parts
