#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cast_bar.h"
#include "castboard/events.h"
#include "character_grid_layout.h"
#include "character_tile.h"
#include "selection.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// What the grid is drawn from; everything is only read.
struct CharacterGridInput {
  const Look& look;
  const Cast* cast = nullptr;            // nullptr: still loading
  CastQuery query = {};                  // what the cast was asked for
  const Catalogue* catalogue = nullptr;  // for the poses one can lack
  CharacterId shown = {};
  bool can_show_in_folder = false;
  // Rows and pictures, asked for painted tiles only.
  std::function<const Character*(const CharacterId&)> row;
  ThumbnailFn thumbnail = {};
  // Where a URL of the library lies on disk: a tile can be dragged, and is its active version then.
  std::function<std::string(const std::string& url)> path_of = {};
  // Why the name given last could not be kept; may be empty or answer nullptr.
  std::function<const Error*(const CharacterId&)> rename_error = {};
  // As menus and tooltips say them.
  const char* find_key = "";
  const char* rename_key = "";
  const char* trash_key = "";
};

// Keys the panel saw while the tiles have the keyboard; used up by the next frame.
struct CharacterGridKeys {
  GridStep step;
  bool extend = false;  // with Shift: from the anchor to there
  bool choose_all = false;
  bool open = false;    // Enter
  bool rename = false;  // F2
  bool trash = false;   // Delete
};

// What the caller keeps between frames.
struct CharacterGridState {
  std::string search;
  FieldFocus focus_search;    // of the search box
  bool focus_tiles = false;   // set: the tiles do
  float tile = kDefaultTile;  // least width of a tile, design pixels
  Selection chosen;
  CharacterId cursor;  // the tile the keyboard is at
  CharacterGridKeys keys;
  TileRename rename;
  CharacterId renamed;         // its new name is not there yet, or was refused
  CharacterId scrolled_to;     // the one that was brought into view
  bool keyboard_used = false;  // since the mouse was: the keyboard's tile is marked
  GridLayout layout;           // of the last frame
  const Cast* seen = nullptr;  // of the last frame, only compared
};

struct CharacterRename {
  CharacterId id;
  std::string name;
};

struct CharacterGridResult {
  CharacterId show;  // empty: none; so are the others
  CharacterId edit;
  CharacterId copy_id;
  CharacterId copy_command;
  CharacterId show_in_folder;
  std::vector<CharacterId> generate;  // one: open the form for it; several: with one confirmation
  std::vector<CharacterId> trash;
  std::vector<CharacterId> save_files;
  std::vector<CharacterId> contact_sheet;
  std::vector<CharacterId> restore;
  std::optional<CharacterRename> rename;
  CharacterId forget_error;  // its refused name is given up
  bool new_character = false;
  std::optional<CastQuery> query;  // another text, filter or order
  bool text_active = false;        // a text field has the keyboard
  bool has_focus = false;          // the tiles have the keyboard
  int submitted = 0;               // tiles drawn this frame
};

// The cast as a wall of tiles with search, filter, order and size. Draws into the current region;
// only the visible tiles are submitted. Several are chosen with Ctrl and Shift.
CharacterGridResult character_grid(const char* id, const CharacterGridInput& input,
                                   CharacterGridState& state);

// Starts editing the name on the tile.
void start_rename(CharacterGridState& state, const Character& character);

}  // namespace castboard
