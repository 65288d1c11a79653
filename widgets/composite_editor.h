#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "castboard/composite.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// One picture that a cell may come from.
struct CompositeSource {
  const Version* version = nullptr;
  int cell = 0;  // of a sheet; 0: all of a single picture
  std::string url;
};

// The sheet being put together; owned by the caller.
struct CompositeState {
  VersionId base;
  std::vector<CompositePick> picks;  // each cell at most once
  int cell = 1;                      // whose sources are shown

  [[nodiscard]] const CompositePick* pick(int number) const;
  // Takes the cell from there; from the base's own cell: none.
  void take(int number, const VersionId& version, int source_cell);
};

// The pictures of `pose` that a character's versions have, newest first.
std::vector<CompositeSource> sources_of_pose(std::span<const Version> versions,
                                             const std::string& pose);

struct CompositeInput {
  const Look& look;
  std::span<const Version> versions;  // of the character, oldest first
  const Catalogue* catalogue = nullptr;
  bool busy = false;
  ThumbnailFn thumbnail;
};

struct CompositeResult {
  bool create = false;
  bool close = false;
};

// For each of nine cells a choice of versions, and how the sheet would look. Draws into the current
// region.
CompositeResult composite_editor(const char* id, const CompositeInput& input,
                                 CompositeState& state);

}  // namespace castboard
