# castboard_lines.cmake: Castboard's lines, added to the GLFW + OpenGL 3 example of Dear ImGui.
#   cmake -DFROM=.../example_glfw_opengl3/main.cpp -DTO=main.cpp -P castboard_lines.cmake
cmake_minimum_required(VERSION 3.24)
file(READ "${FROM}" example)

function(add_after anchor lines)
  string(FIND "${example}" "${anchor}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${FROM} has no line '${anchor}'")
  endif()
  string(REPLACE "${anchor}" "${anchor}${lines}" changed "${example}")
  set(example "${changed}" PARENT_SCOPE)
endfunction()

add_after("#include \"imgui_impl_opengl3.h\"\n"
"#include <castboard/castboard.h>
#include <castboard/gl_textures.h>
#include <castboard/sketch.h>
")
add_after("    // Our state\n"
"    auto session = std::make_unique<castboard::Session>(castboard::SessionOptions{.library = \"cast\", .wake = [] { glfwPostEmptyEvent(); }, .local_providers = {castboard::sketch_provider()}});
    auto panel = std::make_unique<castboard::Panel>(*session, castboard::gl_textures());
")
add_after("        ImGui::NewFrame();\n"
"#ifdef IMGUI_HAS_DOCK
        ImGui::DockSpaceOverViewport();
#endif
        panel->update();
        panel->draw_windows();
")
add_after("    // Cleanup\n"
"    panel.reset();
    session.reset();
")
file(WRITE "${TO}" "${example}")
