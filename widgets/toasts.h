#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "board.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct ToastsState {
  bool all_shown = false;  // as many as there is room for, over the whole view
};

struct ToastsResult {
  std::optional<Edit> undo;
  std::uint64_t undo_toast = 0;  // id of one with `take_back`; 0: none
  std::uint64_t close = 0;       // id; 0: none
  bool close_all = false;
  CharacterId show_character;
  VersionId show_version;
  std::string show_file;
  double next_frame_in = -1;  // seconds until one goes; negative: none goes by itself
};

// Messages over the lower right of the current region, newest lowest. What was done goes by itself
// after a while of being seen; an error stays until it is closed. `bottom_right` and `room`, which
// is what they may cover, are in screen pixels. Few enough are shown to leave most of it free; the
// others wait behind a button that shows them too.
ToastsResult toasts(const char* id, std::vector<Toast>& all, ToastsState& state, const Look& look,
                    ImVec2 bottom_right, ImVec2 room, double seconds_since_last_frame,
                    bool can_show_file = false);

}  // namespace castboard
