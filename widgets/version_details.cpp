#include "version_details.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "controls.h"
#include "icons.h"
#include "imgui_compat.h"
#include "keys.h"
#include "picture_tile.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"
#include "version_details_layout.h"

namespace castboard {
namespace {

using What = VersionRequest::What;

float wrapped_height(const std::string& words, float width) {
  return ImGui::CalcTextSize(words.c_str(), nullptr, false, width).y;
}

void copied(VersionDetailsResult& result, const std::string& label, const std::string& value) {
  result.copy = value;
  result.copied = label;
}

// Small buttons at the right of the title.
void draw_title(const VersionDetailsInput& input, VersionDetailsResult& result) {
  const Look& look = input.look;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float side = look.px(26);
  pane_title(look, text("details.title"));
  struct TitleButton {
    const char* label;
    const char* name;
    const char* hint;
    bool* pressed;
  };
  const std::string copy_text = look.icons ? icons::kCopy.glyph : text("details.copy_text.short");
  const std::string cross = icon_text(look, icons::kClose);
  TitleButton buttons[] = {
      {copy_text.c_str(), "###copy_text", text("details.copy_text"), &result.copy_all},
      {"{ }", "###copy_json", text("details.copy_json"), &result.copy_json},
      {cross.c_str(), "###close_details", text("details.close"), &result.close}};
  float x = start.x + room;
  for (auto each = std::rbegin(buttons); each != std::rend(buttons); ++each) {
    const float width = std::max(side, ImGui::CalcTextSize(each->label).x + look.px(8));
    x -= width;
    ImGui::SetCursorScreenPos({x, start.y + (look.control_height() - side) / 2});
    const bool is_idle = input.version == nullptr && each->pressed != &result.close;
    scoped::disabled(is_idle, [&] {
      scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
        *each->pressed = button(look, (each->label + std::string(each->name)).c_str(),
                                ButtonKind::quiet, "", {width, side});
      });
    });
    item_tooltip(each->hint);
    x -= look.px(2);
  }
  ImGui::SetCursorScreenPos({start.x, start.y + look.control_height() + look.px(4)});
}

void draw_recalls(const VersionDetailsInput& input, VersionDetailsResult& result) {
  const Look& look = input.look;
  field_label(look, text("details.into_form"));
  struct RecallButton {
    const char* label;
    const char* name;
    const char* hint;
    Action action;
    What what;
  };
  const RecallButton buttons[] = {
      {text("details.recall_all"), "###recall_all", text("details.recall_all_hint"),
       Action::recall_all, What::recall_all},
      {text("details.recall_prompt"), "###recall_prompt", text("details.recall_prompt_hint"),
       Action::recall_prompt, What::recall_prompt},
      {text("details.recall_seed"), "###recall_seed", text("details.recall_seed_hint"),
       Action::recall_seed, What::recall_seed},
      {text("details.remix"), "###remix", text("details.remix_hint"), Action::remix, What::remix}};
  const float gap = look.px(6);
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  bool is_first = true;
  for (const RecallButton& each : buttons) {
    const std::string label = std::string(each.label) + each.name;
    const char* key = input.keymap.key_text(each.action);
    const float width = button_width(look, label.c_str(), key);
    if (!is_first && ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0, gap);
    is_first = false;
    scoped::disabled(each.what == What::recall_seed && !input.version->seed, [&] {
      if (button(look, label.c_str(), ButtonKind::normal, key, {0, look.px(28)})) {
        result.request = {each.what, input.version->id, Status::none};
      }
    });
    item_tooltip(each.hint);
  }
}

void group_title(const Look& look, const std::string& title) {
  if (title.empty()) return;
  ImGui::Dummy({0, look.px(6)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::GetWindowDrawList()->AddLine(at, {at.x + room, at.y}, look.colour.line);
  ImGui::Dummy({0, look.px(4)});
  scoped::font(look.heading_font, 1, [&] { ImGui::TextUnformatted(title.c_str()); });
}

// The mark that a click copies, at the right end of what is hovered.
void draw_copy_mark(const Look& look, ImVec2 from, ImVec2 to) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float side = look.px(8);
  const ImVec2 at{to.x - side - look.px(7), from.y + look.px(4)};
  const float off = look.px(3);
  list->AddRect({at.x + off, at.y}, {at.x + off + side, at.y + side}, look.colour.quiet,
                look.px(2));
  list->AddRectFilled({at.x, at.y + off}, {at.x + side, at.y + off + side}, look.colour.line,
                      look.px(2));
  list->AddRect({at.x, at.y + off}, {at.x + side, at.y + off + side}, look.colour.quiet,
                look.px(2));
}

// One value: a button over label and text that copies it.
void short_fact(const Look& look, const Fact& fact, float column, VersionDetailsResult& result) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float value_width = std::max(look.px(40), room - column);
  const float pad = look.px(3);
  const float height = wrapped_height(fact.value, value_width) + 2 * pad;
  const std::string name = "###fact_" + fact.key;
  if (compat::pressable(name.c_str(), {room, height})) {
    copied(result, fact.label, fact.value);
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) {
    const ImVec2 end{at.x + room, at.y + height};
    list->AddRectFilled(at, end, look.colour.raised, look.px(4));
    draw_copy_mark(look, at, end);
    item_tooltip(text("details.copy_hint"));
  }
  draw_text_elided(list, {at.x, at.y + pad}, column - look.px(6), look.colour.quiet, fact.label);
  list->AddText(nullptr, 0, {at.x + column, at.y + pad}, look.colour.text, fact.value.c_str(),
                nullptr, value_width);
}

