// An editor with Castboard in it: GLFW, OpenGL 3.3, a Dear ImGui of its own. Copy what you need.
#include <castboard/castboard.h>
#include <castboard/gl_textures.h>

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

static void draw_editor(castboard::Panel& panel) {
#ifdef IMGUI_HAS_DOCK
  const ImGuiViewport* all = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(all->WorkPos);
  ImGui::SetNextWindowSize(all->WorkSize);
  ImGui::Begin("editor", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  ImGui::DockSpace(ImGui::GetID("editor space"));
  ImGui::End();
#endif
  ImGui::Begin("Scene");
  ImGui::TextUnformatted("What you drop here is loaded.");
  ImGui::End();

  panel.update();
  panel.draw_windows();
}

static void run(GLFWwindow* window, const char* library) {
  castboard::Session session({.library = library, .wake = [] { glfwPostEmptyEvent(); }});
  castboard::Panel panel(session, castboard::gl_textures());
  while (!glfwWindowShouldClose(window)) {
    glfwWaitEventsTimeout(panel.settled() ? 0.5 : 0.02);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    draw_editor(panel);
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
  }
}  // the panel goes, then its session, and after them the GL context

int main(int argc, char** argv) {
  if (!glfwInit()) return 1;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  GLFWwindow* window = glfwCreateWindow(1440, 900, "Editor", nullptr, nullptr);
  if (window == nullptr) return 1;
  glfwMakeContextCurrent(window);
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
#ifdef IMGUI_HAS_DOCK
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_DockingEnable;
#endif
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 330");
  run(window, argc > 1 ? argv[1] : "cast");
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwTerminate();
}
