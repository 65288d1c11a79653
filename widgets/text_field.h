#pragma once

#include <string>

#include "theme.h"

namespace castboard {

// Text inputs that edit a std::string of any length. `label` is the stable name of the item (begin
// it with ## to show none); a width of 0 takes what the region has.
bool text_field(const char* label, const char* hint, std::string& text, float width = 0,
                ImGuiInputTextFlags flags = 0);

// Several lines; wraps where this Dear ImGui can.
bool text_area(const char* label, std::string& text, ImVec2 size, ImGuiInputTextFlags flags = 0);

// Says at a field what is wrong with it, readable, in the colour of a refusal. Nothing when empty.
void field_problem(const Look& look, const std::string& message);

}  // namespace castboard
