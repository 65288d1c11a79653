#pragma once

#include <imgui.h>

#include <string>

#include "castboard/model.h"
#include "character_grid_layout.h"
#include "theme.h"
#include "thumbnail.h"

// One tile of the character grid; of no use to anybody else.
namespace castboard {

// How a tile stands out; never by colour alone.
struct TileMarks {
  bool shown = false;    // its versions are on screen: outlined
  bool chosen = false;   // one of several: outlined, with a check mark
  bool focused = false;  // the keyboard is here: a second outline
  bool hovered = false;
  bool trashed = false;  // its picture stands back
};

// Picture, status, name and count. `character` may be null while its row loads: the tile keeps its
// size. Draws into the current window's list.
void draw_character_tile(const Look& look, const GridLayout& layout, ImVec2 at,
                         const Character* character, const TileMarks& marks,
                         const ThumbnailFn& thumbnail);

// The name of a tile while it is edited in place.
struct TileRename {
  CharacterId id;  // empty: nobody is renamed
  std::string name;
  bool take_keyboard = false;
};
enum class RenameEnd { none, keep, cancel };

// The field over the tile's footer; `problem` is said above it.
RenameEnd rename_field(const Look& look, const GridLayout& layout, ImVec2 at, TileRename& rename,
                       const std::string& problem);

// The picture that stands for a character: the active one, or where that is a sheet, one of its
// cells, because nine faces are too small in a tile. `large`: the thumbnail would be too small.
[[nodiscard]] std::string tile_picture(const Character& character, bool large = false);

}  // namespace castboard
