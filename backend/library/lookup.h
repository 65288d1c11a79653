#pragma once

#include <string_view>

#include "library/store.h"

// From the words a user types to rows. Throws Failure: `not_found` with the nearest name,
// `ambiguous` with the candidates in the hint.
namespace castboard {

Project find_project(StoreReader& reader, std::string_view name_or_id);

// `project`: name or id, empty: in all. An untrashed character wins over a trashed one.
Character find_character(StoreReader& reader, std::string_view name_or_id, std::string_view project,
                         const UserId& user);

// An id or `CHARACTER/v003` (also `/3`); trashed versions are found too.
Version find_version(StoreReader& reader, std::string_view text, std::string_view project,
                     const UserId& user);

// An id or its unique beginning (at least 4 characters).
Job find_job(StoreReader& reader, std::string_view id);

}  // namespace castboard
