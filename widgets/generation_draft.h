#pragma once

#include <map>
#include <optional>
#include <string>

#include "castboard/catalogue.h"
#include "castboard/model.h"

namespace castboard {

// The request being edited in the generation form and the rules of editing it: defaults, the name
// that follows style and template, what was last used per template, Reset and its undo. Owned by
// whoever shows the form. No ImGui, no thread.
struct GenerationDraft {
  GenerationRequest request;
  bool name_edited = false;  // typed by hand: follows style and template no longer
  std::string seed_text;     // as typed; blank: random
  std::map<std::string, GenerationRequest> last_used;  // by template key
  std::optional<GenerationRequest> before_reset;       // what undo of Reset brings back
  bool before_reset_name_edited = false;
};

// The request a new user sees: portrait, headshot, cinematic_realistic, 1:1, default provider.
[[nodiscard]] GenerationRequest default_request(const Catalogue& catalogue);

// "Anime Expression Sheet"; of a single expression "Anime Happy Expression".
[[nodiscard]] std::string suggested_version_name(const Catalogue& catalogue,
                                                 const GenerationRequest& request);

// To be called before each frame of the form: a fresh draft gets its defaults, keys the catalogue
// no longer has are replaced, and the name follows unless it was typed.
void settle_draft(GenerationDraft& draft, const Catalogue& catalogue, const CharacterId& character);

// Recalls shot, style, size, provider last used with that template; keeps name typed by hand,
// description and references.
void choose_template(GenerationDraft& draft, const Catalogue& catalogue, const std::string& key);

// Remembers the request as last used of its template; called when it is generated.
void remember_used(GenerationDraft& draft);

void reset_draft(GenerationDraft& draft, const Catalogue& catalogue);
void undo_reset(GenerationDraft& draft);

// Takes over all settings of a version, of a failed job, or of a command: "use these settings".
void use_settings(GenerationDraft& draft, const GenerationRequest& request);

// Reads `seed_text` into the request; false when it is no whole number.
bool read_seed(GenerationDraft& draft);

// "/a/b.png" -> file, "https://..." -> url, blank -> none. Quotes, blanks around and "file://" go.
[[nodiscard]] Reference read_reference(const std::string& typed);

// What the form remembers between runs (last used per template), one line each, and the inverse;
// lines it does not know are left out.
[[nodiscard]] std::string save_draft(const GenerationDraft& draft);
void restore_draft(GenerationDraft& draft, const std::string& text);

}  // namespace castboard
