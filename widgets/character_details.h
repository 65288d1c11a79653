#pragma once

#include <optional>

#include "castboard/events.h"
#include "castboard/result.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct CharacterDetailsState {
  bool open = false;           // unfolded
  bool take_keyboard = false;  // set: the description takes it once
  CharacterId editing;         // whose fields these are
  CharacterDraft draft;        // as on the screen
  CharacterDraft seen;         // as the library had it last
  bool was_active = false;     // a field had the keyboard a frame ago
};

struct CharacterDetailsResult {
  CharacterId save;  // empty: nobody; else `draft` is to be kept as theirs
  CharacterDraft draft;
  bool text_active = false;
};

// Description and traits of the shown character, edited in place: kept when the field is left, Esc
// gives up. Folded, it is one line. `character` may be null: nobody is shown; `error`: why the last
// edit was not kept, may be null.
CharacterDetailsResult character_details(const char* id, const Look& look,
                                         const Character* character, const Error* error,
                                         CharacterDetailsState& state);

// How high it will be, at most `room` pixels.
[[nodiscard]] float character_details_height(const Look& look, const CharacterDetailsState& state,
                                             float room);

[[nodiscard]] CharacterDraft draft_of(const Character& character);

}  // namespace castboard
