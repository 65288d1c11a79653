// What the program hands to its plugin, and what the plugin offers.
#pragma once

#include <imgui.h>

struct PluginHost {
  int imgui_version_num;
  ImGuiContext* context;
  ImGuiMemAllocFunc take;
  ImGuiMemFreeFunc give;
  void* user_data;
};

using PluginOpen = bool (*)(const PluginHost* host, const char* library);
using PluginDraw = bool (*)();
using PluginClose = void (*)();
