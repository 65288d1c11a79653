// The four functions Dear ImGui calls when built with IMGUI_ENABLE_TEST_ENGINE. These do nothing,
// and only so that the program links against the build the tests use. They are weak: a test program
// that defines its own in one of its objects (not in a static library, which the linker would reach
// too late) gets those.
#include <imgui.h>
#include <imgui_internal.h>

[[gnu::weak]] void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&,
                                               const ImGuiLastItemData*) {}

[[gnu::weak]] void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*,
                                                ImGuiItemStatusFlags) {}

[[gnu::weak]] void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

[[gnu::weak]] const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
  return nullptr;
}
