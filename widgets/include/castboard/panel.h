#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "castboard/session.h"
#include "castboard/texture_host.h"

namespace castboard {

// What a host can give a panel; everything is optional and degrades to the current font and text.
struct PanelOptions {
  ImFont* caption_font = nullptr;  // 12 px text
  ImFont* heading_font = nullptr;  // 600 weight
  bool icons = false;              // the current font has Font Awesome's glyphs (U+F000..)
  // Where settings of the panel persist (last form per template, ...); empty: nowhere.
  std::string settings_file;
  // Opens the host's file picker and calls back on the drawing thread with a path, empty when
  // cancelled. Empty function: the form offers a path field only.
  std::function<void(std::function<void(std::string path)>)> pick_file;
  // "Show in folder" and the clipboard texts use this; empty function: the entry is left out.
  std::function<void(const std::string& path)> show_in_folder;
  // A host whose style is `apply_theme`'s can offer its dark and light form in the panel's menu; the
  // style is the host's to change, after this returns. Empty function: the entry is left out.
  std::function<void(bool dark)> set_dark_theme;
};

// The cast board as a panel of a Dear ImGui program: grid, viewer, version strip, form, jobs.
// Owned by the host, used on the drawing thread only; create after the ImGui context, destroy
// before its Session. Several panels may share one session. The host owns context, fonts, style,
// dockspace, ini file; the panel sets a first-use size of its windows and nothing else.
class Panel {
 public:
  Panel(Session& session, TextureHost textures, PanelOptions options = {});
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

  // Once a frame after ImGui::NewFrame() and before drawing: takes events, uploads and retires
  // textures. Never waits.
  void update();

  // Each part as a window of its own; each docks like any other window.
  void draw_windows();
  // One composite window with splitters.
  void draw_window(const char* title, bool* open = nullptr);
  // The composite's content into the current window or child.
  void draw();

  // Names of the windows of draw_windows(), for a host's dock layout: "Cast###castboard_cast", ...
  static constexpr const char* kCastWindow = "Cast###castboard_cast";
  static constexpr const char* kViewerWindow = "Viewer###castboard_viewer";
  static constexpr const char* kVersionsWindow = "Versions###castboard_versions";
  static constexpr const char* kGenerateWindow = "Generate Character Image###castboard_generate";
  static constexpr const char* kJobsWindow = "Jobs###castboard_jobs";

  // Shows a project or character by name or id, as if the user had picked it.
  void show_project(std::string name_or_id);
  void show_character(std::string name_or_id);
  // Picture files that came from outside (dropped on the host's window). With the pointer over the
  // form the first becomes its character reference; anywhere else they are shown in the viewer,
  // which offers that too.
  void offer_files(std::vector<std::string> paths);
  // Opens the generation form as a modal window.
  void open_generate_dialog();

  // Nothing is loading, no job is under way and the last frame needed no change: a screenshot
  // taken now is complete.
  [[nodiscard]] bool settled() const;
  // Something moves by itself (a job's elapsed time): draw again within this many seconds.
  // Negative: only after an event or input.
  [[nodiscard]] double next_frame_in() const;
  // Jobs that would be lost sight of by quitting now.
  [[nodiscard]] int jobs_under_way() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace castboard