// A text of its own: its label with a button that copies, and the text, which can be selected.
void long_fact(const Look& look, const Fact& fact, VersionDetailsResult& result) {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(fact.key.c_str());
  const scoped::Closer close([] { ImGui::PopID(); });
  const std::string name = fact.label + "###fact_" + fact.key;
  if (compat::pressable(name.c_str(), {room, ImGui::GetTextLineHeight() + look.px(4)})) {
    copied(result, fact.label, fact.value);
  }
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  if (hovered) {
    ImGui::GetWindowDrawList()->AddRectFilled(from, to, look.colour.raised, look.px(4));
    item_tooltip(text("details.copy_hint"));
  }
  draw_copy_mark(look, from, to);
  ImGui::GetWindowDrawList()->AddText({at.x, at.y + look.px(2)}, look.colour.quiet,
                                      fact.label.c_str());
  const float padding = look.px(7);
  std::string shown =
      with_line_breaks(fact.value, room - 2 * padding - look.px(4), [](std::string_view piece) {
        return ImGui::CalcTextSize(piece.data(), piece.data() + piece.size()).x;
      });
  const auto lines = std::count(shown.begin(), shown.end(), '\n') + 1;
  const float height =
      static_cast<float>(lines) * ImGui::GetTextLineHeight() + 2 * padding + look.px(2);
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(padding, padding)}}, [&] {
    text_area("##text", shown, {room, height}, ImGuiInputTextFlags_ReadOnly);
  });
  result.text_active |= ImGui::IsItemActive();
}

float widest_label(const std::vector<FactGroup>& groups) {
  float widest = 0;
  for (const FactGroup& group : groups) {
    for (const Fact& fact : group.facts) {
      if (!fact.is_long) widest = std::max(widest, ImGui::CalcTextSize(fact.label.c_str()).x);
    }
  }
  return widest;
}

// What is there of a copy whose format is not known.
Thumbnail first_there(const VersionDetailsInput& input, const UsedReference& reference, int side) {
  Thumbnail picture;
  picture.failure = text("details.no_copy");
  for (const std::string& url : reference.urls) {
    Thumbnail found = input.thumbnail(url, side);
    if (found.failure.empty()) return found;
  }
  return picture;
}

void draw_reference(const VersionDetailsInput& input, const UsedReference& reference,
                    VersionDetailsResult& result) {
  const Look& look = input.look;
  const float side = look.px(56);
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  scoped::id(reference.label, [&] {
    const std::string name = reference.label + "###reference";
    ImGui::SetNextItemAllowOverlap();
    if (compat::pressable(name.c_str(), {room, side})) {
      if (reference.version.empty()) {
        copied(result, reference.label, reference.words);
      } else {
        result.request = {What::go_to, reference.version, Status::none};
      }
    }
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (ImGui::IsItemHovered()) {
      list->AddRectFilled(at, {at.x + room, at.y + side}, look.colour.raised, look.px(6));
    }
    const FitBox box{at.x, at.y, side, side};
    draw_picture(look, list, box, first_there(input, reference, 128), PictureCrop::face,
                 look.px(6));
    const float x = at.x + side + look.px(10);
    const float width = room - side - look.px(14);
    const float line = ImGui::GetTextLineHeight();
    draw_text_elided(list, {x, at.y + look.px(2)}, width, look.colour.quiet, reference.label);
    draw_text_elided(list, {x, at.y + look.px(2) + line}, width, look.colour.text, reference.words);
    if (reference.hash.empty()) return;
    // Its own button, under the other one's lines.
    ImGui::SetCursorScreenPos({x, at.y + look.px(2) + 2 * line});
    if (compat::pressable("###hash", {width, line})) {
      copied(result, text("details.hash"), reference.hash);
    }
    item_tooltip(text("details.reference_hash", {reference.hash}));
    scoped::font(look.caption_font, kCaptionScale, [&] {
      draw_text_elided(list, ImGui::GetItemRectMin(), width,
                       ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet,
                       reference.hash);
    });
    ImGui::SetCursorScreenPos({at.x, at.y + side});
    ImGui::Dummy({0, 0});
  });
}

