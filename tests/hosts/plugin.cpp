// The plugin: Castboard and a Dear ImGui of its own, on the context and allocators it is handed.
#include <castboard/castboard.h>

#include <memory>

#include "plugin.h"

namespace {

struct Plugin {
  explicit Plugin(const char* library)
      : session({.library = library}),
        panel(session, {.create = [](const castboard::Image&) -> std::optional<ImTextureID> {
                          return std::nullopt;
                        },
                        .destroy = [](ImTextureID) {}}) {}

  castboard::Session session;
  castboard::Panel panel;
};

std::unique_ptr<Plugin> plugin;

}  // namespace

extern "C" {

// A library keeps statics of its own: which context is current, and how memory is taken. Both are
// handed over before anything else, in each library that has Dear ImGui linked into it.
[[gnu::visibility("default")]] bool plugin_open(const PluginHost* host, const char* library) {
  if (host->imgui_version_num != IMGUI_VERSION_NUM) return false;
  ImGui::SetAllocatorFunctions(host->take, host->give, host->user_data);
  ImGui::SetCurrentContext(host->context);
  plugin = std::make_unique<Plugin>(library);
  return true;
}

[[gnu::visibility("default")]] bool plugin_draw() {
  plugin->panel.update();
  plugin->panel.draw_window("Cast###castboard");
  return plugin->panel.settled();
}

[[gnu::visibility("default")]] void plugin_close() {
  plugin.reset();
  ImGui::SetCurrentContext(nullptr);
}
}
