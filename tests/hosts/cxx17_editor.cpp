#include <chrono>
#include <thread>

#include "cast_panel.h"
#include "editor.h"

static_assert(__cplusplus == 201703L, "this editor is C++17");

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  ImGuiContext* context = make_editor();
  {
    CastPanel panel(argv[1]);
    for (int i = 0; i < 3 || !panel.settled(); ++i) {
      ImGui::NewFrame();
      panel.draw();
      end_frame();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  ImGui::DestroyContext(context);
  return failures == 0 ? 0 : 1;
}
