#pragma once

#include <algorithm>
#include <cmath>

#include "picture_fit.h"

// Where the panes of the composite window are: pure arithmetic, no ImGui. Lengths are in pixels.
namespace castboard {

// The panes that can be made larger and smaller, and folded.
enum class Pane { cast, form, strip, jobs };

// What the user dragged or pressed; design pixels, so that they survive a change of scale.
struct PanelSplits {
  float cast_width = 326;
  float form_width = 342;
  float strip_height = 160;
  float jobs_height = 60;
  float version_details_width = 300;  // beside the picture
  bool version_details_open = false;
  bool cast_folded = false;  // by the user, not for lack of room
  bool form_folded = false;
  bool strip_folded = false;
  bool jobs_folded = false;

  [[nodiscard]] float& size(Pane pane) {
    switch (pane) {
      case Pane::cast:
        return cast_width;
      case Pane::form:
        return form_width;
      case Pane::strip:
        return strip_height;
      case Pane::jobs:
        break;
    }
    return jobs_height;
  }
  [[nodiscard]] bool& folded(Pane pane) {
    switch (pane) {
      case Pane::cast:
        return cast_folded;
      case Pane::form:
        return form_folded;
      case Pane::strip:
        return strip_folded;
      case Pane::jobs:
        break;
    }
    return jobs_folded;
  }
};

namespace panel_sizes {
inline constexpr float kTopBar = 44;
inline constexpr float kGutter = 9;  // between two panes: what is dragged
inline constexpr float kRail = 46;   // a side pane collapsed to icons
inline constexpr float kBar = 30;    // a pane collapsed to one line
inline constexpr float kMinCast = 180;
inline constexpr float kMinForm = 288;
inline constexpr float kMinCentre = 430;
inline constexpr float kMinStrip = 128;
inline constexpr float kMinJobs = 52;
inline constexpr float kGoodViewer = 300;   // what the strip leaves it when it is dragged
inline constexpr float kLeastViewer = 180;  // before panes below it fold
}  // namespace panel_sizes

struct PanelLayout {
  FitBox top_bar, cast, viewer, strip, form, jobs;
  // Between the panes.
  FitBox cast_gutter, form_gutter, strip_gutter, jobs_gutter;
  // By the user or for lack of room.
  bool cast_is_rail = false;  // collapsed to icons
  bool form_is_rail = false;
  bool strip_is_bar = false;  // collapsed to one line
  bool jobs_is_bar = false;

