#pragma once

#include <imgui.h>

#include <string>

#include "theme.h"

namespace castboard {

// A slider with what it stands at written beside it, where its grip never covers the words. `label`
// is stable ("###rate"), `width` that of the slider. True while the user changes it.
inline bool knob(const Look& look, const char* label, float& value, float least, float most,
                 const std::string& words, float width, ImGuiSliderFlags flags = 0) {
  ImGui::BeginGroup();  // so that a tooltip belongs to both
  ImGui::SetNextItemWidth(width);
  const bool changed =
      ImGui::SliderFloat(label, &value, least, most, "", flags | ImGuiSliderFlags_AlwaysClamp);
  ImGui::SameLine(0, look.px(8));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(words.c_str());
  ImGui::EndGroup();
  return changed;
}

}  // namespace castboard
