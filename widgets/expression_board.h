#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "expression_board_layout.h"
#include "pose_rows.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// What the board is drawn from; everything is only read.
struct ExpressionBoardInput {
  const Look& look;
  const std::vector<PoseSet>& sets;  // at least one
  int set = 0;
  PoseSource source = PoseSource::production;
  PoseFilter filter;
  const PoseGaps* gaps = nullptr;  // nullptr: not here yet
  const std::vector<PoseGaps::Row>& rows;
  int missing_of_rows = 0;
  CharacterId shown_character;
  std::string generate_cost;  // "9 credits", "free"; empty: not known yet
  bool can_generate = true;
  std::function<const Character*(const CharacterId&)> character;
  std::function<const CharacterPoses*(const CharacterId&)> poses;
  ThumbnailFn thumbnail;
};

// One place of the board.
struct BoardCell {
  CharacterId character_id;
  std::string pose;                    // empty: the name of the row
  std::optional<PosePicture> picture;  // none: missing
};

// What the user did.
struct ExpressionBoardResult {
  std::optional<BoardCell> open;      // show it in the viewer
  std::optional<BoardCell> generate;  // this one pose, or all that this row lacks
  std::optional<BoardCell> save;      // as files: this cell, or the row's poses
  std::optional<BoardCell> redo;
  std::optional<BoardCell> contact_sheet;  // of this row
  bool generate_missing = false;
  bool contact_sheet_of_all = false;
  bool save_all = false;
  std::optional<int> set;
  std::optional<PoseSource> source;
  std::optional<PoseFilter> filter;
  bool close = false;
  bool has_focus = false;
  int submitted = 0;  // items of rows: only painted ones
};

// The keyboard's place and what keys ask for; owned by the caller.
struct ExpressionBoardState {
  BoardPlace place;
  int step_x = 0;  // set by keys
  int step_y = 0;
  bool enter = false;
  bool scroll_to_place = false;
  bool place_shows = false;  // since an arrow key; the mouse hides it
};

// Characters x poses: each cell shows the picture that counts, or that it is missing. Draws into
// the current region; only painted rows are submitted and asked for.
ExpressionBoardResult expression_board(const char* id, const ExpressionBoardInput& input,
                                       ExpressionBoardState& state);

}  // namespace castboard
