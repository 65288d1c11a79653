#pragma once

#include <imgui.h>

// Keys as the panel and the preview both read them.
namespace castboard {

inline bool pressed(ImGuiKey key, bool repeat = false) {
  return ImGui::IsKeyPressed(key, repeat);
}

// In the row over the letters or on the keypad.
inline bool pressed_digit(int digit) {
  return pressed(static_cast<ImGuiKey>(ImGuiKey_0 + digit)) ||
         pressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit));
}

inline bool pressed_enter() {
  return pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter);
}

// Fast typing can press a letter and let go of Ctrl within one frame: it was held all the same.
inline bool ctrl_held() {
  return ImGui::GetIO().KeyCtrl || ImGui::IsKeyReleased(ImGuiKey_LeftCtrl) ||
         ImGui::IsKeyReleased(ImGuiKey_RightCtrl);
}

inline bool shift_held() {
  return ImGui::GetIO().KeyShift || ImGui::IsKeyReleased(ImGuiKey_LeftShift) ||
         ImGui::IsKeyReleased(ImGuiKey_RightShift);
}

inline bool alt_held() {
  return ImGui::GetIO().KeyAlt || ImGui::IsKeyReleased(ImGuiKey_LeftAlt) ||
         ImGui::IsKeyReleased(ImGuiKey_RightAlt);
}

// For a region whose arrow keys are its own: Dear ImGui's keyboard navigation stays out. With a
// gamepad it comes in all the same, which has no other way.
inline ImGuiWindowFlags own_arrow_keys() {
  const ImGuiIO& io = ImGui::GetIO();
  const bool has_gamepad = (io.ConfigFlags & ImGuiConfigFlags_NavEnableGamepad) != 0 &&
                           (io.BackendFlags & ImGuiBackendFlags_HasGamepad) != 0;
  return has_gamepad ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoNav;
}

// Which way a pair of keys leads: -1, 0 or 1.
inline int pressed_direction(ImGuiKey back, ImGuiKey forward) {
  return (pressed(forward, true) ? 1 : 0) - (pressed(back, true) ? 1 : 0);
}

}  // namespace castboard
