#pragma once

#include <string_view>
#include <vector>

#include "session_workers.h"

namespace castboard {

// What `castboard doctor` says of an open library: free, read-only, no secret in any text.
// Blocking; a worker.
std::vector<DoctorFinding> examine(OpenLibrary& library);

// Descriptors with their mistakes; `name` empty: all. Throws Failure (`not_found`).
std::vector<ProviderReport> provider_reports(OpenLibrary& library, std::string_view name);

}  // namespace castboard
