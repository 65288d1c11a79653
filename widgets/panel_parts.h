#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "batch_dialog.h"
#include "board.h"
#include "castboard/panel.h"
#include "cell_boundaries.h"
#include "character_details.h"
#include "character_form.h"
#include "character_grid.h"
#include "compare_view.h"
#include "file_preview.h"
#include "generation_form.h"
#include "host_contract.h"
#include "job_list.h"
#include "key_sheet.h"
#include "panel_layout.h"
#include "panel_pictures.h"
#include "project_menu.h"
#include "recall.h"
#include "scoped.h"
#include "sheet_reports.h"
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
  static constexpr const char* kSoftLimitDialog = "castboard_soft_limit";

  Parts(Session& session_to_show, TextureHost host, PanelOptions panel_options);
  ~Parts();

  void update();
  void refresh_look();
  void tell_host(const std::vector<Event>& events);
  bool follow_selection();  // true: it is another than in the frame before
  void draw(PanelPart part);

  // panel_panes.cpp
  // False only where it is known that there is none.
  [[nodiscard]] bool has_project() const;
  void draw_form(bool modal);
  void draw_top_bar();
  void draw_menu();
  void draw_status(float right);
  void draw_toasts(ImVec2 bottom_right, ImVec2 room);
  void draw_opening();

  // panel_versions.cpp
  void draw_versions();
  void handle(const VersionRequest& request);
  [[nodiscard]] VersionId viewed_id() const;                 // empty: none
  VersionRequest draw_version_menu(const Version& version);  // inside an open popup
  [[nodiscard]] std::string label_of(const VersionId& id) const;
  [[nodiscard]] std::vector<RelatedVersion> made_from(const Version& version) const;
  [[nodiscard]] std::vector<RelatedVersion> led_to(const Version& version) const;
  void copy_or_show(const Version& version, VersionRequest::What what);
  void recall_settings(const Version& version, Recall what);
  void use_as_reference(const Version& version, bool as_character);
  // Says what became of the form, with an undo that puts back what it was.
  void say_form_changed(const std::string& message, const DraftBefore& before, bool changed);
  void ask_to_purge(const std::vector<VersionId>& ids);
  void draw_purge_question();

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

  // panel_details.cpp
  void draw_viewer_pane();  // the viewer and, beside it, the details
  void draw_viewer_with_details(ImVec2 start, ImVec2 room);
  void take_host_file(ImVec2 start, ImVec2 room);
  void draw_details();
  // panel_viewer_cells.cpp
  void draw_cells_view();
  void draw_cells_line(float zoom);
  void take_cells_keys();
  void draw_sheet_check(const Version& version);  // the button of what is wrong, at the cursor

  // panel_compare.cpp
  void draw_compare();

  // panel_files.cpp: picture files that belong to no library
  void show_files(const std::vector<std::string>& paths);
  void use_file_as_reference(std::string path);
  void draw_files();

  // panel_board.cpp
  [[nodiscard]] bool prepare_poses();
  void draw_board();
  void show_board_cell(const BoardCell& cell);
  // `versions`: only these, where it is of versions; empty: all of them.
  void open_contact_sheet(ContactOf of, std::vector<CharacterId> characters,
                          std::vector<VersionId> versions = {});
  void list_pose_tiles();
  [[nodiscard]] std::optional<ContactTile> pose_tile(int index);
  void draw_contact_sheet();
  void open_composite(const VersionId& base, int cell);
  void draw_composite_editor();
  void draw_redo_review();
  void follow_picture_work();

  // panel_pictures.cpp
  void open_export(ExportDialogState state);
  void save_characters(const std::vector<CharacterId>& ids);
  void save_versions(const std::vector<VersionId>& ids, int cell);
  void save_board_cell(const BoardCell& cell);
  void save_contact_sheet(const std::vector<CharacterId>& who);
  void draw_export_dialog();
  void browse_folder();
  void open_redo(const VersionId& version, int cell);
  void draw_redo_dialog();

  // panel_missing.cpp
  [[nodiscard]] std::vector<BatchRequest> missing_batches(const CharacterId& only,
                                                          const std::string& only_pose) const;
  [[nodiscard]] std::string missing_cost();
  [[nodiscard]] bool can_generate_missing() const;
  // Empty: of everybody the board shows; every pose that is missing.
  void generate_missing(const CharacterId& character, const std::string& pose);
  void draw_missing_dialog();
  void cell_menu(const Version& sheet, int cell);

  // panel_composite.cpp
  void draw_composite();
  bool unfold(Pane which);  // false: it was not the user who folded it
  void draw_folded_pane(Pane which, const char* popup, ImVec2 size);
  void draw_gutter(Pane which, const char* name, ImVec2 origin, const FitBox& box, const FitBox& of,
                   bool is_folded);

  // panel_dialogs.cpp: once a frame, in whichever window comes last.
  void draw_dialogs();
  void draw_open_dialogs();
  void draw_key_sheet();
  void open_character_form(const Character* editing);
  void open_rename(const Version& version);
  void open_key_sheet();
  void open_form_dialog();
  // One of the panel's modal windows, which may be on another screen than what is below it.
  template <class Fn>
  void dialog(const std::string& title, bool* open, ImGuiWindowFlags flags, Fn&& draw_inside) {
    scoped::modal(title.c_str(), open, flags, [&] {
      refresh_look();
      draw_inside();
    });
  }

  // panel_keys.cpp
  void take_keys();
  void take_general_keys();
  void take_version_keys();
  void take_grid_keys();
  bool take_board_keys();
  void take_review_keys();
  void take_form_keys();
  void take_compare_keys();
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
  // `then` gets the file's path; nothing when none was chosen, or the panel is gone by then.
  void pick_file(std::function<void(const std::string& path)> then);
  void show_in_folder(const std::string& url);
  [[nodiscard]] std::string library_option() const;
  [[nodiscard]] ThumbnailFn thumbnails();
  void ask_frame_in(double seconds);

  Session& session;
  PanelOptions options;
  Subscription subscription;
  HostContract contract;
  Board board;
  TextureCache textures;
  Keymap keymap;
  Look look;

  CharacterGridState grid;
  CharacterDetailsState character_details_state;
  VersionStripState strip;
  SheetViewState viewer;
  SheetReports sheet_reports{session};
  CellBoundariesState cell_borders;
  CompareViewState compare;
  ToastsState toasts_state;
  std::optional<FilePreview> dropped;  // files that were dropped; kept until they are closed
  bool pointer_over_form = false;
  bool pointer_was_over_form = false;  // a frame ago, which is when something was dropped
  GenerationFormState form;
  JobListState job_cards;
  JobHistoryQuery history_query;
  std::string history_text;
  ProjectMenuState project_menu_state;
  PanelSplits splits;
  KeySheetState key_sheet_state;
  PictureModes pictures;
  std::optional<RedoReview> shown_review;

  std::optional<CharacterFormState> character_form_state;
  bool character_form_was_saving = false;
  VersionId renaming;  // empty: nothing is renamed
  std::string new_version_name;
  std::optional<BatchRequest> batch;  // waits for the user's word
  std::vector<VersionId> purging;     // the user is asked about
  bool generate_dialog = false;
  bool picking = false;  // a file for it: it is out of the way of a picker drawn with Dear ImGui
  bool drop_is_old = false;  // the form was not drawn since a file was dropped
  std::optional<GenerationRequest> over_soft_limit;  // waits for the user's word
  std::string soft_limit_question;
  // Popups open in the frame after they were asked for, in the window that draws the dialogs. The
  // id of one, without the hashes; null for none.
  const char* popup_to_open = nullptr;

  bool has_focus = false;       // of this frame, gathered by the panes
  bool had_focus = false;       // of the frame before: what keys go by
  bool grid_has_focus = false;  // the same of the grid
  bool grid_had_focus = false;
  bool navigating = false;           // keyboard navigation's highlight was showing a frame ago
  bool arrows_navigate = false;      // they are Dear ImGui's
  int frames_without_highlight = 0;  // after an arrow key that was ours
  bool flashing = false;             // the key that shows B is held
  bool text_active = false;
  bool text_was_active = false;
  bool generate_pressed = false;
  bool is_composite = false;
  PanelSelection selection;  // as last told to the host
  CastPtr chosen_in;         // its characters were found in this, and in the grid's choice of then
  std::uint64_t chosen_revision = 0;
  // Where messages are shown: the viewer, else the part that is drawn first.
  std::optional<PanelPart> toast_place;  // found in this frame, for the next one
  PanelPart shows_toasts = PanelPart::viewer;
  double next_frame_in = -1;
  int quiet_updates = 0;  // in a row with nothing under way
  int tiles_submitted = 0;
  std::string saved_settings;
  // Lets a file picker that answers late know whether the panel is still there.
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

}  // namespace castboard