  [[nodiscard]] bool is_folded(Pane pane) const {
    switch (pane) {
      case Pane::cast:
        return cast_is_rail;
      case Pane::form:
        return form_is_rail;
      case Pane::strip:
        return strip_is_bar;
      case Pane::jobs:
        break;
    }
    return jobs_is_bar;
  }
};

// Narrow windows first narrow the side panes, then fold the form, then the cast, into icons; low
// ones fold the jobs, then the strip, into one line.
inline PanelLayout lay_out_panel(float width, float height, float scale,
                                 const PanelSplits& splits) {
  using namespace panel_sizes;
  const float w = width / scale;
  const float h = height / scale;

  PanelLayout out;
  out.cast_is_rail = splits.cast_folded;
  out.form_is_rail = splits.form_folded;
  const auto least = [&] {
    return (out.cast_is_rail ? kRail : kMinCast) + (out.form_is_rail ? kRail : kMinForm) +
           kMinCentre + 2 * kGutter;
  };
  if (least() > w) out.form_is_rail = true;
  if (least() > w) out.cast_is_rail = true;
  float cast = out.cast_is_rail ? kRail : std::max(splits.cast_width, kMinCast);
  float form = out.form_is_rail ? kRail : std::max(splits.form_width, kMinForm);
  // What is missing in the centre is taken from the cast, then from the form.
  const float wanted_centre = std::min(620.0F, std::max(kMinCentre, w * 0.42F));
  float missing = wanted_centre - (w - cast - form - 2 * kGutter);
  if (missing > 0 && !out.cast_is_rail) {
    const float give = std::min(missing, std::max(0.0F, cast - kMinCast));
    cast -= give;
    missing -= give;
  }
  if (missing > 0 && !out.form_is_rail) {
    form -= std::min(missing, std::max(0.0F, form - kMinForm));
  }
  const float centre = std::max(0.0F, w - cast - form - 2 * kGutter);

  const auto viewer_with = [&](float strip, float jobs) {
    return h - kTopBar - 2 * kGutter - strip - jobs;
  };
  const auto strip_least = [&] { return out.strip_is_bar ? kBar : kMinStrip; };
  out.strip_is_bar = splits.strip_folded;
  out.jobs_is_bar = splits.jobs_folded || viewer_with(strip_least(), kMinJobs) < kLeastViewer;
  out.strip_is_bar |= viewer_with(kMinStrip, out.jobs_is_bar ? kBar : kMinJobs) < kLeastViewer;
  const float most_jobs = std::min(h * 0.4F, viewer_with(strip_least(), 0) - kLeastViewer);
  const float jobs = out.jobs_is_bar
                         ? kBar
                         : std::clamp(splits.jobs_height, kMinJobs, std::max(kMinJobs, most_jobs));
  const float body = std::max(0.0F, h - kTopBar - kGutter - jobs);
  const float strip = out.strip_is_bar
                          ? kBar
                          : std::clamp(splits.strip_height, kMinStrip,
                                       std::max(kMinStrip, body - kGutter - kGoodViewer));
  const float viewer = std::max(0.0F, body - kGutter - strip);

  const auto box = [scale](float x, float y, float bw, float bh) {
    // Whole pixels: lines between panes stay sharp.
    const float left = std::round(x * scale);
    const float top = std::round(y * scale);
    return FitBox{left, top, std::round((x + bw) * scale) - left,
                  std::round((y + bh) * scale) - top};
  };
  const float centre_left = cast + kGutter;
  const float form_left = centre_left + centre + kGutter;
  const float strip_top = kTopBar + viewer + kGutter;
  const float jobs_top = kTopBar + body + kGutter;
  out.top_bar = box(0, 0, w, kTopBar);
  out.cast = box(0, kTopBar, cast, body);
  out.viewer = box(centre_left, kTopBar, centre, viewer);
  out.strip = box(centre_left, strip_top, centre, strip);
  out.form = box(form_left, kTopBar, form, body);
  out.jobs = box(0, jobs_top, w, std::max(0.0F, h - jobs_top));
  out.cast_gutter = box(cast, kTopBar, kGutter, body);
  out.form_gutter = box(form_left - kGutter, kTopBar, kGutter, body);
  out.strip_gutter = box(centre_left, strip_top - kGutter, centre, kGutter);
  out.jobs_gutter = box(0, jobs_top - kGutter, w, kGutter);
  return out;
}

// The edge of a pane was dragged so that it would be `size` design pixels wide or high. Much too
// small folds it and keeps the size it had; drawn out again it unfolds.
inline void drag_split(PanelSplits& splits, Pane pane, float size) {
  using namespace panel_sizes;
  float least = kMinJobs;
  if (pane == Pane::cast) least = kMinCast;
  if (pane == Pane::form) least = kMinForm;
  if (pane == Pane::strip) least = kMinStrip;
  constexpr float kFoldBelow = 0.6F;  // of its least size
  splits.folded(pane) = size < least * kFoldBelow;
  if (!splits.folded(pane)) splits.size(pane) = std::max(size, least);
}

// Back to what it was at first.
inline void reset_split(PanelSplits& splits, Pane pane) {
  PanelSplits first;
  splits.size(pane) = first.size(pane);
  splits.folded(pane) = false;
}

// The viewer with the room of strip and form; they have none.
inline void give_all_to_viewer(PanelLayout& layout) {
  layout.viewer.width = layout.form.x + layout.form.width - layout.viewer.x;
  layout.viewer.height = layout.cast.height;
  layout.strip = {layout.viewer.x, layout.viewer.y + layout.viewer.height, 0, 0};
  layout.form = {layout.viewer.x + layout.viewer.width, layout.viewer.y, 0, 0};
  layout.strip_gutter = layout.form_gutter = {};
}

}  // namespace castboard
