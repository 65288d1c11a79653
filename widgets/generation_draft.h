#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "castboard/preset.h"
#include "castboard/request_rules.h"
#include "castboard/result.h"

namespace castboard {

// The request being edited in the generation form and the rules of editing it: defaults, the name
// that follows style and template, what was last used per template, the undo of what changes all of
// it at once (Reset, a preset, recalled settings). Owned by whoever shows the form. No ImGui, no
// thread.
struct GenerationDraft {
  GenerationRequest request;
  bool fresh = true;         // defaults are still to be put in
  bool name_edited = false;  // typed by hand: follows style and template no longer
  std::string seed_text;     // as typed; blank: random
  std::map<std::string, GenerationRequest> last_used;  // by template key
  std::set<std::string> reference_kept;  // templates of `last_used` that know their reference
  std::string last_template;             // the one generated last

  // What changed all of it at once, for the undo that is offered until something else is changed.
  struct Change {
    std::string what;  // "Reset", "Preset House sheet"
    GenerationRequest before;
    bool name_was_edited = false;
    std::optional<GenerationRequest> after;  // as first settled
  };
  std::optional<Change> change;
};

// Versions that can be asked for at once from the form.
inline constexpr int kMostAtOnce = 8;

// The request a new user sees: portrait, headshot, cinematic_realistic, 1:1, default provider.
[[nodiscard]] GenerationRequest default_request(const Catalogue& catalogue);

// To be called before each frame of the form: a fresh draft gets its defaults, keys the catalogue
// no longer has are replaced, and the name follows unless it was typed.
void settle_draft(GenerationDraft& draft, const Catalogue& catalogue, const CharacterId& character);

// Recalls shot, style, size, provider and model, seed or random, how many, what becomes active, and
// whether the active version is the reference, as last used with that template. Keeps a name typed
// by hand, the description, and references chosen by hand.
void choose_template(GenerationDraft& draft, const Catalogue& catalogue, const std::string& key);

// Remembers the request as last used of its template; called when it is generated.
void remember_used(GenerationDraft& draft);

void reset_draft(GenerationDraft& draft, const Catalogue& catalogue);
// Takes over all settings of a version, of a failed job, or of a command: "use these settings".
// `what` names it for the undo.
void use_settings(GenerationDraft& draft, const GenerationRequest& request,
                  const std::string& what = {});
void use_preset(GenerationDraft& draft, const Catalogue& catalogue, const Preset& preset);
// The last of these three, while nothing else was changed since; nullptr else.
[[nodiscard]] const GenerationDraft::Change* undoable_change(const GenerationDraft& draft);
void undo_change(GenerationDraft& draft);

// Whether the template draws a whole sheet by default: then the active version is its reference,
// unless the user took that away.
[[nodiscard]] bool wants_active_reference(const GenerationDraft& draft, const Catalogue& catalogue);
// The active version as character reference, or none.
void set_active_reference(GenerationDraft& draft, bool on);

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
  prompt,
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

// Why this provider cannot make that size with that model (empty: its default); empty when it can.
[[nodiscard]] std::string why_not_size(const ProviderInfo& provider, const std::string& model,
                                       const ImageSize& size);
// Why it takes no reference of that kind; `kind`: "character" or "background".
[[nodiscard]] std::string why_not_reference(const ProviderInfo& provider, const std::string& model,
                                            const std::string& kind, int most);
// What choosing that model would take from the request: "no 16:9", "no background reference"; empty
// when nothing.
[[nodiscard]] std::string lost_with_model(const ProviderInfo& provider, const std::string& model,
                                          const GenerationRequest& request);

// "12 credits", "1 credit", "free".
[[nodiscard]] std::string credits_text(std::int64_t credits);

// "/a/b.png" -> file, "https://..." -> url, blank -> none. Quotes, blanks around and "file://" go.
[[nodiscard]] Reference read_reference(const std::string& typed);

// What the form remembers between runs (last used per template), one line each, and the inverse;
// lines it does not know are left out.
[[nodiscard]] std::string save_draft(const GenerationDraft& draft);
void restore_draft(GenerationDraft& draft, const std::string& text);

}  // namespace castboard
