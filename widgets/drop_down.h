#pragma once

#include <string>

#include "controls.h"
#include "scoped.h"
#include "theme.h"

namespace castboard {

// A combo box that looks like the other buttons of the form: raised, with a small quiet triangle.
// `draw` fills its list. `width` in pixels.
template <class Fn>
void drop_down(const Look& look, const char* label, const std::string& chosen, float width,
               Fn&& draw) {
  const float room = width - 2 * ImGui::GetStyle().FramePadding.x - look.px(14);
  const std::string shown = elided(chosen, room);
  ImGui::SetNextItemWidth(width);
  bool open = false;
  scoped::colours(
      {{ImGuiCol_FrameBg, look.colour.raised}, {ImGuiCol_FrameBgHovered, look.colour.line}}, [&] {
        open = ImGui::BeginCombo(label, shown.c_str(),
                                 ImGuiComboFlags_NoArrowButton | ImGuiComboFlags_HeightLarge);
      });
  if (open) {
    const scoped::Closer close([] { ImGui::EndCombo(); });
    draw();
    return;
  }
  if (shown != chosen) item_tooltip(chosen);
  const ImVec2 from = ImGui::GetItemRectMin();
  const ImVec2 to = ImGui::GetItemRectMax();
  const float half = look.px(3.5F);
  const ImVec2 at{to.x - look.px(14), (from.y + to.y) / 2};
  const float alpha = ImGui::GetStyle().Alpha;
  ImGui::GetWindowDrawList()->AddTriangleFilled(
      {at.x - half, at.y - half * 0.6F}, {at.x + half, at.y - half * 0.6F},
      {at.x, at.y + half * 0.8F}, faded(look.colour.quiet, alpha));
}

}  // namespace castboard
