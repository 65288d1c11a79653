#pragma once

#include <imgui.h>

// The one place that knows which Dear ImGui this is: 1.90.1 to 1.92.x, master and docking. Widgets
// call these instead of asking IMGUI_VERSION_NUM themselves.
static_assert(IMGUI_VERSION_NUM >= 19010, "Castboard needs Dear ImGui 1.90.1 or newer");

namespace castboard::compat {

// Child flags came in 1.90.0 but were renamed on the way.
#if IMGUI_VERSION_NUM >= 19100
inline constexpr ImGuiChildFlags kChildBorders = ImGuiChildFlags_Borders;
#else
inline constexpr ImGuiChildFlags kChildBorders = ImGuiChildFlags_Border;
#endif
inline constexpr ImGuiChildFlags kChildPadding = ImGuiChildFlags_AlwaysUseWindowPadding;

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

// Hides keyboard navigation's highlight until it is used again; what is hidden Enter does not
// press. Before 1.91.4 there is no public way.
inline void hide_navigation_highlight() {
#if IMGUI_VERSION_NUM >= 19140
  ImGui::SetNavCursorVisible(false);
#endif
}

// Whether this Dear ImGui can dock windows at all.
#ifdef IMGUI_HAS_DOCK
inline constexpr bool kHasDocking = true;
#else
inline constexpr bool kHasDocking = false;
#endif

}  // namespace castboard::compat
