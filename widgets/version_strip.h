#pragma once

#include <span>

#include "castboard/model.h"
#include "theme.h"
#include "thumbnail.h"
#include "version_menu.h"

namespace castboard {

// What the strip is drawn from; everything is only read.
struct VersionStripInput {
  const Look& look;
  std::span<const Version> versions;  // oldest first
  bool loading = false;               // the list is not here yet
  bool has_character = true;
  VersionId viewed;
  bool can_show_in_folder = false;
  ThumbnailFn thumbnail;
};

// What the caller keeps between frames.
struct VersionStripState {
  VersionId scrolled_to;  // the viewed one that was brought into view
};

struct VersionStripResult {
  VersionRequest request;
  int submitted = 0;
};

// A character's versions, oldest left. Draws into the current region, no window of its own; only
// the visible ones are submitted. Active, viewed, new, status and star are all told at once and
// never by colour alone.
VersionStripResult version_strip(const char* id, const VersionStripInput& input,
                                 VersionStripState& state);

}  // namespace castboard
