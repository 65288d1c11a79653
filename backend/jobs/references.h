#pragma once

#include <string>
#include <vector>

#include "library/library.h"
#include "providers/provider.h"

namespace castboard {

// A reference after its bytes were copied into the library by hash.
struct CopiedReference {
  ReferenceImage image;
  std::string hash;      // empty: none
  std::string words;     // the user's own
  VersionId version_id;  // when it was another version: a parent
};

// Reads the bytes a reference names (file, URL or version), checks that they are a whole picture
// and, when `copy`, stores them under images/references. A URL is downloaded only when `copy`.
// Blocking; file pool. Throws Failure naming the reference (`not_found`, `bad_picture`,
// `invalid_input`, `network`).
CopiedReference take_reference(const Reference& reference, std::string_view which, Library& library,
                               const UserId& user, const Http& http, bool copy,
                               Cancellation& cancel);

// "The active version" becomes the one that is active now, or none where there is none or the
// provider takes no such reference: it is wished for rather than demanded.
GenerationRequest with_settled_references(GenerationRequest request, const Character& character,
                                          const ProviderInfo& provider);

// The copy a job made earlier, by its hash.
ReferenceImage stored_reference(Library& library, std::string_view hash, const Reference& words);

}  // namespace castboard
