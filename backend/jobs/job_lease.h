#pragma once

#include <chrono>
#include <exception>
#include <string_view>

#include "castboard/result.h"

namespace castboard {

// How long a job that was sent is its owner's without a sign of life; and how often that sign is
// given. Long enough for a busy machine, short enough that nobody waits half a day for a picture.
inline constexpr std::chrono::milliseconds kLease{120'000};
inline constexpr std::chrono::milliseconds kLeaseRenewal{30'000};
inline constexpr std::chrono::milliseconds kRowRetry{1'000};

// What was thrown, as a value.
Error to_error(const std::exception_ptr& failed);

}  // namespace castboard
