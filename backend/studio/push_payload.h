#pragma once

#include <string>
#include <string_view>

#include "castboard/model.h"

namespace castboard {

// The path a character has at the studio API: `/api/characters/{id}`.
std::string push_path(const CharacterId& character);

// The JSON of the PATCH: `imageUrl`, `imagePoses` (absolute URLs below `base`), `versionId`,
// `versionNumber`, `status`; nulls when no version is active.
std::string push_body(const Character& character, std::string_view base);

// A library URL below a base URL; each path segment percent-encoded.
std::string public_url(std::string_view base, std::string_view url);

}  // namespace castboard
