#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

// The arithmetic of the version strip, without ImGui. Lengths are in pixels.
namespace castboard {

struct StripLayout {
  float thumb = 0;    // side of the square thumbnail
  float label = 0;    // height of the line below it
  float spacing = 0;  // between items

  [[nodiscard]] float step() const { return thumb + spacing; }
  [[nodiscard]] float width(int count) const {
    return std::max(0.0F, static_cast<float>(count) * step() - spacing);
  }
  [[nodiscard]] float x(int index) const { return static_cast<float>(index) * step(); }
};

// Into a region of this height, scrollbar not counted.
inline StripLayout lay_out_strip(float height, float scale) {
  constexpr float kLabel = 22;
  constexpr float kSpacing = 11;
  constexpr float kMinThumb = 64;
  constexpr float kMaxThumb = 180;
  StripLayout layout;
  layout.label = std::round(kLabel * scale);
  layout.spacing = std::round(kSpacing * scale);
  layout.thumb =
      std::round(std::clamp(height - layout.label, kMinThumb * scale, kMaxThumb * scale));
  return layout;
}

// A run of items, with the tile that names it before it, where it has one.
struct StripRun {
  int first = 0;
  int count = 0;
  bool heading = false;
};

struct PlacedRun {
  int first = 0;
  int count = 0;
  bool heading = false;
  float heading_x = 0;
  float items_x = 0;
  float end = 0;  // of its last item
};

struct StripRuns {
  std::vector<PlacedRun> runs;
  float width = 0;
  float heading_width = 0;
};

// Runs follow each other; one with a heading stands a little apart from the one before.
inline StripRuns lay_out_runs(const StripLayout& layout, const std::vector<StripRun>& runs,
                              float scale) {
  constexpr float kHeading = 74;
  constexpr float kApart = 8;
  StripRuns out;
  out.heading_width = std::round(kHeading * scale);
  float x = 0;
  for (const StripRun& run : runs) {
    if (run.heading && !out.runs.empty()) x += std::round(kApart * scale);
    PlacedRun placed{run.first, run.count, run.heading, x, x, x};
    if (run.heading) placed.items_x = x + out.heading_width + layout.spacing;
    placed.end = run.count > 0 ? placed.items_x + layout.width(run.count)
                 : run.heading ? x + out.heading_width
                               : x;
    out.runs.push_back(placed);
    out.width = placed.end;
    x = placed.end + layout.spacing;
  }
  return out;
}

// The left edge of an item; negative where no run has it.
inline float item_x(const StripLayout& layout, const StripRuns& runs, int index) {
  for (const PlacedRun& run : runs.runs) {
    if (index >= run.first && index < run.first + run.count) {
      return run.items_x + layout.x(index - run.first);
    }
  }
  return -1;
}

// The scroll position nearest to `scroll` at which an item whose left edge is at `x` is wholly
// visible, with a glimpse of the neighbour that tells there is more.
inline float scroll_to_place(const StripLayout& layout, float x, float scroll, float width) {
  const float glimpse = layout.thumb / 3;
  const float left = x - glimpse;
  const float right = x + layout.thumb + glimpse;
  if (left < scroll) return std::max(0.0F, left);
  if (right > scroll + width) return right - width;
  return scroll;
}

// The same of an item where there is but one run.
inline float scroll_to_item(const StripLayout& layout, int index, float scroll, float width) {
  return scroll_to_place(layout, layout.x(index), scroll, width);
}

struct StripRange {
  int first = 0;
  int last = 0;
};

inline StripRange visible_versions(const StripLayout& layout, int count, float scroll,
                                   float width) {
  const auto first = static_cast<int>(std::floor(std::max(0.0F, scroll) / layout.step()));
  const auto last =
      static_cast<int>(std::ceil(std::max(0.0F, std::max(0.0F, scroll) + width) / layout.step()));
  const int clamped = std::clamp(first, 0, count);
  return {clamped, std::clamp(last, clamped, count)};
}

// Of one run, as indexes into the whole list.
inline StripRange visible_of_run(const StripLayout& layout, const PlacedRun& run, float scroll,
                                 float width) {
  const float from = scroll - run.items_x;
  if (from + width <= 0) return {run.first, run.first};
  // What lies before the run takes from its width.
  const float hidden = std::min(0.0F, from);
  const StripRange range = visible_versions(layout, run.count, from, width + hidden);
  return {run.first + range.first, run.first + range.last};
}

// The row over the strip. What has no room is left out; all of it is in the menu too.
struct FilterBarWidths {
  float title = 0;
  float count = 0;
  float sheets = 0;
  float approved = 0;
  float star = 0;
  float menu = 0;
  float clear = 0;  // 0: there is nothing to clear
  float trash = 0;
};

struct FilterBarLayout {
  float text = 0;  // width of the field; 0: no room
  bool title = true;
  bool count = true;
  bool sheets = true;
  bool approved = true;
  bool star = true;
};

inline FilterBarLayout lay_out_filter_bar(float room, const FilterBarWidths& widths, float gap,
                                          float scale) {
  constexpr float kMinText = 92;
  constexpr float kMaxText = 190;
  FilterBarLayout out;
  const auto piece = [gap](bool shown, float width) { return shown ? width + gap : 0; };
  const auto taken = [&] {
    return piece(out.title, widths.title) + piece(out.count, widths.count) +
           piece(out.sheets, widths.sheets) + piece(out.approved, widths.approved) +
           piece(out.star, widths.star) + piece(true, widths.menu) +
           piece(widths.clear > 0, widths.clear) + widths.trash;
  };
  bool* const least_first[] = {&out.sheets, &out.approved, &out.star, &out.title, &out.count};
  for (bool* piece_shown : least_first) {
    if (taken() + kMinText * scale + gap <= room) break;
    *piece_shown = false;
  }
  const float left = room - taken() - gap;
  out.text = left < kMinText * scale / 2 ? 0 : std::min(left, kMaxText * scale);
  return out;
}

}  // namespace castboard
