// A program whose Cast panel is a plugin that is loaded and unloaded while it runs.
#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "editor.h"
#include "plugin.h"

namespace {

long alive = 0;  // of the program's own allocator

void* take(std::size_t size, void*) {
  ++alive;
  return std::malloc(size);
}

void give(void* memory, void*) {
  if (memory != nullptr) --alive;
  std::free(memory);
}

template <class Function>
Function find(void* library, const char* name) {
  return reinterpret_cast<Function>(dlsym(library, name));
}

void run_plugin(const char* file, const char* cast) {
  void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::printf("%s\n", dlerror());
  check(library != nullptr, "the plugin loads");
  if (library == nullptr) return;
  const auto open = find<PluginOpen>(library, "plugin_open");
  const auto draw = find<PluginDraw>(library, "plugin_draw");
  const auto close = find<PluginClose>(library, "plugin_close");

  PluginHost host{IMGUI_VERSION_NUM, ImGui::GetCurrentContext(), nullptr, nullptr, nullptr};
  ImGui::GetAllocatorFunctions(&host.take, &host.give, &host.user_data);
  check(open(&host, cast), "the plugin's Dear ImGui is the program's");
  bool is_settled = false;
  for (int i = 0; i < 3 || !is_settled; ++i) {
    ImGui::NewFrame();
    is_settled = draw();
    end_frame();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  check(ImGui::GetDrawData()->TotalVtxCount > 500, "the panel shows something");
  close();
  check(dlclose(library) == 0, "the plugin unloads");
  ImGui::NewFrame();  // and the program goes on
  end_frame();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  ImGui::SetAllocatorFunctions(take, give);
  ImGuiContext* context = make_editor();
  for (int i = 0; i < 3; ++i) run_plugin(argv[1], argv[2]);
  ImGui::DestroyContext(context);
  check(alive == 0, "what the plugin took of the program's memory is given back");
  return failures == 0 ? 0 : 1;
}
