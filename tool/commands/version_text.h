#pragma once

#include <string>

namespace castboard {

// What `castboard --version` prints: Castboard, Dear ImGui and whether docking is in.
std::string version_text(bool json);

}  // namespace castboard
