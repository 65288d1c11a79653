#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "board.h"
#include "theme.h"

namespace castboard {

struct ToastsResult {
  std::optional<Edit> undo;
  std::uint64_t undo_toast = 0;  // id of one with `take_back`; 0: none
  std::uint64_t close = 0;       // id; 0: none
  CharacterId show_character;
  VersionId show_version;
  std::string show_file;
  double next_frame_in = -1;  // seconds until one goes; negative: none goes by itself
};

// Messages over the lower right of the current region, newest lowest. What was done goes by itself
// after a while; an error stays until it is closed. `bottom_right` is in screen pixels.
ToastsResult toasts(const char* id, std::vector<Toast>& all, const Look& look, ImVec2 bottom_right,
                    float width, double seconds_since_last_frame, bool can_show_file = false);

}  // namespace castboard
