#pragma once

#include <imgui.h>

#include <set>
#include <string>
#include <thread>

#include "castboard/session.h"
#include "castboard/texture_host.h"

namespace castboard {

// What a host owes a panel, checked at each of its calls. Wrong use is an IM_ASSERT and, where that
// is off, one line in the session's log for each kind, and an answer of false: the panel does
// nothing then. Owned by a panel.
class HostContract {
 public:
  HostContract(const Session& session, const Subscription& subscription)
      : session_(session), subscription_(subscription) {}

  // The Dear ImGui that is linked is not the one whose headers were compiled in.
  void refuse_headers();
  // With a callback that the host left out replaced by one that does nothing.
  [[nodiscard]] TextureHost complete(TextureHost textures);
  // From update(): the first one says which thread and which ImGui context are the panel's.
  [[nodiscard]] bool may_update();
  // From what draws: update() came first in this frame.
  [[nodiscard]] bool may_draw();
  // From anything else.
  [[nodiscard]] bool may_call();

 private:
  [[nodiscard]] bool refuse(const char* what);

  const Session& session_;
  const Subscription& subscription_;
  bool headers_match_ = true;
  std::thread::id thread_;
  ImGuiContext* context_ = nullptr;
  int frame_ = -1;  // of the last update(), as Dear ImGui counts
  std::set<std::string> said_;
};

}  // namespace castboard
