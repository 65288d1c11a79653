#include "commands/version_text.h"

#include <fmt/format.h>
#include <imgui.h>

#include <nlohmann/json.hpp>

#include "json_output.h"

namespace castboard {
namespace {

#ifdef IMGUI_HAS_DOCK
constexpr bool kDocking = true;
#else
constexpr bool kDocking = false;
#endif

}  // namespace

std::string version_text(bool json) {
  if (!json) {
    return fmt::format("castboard {}\nDear ImGui {} ({} docking)\n", CASTBOARD_VERSION,
                       IMGUI_VERSION, kDocking ? "with" : "without");
  }
  Json document = json_document();
  document["castboard"] = CASTBOARD_VERSION;
  document["imgui"] = IMGUI_VERSION;
  document["imgui_docking"] = kDocking;
  return json_text(document, true) + '\n';
}

}  // namespace castboard
