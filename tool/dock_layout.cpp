#include "dock_layout.h"

#include <imgui.h>
#include <imgui_internal.h>  // DockBuilder is declared nowhere else

#include "castboard/panel.h"

namespace castboard {

#ifdef IMGUI_HAS_DOCK

namespace {

void build_default_layout(ImGuiID dockspace) {
  ImGui::DockBuilderRemoveNode(dockspace);
  ImGui::DockBuilderAddNode(dockspace, ImGuiDockNodeFlags_DockSpace);
  ImGui::DockBuilderSetNodeSize(dockspace, ImGui::GetMainViewport()->WorkSize);
  ImGuiID rest = dockspace;
  const ImGuiID jobs = ImGui::DockBuilderSplitNode(rest, ImGuiDir_Down, 0.11F, nullptr, &rest);
  const ImGuiID cast = ImGui::DockBuilderSplitNode(rest, ImGuiDir_Left, 0.234F, nullptr, &rest);
  const ImGuiID form = ImGui::DockBuilderSplitNode(rest, ImGuiDir_Right, 0.31F, nullptr, &rest);
  const ImGuiID strip = ImGui::DockBuilderSplitNode(rest, ImGuiDir_Down, 0.23F, nullptr, &rest);
  ImGui::DockBuilderDockWindow(Panel::kJobsWindow, jobs);
  ImGui::DockBuilderDockWindow(Panel::kCastWindow, cast);
  ImGui::DockBuilderDockWindow(Panel::kGenerateWindow, form);
  ImGui::DockBuilderDockWindow(Panel::kVersionsWindow, strip);
  ImGui::DockBuilderDockWindow(Panel::kViewerWindow, rest);
  ImGui::DockBuilderFinish(dockspace);
}

}  // namespace

bool has_docking() {
  return true;
}

void draw_dockspace() {
  const ImGuiID dockspace = ImGui::GetID("castboard_dockspace");
  if (ImGui::DockBuilderGetNode(dockspace) == nullptr) build_default_layout(dockspace);
  ImGui::DockSpaceOverViewport(dockspace, ImGui::GetMainViewport());
}

#else

bool has_docking() {
  return false;
}

void draw_dockspace() {}

#endif

}  // namespace castboard
