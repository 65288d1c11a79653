#include "host_contract.h"

namespace castboard {

void HostContract::refuse_headers() {
  headers_match_ = false;
  static_cast<void>(
      refuse("Dear ImGui's headers differ from its library: build both, and "
             "Castboard, with one version and one imconfig"));
}

TextureHost HostContract::complete(TextureHost textures) {
  if (!textures.create || !textures.destroy) {
    static_cast<void>(refuse("TextureHost needs create and destroy: no picture is shown"));
    textures.create = [](const Image&) { return std::optional<ImTextureID>(); };
    textures.destroy = [](ImTextureID) {};
  }
  return textures;
}

bool HostContract::may_update() {
  if (!may_call()) return false;
  ImGuiContext* current = ImGui::GetCurrentContext();
  if (current == nullptr) return refuse("update() needs a current ImGui context");
  if (context_ == nullptr) {
    context_ = current;
    thread_ = std::this_thread::get_id();
  }
  if (current != context_) {
    return refuse("update() in another ImGui context than before: make a panel for each");
  }
  frame_ = ImGui::GetFrameCount();
  return true;
}

bool HostContract::may_draw() {
  if (!may_call()) return false;
  if (context_ == nullptr) return refuse("drawn without update(): call it once a frame, first");
  if (ImGui::GetCurrentContext() != context_) {
    return refuse("drawn in another ImGui context than update(): make a panel for each");
  }
  if (ImGui::GetFrameCount() != frame_) {
    return refuse("drawn without update() in this frame: call it after ImGui::NewFrame()");
  }
  return true;
}

bool HostContract::may_call() {
  if (!headers_match_) return false;
  if (subscription_.closed()) return refuse("its Session is gone: destroy the panel first");
  if (context_ != nullptr && std::this_thread::get_id() != thread_) {
    return refuse("called from another thread than the one that draws");
  }
  return true;
}

// The session may be what is gone; it has told its log itself then.
bool HostContract::refuse(const char* what) {
  const bool is_new = said_.insert(what).second;
  if (is_new && !subscription_.closed()) {
    session_.log(LogLevel::error, std::string("castboard::Panel: ") + what);
  }
  IM_ASSERT(false && "wrong use of castboard::Panel: see the session's log");
  return false;
}

}  // namespace castboard
