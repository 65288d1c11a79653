#include "text_field.h"

#include "imgui_compat.h"

#include <cfloat>

namespace castboard {
namespace {

// ImGui edits a char buffer; this lets it grow the string.
int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    auto* text = static_cast<std::string*>(data->UserData);
    text->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = text->data();
  }
  return 0;
}

constexpr int kFramesToFocus = 4;

}  // namespace

bool text_field(const char* label, const char* hint, std::string& text, float width,
                ImGuiInputTextFlags flags) {
  ImGui::SetNextItemWidth(width > 0 ? width : -FLT_MIN);
  return ImGui::InputTextWithHint(label, hint, text.data(), text.capacity() + 1,
                                  flags | ImGuiInputTextFlags_CallbackResize, grow, &text);
}

bool text_area(const char* label, std::string& text, ImVec2 size, ImGuiInputTextFlags flags) {
  return ImGui::InputTextMultiline(label, text.data(), text.capacity() + 1, size,
                                   flags | compat::kWordWrap | ImGuiInputTextFlags_CallbackResize,
                                   grow, &text);
}

bool FieldFocus::pending() const {
  return frames_left_ > 0 && ImGui::GetFrameCount() <= last_frame_ + 1;
}

void FieldFocus::before() {
  if (wanted_) {
    compat::focus_next_item();
    wanted_ = false;
    frames_left_ = kFramesToFocus;
  }
  if (frames_left_ == 0) return;
  last_frame_ = ImGui::GetFrameCount();
  ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  typed_.insert(typed_.end(), queue.begin(), queue.end());
  queue.clear();
  if (is_active_) {
    for (const ImWchar letter : typed_) queue.push_back(letter);
  }
  frames_left_ = is_active_ ? 0 : frames_left_ - 1;
  if (frames_left_ == 0) typed_.clear();
}

void FieldFocus::after() {
  is_active_ = ImGui::IsItemActive();
}

void field_problem(const Look& look, const std::string& message) {
  if (message.empty()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, look.colour.omitted);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(message.data(), message.data() + message.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

}  // namespace castboard
