#pragma once

#include <optional>
#include <string>

#include "castboard/catalogue.h"
#include "castboard/events.h"
#include "text_field.h"
#include "theme.h"

namespace castboard {

// What the bars over and under the grid are drawn from; everything is only read.
struct CastBarInput {
  const Look& look;
  const CastQuery& query;      // what is shown now
  const Catalogue* catalogue;  // nullptr: still loading
  int found = 0;               // characters shown
  int all = 0;                 // of the project
  int chosen = 0;              // more than one: what can be done with them is offered
  const char* find_key = "";   // of the search box, for its tooltip
};

struct CastBarResult {
  std::optional<CastQuery> query;  // another text, filter or order
  bool new_character = false;
  bool text_active = false;  // the search box has the keyboard
  bool enter_tiles = false;  // Enter or Down in the search box: the keyboard goes to the tiles
  std::optional<float> tile;
  bool generate = false;  // of the chosen ones; so are the others
  bool trash = false;
  bool restore = false;
  bool choose_none = false;
};

// Title, "+ Character", search and filter. `search` is the text being typed.
CastBarResult cast_header(const CastBarInput& input, std::string& search, FieldFocus& focus_search);

// The height of the bar below, which depends on whether several are chosen.
float cast_footer_height(const CastBarInput& input);

// How many there are, their order and how large their tiles are; or, with several chosen, what can
// be done with them. `tile` is the least width of a tile in design pixels.
CastBarResult cast_footer(const CastBarInput& input, float tile);

}  // namespace castboard
