// An editor with Castboard in it: GLFW, OpenGL 3.3, a Dear ImGui of its own. Copy what you need.
#include <castboard/castboard.h>
#include <castboard/gl_textures.h>

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#ifdef IMGUI_HAS_DOCK
#include <imgui_internal.h>  // DockBuilder
#endif

#include <string>

static void draw_scene() {
  static std::string texture = "Drop a version here";
  ImGui::Begin("Scene");
  ImGui::Button(texture.c_str(), ImVec2(240, 120));
  if (ImGui::BeginDragDropTarget()) {
    if (const auto dropped = castboard::accept_version()) texture = dropped->path;
    ImGui::EndDragDropTarget();
  }
  ImGui::End();
}

#ifdef IMGUI_HAS_DOCK
// The first start of an editor that docks: Castboard's windows around its own. Later ones are in
// its ini file.
static void lay_out_first(ImGuiID space, ImVec2 size) {
  ImGui::DockBuilderRemoveNode(space);
  ImGui::DockBuilderAddNode(space, ImGuiDockNodeFlags_DockSpace);
  ImGui::DockBuilderSetNodeSize(space, size);
  const auto split = [&space](ImGuiDir side, float part, const char* window) {
    const ImGuiID place = ImGui::DockBuilderSplitNode(space, side, part, nullptr, &space);
    ImGui::DockBuilderDockWindow(window, place);
  };
  split(ImGuiDir_Left, 0.22F, castboard::Panel::kCastWindow);
  split(ImGuiDir_Right, 0.31F, castboard::Panel::kGenerateWindow);
  split(ImGuiDir_Down, 0.11F, castboard::Panel::kJobsWindow);
  split(ImGuiDir_Down, 0.25F, castboard::Panel::kVersionsWindow);
  ImGui::DockBuilderDockWindow("Scene", space);
  ImGui::DockBuilderDockWindow(castboard::Panel::kViewerWindow, space);
  ImGui::DockBuilderFinish(space);
}
#endif

static void draw_editor(castboard::Panel& panel) {
#ifdef IMGUI_HAS_DOCK
  const ImGuiViewport* all = ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(all->WorkPos);
  ImGui::SetNextWindowSize(all->WorkSize);
  ImGui::Begin("editor", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoDocking |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  const ImGuiID space = ImGui::GetID("editor space");
  if (ImGui::DockBuilderGetNode(space) == nullptr) lay_out_first(space, all->WorkSize);
  ImGui::DockSpace(space);
  ImGui::End();
#endif
  draw_scene();
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
    glClear(GL_COLOR_BUFFER_BIT);
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
