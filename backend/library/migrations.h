#pragma once

#include <span>

namespace castboard {

// Marks a database as Castboard's (PRAGMA application_id): "CAST".
inline constexpr int kApplicationId = 0x43415354;

// SQL that leads from schema version i to i + 1. What has been released is never changed; a new
// version is a new entry at the end.
std::span<const char* const> migrations();

}  // namespace castboard
