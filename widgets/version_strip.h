#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "castboard/model.h"
#include "theme.h"
#include "thumbnail.h"
#include "version_filter.h"
#include "version_filter_bar.h"
#include "version_lineage.h"
#include "version_menu.h"

namespace castboard {

// What the strip is drawn from; everything is only read.
struct VersionStripInput {
  const Look& look;
  const Keymap& keymap;
  std::span<const Version> versions;  // oldest first; `shown.rows` count in it
  const ShownVersions& shown;
  const FilterChoices& choices;
  const VersionFilter& filter;
  const VersionGrouping& grouping;
  const Selection& chosen;
  std::vector<VersionId> targets = {};  // see `Board::targets`
  const VersionLineage& lineage;
  bool in_trash = false;
  bool loading = false;  // the list is not here yet
  bool has_character = true;
  VersionId viewed = {};
  VersionId compared = {};  // B, while the viewed one is A; empty: nothing is compared
  int cell = 0;             // sheets show this cell, 1..9, alone; 0: all nine
  ThumbnailFn thumbnail = {};
  // Where a URL of the library lies on disk, for what is dragged out.
  std::function<std::string(const std::string& url)> path_of = {};
  // The row of a version that something was made from; null where it is not listed.
  std::function<const Version*(const VersionId&)> find = {};
  // The entries of one version's context menu, called inside its popup.
  std::function<VersionRequest(const Version&)> menu = {};
};

// What the caller keeps between frames.
struct VersionStripState {
  VersionFilterBarState bar;
  VersionId scrolled_to;       // the viewed one that was brought into view
  std::uint64_t revision = 0;  // of what was displayed a frame ago
  VersionId anchor;            // of that, an item and where it stood on screen
  float anchor_x = 0;
};

struct VersionStripResult {
  VersionFilterBarResult bar;
  VersionRequest request;
  VersionId choose;  // an item was clicked, with these keys
  SelectKeys keys;
  std::optional<VersionGrouping> grouping;  // a group was folded or unfolded
  bool has_focus = false;
  int submitted = 0;  // items, headings too
};

// A character's versions, oldest left, with the filter over them. Draws into the current region, no
// window of its own; only the visible ones are submitted. Active, viewed, new, chosen, status, star
// and what it was made from are all told at once and never by colour alone. An item can be dragged:
// its payload is `kVersionPayload` (castboard/drag_drop.h).
VersionStripResult version_strip(const char* id, const VersionStripInput& input,
                                 VersionStripState& state);

}  // namespace castboard
