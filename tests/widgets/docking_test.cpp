// The panel's windows in a host's dockspace. Runs whenever the Dear ImGui at hand has docking;
// where it has none every case is skipped.
#include <imgui_internal.h>

#include "panel_support.h"

namespace castboard {
namespace {

#ifdef IMGUI_HAS_DOCK

constexpr const char* kAll[] = {Panel::kCastWindow, Panel::kViewerWindow, Panel::kVersionsWindow,
                                Panel::kGenerateWindow, Panel::kJobsWindow};
constexpr const char* kWhole = "Cast###castboard";

ImGuiWindow* window(const char* title) {
  return ImGui::FindWindowByName(title);
}

class DockingTest : public PanelTest {
 protected:
  DockingTest() { enable(); }

  static void enable() {
    ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_DockingEnable;
    ImGui::GetIO().ConfigWindowsMoveFromTitleBarOnly = false;
  }

  void open_host() {
    open_session_with({"Mira"});
    panel = std::make_unique<Panel>(*session, gui.textures.host());
    gui.draw = [this] { draw_editor(); };
    settle();
  }

  // An editor with a dockspace over everything and a window of its own.
  void draw_editor() {
    panel->update();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("editor", nullptr,
                 ImGuiWindowFlags_NoDocking | ImGuiWindowFlags_NoTitleBar |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoMove);
    space = ImGui::GetID("space");
    ImGui::DockSpace(space);
    ImGui::End();
    ImGui::Begin("Scene");
    ImGui::TextUnformatted("a scene");
    ImGui::End();
    draw_panel();
  }

  // Into the right third of the dockspace, the scene into the rest.
  void dock_right(std::initializer_list<const char*> titles) {
    ImGui::DockBuilderRemoveNodeChildNodes(space);
    ImGuiID rest = space;
    const ImGuiID right = ImGui::DockBuilderSplitNode(space, ImGuiDir_Right, 0.4F, nullptr, &rest);
    ImGui::DockBuilderDockWindow("Scene", rest);
    for (const char* title : titles) ImGui::DockBuilderDockWindow(title, right);
    ImGui::DockBuilderFinish(space);
    gui.frames(4);
  }

