#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "castboard/model.h"
#include "picture_fit.h"
#include "viewpoint.h"

// The arithmetic of the sheet view, without ImGui: cells, the magnifier, the flipbook, the onion
// skin.
namespace castboard {

// A cell as exact thirds, for pictures whose borders nobody has found.
inline PixelRect third(int cell, int width, int height) {
  const int column = (cell - 1) % kSheetColumns;
  const int row = (cell - 1) / kSheetColumns;
  const int left = width * column / kSheetColumns;
  const int top = height * row / kSheetRows;
  return {left, top, width * (column + 1) / kSheetColumns - left,
          height * (row + 1) / kSheetRows - top};
}

// Where the magnifier goes: beside the hovered cell inside `view`, on the side with the most room,
// never over it. `most` is how much larger than the cell on the screen it may be. Empty: there is
// no room to show it noticeably larger.
inline FitBox magnifier_place(const FitBox& cell, const FitBox& view, float gap, float most) {
  constexpr float kNoticeable = 1.2F;
  const float view_right = view.x + view.width;
  const float view_bottom = view.y + view.height;
  const float cell_right = cell.x + cell.width;
  const float cell_bottom = cell.y + cell.height;
  const std::array<FitBox, 4> sides = {
      FitBox{cell_right + gap, view.y, view_right - cell_right - gap, view.height},
      FitBox{view.x, view.y, cell.x - gap - view.x, view.height},
      FitBox{view.x, cell_bottom + gap, view.width, view_bottom - cell_bottom - gap},
      FitBox{view.x, view.y, view.width, cell.y - gap - view.y}};
  FitBox best;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const FitBox& room = sides[side];
    if (room.width <= 0 || room.height <= 0 || cell.width <= 0 || cell.height <= 0) continue;
    const float factor = std::min({room.width / cell.width, room.height / cell.height, most});
    FitBox place{0, 0, cell.width * factor, cell.height * factor};
    // Beside the cell's middle, as near as the view allows.
    const auto along = [](float middle, float size, float from, float space) {
      return std::clamp(middle - size / 2, from, std::max(from, from + space - size));
    };
    place.x = side == 0   ? room.x
              : side == 1 ? room.x + room.width - place.width
                          : along(cell.x + cell.width / 2, place.width, room.x, room.width);
    place.y = side == 2   ? room.y
              : side == 3 ? room.y + room.height - place.height
                          : along(cell.y + cell.height / 2, place.height, room.y, room.height);
    // The first side wins unless another shows clearly more.
    if (place.width > best.width * 1.05F) best = place;
  }
  return best.width < cell.width * kNoticeable ? FitBox{} : best;
}

// How long the pointer rests on a cell before it is shown enlarged, in seconds; shorter while one
// looks from cell to cell.
inline constexpr float kMagnifierDelay = 0.45F;
inline constexpr float kNextMagnifierDelay = 0.12F;

// Which cell the pointer rests on, and for how long. Times are given, never taken from a clock.
struct MagnifierWait {
  int cell = 0;
  float rested = 0;  // seconds
  bool is_shown = false;
  bool was_shown = false;  // for a cell before this one, without leaving the sheet

  void look_at(int hovered, float seconds) {
    if (hovered == 0) {
      *this = {};
      return;
    }
    if (hovered != cell) {
      was_shown = was_shown || is_shown;
      cell = hovered;
      rested = 0;
    } else {
      rested += seconds;
    }
    is_shown = rested >= delay();
  }
  [[nodiscard]] float delay() const { return was_shown ? kNextMagnifierDelay : kMagnifierDelay; }
  // Seconds until it shows; negative: nothing will change by itself.
  [[nodiscard]] float shows_in() const { return cell == 0 || is_shown ? -1 : delay() - rested; }
};

inline constexpr float kMinFlipRate = 0.5F;  // cells a second
inline constexpr float kMaxFlipRate = 24;

// Cycles through cells in place at a rate; the time that has passed is given.
struct Flipbook {
  bool is_playing = false;
  float rate = 4;  // cells a second
  bool skip_omitted = true;
  int cell = 0;         // shown now, 1..9; 0: not started
  float shown_for = 0;  // seconds

  void start(int first, const std::vector<bool>& left_out) {
    is_playing = true;
    shown_for = 0;
    cell = std::clamp(first, 1, kCellsPerSheet);
    if (is_left_out(cell, left_out)) cell = after(cell, left_out);
  }
  void stop() { is_playing = false; }

  void advance(float seconds, const std::vector<bool>& left_out) {
    if (!is_playing) return;
    const float each = 1 / std::clamp(rate, kMinFlipRate, kMaxFlipRate);
    // After a long pause of the host it goes on, it does not catch up.
    shown_for += std::min(seconds, each * kCellsPerSheet);
    while (shown_for >= each) {
      shown_for -= each;
      cell = after(cell, left_out);
    }
    if (is_left_out(cell, left_out)) cell = after(cell, left_out);
  }

  // Seconds until the next cell; negative: it stands still.
  [[nodiscard]] float next_in() const {
    if (!is_playing) return -1;
    return std::max(0.0F, 1 / std::clamp(rate, kMinFlipRate, kMaxFlipRate) - shown_for);
  }

 private:
  [[nodiscard]] bool is_left_out(int number, const std::vector<bool>& left_out) const {
    const auto at = static_cast<std::size_t>(number - 1);
    return skip_omitted && at < left_out.size() && left_out[at];
  }
  // The next one that is not left out; the same when all others are.
  [[nodiscard]] int after(int number, const std::vector<bool>& left_out) const {
    for (int step = 1; step <= kCellsPerSheet; ++step) {
      const int next = (number - 1 + step) % kCellsPerSheet + 1;
      if (!is_left_out(next, left_out)) return next;
    }
    return number;
  }
};

// The onion skin: the chosen cell, and over it others that shine through.
struct OnionSkin {
  bool is_on = false;
  float opacity = 0.5F;  // of all the others together, 0..1
  std::array<bool, kCellsPerSheet> others = {true, true, true, true, true, true, true, true, true};
};

// Opacities to draw layers with, one over the other from the first on, so that each has its share
// of what is seen: the first 1 - opacity, the others `opacity` in equal parts.
inline std::vector<float> onion_alphas(int others, float opacity) {
  std::vector<float> alphas = {1};
  const float part = others > 0 ? opacity / static_cast<float>(others) : 0;
  float below = 1 - opacity;
  for (int i = 0; i < others; ++i) {
    below += part;
    alphas.push_back(below > 0 ? part / below : 0);
  }
  return alphas;
}

}  // namespace castboard