void related_buttons(const Look& look, const char* title, const char* name,
                     const std::vector<RelatedVersion>& related, VersionDetailsResult& result) {
  if (related.empty()) return;
  field_label(look, title);
  const float gap = look.px(6);
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  bool is_first = true;
  for (const RelatedVersion& each : related) {
    const std::string label =
        (each.as.empty() ? each.label : each.label + " " + each.as) + "###" + name + "_" + each.id;
    const float width = button_width(look, label.c_str());
    if (!is_first && ImGui::GetItemRectMax().x + gap + width <= right) ImGui::SameLine(0, gap);
    is_first = false;
    if (button(look, label.c_str(), ButtonKind::normal, "", {0, look.px(26)})) {
      result.request = {What::go_to, each.id, Status::none};
    }
  }
}

void draw_cell(const Look& look, const DetailedCell& cell, VersionDetailsResult& result) {
  const float room = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float pad = look.px(3);
  const float height = ImGui::GetTextLineHeight() + 2 * pad;
  const std::string name = "###cell_" + std::to_string(cell.number);
  if (compat::pressable(name.c_str(), {room, height})) result.show_cell = cell.number;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + room, at.y + height};
  if (ImGui::IsItemHovered()) list->AddRectFilled(at, end, look.colour.raised, look.px(4));
  const std::string number = std::to_string(cell.number);
  list->AddText({at.x + look.px(2), at.y + pad}, look.colour.quiet, number.c_str());
  float right = end.x - look.px(4);
  if (cell.status != Status::none) {
    const char* code = status_code(cell.status);
    const float width = ImGui::CalcTextSize(code).x;
    const float mark = look.px(11);
    const ImU32 colour = look.status_colour(cell.status);
    right -= width;
    list->AddText({right, at.y + pad}, colour, code);
    right -= mark + look.px(4);
    draw_mark(list, status_mark(cell.status), {right, at.y + (height - mark) / 2}, mark, colour);
  }
  const std::string words = cell.from.empty() ? cell.title : cell.title + ", " + cell.from;
  draw_text_elided(list, {at.x + look.px(20), at.y + pad}, right - at.x - look.px(26),
                   look.colour.text, words);
}

void draw_relations(const VersionDetailsInput& input, VersionDetailsResult& result) {
  const Look& look = input.look;
  if (!input.references.empty()) {
    group_title(look, text("details.group_references"));
    for (const UsedReference& reference : input.references) {
      draw_reference(input, reference, result);
    }
  }
  if (!input.made_from.empty() || !input.led_to.empty()) {
    group_title(look, text("details.group_lineage"));
    related_buttons(look, text("details.made_from"), "made_from", input.made_from, result);
    related_buttons(look, text("details.led_to"), "led_to", input.led_to, result);
  }
  if (!input.cells.empty()) {
    group_title(look, text("details.group_cells"));
    for (const DetailedCell& cell : input.cells) draw_cell(look, cell, result);
  }
}

}  // namespace

VersionDetailsResult version_details(const char* id, const VersionDetailsInput& input) {
  VersionDetailsResult result;
  const Look& look = input.look;
  scoped::id(id, [&] {
    draw_title(input, result);
    if (input.version == nullptr) {
      empty_state(look, text("details.title"), text("details.nothing"));
      return;
    }
    const ImVec2 room = ImGui::GetContentRegionAvail();
    scoped::child("facts", room, 0, own_arrow_keys(), [&] {
      scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(look.px(6), look.px(2))}}, [&] {
        draw_recalls(input, result);
        const float column =
            label_column(widest_label(input.facts), ImGui::GetContentRegionAvail().x, look.scale);
        // What it was made of stands after its settings, before the rest.
        constexpr std::size_t kSettingsEnd = 2;
        for (std::size_t i = 0; i < input.facts.size(); ++i) {
          if (i == kSettingsEnd) draw_relations(input, result);
          const FactGroup& group = input.facts[i];
          group_title(look, group.title);
          for (const Fact& fact : group.facts) {
            if (fact.is_long) {
              long_fact(look, fact, result);
            } else {
              short_fact(look, fact, column, result);
            }
          }
        }
        if (input.facts.size() <= kSettingsEnd) draw_relations(input, result);
      });
    });
  });
  return result;
}

}  // namespace castboard
