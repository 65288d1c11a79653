#pragma once

#include <algorithm>
#include <cmath>

#include "picture_fit.h"

// Where the panes of the composite window are: pure arithmetic, no ImGui. Lengths are in pixels.
namespace castboard {

// What the user dragged or pressed; design pixels, so that they survive a change of scale.
struct PanelSplits {
  float cast_width = 326;
  float form_width = 342;
  float strip_height = 160;
  float jobs_height = 60;
  bool cast_folded = false;  // by the user
  bool form_folded = false;
};

struct PanelLayout {
  FitBox top_bar, cast, viewer, strip, form, jobs;
  bool cast_is_rail = false;  // collapsed to icons
  bool form_is_rail = false;
};

// Narrow windows first narrow the side panes, then fold the form, then the cast, into icons.
inline PanelLayout lay_out_panel(float width, float height, float scale,
                                 const PanelSplits& splits) {
  constexpr float kTopBar = 44;
  constexpr float kRail = 46;
  constexpr float kMinCast = 180;
  constexpr float kMinForm = 288;
  constexpr float kMinCentre = 430;
  constexpr float kMinViewer = 390;  // before the strip grows
  constexpr float kMinStrip = 128;
  const float w = width / scale;
  const float h = height / scale;

  PanelLayout out;
  out.cast_is_rail = splits.cast_folded;
  out.form_is_rail = splits.form_folded;
  const auto least = [&] {
    return (out.cast_is_rail ? kRail : kMinCast) + (out.form_is_rail ? kRail : kMinForm) +
           kMinCentre;
  };
  if (least() > w) out.form_is_rail = true;
  if (least() > w) out.cast_is_rail = true;
  float cast = out.cast_is_rail ? kRail : std::max(splits.cast_width, kMinCast);
  float form = out.form_is_rail ? kRail : std::max(splits.form_width, kMinForm);
  // What is missing in the centre is taken from the cast, then from the form.
  const float wanted_centre = std::min(620.0F, std::max(kMinCentre, w * 0.42F));
  float missing = wanted_centre - (w - cast - form);
  if (missing > 0 && !out.cast_is_rail) {
    const float give = std::min(missing, std::max(0.0F, cast - kMinCast));
    cast -= give;
    missing -= give;
  }
  if (missing > 0 && !out.form_is_rail) {
    form -= std::min(missing, std::max(0.0F, form - kMinForm));
  }
  const float centre = std::max(0.0F, w - cast - form);
  const float jobs = std::clamp(splits.jobs_height, 52.0F, std::max(52.0F, h * 0.4F));
  const float body = std::max(0.0F, h - kTopBar - jobs);
  const float strip =
      std::clamp(splits.strip_height, kMinStrip, std::max(kMinStrip, body - kMinViewer));

  const auto box = [scale](float x, float y, float bw, float bh) {
    // Whole pixels: lines between panes stay sharp.
    const float left = std::round(x * scale);
    const float top = std::round(y * scale);
    return FitBox{left, top, std::round((x + bw) * scale) - left,
                  std::round((y + bh) * scale) - top};
  };
  out.top_bar = box(0, 0, w, kTopBar);
  out.cast = box(0, kTopBar, cast, body);
  out.viewer = box(cast, kTopBar, centre, std::max(0.0F, body - strip));
  out.strip = box(cast, kTopBar + std::max(0.0F, body - strip), centre, std::min(strip, body));
  out.form = box(cast + centre, kTopBar, form, body);
  out.jobs = box(0, kTopBar + body, w, jobs);
  return out;
}

}  // namespace castboard
