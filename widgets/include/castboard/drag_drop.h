#pragma once

#include <optional>
#include <string>

#include "castboard/model.h"

namespace castboard {

// The ImGui drag and drop payload of a version: its data is a `VersionPayload`.
inline constexpr const char* kVersionPayload = "castboard.version.v1";

// Plain bytes, copied by Dear ImGui; texts end with a zero. The layout of this name never changes:
// a plugin built with another Castboard can read it.
struct VersionPayload {
  char version_id[40] = {};    // a UUID
  char character_id[40] = {};  // of whom it is
  char path[4096] = {};        // the picture's file, absolute; empty where it does not fit
};

// A version that was dropped on the host.
struct DroppedVersion {
  VersionId version = {};
  CharacterId character = {};
  std::string path = {};  // of the picture's file, absolute
};

// Between the host's ImGui::BeginDragDropTarget() and EndDragDropTarget(): the version that is
// dropped in this frame; nullopt: none is. Drawing thread.
[[nodiscard]] std::optional<DroppedVersion> accept_version();

}  // namespace castboard
