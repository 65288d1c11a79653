#pragma once

#include <string>

#include "providers/descriptor.h"
#include "providers/provider.h"

namespace castboard {

// The request with its references as the provider takes them: scaled down and converted where they
// are too large or of a format it does not know. The library's copies stay as they are. Throws
// Failure: `invalid_input` where only a URL is taken and there is none, `bad_picture`.
ProviderRequest fit_references(const ProviderRequest& request, const ReferenceLimits& limits,
                               const std::string& provider_title);

}  // namespace castboard
