#pragma once

#include <string>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "generation_draft.h"

// Settings of a version put back into the form. Pure; no ImGui, no thread.
namespace castboard {

enum class Recall {
  all,     // the same picture again, where the provider keeps to its seed
  prompt,  // what was asked for in words
  seed,
  remix,  // all but the seed
};

// Everything a version was asked for with. References are recalled by the user's own words for
// them. A provider that is not there any more leaves the catalogue's default.
[[nodiscard]] GenerationRequest settings_of(const Version& version, const Catalogue& catalogue);

// Changes the draft and answers what to say about it; `changed` is false where there was nothing to
// recall, such as the seed of a provider that tells none.
struct Recalled {
  bool changed = true;
  std::string message;
};
Recalled recall(GenerationDraft& draft, const Version& version, const Catalogue& catalogue,
                Recall what);

// The part of a draft that recalling changes, to put it back exactly.
struct DraftBefore {
  GenerationRequest request;
  bool name_edited = false;
  std::string seed_text;
};
[[nodiscard]] DraftBefore before_recall(const GenerationDraft& draft);
void put_back(GenerationDraft& draft, const DraftBefore& before);

}  // namespace castboard
