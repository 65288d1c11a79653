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

// What the user looks at.
struct PanelSelection {
  ProjectId project = {};
  CharacterId character = {};                // whose versions are shown; empty: nobody's
  std::vector<CharacterId> characters = {};  // chosen in the grid, in its order; one: `character`
  VersionId version = {};                    // viewed; empty: none
  int cell = 0;                              // of a sheet, 1..9; 0: none

  bool operator==(const PanelSelection&) const = default;
};

// The version of a character that is in use now.
struct ActiveVersion {
  CharacterId character = {};
  std::string character_name = {};
  VersionId version = {};  // empty: none is in use any more
  int version_number = 0;
  std::string path = {};  // of its picture's file, absolute; empty without a version
};

// The parts a panel can be drawn in, each alone.
enum class PanelPart { cast, viewer, versions, generate, jobs };

// What a host can give a panel; everything is optional and degrades to the current font and text.
struct PanelOptions {
  ImFont* caption_font = nullptr;  // 12 px text
  ImFont* heading_font = nullptr;  // 600 weight
  bool icons = false;              // the current font has Font Awesome's glyphs (U+F000..)
  // Where settings of the panel persist (last form per template, ...); empty: nowhere.
  std::string settings_file = {};
  // Opens the host's file picker and calls back on the drawing thread with a path, empty when
  // cancelled. Empty function: the form offers a path field only.
  std::function<void(std::function<void(std::string path)>)> pick_file = {};
  // The same for a folder to save to; empty function: the dialog offers a path field only.
  std::function<void(std::function<void(std::string path)>)> pick_folder = {};
  // "Show in folder" and the clipboard texts use this; empty function: the entry is left out.
  std::function<void(const std::string& path)> show_in_folder = {};
  // The host's own drag and drop payload of a file, a zero-terminated path: the reference fields of
  // the form and the viewer take it. Empty: they take files by `Panel::offer_files` only.
  std::string file_payload = {};
  // Added to the names of `draw_windows`' windows, after their `###`: a second panel in one ImGui
  // context needs windows of its own.
  std::string window_suffix = {};
  // Another version of some character is in use, whoever chose it: this panel, another one, a job
  // that ended, another process. Drawing thread, at the end of `update()`.
  std::function<void(const ActiveVersion&)> active_version_changed = {};
  // The user looks at something else. Drawing thread, at the end of `update()`. This one and the
  // one before it may call the panel and may destroy it.
  std::function<void(const PanelSelection&)> selection_changed = {};
  // A host whose style is `apply_theme`'s can offer its dark and light form in the panel's menu;
  // the style is the host's to change, after this returns. Empty function: the entry is left out.
  std::function<void(bool dark)> set_dark_theme = {};
};

// The cast board as a panel of a Dear ImGui program: grid, viewer, version strip, form, jobs.
// Owned by the host, used on the drawing thread only; create after the ImGui context, destroy
// before its Session, and not between drawing it and ImGui::Render(): its textures go with it.
// Several panels may share one session. The host owns context, fonts, style, dockspace, ini file;
// the panel sets a first-use size of its windows and nothing else.
//
// Wrong use asserts (IM_ASSERT, so the host's own) and, where asserts are off, is said once in the
// session's log; nothing is drawn then and nothing breaks: another thread or another ImGui context
// than that of the first update(), drawing without update() in that frame, a Session that is gone,
// a Dear ImGui whose headers differ from those Castboard was built with, a TextureHost without one
// of its callbacks.
class Panel {
 public:
  Panel(Session& session, TextureHost textures, PanelOptions options = {});
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

  // Once a frame after ImGui::NewFrame() and before drawing: takes events, uploads and retires
  // textures. Never waits.
  void update();

  // Each part as a window of its own; each docks like any other window. Two panels of one ImGui
  // context need another PanelOptions::window_suffix each.
  void draw_windows();
  // One composite window with splitters.
  void draw_window(const char* title, bool* open = nullptr);
  // The composite's content into the current window or child.
  void draw();
  // One part into the current window, tab, child or popup. Parts need `draw_dialogs`.
  void draw_part(PanelPart part);
  // Once a frame after the last `draw_part`, for what opens over the parts. In the popup, where a
  // part is drawn in one; else anywhere, outside of a window too.
  void draw_dialogs();

  // Names of the windows of draw_windows(), for a host's dock layout: "Cast###castboard_cast", ...
  static constexpr const char* kCastWindow = "Cast###castboard_cast";
  static constexpr const char* kViewerWindow = "Viewer###castboard_viewer";
  static constexpr const char* kVersionsWindow = "Versions###castboard_versions";
  static constexpr const char* kGenerateWindow = "Generate Character Image###castboard_generate";
  static constexpr const char* kJobsWindow = "Jobs###castboard_jobs";

  // Shows a project or character by name or id, as if the user had picked it.
  void show_project(std::string name_or_id);
  void show_character(std::string name_or_id);
  // An id or "Mira/v003": with its character. One that does not exist is said in a message.
  void show_version(std::string id_or_label);
  [[nodiscard]] const PanelSelection& selection() const;
  // Files that came from outside (dropped on the host's window). A preset (.json) is imported. With
  // the pointer over the form the first picture becomes the reference under it, else the
  // character's; anywhere else they are shown in the viewer, which offers that too.
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
