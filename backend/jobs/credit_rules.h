#pragma once

#include <cstdint>
#include <string>

#include "castboard/model.h"
#include "library/store.h"

namespace castboard {

// Whether a project may spend so many credits more. Throws Failure(out_of_credit) over a hard
// limit, in all or of the day. Over a soft one: the question to put to the user; else empty. Pure.
std::string question_of_limits(const Project& project, const CreditUse& use, std::int64_t credits);

// Throws Failure(out_of_credit) where a request's own `max_credits` is less. Pure.
void refuse_over_own_limit(const GenerationRequest& request, std::int64_t credits);

// Entries with what they add up to. Pure.
Ledger add_up(std::vector<LedgerEntry> entries);

}  // namespace castboard
