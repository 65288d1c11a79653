#pragma once

#include <string>

#include "castboard/events.h"
#include "providers/provider.h"

namespace castboard {

// What a provider would be sent for a small portrait, without and with references; `live`: it is
// sent, in its cheapest form, and what comes is looked at. Throws Failure as the provider does.
ProviderTrial try_provider(const Catalogue& catalogue, const Provider& provider, bool live,
                           Cancellation& cancel);

}  // namespace castboard
