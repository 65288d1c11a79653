#pragma once

#include <string>
#include <vector>

#include "theme.h"

namespace castboard {

// Text inputs that edit a std::string of any length. `label` is the stable name of the item (begin
// it with ## to show none); a width of 0 takes what the region has.
bool text_field(const char* label, const char* hint, std::string& text, float width = 0,
                ImGuiInputTextFlags flags = 0);

// Several lines; wraps where this Dear ImGui can.
bool text_area(const char* label, std::string& text, ImVec2 size, ImGuiInputTextFlags flags = 0);

// Gives a field the keyboard and keeps what is typed until it has it: Dear ImGui takes a frame or
// two for that and would lose it. `before` and `after` stand around the field in each frame.
class FieldFocus {
 public:
  void ask() { wanted_ = true; }
  void forget() { *this = {}; }
  // What is typed is for the field already.
  [[nodiscard]] bool pending() const;
  void before();
  void after();

 private:
  bool wanted_ = false;
  bool is_active_ = false;  // the field had the keyboard a frame ago
  int frames_left_ = 0;
  int last_frame_ = 0;  // a field that is not drawn any more never gets it
  std::vector<ImWchar> typed_;
};

// Says at a field what is wrong with it, readable, in the colour of a refusal. Nothing when empty.
void field_problem(const Look& look, const std::string& message);

}  // namespace castboard
