#pragma once

#include <optional>
#include <string>

#include "keymap.h"
#include "selection.h"
#include "text_field.h"
#include "theme.h"
#include "version_filter.h"
#include "version_menu.h"

namespace castboard {

struct VersionFilterBarInput {
  const Look& look;
  const Keymap& keymap;
  const ShownVersions& shown;
  const FilterChoices& choices;
  const VersionFilter& filter;
  const VersionGrouping& grouping;
  const std::vector<VersionId>& targets;  // what is chosen; more than one: their actions are shown
  bool in_trash = false;
};

// What the caller keeps between frames.
struct VersionFilterBarState {
  std::string text;  // as typed
  FieldFocus focus_text;
};

struct VersionFilterBarResult {
  std::optional<VersionFilter> filter;      // what it is now
  std::optional<VersionGrouping> grouping;  // likewise
  std::optional<bool> trash;                // show it, or leave it
  std::optional<int> jump;                  // to this number
  bool clear_chosen = false;
  VersionRequest request;  // for the chosen ones
  bool text_active = false;
};

// The row over the strip: its title, how many of how many pass, the filter; or, while several
// versions are chosen, what can be done with them. What has no room goes into the filter's menu.
VersionFilterBarResult version_filter_bar(const char* id, const VersionFilterBarInput& input,
                                          VersionFilterBarState& state);

}  // namespace castboard
