#pragma once

#include <imgui.h>

// The one place that knows which Dear ImGui this is: 1.90.1 to 1.92.x, master and docking. Widgets
// call these instead of asking IMGUI_VERSION_NUM themselves.
static_assert(IMGUI_VERSION_NUM >= 19010, "Castboard needs Dear ImGui 1.90.1 or newer");

namespace castboard::compat {

// Child flags came in 1.90.0 and were renamed in 1.91.1.
#if IMGUI_VERSION_NUM >= 19110
inline constexpr ImGuiChildFlags kChildBorders = ImGuiChildFlags_Borders;
#else
inline constexpr ImGuiChildFlags kChildBorders = ImGuiChildFlags_Border;
#endif
inline constexpr ImGuiChildFlags kChildPadding = ImGuiChildFlags_AlwaysUseWindowPadding;

// The next item takes the keyboard. Before 1.90.2 it did not where another window had had it: this
// one is focused first.
inline void focus_next_item() {
#if IMGUI_VERSION_NUM < 19020
  ImGui::SetWindowFocus();
#endif
  ImGui::SetKeyboardFocusHere();
}

// Since 1.92 a font has no size of its own: any size can be pushed. Before, a font was baked at one
// size, so without a second font captions stay as large as the text.
inline void push_font(ImFont* font, float scale) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, ImGui::GetStyle().FontSizeBase * scale);
#else
  static_cast<void>(scale);
  ImGui::PushFont(font != nullptr ? font : ImGui::GetFont());
#endif
}

// Text areas wrap since 1.92.3; before, long lines scroll.
#if IMGUI_VERSION_NUM >= 19230
inline constexpr ImGuiInputTextFlags kWordWrap = ImGuiInputTextFlags_WordWrap;
#else
inline constexpr ImGuiInputTextFlags kWordWrap = 0;
#endif

// Whether a font can show a character itself, without the mark of a missing one.
inline bool has_glyph(ImFont* font, ImWchar character) {
#if IMGUI_VERSION_NUM >= 19200
  return font->IsGlyphInFont(character);
#else
  return font->FindGlyphNoFallback(character) != nullptr;
#endif
}

// A texture id as the draw list takes it. Since 1.92 that is an ImTextureRef.
#if IMGUI_VERSION_NUM >= 19200
inline ImTextureRef texture(ImTextureID id) {
  return ImTextureRef(id);
}
#else
inline ImTextureID texture(ImTextureID id) {
  return id;
}
#endif

// An item to press that somebody else draws: a tile, a picture, a mark. Keyboard and gamepad reach
// it like a button; what is dragged, such as a splitter, stays an InvisibleButton. Since 1.91.4
// those are left out of navigation unless they ask for it.
inline bool pressable(const char* id, ImVec2 size) {
#if IMGUI_VERSION_NUM >= 19140
  return ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
#else
  return ImGui::InvisibleButton(id, size);
#endif
}

// Hides keyboard navigation's highlight until it is used again; what is hidden Enter does not
// press. Before 1.91.4 there is no public way.
inline void hide_navigation_highlight() {
#if IMGUI_VERSION_NUM >= 19140
  ImGui::SetNavCursorVisible(false);
#endif
}

// Lines of a width: since 1.92.8 their flags come after it, and the old order is among what
// IMGUI_DISABLE_OBSOLETE_FUNCTIONS takes away.
inline void outline(ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 colour, float rounding,
                    float width) {
#if IMGUI_VERSION_NUM >= 19280
  list->AddRect(min, max, colour, rounding, width, 0);
#else
  list->AddRect(min, max, colour, rounding, 0, width);
#endif
}
inline void polyline(ImDrawList* list, const ImVec2* points, int count, ImU32 colour,
                     ImDrawFlags flags, float width) {
#if IMGUI_VERSION_NUM >= 19280
  list->AddPolyline(points, count, colour, width, flags);
#else
  list->AddPolyline(points, count, colour, flags, width);
#endif
}

// Whether this Dear ImGui can dock windows at all.
#ifdef IMGUI_HAS_DOCK
inline constexpr bool kHasDocking = true;
#else
inline constexpr bool kHasDocking = false;
#endif

}  // namespace castboard::compat
