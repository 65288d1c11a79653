#include "sheet_bar.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "controls.h"
#include "knob.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr float kHeight = 26;  // design pixels
constexpr float kGap = 6;
constexpr float kLeastKnobs = 150;  // of a slider and its words

// Quiet text in the middle of the bar's height, as wide as there is room.
void quiet_text(const Look& look, const std::string& words, float top, float width) {
  scoped::font(look.caption_font, kCaptionScale, [&] {
    ImGui::SetCursorPosY(top + std::round((look.px(kHeight) - ImGui::GetTextLineHeight()) / 2));
    scoped::colours({{ImGuiCol_Text, look.colour.quiet}}, [&] { text_elided(words, width); });
  });
}

template <class Fn>
void as_high_as_the_bar(const Look& look, Fn&& draw) {
  const float padding =
      std::max(0.0F, std::round((look.px(kHeight) - ImGui::GetTextLineHeight()) / 2));
  scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(look.px(8), padding)}}, [&] { draw(); });
}

std::string one_decimal(float value) {
  const int tenths = static_cast<int>(std::lround(value * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void flipbook_knobs(const Look& look, SheetViewState& state, float top, float room) {
  Flipbook& flipbook = state.flipbook;
  const float left = ImGui::GetCursorPosX();
  ImGui::SetCursorPosY(top);
  as_high_as_the_bar(look, [&] {
    const float slider = std::clamp(room - look.px(90), look.px(50), look.px(110));
    knob(look, "###rate", flipbook.rate, kMinFlipRate, kMaxFlipRate,
         text("sheet.rate", {one_decimal(flipbook.rate)}), slider, ImGuiSliderFlags_Logarithmic);
    item_tooltip(text("sheet.rate_hint"));
    const std::string skip = labelled("sheet.skip_omitted", "skip_omitted");
    const float wide = slider + look.px(100) + ImGui::GetFrameHeight() + look.px(120);
    if (room < wide) return;
    ImGui::SetCursorPos({left + slider + look.px(108), top});
    ImGui::Checkbox(skip.c_str(), &flipbook.skip_omitted);
  });
}

void onion_knobs(const SheetBarInput& input, SheetViewState& state, float top, float room) {
  const Look& look = input.look;
  OnionSkin& onion = state.onion;
  const float side = look.px(22);
  const float cells = 9 * (side + look.px(2));
  const float words = look.px(90);
  const float left = ImGui::GetCursorPosX();
  const bool has_cells = room > cells + words + look.px(60);
  ImGui::SetCursorPosY(top);
  const float slider =
      std::clamp(room - words - (has_cells ? cells : 0), look.px(50), look.px(110));
  as_high_as_the_bar(look, [&] {
    float percent = onion.opacity * 100;
    const std::string value = std::to_string(static_cast<int>(std::lround(percent)));
    if (knob(look, "###onion_opacity", percent, 0, 100, text("sheet.opacity", {value}), slider))
      onion.opacity = percent / 100;
    item_tooltip(text("sheet.opacity_hint"));
  });
  if (!has_cells) return;
  const float start = left + slider + words;
  for (int number = 1; number <= kCellsPerSheet; ++number) {
    ImGui::SetCursorPos({start + static_cast<float>(number - 1) * (side + look.px(2)), top});
    bool& on = onion.others[static_cast<std::size_t>(number - 1)];
    const bool is_base = number == input.view.cell;
    const std::string label = std::to_string(number) + "###onion_cell_" + std::to_string(number);
    scoped::vars({{ImGuiStyleVar_FramePadding, ImVec2(0, 0)}}, [&] {
      scoped::disabled(is_base, [&] {
        if (button(look, label.c_str(), on || is_base ? ButtonKind::selected : ButtonKind::normal,
                   "", {side, look.px(kHeight)})) {
          on = !on;
        }
      });
    });
    const SheetCell& cell = input.view.cells[static_cast<std::size_t>(number - 1)];
    if (!cell.title.empty()) item_tooltip(cell.title);
  }
}

struct BarButton {
  std::string label;
  const char* key;
  const char* hint;
  bool selected;
  bool* press;  // set when it is pressed
  const char* opens;
};

void view_menu(SheetViewState& state, bool is_sheet, const std::vector<BarButton>& in_menu) {
  scoped::popup("view_menu", [&] {
    for (const BarButton& each : in_menu) {
      if (ImGui::MenuItem(each.label.c_str(), each.key, each.selected)) *each.press = true;
      item_tooltip(each.hint);
    }
    if (!in_menu.empty()) ImGui::Separator();
    if (is_sheet) {
      ImGui::MenuItem(labelled("sheet.enlarge_on_hover", "enlarge_on_hover").c_str(), nullptr,
                      &state.enlarge_on_hover);
      ImGui::MenuItem(labelled("sheet.skip_omitted", "menu_skip_omitted").c_str(), nullptr,
                      &state.flipbook.skip_omitted);
    }
    ImGui::MenuItem(labelled("sheet.pixel_grid", "pixel_grid").c_str(), nullptr, &state.pixel_grid);
  });
}

void zoom_menu(const SheetBarInput& input, SheetViewState& state) {
  scoped::popup("zoom_menu", [&] {
    if (ImGui::MenuItem(labelled("sheet.fit", "zoom_fit").c_str(),
                        input.keymap.key_text(Action::fit))) {
      state.fit = true;
    }
    if (ImGui::MenuItem("100 %###zoom_100", input.keymap.key_text(Action::full_size))) {
      state.full_size = true;
    }
    for (const int percent : {200, 400, 800, 1600}) {
      const std::string label = std::to_string(percent) + " %###zoom_" + std::to_string(percent);
      if (!ImGui::MenuItem(label.c_str())) continue;
      state.wanted_zoom = static_cast<float>(percent) / 100;
    }
  });
}

}  // namespace

float sheet_bar_height(const Look& look) {
  return look.px(kHeight);
}

SheetBarResult sheet_bar(const char* id, const SheetBarInput& input, SheetViewState& state) {
  SheetBarResult result;
  const Look& look = input.look;
  scoped::id(id, [&] {
    const ImVec2 start = ImGui::GetCursorPos();
    const float room = ImGui::GetContentRegionAvail().x;
    const bool is_sheet = input.view.is_sheet();
    const int percent = static_cast<int>(std::lround(input.zoom * 100));
    std::vector<BarButton> buttons;
    if (input.can_compare)
      buttons.push_back({labelled("sheet.compare", "compare"),
                         input.keymap.key_text(Action::compare_mode), text("sheet.compare_hint"),
                         false, &result.compare, nullptr});
    if (is_sheet) {
      buttons.push_back({labelled("sheet.flipbook", "flipbook"),
                         input.keymap.key_text(Action::flipbook), text("sheet.flipbook_hint"),
                         state.flipbook.is_playing, &state.toggle_flipbook, nullptr});
      buttons.push_back({labelled("sheet.onion", "onion"),
                         input.keymap.key_text(Action::onion_skin), text("sheet.onion_hint"),
                         state.onion.is_on, &state.toggle_onion, nullptr});
    }
    buttons.push_back({labelled("sheet.view", "view_options"), "", text("sheet.view_hint"), false,
                       nullptr, "view_menu"});
    buttons.push_back({std::to_string(percent) + " %###zoom", "", text("sheet.zoom_hint"), false,
                       nullptr, "zoom_menu"});
    const float gap = look.px(kGap);
    // The zoom changes all the time: its button keeps its width.
    const float zoom_width = button_width(look, "3200 %", "");
    const auto width_of = [&](const BarButton& each, bool with_key) {
      return &each == &buttons.back()
                 ? zoom_width
                 : button_width(look, each.label.c_str(), with_key ? each.key : "");
    };
    const auto total = [&](bool with_keys) {
      float width = 0;
      for (const BarButton& each : buttons) width += width_of(each, with_keys) + gap;
      return width;
    };
    const bool knobs = is_sheet && (state.flipbook.is_playing || state.onion.is_on);
    const float left_room = look.px(knobs ? 320 : 140);
    // A running flipbook or onion skin needs its knobs more than the way to something else.
    if (knobs && total(false) + look.px(kLeastKnobs) > room) {
      std::erase_if(buttons,
                    [](const BarButton& each) { return !each.selected && each.opens == nullptr; });
    }
    // What has no room stands in the menu instead.
    std::vector<BarButton> in_menu;
    while (buttons.size() > 2 && total(false) > room) {
      in_menu.push_back(std::move(buttons.front()));
      buttons.erase(buttons.begin());
    }
    const bool with_keys = total(true) + left_room < room;
    const float left = std::max(0.0F, room - total(with_keys));
    if (is_sheet && state.flipbook.is_playing && left > look.px(70)) {
      flipbook_knobs(look, state, start.y, left);
    } else if (is_sheet && state.onion.is_on && left > look.px(70)) {
      onion_knobs(input, state, start.y, left);
    } else if (left > look.px(40)) {
      quiet_text(look, input.details, start.y, left - look.px(8));
    }
    float x = start.x + room - total(with_keys) + gap;
    for (const BarButton& each : buttons) {
      const float width = width_of(each, with_keys);
      ImGui::SetCursorPos({x, start.y});
      if (button(look, each.label.c_str(),
                 each.selected ? ButtonKind::selected : ButtonKind::normal,
                 with_keys ? each.key : "", {width, look.px(kHeight)})) {
        if (each.press != nullptr) *each.press = true;
        if (each.opens != nullptr) ImGui::OpenPopup(each.opens);
      }
      item_tooltip(each.hint);
      x += width + gap;
    }
    view_menu(state, is_sheet, in_menu);
    zoom_menu(input, state);
    ImGui::SetCursorPos({start.x, start.y + look.px(kHeight)});
    ImGui::Dummy({0, 0});
  });
  return result;
}

}  // namespace castboard
