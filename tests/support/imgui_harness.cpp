#include "support/imgui_harness.h"

#include <gtest/gtest.h>
#include <imgui_internal.h>

#include <chrono>
#include <cstdarg>
#include <map>
#include <string_view>

namespace castboard {
namespace {

// What the hooks saw of the frame being drawn; one context at a time.
struct Seen {
  std::map<ImGuiID, std::size_t> by_id;
  std::vector<DrawnItem> items;
};

Seen& seen() {
  static Seen only;
  return only;
}

bool matches(const std::string& label, const std::string& wanted) {
  if (label == wanted) return true;
  const std::size_t hidden = label.find("##");
  if (hidden == std::string::npos) return false;
  if (label.substr(0, hidden) == wanted) return true;
  const std::size_t stable = label.find("###");
  return stable != std::string::npos && label.substr(stable) == wanted;
}

}  // namespace

struct ImGuiHarness::Waker {
  std::mutex mutex;
  std::condition_variable woken;
  bool called = false;
};

ImGuiHarness::ImGuiHarness(ImVec2 size)
    : context_(ImGui::CreateContext()), waker_(std::make_shared<Waker>()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0F / 60.0F;
  // Two clicks of a test are never a double click by accident.
  io.MouseDoubleClickTime = 0.05F;
  io.ConfigInputTrickleEventQueue = false;
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  context_->TestEngineHookItems = true;
#if IMGUI_VERSION_NUM >= 19130
  // Wrong use that Dear ImGui would mend by itself is a failure here.
  io.ConfigErrorRecoveryEnableAssert = false;
  io.ConfigErrorRecoveryEnableDebugLog = false;
  context_->ErrorCallback = [](ImGuiContext*, void*, const char* message) {
    ADD_FAILURE() << "Dear ImGui: " << message;
  };
#endif
}

ImGuiHarness::~ImGuiHarness() {
  EXPECT_EQ(textures.count(), 0u) << "textures nobody gave back";
  ImGui::DestroyContext(context_);
}

std::function<void()> ImGuiHarness::wake() {
  return [waker = waker_] {
    const std::lock_guard lock(waker->mutex);
    waker->called = true;
    waker->woken.notify_all();
  };
}

void ImGuiHarness::frame() {
  seen() = {};
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  check_textures();
#ifdef IMGUI_HAS_DOCK
  if ((ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_ViewportsEnable) != 0) {
    ImGui::UpdatePlatformWindows();
  }
#endif
}

void ImGuiHarness::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

bool ImGuiHarness::frames_until(const std::function<bool()>& done, int most) {
  for (int i = 0; i < most; ++i) {
    frame();
    if (done()) return true;
    // Whatever a worker posts calls wake. The limit only serves what moves without an event, such
    // as an upload put off to the next frame.
    std::unique_lock lock(waker_->mutex);
    waker_->woken.wait_for(lock, std::chrono::milliseconds(20), [this] { return waker_->called; });
    waker_->called = false;
  }
  return false;
}

void ImGuiHarness::check_textures() const {
#ifdef IMGUI_HAS_VIEWPORT
  for (const ImGuiViewport* viewport : ImGui::GetPlatformIO().Viewports) {
    if (viewport->DrawData != nullptr) check_textures(*viewport->DrawData);
  }
#else
  check_textures(*ImGui::GetDrawData());
#endif
}

void ImGuiHarness::check_textures(const ImDrawData& data) const {
  for (int i = 0; i < data.CmdListsCount; ++i) {
    for (const ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
#if IMGUI_VERSION_NUM >= 19200
      if (command.TexRef._TexData != nullptr) continue;  // Dear ImGui's own: the font's
#endif
      const auto texture = command.GetTexID();
      if (texture == ImTextureID{} || textures.is_foreign(texture)) continue;  // the font's
      EXPECT_TRUE(textures.alive(texture)) << "a dead texture is drawn";
    }
  }
}

std::vector<DrawnItem> ImGuiHarness::items(const std::string& label) const {
  std::vector<DrawnItem> found;
  for (const DrawnItem& each : seen().items) {
    const bool is_it = each.label.empty() ? ImHashStr(label.c_str(), 0, each.seed) == each.id
                                          : matches(each.label, label);
    if (is_it) found.push_back(each);
  }
  return found;
}

std::size_t ImGuiHarness::item_count() const {
  return seen().items.size();
}

DrawnItem ImGuiHarness::item(const std::string& label) const {
  for (const DrawnItem& each : items(label)) {
    if (each.visible) return each;
  }
  std::string all;
  for (const DrawnItem& each : seen().items) {
    if (!each.label.empty()) all += "  " + each.label + (each.visible ? "\n" : "  (clipped)\n");
  }
  ADD_FAILURE() << "no item is labelled '" << label << "'; there are:\n" << all;
  return {};
}

void ImGuiHarness::move_to(ImVec2 at) {
  ImGui::GetIO().AddMousePosEvent(at.x, at.y);
  frame();
}

void ImGuiHarness::click_at(ImVec2 at, int button) {
  move_to(at);
  ImGui::GetIO().AddMouseButtonEvent(button, true);
  frame();
  ImGui::GetIO().AddMouseButtonEvent(button, false);
  frame();
  // Long enough that the next click is one of its own.
  frames(5);
}

void ImGuiHarness::click(const std::string& label) {
  const DrawnItem found = item(label);
  if (found.id != 0) click_at(found.centre());
}

void ImGuiHarness::right_click(const std::string& label) {
  const DrawnItem found = item(label);
  if (found.id != 0) click_at(found.centre(), 1);
}

void ImGuiHarness::press(ImGuiKeyChord chord) {
  ImGuiIO& io = ImGui::GetIO();
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  const auto modifiers = [&](bool down) {
    for (const ImGuiKey mod : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt}) {
      if ((chord & mod) != 0) io.AddKeyEvent(mod, down);
    }
  };
  modifiers(true);
  io.AddKeyEvent(key, true);
  frame();
  io.AddKeyEvent(key, false);
  modifiers(false);
  frame();
}

void ImGuiHarness::type(const std::string& text) {
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  frames(2);
}

}  // namespace castboard

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData*) {
  if (id == 0) return;
  auto& seen = castboard::seen();
  const auto [at, is_new] = seen.by_id.try_emplace(id, seen.items.size());
  if (is_new) seen.items.emplace_back();
  castboard::DrawnItem& item = seen.items[at->second];
  item.id = id;
  const ImVector<ImGuiID>& stack = context->CurrentWindow->IDStack;
  if (!stack.empty()) item.seed = stack.back();
  const ImRect clip = context->CurrentWindow->ClipRect;
  item.visible = clip.Overlaps(box);
  ImRect shown = box;
  if (item.visible) shown.ClipWith(clip);
  item.min = shown.Min;
  item.max = shown.Max;
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags) {
  auto& seen = castboard::seen();
  const auto at = seen.by_id.find(id);
  if (at != seen.by_id.end() && label != nullptr) seen.items[at->second].label = label;
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
  return nullptr;
}
