#pragma once

#include <optional>
#include <span>
#include <string>

#include "castboard/catalogue.h"
#include "castboard/result.h"
#include "generation_draft.h"
#include "preset_menu.h"
#include "reference_field.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// What the form is drawn from; everything is only read.
struct GenerationFormInput {
  const Catalogue& catalogue;
  const Look& look;
  bool can_browse = false;               // there is a file picker
  const Character* character = nullptr;  // none picked: the form says so
  std::span<const Version> versions;     // of the character, oldest first
  VersionId viewed;                      // version ids, may be empty
  VersionId active;
  const GenerationQuote* quote = nullptr;  // the latest; shown quiet while `quote_pending`
  bool quote_pending = false;
  const Error* quote_error = nullptr;        // of the latest quote
  std::optional<std::int64_t> credits_left;  // before this job; none: no limit known
  bool busy = false;                         // the last Generate has not been answered yet
  bool modal = false;                        // Cancel instead of Reset
  bool has_tiles = false;                    // `thumbnail` has pictures of "tile:style/anime"
  const PresetList* presets = nullptr;       // to choose from; none while they are read
  const char* generate_key = "";             // "Ctrl+Enter"
  ThumbnailFn thumbnail;
  std::string file_payload = {};  // the host's own drag payload of a path; empty: it has none
};

// What the caller keeps between frames. `draft` may be changed by the caller (Remix, retry).
struct GenerationFormState {
  GenerationDraft draft;
  bool focus_name = false;        // set: the version name takes the keyboard once
  std::string typed_reference;    // path or URL being typed in the menu of a reference
  bool problem_in_sight = false;  // the last frame showed it at its field
  bool all_styles = false;        // "More..." was pressed
  bool prompt_open = false;       // the prompt is unfolded
  bool focus_prompt = false;      // set: it takes the keyboard once
  PresetMenuState preset_menu;
  // A file dropped on the window: goes to the reference under the pointer when the form is drawn
  // next, else to the character's.
  std::string dropped_file;
  std::optional<ReferenceSlot> dropped_into;  // of this frame
  // The request last handed out as `quote_wanted`.
  std::optional<GenerationRequest> quoted;
};

struct GenerationFormResult {
  std::optional<GenerationRequest> generate;      // the button or Ctrl+Enter
  std::optional<GenerationRequest> quote_wanted;  // the request changed: ask `Session::quote`
  std::optional<ReferenceSlot> browse;            // answer with `set_reference`
  PresetMenuResult presets;
  bool cancel = false;       // of the modal
  bool reset = false;        // was done already; Undo is in its place
  bool text_active = false;  // a text field has the keyboard: the panel's keys rest
};

// Everything a new version is made from, in the order the work is thought of. Fills the current
// region: fields scroll, the buttons stay at its bottom. `ctrl_enter` is true in the frame in which
// the panel saw that key for this form.
GenerationFormResult generation_form(const char* id, const GenerationFormInput& input,
                                     GenerationFormState& state, bool ctrl_enter);

// What a file picker or a dropped file brings.
void set_reference(GenerationFormState& state, ReferenceSlot slot, Reference reference);

}  // namespace castboard
