#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "castboard/drag_drop.h"

namespace castboard {

// Inside a drag source: what is dragged is this version. `path`: of its picture's file, absolute.
void drag_version(const VersionId& version, const CharacterId& character, std::string_view path);

// Inside a drop target: the file that is dropped with the host's own payload type, a
// zero-terminated path. Empty type: the host has none.
[[nodiscard]] std::optional<std::string> accept_file(const std::string& payload_type);

}  // namespace castboard
