#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compare_view.h"
#include "composite_editor.h"
#include "contact_sheet_view.h"
#include "export_dialog.h"
#include "expression_board.h"
#include "picture_work.h"
#include "pose_rows.h"

namespace castboard {

// What a contact sheet in the viewer is of.
struct ContactSource {
  ContactOf of = ContactOf::poses;
  std::vector<CharacterId> characters;  // none: whom the expression board shows
  std::vector<VersionId> versions;      // of the one character, where it is of versions; none: all
};

// State of the viewer's modes that show many pictures, and of what is asked about pictures. Part of
// a panel.
struct PictureModes {
  explicit PictureModes(Session& session) : work(session) {}

  PictureWork work;
  PoseRows poses;
  std::vector<PoseSet> sets;  // of the catalogue, once it is there
  int set = 0;
  PoseSource source = PoseSource::production;
  ExpressionBoardState board;
  int cells_submitted = 0;

  ContactSource contact;
  ContactSheetState contact_sheet;
  // Which column of whom each tile shows, where the sheet is of poses.
  struct PoseTile {
    CharacterId character;
    std::size_t column = 0;
  };
  std::vector<PoseTile> pose_tiles;
  std::uint64_t pose_tiles_edition = 0;

  CompositeState composite;
  ExportDialogState export_dialog;
  bool export_open = false;
  std::string export_directory;  // used last
  bool missing_open = false;
  bool missing_shown = false;  // the question is on the screen
  bool redo_open = false;
  VersionId redo_version;
  int redo_cell = 0;
  CompareViewState redo_compare;
  bool redo_swapped = false;
};

}  // namespace castboard
