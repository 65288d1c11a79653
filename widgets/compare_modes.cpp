#include "compare_modes.h"

#include <imgui.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "controls.h"
#include "scoped.h"
#include "texts.h"

namespace castboard {
namespace {

constexpr std::pair<CompareMode, const char*> kModes[] = {
    {CompareMode::wipe, "compare.wipe"},
    {CompareMode::side_by_side, "compare.side_by_side"},
    {CompareMode::difference, "compare.difference"},
    {CompareMode::overlay, "compare.overlay"}};
constexpr const char* kModeNames[] = {"mode_wipe", "mode_side_by_side", "mode_difference",
                                      "mode_overlay"};

std::string mode_label(std::size_t mode) {
  return labelled(kModes[mode].second, kModeNames[mode]);
}

}  // namespace

float compare_modes_width(const Look& look, const Keymap& keymap) {
  float width = 0;
  for (std::size_t i = 0; i < std::size(kModes); ++i)
    width += button_width(look, mode_label(i).c_str(), "") + look.px(6);
  return width + button_width(look, text("compare.swap"), keymap.key_text(Action::compare_swap)) +
         look.px(6) + button_width(look, text("compare.close"), keymap.key_text(Action::back));
}

CompareModesResult compare_modes(const char* id, const Look& look, const Keymap& keymap,
                                 float width, CompareViewState& state) {
  CompareModesResult result;
  scoped::id(id, [&] {
    const ImVec2 start = ImGui::GetCursorPos();
    const float gap = look.px(6);
    const bool roomy = compare_modes_width(look, keymap) <= width;
    const char* swap_key = roomy ? keymap.key_text(Action::compare_swap) : "";
    const char* back_key = roomy ? keymap.key_text(Action::back) : "";
    const std::string swap = labelled("compare.swap", "swap");
    const std::string close = labelled("compare.close", "close_compare");
    const std::string now =
        text("compare.more", {text(kModes[static_cast<std::size_t>(state.mode)].second)}) +
        "###mode_menu";
    const float ends = button_width(look, swap.c_str(), swap_key) + gap +
                       button_width(look, close.c_str(), back_key);
    const float modes = roomy ? compare_modes_width(look, keymap) - ends
                              : button_width(look, now.c_str(), "") + gap;
    ImGui::SetCursorPos({start.x + std::max(0.0F, width - modes - ends), start.y});
    if (roomy) {
      for (std::size_t i = 0; i < std::size(kModes); ++i) {
        const bool chosen = state.mode == kModes[i].first;
        if (button(look, mode_label(i).c_str(), chosen ? ButtonKind::selected : ButtonKind::normal))
          state.mode = kModes[i].first;
        item_tooltip(text("compare.mode_hint", {keymap.key_text(Action::compare_mode)}));
        ImGui::SameLine(0, gap);
      }
    } else {
      if (button(look, now.c_str(), ButtonKind::selected)) ImGui::OpenPopup("modes");
      ImGui::SameLine(0, gap);
    }
    result.swap = button(look, swap.c_str(), ButtonKind::normal, swap_key);
    item_tooltip(text("compare.swap_hint", {keymap.key_text(Action::compare_swap)}));
    ImGui::SameLine(0, gap);
    result.leave = button(look, close.c_str(), ButtonKind::normal, back_key);
    item_tooltip(text("compare.close_hint", {keymap.key_text(Action::back)}));
    scoped::popup("modes", [&] {
      for (std::size_t i = 0; i < std::size(kModes); ++i)
        if (ImGui::MenuItem(mode_label(i).c_str(), nullptr, state.mode == kModes[i].first))
          state.mode = kModes[i].first;
    });
  });
  return result;
}

}  // namespace castboard
