#pragma once

#include <functional>
#include <optional>
#include <string>

#include "castboard/events.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// What the grid is drawn from; everything is only read.
struct CharacterGridInput {
  const Look& look;
  const Cast* cast = nullptr;  // nullptr: still loading
  CharacterId shown;
  bool can_show_in_folder = false;
  // Rows and pictures, asked for painted tiles only.
  std::function<const Character*(const CharacterId&)> row;
  ThumbnailFn thumbnail;
};

// What the caller keeps between frames.
struct CharacterGridState {
  std::string search;
  bool focus_search = false;  // set: the search box takes the keyboard once
  CharacterId scrolled_to;    // the shown one that was brought into view
  int step_x = 0;             // arrow keys the panel saw while the grid has the focus
  int step_y = 0;
};

struct CharacterGridResult {
  CharacterId show;  // empty: none; so are the others
  CharacterId edit;
  CharacterId generate;  // open the form for it
  CharacterId trash;
  CharacterId copy_id;
  CharacterId copy_command;
  CharacterId show_in_folder;
  bool new_character = false;
  std::optional<std::string> search;  // the text changed
  bool text_active = false;           // the search box has the keyboard
  bool has_focus = false;             // arrow keys are for the tiles
  int submitted = 0;                  // tiles drawn this frame
};

// The cast as a wall of tiles with a search box. Draws into the current region; only the visible
// tiles are submitted.
CharacterGridResult character_grid(const char* id, const CharacterGridInput& input,
                                   CharacterGridState& state);

// The picture that stands for a character: the active one, or where that is a sheet, one of its
// cells, because nine faces are too small in a tile.
[[nodiscard]] std::string tile_picture(const Character& character);

}  // namespace castboard
