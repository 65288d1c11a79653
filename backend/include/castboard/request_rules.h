#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "castboard/result.h"

// Rules of what users ask for that the window and the command line share. Pure; any thread.
namespace castboard {

// Of `GenerationRequest::count`.
inline constexpr int kMaxPicturesAtOnce = 100;

// Of the name of a project, character or version; `whose`: "project's name". nullopt: it can be
// used. That it is taken is known by the library only.
std::optional<Error> problem_with_name(std::string_view whose, std::string_view name);

// Of keys, name, numbers and the form of references; everything but the character and the files.
std::optional<Error> problem_with_request(const Catalogue& catalogue,
                                          const GenerationRequest& request);

// "Anime Expression Sheet"; of a single expression "Anime Happy Expression".
std::string suggested_version_name(const Catalogue& catalogue, const GenerationRequest& request);

// Everything a version was made with except its seed, to make it again ("remix"): references by the
// user's own words for them, a prompt of the user's own. `remix_of` is the version.
GenerationRequest request_of(const Version& version, const Catalogue& catalogue);

}  // namespace castboard
