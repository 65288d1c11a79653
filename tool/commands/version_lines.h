#pragma once

#include <string>
#include <vector>

#include "commands/console.h"

namespace castboard {

// Versions as people read them: a table, or all about one.
std::string version_table(const std::vector<Version>& versions);
std::string version_lines(const Version& version, const std::string& character_name,
                          const Session& session);

}  // namespace castboard
