#include "batch_dialog.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "controls.h"
#include "generation_draft.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kRow = 24;
constexpr const char* kDot = "  \xC2\xB7  ";
constexpr std::size_t kMostRows = 9;  // in view; the rest scrolls

// "Expression Sheet, All nine / Anime / 1:1 / Sketch"
std::string settings_text(const BatchDialogInput& input) {
  const GenerationRequest& request = input.batch.request;
  const Catalogue& catalogue = input.catalogue;
  std::string line = request.template_type;
  if (const Template* found = catalogue.find_template(request.template_type)) line = found->title;
  if (const Shot* shot = catalogue.find_shot(request.template_type, request.shot)) {
    line += ", " + shot->title;
  }
  const ArtStyle* style = catalogue.find_style(request.art_style);
  line += kDot + (style != nullptr ? style->title : request.art_style);
  line += kDot + request.aspect_ratio;
  const ProviderInfo* provider = catalogue.find_provider(request.provider);
  line += kDot + (provider != nullptr ? provider->title : request.provider);
  if (request.count > 1) {
    line += kDot + text("batch.of_each", {std::to_string(request.count)});
  }
  return line;
}

void character_row(const Look& look, const BatchItem& item) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = look.px(kRow);
  ImGui::Dummy({width, height});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float top = at.y + (height - ImGui::GetFontSize()) / 2;
  const float mark = look.px(10);
  const float name_left = at.x + mark + look.px(8);
  const float name_width = width * 0.4F - look.px(8);
  const std::string& name = item.character_name.empty() ? item.character_id : item.character_name;
  const ImU32 colour = item.refused ? look.colour.omitted : look.colour.quiet;
  draw_mark(list, item.refused ? Mark::cross : Mark::check, {at.x, at.y + (height - mark) / 2},
            mark, colour);
  draw_text_elided(list, {name_left, top}, name_width, look.colour.text, name);
  const float right = at.x + width;
  if (!item.refused) {
    const std::string credits = credits_text(item.credits);
    list->AddText({right - ImGui::CalcTextSize(credits.c_str()).x, top}, look.colour.quiet,
                  credits.c_str());
    return;
  }
  const float left = name_left + name_width + look.px(8);
  draw_text_elided(list, {left, top}, right - left, colour, item.refused->message);
  item_tooltip(item.refused->hint.empty() ? item.refused->message
                                          : item.refused->message + ". " + item.refused->hint);
}

float rows_height(const Look& look, std::size_t count) {
  return static_cast<float>(std::min<std::size_t>(count, kMostRows)) * look.px(kRow);
}

void characters(const BatchDialogInput& input) {
  const Look& look = input.look;
  const auto& items = input.quote->items;
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(0, 0)}}, [&] {
    scoped::child("characters", {0, rows_height(look, items.size())}, [&] {
      ImGuiListClipper clipper;
      clipper.Begin(static_cast<int>(items.size()), look.px(kRow));
      while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
          character_row(look, items[static_cast<std::size_t>(i)]);
        }
      }
    });
  });
}

// "12 pictures" on the left, the sum and what is left after it on the right.
void total(const BatchDialogInput& input) {
  const Look& look = input.look;
  const BatchQuote& quote = *input.quote;
  const std::string pictures = counted("batch.pictures", quote.pictures);
  const auto refused =
      std::count_if(quote.items.begin(), quote.items.end(),
                    [](const BatchItem& item) { return item.refused.has_value(); });
  ImGui::Separator();
  const float room = ImGui::GetContentRegionAvail().x;
  const float left = ImGui::GetCursorPosX();
  heading(look, pictures + ", " + credits_text(quote.credits));
  if (!input.credits_left || quote.credits == 0) {
    if (refused > 0) caption(look, counted("batch.refused", refused));
    return;
  }
  const std::int64_t after = *input.credits_left - quote.credits;
  const std::string words = after >= 0 ? text("batch.left_after", {std::to_string(after)})
                                       : text("batch.too_many", {std::to_string(-after)});
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + room - ImGui::CalcTextSize(words.c_str()).x);
  scoped::colours({{ImGuiCol_Text, after >= 0 ? look.colour.quiet : look.colour.omitted}},
                  [&] { ImGui::TextUnformatted(words.c_str()); });
  if (refused > 0) caption(look, counted("batch.refused", refused));
}

std::string error_text(const Error& error) {
  return error.hint.empty() ? error.message : error.message + ". " + error.hint;
}

void question(const Look& look, const std::string& ask) {
  if (ask.empty()) return;
  scoped::colours({{ImGuiCol_Text, look.colour.pending}}, [&] {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(ask.c_str());
    ImGui::PopTextWrapPos();
  });
}

}  // namespace

BatchDialogResult batch_dialog(const char* id, const BatchDialogInput& input) {
  BatchDialogResult result;
  const Look& look = input.look;
  const BatchQuote* quote = input.quote;
  scoped::id(id, [&] {
    heading(look, counted("batch.title", static_cast<std::int64_t>(input.batch.characters.size())));
    ImGui::PushTextWrapPos(0);
    caption(look, settings_text(input));
    ImGui::PopTextWrapPos();
    if (input.own_prompt) question(look, text("batch.own_prompt"));
    bool active = input.batch.active_as_reference;
    if (ImGui::Checkbox(labelled("batch.active_reference", "active_reference").c_str(), &active)) {
      result.active_as_reference = active;
    }
    item_tooltip(text("batch.active_reference_tip"));
    ImGui::Spacing();
    if (input.error != nullptr) {
      field_problem(look, error_text(*input.error));
    } else if (quote == nullptr) {
      // As high as it will be: the window does not grow when the price comes.
      const ImVec2 start = ImGui::GetCursorPos();
      caption(look, text("batch.adding_up"));
      ImGui::SetCursorPos(start);
      ImGui::Dummy({0, rows_height(look, input.batch.characters.size()) +
                           ImGui::GetTextLineHeightWithSpacing()});
    } else {
      characters(input);
      total(input);
      if (quote->refused) field_problem(look, error_text(*quote->refused));
      if (!quote->refused) question(look, quote->ask);
    }
    ImGui::Dummy({0, look.px(4)});
    const float height = look.primary_height();
    result.cancel = button(look, labelled("batch.cancel", "cancel_batch").c_str(),
                           ButtonKind::normal, "", {0, height}) ||
                    ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    ImGui::SameLine(0, look.px(8));
    const bool can = quote != nullptr && quote->pictures > 0 && !quote->refused;
    std::string label = text("batch.generate");
    if (can) {
      label = quote->ask.empty() ? counted("batch.go", quote->pictures)
                                 : counted("batch.go_anyway", quote->pictures);
    }
    label += "###generate_batch";
    scoped::disabled(!can, [&] {
      result.generate = button(look, label.c_str(), ButtonKind::primary, "",
                               {ImGui::GetContentRegionAvail().x, height});
    });
  });
  return result;
}

}  // namespace castboard
