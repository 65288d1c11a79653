#pragma once

#include <optional>
#include <string>
#include <vector>

#include "castboard/events.h"
#include "castboard/result.h"
#include "theme.h"

namespace castboard {

// What the caller keeps while the form is open.
struct CharacterFormState {
  CharacterDraft draft;
  CharacterId editing;  // empty: a new character
  bool focus_name = true;
  bool tried = false;  // Save was pressed once: empty fields say so
};

struct CharacterFormResult {
  std::optional<CharacterDraft> save;  // create or save, checked
  bool cancel = false;
  bool text_active = false;
};

[[nodiscard]] CharacterFormState new_character(const ProjectId& project);
[[nodiscard]] CharacterFormState edit_of(const Character& character);

// What keeps this draft from being saved, ready for the screen; empty: nothing.
[[nodiscard]] std::string draft_problem(const CharacterDraft& draft);

// Name, description and traits of a character. Draws into the current region (of a modal or a
// child). `busy`: a save waits for its answer; `error`: why the last save failed, may be null.
CharacterFormResult character_form(const char* id, CharacterFormState& state, const Look& look,
                                   bool busy, const Error* error);

}  // namespace castboard
