#include "preset_menu.h"

#include <algorithm>

#include "controls.h"
#include "imgui_compat.h"
#include "scoped.h"
#include "text_field.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr const char* kMenu = "###preset_menu";
constexpr float kMenuWidth = 300;
constexpr int kRowsShown = 8;

bool is_own(const Preset& preset) {
  return preset.layer == "user";
}

std::string described(const Preset& preset) {
  std::string text;
  for (const std::string* part :
       {&preset.template_type, &preset.art_style, &preset.aspect_ratio, &preset.provider}) {
    if (!part->empty()) text += (text.empty() ? "" : ", ") + *part;
  }
  return text;
}

// The cross at the end of a row of one's own.
bool remove_cross(const Look& look, const Preset& preset, ImVec2 row_end) {
  const float side = look.px(20);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({row_end.x - side, row_end.y - look.px(23)});
  const bool pressed = compat::pressable("###delete_preset", {side, side});
  const ImVec2 corner = ImGui::GetItemRectMin();
  const float mark = look.px(8);
  draw_mark(ImGui::GetWindowDrawList(), Mark::cross,
            {corner.x + (side - mark) / 2, corner.y + (side - mark) / 2}, mark,
            ImGui::IsItemHovered() ? look.colour.text : look.colour.quiet);
  item_tooltip(text("presets.delete", {preset.name}));
  ImGui::SetCursorScreenPos(after);
  // Dear ImGui wants an item where the cursor was put.
  scoped::vars({{ImGuiStyleVar_ItemSpacing, ImVec2(0, 0)}}, [] { ImGui::Dummy({0, 0}); });
  return pressed;
}

void preset_row(const PresetMenuInput& input, const Preset& preset, PresetMenuResult& result) {
  const Look& look = input.look;
  scoped::id(preset.name, [&] {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = look.px(26);
    ImGui::SetNextItemAllowOverlap();
    if (ImGui::Selectable("###use_preset", false, ImGuiSelectableFlags_None, {0, height})) {
      result.apply = preset;
      ImGui::CloseCurrentPopup();
    }
    item_tooltip(described(preset) + "\n" + preset.layer + ": " + preset.file);
    scoped::context_menu("file", [&] {
      if (ImGui::MenuItem(text("presets.show_file"))) result.show_file = preset.file;
      if (ImGui::MenuItem(text("presets.copy_path"))) ImGui::SetClipboardText(preset.file.c_str());
    });
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float line = from.y + (height - ImGui::GetTextLineHeight()) / 2;
    const char* layer = is_own(preset) ? "" : preset.layer.c_str();
    const float layer_width = ImGui::CalcTextSize(layer).x;
    draw_text_elided(list, {from.x + look.px(4), line}, width - layer_width - look.px(30),
                     look.colour.text, preset.name);
    if (!is_own(preset)) {
      list->AddText({from.x + width - layer_width - look.px(4), line}, look.colour.quiet, layer);
    } else if (remove_cross(look, preset, {from.x + width, from.y + height})) {
      result.remove = preset.name;
    }
  });
}

void preset_rows(const PresetMenuInput& input, PresetMenuResult& result) {
  const Look& look = input.look;
  if (input.presets == nullptr || input.presets->presets.empty()) {
    caption(look, text(input.presets == nullptr ? "presets.reading" : "presets.none"));
    return;
  }
  const int count = static_cast<int>(input.presets->presets.size());
  const float row = look.px(26) + ImGui::GetStyle().ItemSpacing.y;
  scoped::child("presets",
                {look.px(kMenuWidth), row * static_cast<float>(std::min(count, kRowsShown))}, [&] {
                  for (const Preset& preset : input.presets->presets) {
                    preset_row(input, preset, result);
                  }
                });
}

void bad_files(const PresetMenuInput& input) {
  if (input.presets == nullptr || input.presets->warnings.empty()) return;
  std::string all;
  for (const Error& warning : input.presets->warnings) {
    all += (all.empty() ? "" : "\n") + warning.message;
  }
  field_problem(input.look, counted("presets.bad_files",
                                    static_cast<std::int64_t>(input.presets->warnings.size())));
  item_tooltip(all);
}

void save_row(const PresetMenuInput& input, PresetMenuState& state, PresetMenuResult& result) {
  const Look& look = input.look;
  field_label(look, text("presets.save_label"));
  const Preset* taken = input.presets != nullptr ? input.presets->find(state.name) : nullptr;
  const bool asks = taken != nullptr && is_own(*taken);
  const bool sure = asks && state.replacing == state.name;
  const char* label = sure ? "presets.replace" : "presets.save";
  const std::string button_label = labelled(label, "save_preset");
  const float button_room = button_width(look, text("presets.replace"));
  const bool entered =
      text_field("###preset_name", text("presets.name_hint"), state.name,
                 look.px(kMenuWidth) - button_room - ImGui::GetStyle().ItemSpacing.x,
                 ImGuiInputTextFlags_EnterReturnsTrue);
  result.text_active |= ImGui::IsItemActive();
  ImGui::SameLine();
  const bool blank = state.name.find_first_not_of(" \t") == std::string::npos;
  bool pressed = false;
  scoped::disabled(blank, [&] {
    pressed = button(look, button_label.c_str(), sure ? ButtonKind::selected : ButtonKind::normal,
                     "", {button_room, 0});
  });
  if (sure) field_problem(look, text("presets.taken", {taken->name}));
  if ((!pressed && !entered) || blank) return;
  if (asks && !sure) {
    state.replacing = state.name;
    return;
  }
  result.save = preset_of(input.request, state.name);
  result.overwrite = asks;
  state = {};
  ImGui::CloseCurrentPopup();
}

}  // namespace

PresetMenuResult preset_menu(const char* id, const PresetMenuInput& input, PresetMenuState& state,
                             float width) {
  PresetMenuResult result;
  const Look& look = input.look;
  scoped::id(id, [&] {
    const std::string label = labelled("presets.title", "presets");
    const bool pressed = button(look, label.c_str(), ButtonKind::normal, "", {width, 0});
    item_tooltip(text("presets.hint"));
    if (pressed) {
      ImGui::OpenPopup(kMenu);
      state = {};
      result.opened = true;
    }
    scoped::popup(kMenu, [&] {
      heading(look, text("presets.title"));
      preset_rows(input, result);
      bad_files(input);
      save_row(input, state, result);
      if (input.can_browse && button(look, text("presets.import"))) {
        result.import_file = true;
        ImGui::CloseCurrentPopup();
      }
    });
  });
  return result;
}

}  // namespace castboard
