#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "castboard/request_rules.h"
#include "castboard/result.h"

namespace castboard {

// The request being edited in the generation form and the rules of editing it: defaults, the name
// that follows style and template, what was last used per template, Reset and its undo. Owned by
// whoever shows the form. No ImGui, no thread.
struct GenerationDraft {
  GenerationRequest request;
  bool fresh = true;         // defaults are still to be put in
  bool name_edited = false;  // typed by hand: follows style and template no longer
  std::string seed_text;     // as typed; blank: random
  std::map<std::string, GenerationRequest> last_used;  // by template key
  std::string last_template;                           // the one generated last
  std::optional<GenerationRequest> before_reset;       // what undo of Reset brings back
  bool before_reset_name_edited = false;
};

// The request a new user sees: portrait, headshot, cinematic_realistic, 1:1, default provider.
[[nodiscard]] GenerationRequest default_request(const Catalogue& catalogue);

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

// What keeps a draft from being generated, at which field.
enum class DraftField {
  character,
  name,
  size,
  character_reference,
  background_reference,
  description,
  provider,
  seed,
  whole
};
struct DraftProblem {
  DraftField field;
  std::string message;
};

// `error`: of the latest quote of this very request, may be null; it is put at the field whose
// words it names.
[[nodiscard]] std::vector<DraftProblem> draft_problems(const GenerationDraft& draft,
                                                       const Catalogue& catalogue,
                                                       const Error* error);

// Why this provider cannot make that size; empty when it can.
[[nodiscard]] std::string why_not_size(const ProviderInfo& provider, const ImageSize& size);

// "12 credits", "1 credit", "free".
[[nodiscard]] std::string credits_text(std::int64_t credits);

// "/a/b.png" -> file, "https://..." -> url, blank -> none. Quotes, blanks around and "file://" go.
[[nodiscard]] Reference read_reference(const std::string& typed);

// What the form remembers between runs (last used per template), one line each, and the inverse;
// lines it does not know are left out.
[[nodiscard]] std::string save_draft(const GenerationDraft& draft);
void restore_draft(GenerationDraft& draft, const std::string& text);

}  // namespace castboard
