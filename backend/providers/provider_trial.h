#pragma once

#include <filesystem>

#include "castboard/events.h"
#include "providers/provider.h"

namespace castboard {

// What a provider would be sent for a small portrait, without and with references; `live`: it is
// sent, in its cheapest form, and what comes is looked at. Throws Failure as the provider does; what
// came and is no picture then lies in `keep_in`, and the failure says so.
ProviderTrial try_provider(const Catalogue& catalogue, const Provider& provider, bool live,
                           const std::filesystem::path& keep_in, Cancellation& cancel);

}  // namespace castboard