  void drag(ImVec2 from, ImVec2 to) {
    ImGuiIO& io = ImGui::GetIO();
    gui.move_to(from);
    io.AddMouseButtonEvent(0, true);
    gui.frames(2);
    for (int i = 1; i <= 10; ++i) {
      const float part = static_cast<float>(i) / 10;
      gui.move_to({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
    }
    gui.frames(2);
    io.AddMouseButtonEvent(0, false);
    gui.frames(3);
  }

  static ImVec2 middle_of_tab(const char* title) {
    const ImGuiDockNode* node = window(title)->DockNode;
    for (const ImGuiTabItem& tab : node->TabBar->Tabs) {
      if (tab.Window == window(title)) {
        const ImRect bar = node->TabBar->BarRect;
        return {bar.Min.x + tab.Offset + tab.Width / 3, bar.GetCenter().y};
      }
    }
    ADD_FAILURE() << title << " has no tab";
    return {};
  }

  ImGuiID space = 0;
  std::function<void()> draw_panel = [this] { panel->draw_windows(); };
};

TEST_F(DockingTest, every_window_docks_where_the_host_puts_it) {
  open_host();
  dock_right({Panel::kCastWindow});
  ImGuiID rest = window("Scene")->DockId;
  for (const char* title :
       {Panel::kViewerWindow, Panel::kVersionsWindow, Panel::kGenerateWindow, Panel::kJobsWindow}) {
    const ImGuiID place = ImGui::DockBuilderSplitNode(rest, ImGuiDir_Down, 0.3F, nullptr, &rest);
    ImGui::DockBuilderDockWindow(title, place);
    gui.frames(4);
    EXPECT_EQ(window(title)->DockId, place) << title;
  }
  for (const char* title : kAll) {
    ASSERT_TRUE(window(title)->DockIsActive) << title;
    EXPECT_EQ(ImGui::DockNodeGetRootNode(window(title)->DockNode)->ID, space) << title;
  }
  EXPECT_TRUE(gui.has("Mira"));
}

TEST_F(DockingTest, a_first_start_leaves_placing_to_the_host) {
  open_host();
  for (const char* title : kAll) EXPECT_FALSE(window(title)->DockIsActive) << title;
}

TEST_F(DockingTest, shares_a_node_as_tabs_and_comes_to_the_front_by_a_click) {
  open_host();
  dock_right({Panel::kCastWindow, Panel::kGenerateWindow});
  const ImGuiDockNode* node = window(Panel::kCastWindow)->DockNode;
  ASSERT_NE(node, nullptr);
  ASSERT_EQ(node, window(Panel::kGenerateWindow)->DockNode);
  ASSERT_EQ(node->Windows.Size, 2);
  gui.click_at(middle_of_tab(Panel::kGenerateWindow));
  settle();
  EXPECT_TRUE(window(Panel::kGenerateWindow)->DockTabIsVisible);
  EXPECT_FALSE(window(Panel::kCastWindow)->DockTabIsVisible);
  EXPECT_TRUE(gui.has("Generate New Version"));
  gui.click_at(middle_of_tab(Panel::kCastWindow));
  settle();
  EXPECT_TRUE(window(Panel::kCastWindow)->DockTabIsVisible);
  EXPECT_TRUE(gui.has("Mira"));
}

TEST_F(DockingTest, is_dragged_out_by_its_tab_and_goes_on) {
  open_host();
  dock_right({Panel::kCastWindow, Panel::kGenerateWindow});
  gui.click_at(middle_of_tab(Panel::kCastWindow));
  drag(middle_of_tab(Panel::kCastWindow), {300, 500});
  EXPECT_FALSE(window(Panel::kCastWindow)->DockIsActive);
  settle();
  gui.click("Mira");
  settle();
  EXPECT_FALSE(panel->selection().character.empty());
}

TEST_F(DockingTest, keeps_its_dock_when_its_title_changes) {
  int new_ones = 0;
  draw_panel = [&] {
    const std::string title = "Cast (" + std::to_string(new_ones) + " new)" + "###castboard";
    panel->draw_window(title.c_str());
  };
  open_host();
  dock_right({kWhole});
  const ImGuiID place = window(kWhole)->DockId;
  ASSERT_TRUE(window(kWhole)->DockIsActive);
  new_ones = 3;
  gui.frames(4);
  EXPECT_EQ(window(kWhole)->DockId, place);
  EXPECT_TRUE(window(kWhole)->DockIsActive);
  EXPECT_STREQ(window(kWhole)->Name, "Cast (3 new)###castboard");
}

TEST_F(DockingTest, closes_and_comes_back_to_the_same_place) {
  bool open = true;
  draw_panel = [&] {
    if (open) panel->draw_window(kWhole, &open);
  };
  open_host();
  dock_right({kWhole});
  const ImGuiID place = window(kWhole)->DockId;
  ImGui::GetIO().AddMousePosEvent(10, 10);
  open = false;  // as the host's menu does
  gui.frames(4);
  EXPECT_FALSE(window(kWhole)->WasActive);
  EXPECT_TRUE(gui.frames_until([this] { return panel->settled(); }));
  open = true;
  gui.frames(4);
  EXPECT_EQ(window(kWhole)->DockId, place);
  EXPECT_TRUE(window(kWhole)->DockIsActive);
  gui.click("#CLOSE");
  EXPECT_FALSE(open) << "the close button of its tab";
}

TEST_F(DockingTest, keeps_its_dock_across_a_restart) {
  open_host();
  dock_right({Panel::kCastWindow, Panel::kGenerateWindow});
  const ImGuiID place = window(Panel::kCastWindow)->DockId;
  const std::string kept = ImGui::SaveIniSettingsToMemory();
  ImGuiContext* const first = ImGui::GetCurrentContext();
  {
    ImGuiHarness again;
    enable();
    ImGui::LoadIniSettingsFromMemory(kept.c_str(), kept.size());
    auto there = std::make_unique<Panel>(*session, again.textures.host());
    std::swap(there, panel);
    again.draw = [this] { draw_editor(); };
    again.frames(5);
    EXPECT_EQ(window(Panel::kCastWindow)->DockId, place);
    EXPECT_TRUE(window(Panel::kCastWindow)->DockIsActive);
    EXPECT_EQ(window(Panel::kGenerateWindow)->DockId, place);
    std::swap(there, panel);
    there.reset();
    ImGui::SetCurrentContext(again.context());
  }
  ImGui::SetCurrentContext(first);
}

// --- A second viewport: a platform that only remembers
// --------------------------------------------

struct PlatformWindow {
  ImVec2 at;
  ImVec2 size;
};

PlatformWindow& platform_window(ImGuiViewport* viewport) {
  return *static_cast<PlatformWindow*>(viewport->PlatformUserData);
}

void use_platform_windows(PlatformWindow& main) {
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_ViewportsEnable;
  io.BackendFlags |=
      ImGuiBackendFlags_PlatformHasViewports | ImGuiBackendFlags_RendererHasViewports;
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_CreateWindow = [](ImGuiViewport* viewport) {
    viewport->PlatformUserData = new PlatformWindow{viewport->Pos, viewport->Size};
  };
  platform.Platform_DestroyWindow = [](ImGuiViewport* viewport) {
    if (viewport != ImGui::GetMainViewport()) delete &platform_window(viewport);
    viewport->PlatformUserData = nullptr;
    viewport->PlatformHandle = nullptr;
  };
  platform.Platform_ShowWindow = [](ImGuiViewport*) {};
  platform.Platform_SetWindowPos = [](ImGuiViewport* viewport, ImVec2 at) {
    platform_window(viewport).at = at;
  };
  platform.Platform_GetWindowPos = [](ImGuiViewport* viewport) {
    return platform_window(viewport).at;
  };
  platform.Platform_SetWindowSize = [](ImGuiViewport* viewport, ImVec2 size) {
    platform_window(viewport).size = size;
  };
  platform.Platform_GetWindowSize = [](ImGuiViewport* viewport) {
    return platform_window(viewport).size;
  };
  platform.Platform_SetWindowFocus = [](ImGuiViewport*) {};
  platform.Platform_GetWindowFocus = [](ImGuiViewport*) { return true; };
  platform.Platform_GetWindowMinimized = [](ImGuiViewport*) { return false; };
  platform.Platform_SetWindowTitle = [](ImGuiViewport*, const char*) {};
  ImGuiPlatformMonitor monitor;
  monitor.MainSize = monitor.WorkSize = {4000, 2000};
  platform.Monitors.push_back(monitor);
  ImGui::GetMainViewport()->PlatformUserData = &main;
  ImGui::GetMainViewport()->PlatformHandle = &main;
}

TEST_F(DockingTest, goes_on_in_a_second_viewport) {
  PlatformWindow main{{0, 0}, ImGui::GetIO().DisplaySize};
  use_platform_windows(main);
  open_host();
  dock_right({Panel::kCastWindow, Panel::kGenerateWindow});
  gui.click_at(middle_of_tab(Panel::kCastWindow));
  drag(middle_of_tab(Panel::kCastWindow), {2200, 600});
  settle();
  const ImGuiWindow* cast = window(Panel::kCastWindow);
  EXPECT_FALSE(cast->DockIsActive);
  EXPECT_NE(cast->Viewport, ImGui::GetMainViewport());
  EXPECT_GT(cast->Pos.x, 1440);
  EXPECT_TRUE(gui.has("Mira"));
  ImGui::DestroyPlatformWindows();
}

#else

TEST(DockingTest, needs_a_dear_imgui_with_docking) {
  GTEST_SKIP() << "Dear ImGui " << IMGUI_VERSION << " is without docking";
}

#endif

}  // namespace
}  // namespace castboard
