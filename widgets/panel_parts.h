#pragma once

#include <memory>
#include <optional>
#include <string>

#include "batch_dialog.h"
#include "board.h"
#include "castboard/panel.h"
#include "character_details.h"
#include "character_form.h"
#include "character_grid.h"
#include "generation_form.h"
#include "job_list.h"
#include "key_sheet.h"
#include "panel_layout.h"
#include "project_menu.h"
#include "sheet_view.h"
#include "texture_cache.h"
#include "theme.h"
#include "toasts.h"
#include "version_strip.h"
#include "viewer_header.h"

namespace castboard {

// Everything a Panel is made of: the board, the pictures, the state of each widget. Each pane draws
// into the current region and hands what the user did to the board. Drawing thread only.
struct Panel::Parts {
  static constexpr const char* kSoftLimitDialog = "Above the limit###castboard_soft_limit";

  Parts(Session& session_to_show, TextureHost host, PanelOptions panel_options);
  ~Parts();

  void update();

  // panel_panes.cpp
  // False only where it is known that there is none.
  [[nodiscard]] bool has_project() const;
  void draw_versions();
  void draw_form(bool modal);
  void draw_top_bar();
  void draw_menu();
  void draw_status(float right);
  void draw_toasts(ImVec2 bottom_right, float width);
  void draw_opening();
  void handle(const VersionRequest& request);

  // panel_cast.cpp
  void draw_cast();
  void draw_grid();
  void draw_character_details();
  void open_batch(const std::vector<CharacterId>& ids);
  void draw_batch_dialog();

  // panel_jobs.cpp
  void draw_jobs();
  void draw_history_dialog();
  [[nodiscard]] std::string jobs_summary() const;

  // panel_viewer.cpp
  void draw_viewer();
  void draw_version_view();
  [[nodiscard]] SheetViewInput sheet_input(const Version& version);

  // panel_composite.cpp
  void draw_composite();
  bool unfold(Pane which);  // false: it was not the user who folded it
  void draw_folded_pane(Pane which, const char* popup, ImVec2 size);
  void draw_gutter(Pane which, const char* name, ImVec2 origin, const FitBox& box, const FitBox& of,
                   bool is_folded);

  // panel_dialogs.cpp: once a frame, in whichever window comes last.
  void draw_dialogs();
  void draw_key_sheet();
  void open_character_form(const Character* editing);
  void open_rename(const Version& version);
  void open_key_sheet();

  // panel_keys.cpp
  void take_keys();
  void take_general_keys();
  void take_version_keys();
  void take_grid_keys();
  void take_review_keys();
  void go_back();
  void note_focus();

  // panel_settings.cpp
  void restore_settings();
  void save_settings() const;

  void handle(const PresetMenuResult& done);
  void say_dropped(ReferenceSlot slot);
  void take_unseen_drop();
  void generate(const GenerationRequest& request);
  void browse(ReferenceSlot slot);
  void show_in_folder(const std::string& url);
  [[nodiscard]] std::string library_option() const;
  [[nodiscard]] ThumbnailFn thumbnails();
  void ask_frame_in(double seconds);

  Session& session;
  PanelOptions options;
  Subscription subscription;
  Board board;
  TextureCache textures;
  Keymap keymap;
  Look look;

  CharacterGridState grid;
  CharacterDetailsState character_details_state;
  VersionStripState strip;
  SheetViewState viewer;
  GenerationFormState form;
  JobListState job_cards;
  JobHistoryQuery history_query;
  std::string history_text;
  ProjectMenuState project_menu_state;
  PanelSplits splits;
  KeySheetState key_sheet_state;

  std::optional<CharacterFormState> character_form_state;
  bool character_form_was_saving = false;
  VersionId renaming;  // empty: nothing is renamed
  std::string new_version_name;
  std::optional<BatchRequest> batch;  // waits for the user's word
  bool generate_dialog = false;
  bool drop_is_old = false;  // the form was not drawn since a file was dropped
  std::optional<GenerationRequest> over_soft_limit;  // waits for the user's word
  std::string soft_limit_question;
  // Popups open in the frame after they were asked for, in the window that draws the dialogs.
  const char* popup_to_open = nullptr;

  bool has_focus = false;  // of this frame, gathered by the panes
  bool had_focus = false;  // of the frame before: what keys go by
  bool grid_has_focus = false;
  bool navigating = false;           // keyboard navigation's highlight was showing a frame ago
  bool arrows_navigate = false;      // they are Dear ImGui's
  int frames_without_highlight = 0;  // after an arrow key that was ours
  bool text_active = false;
  bool text_was_active = false;
  bool generate_pressed = false;
  bool is_composite = false;
  double next_frame_in = -1;
  int quiet_updates = 0;  // in a row with nothing under way
  int tiles_submitted = 0;
  std::string saved_settings;
  // Lets a file picker that answers late know whether the panel is still there.
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

}  // namespace castboard
