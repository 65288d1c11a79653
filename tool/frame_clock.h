#pragma once

#include <algorithm>

namespace castboard {

// How long the window may sleep before its next frame. Input has consequences that come later (a
// tooltip, a popup's final size), so some frames follow each; after that only what moves by itself
// wakes it. Times in seconds.
class FrameClock {
 public:
  // A frame was drawn because of input or a wake-up (`woken`), or because time was up. Dear ImGui
  // takes fast input apart, the press of a key in one frame and its release in the next, so each of
  // `inputs` needs a frame of its own.
  void drawn(bool woken, int inputs = 0) {
    if (woken || inputs > 0) {
      frames_left_ = std::max(frames_left_ - 1, kFramesAfterInput) + std::max(0, inputs);
      tooltip_checks_left_ = kTooltipChecks;
    } else if (frames_left_ > 0) {
      --frames_left_;
    } else if (tooltip_checks_left_ > 0) {
      --tooltip_checks_left_;
    }
  }

  // `next_frame_in`: of the panel; negative: nothing moves by itself.
  [[nodiscard]] double sleep(double next_frame_in) const {
    if (frames_left_ > 0) return 0.001;
    const double limit = tooltip_checks_left_ > 0 ? kTooltipStep : kLongest;
    return next_frame_in < 0 ? limit : std::clamp(next_frame_in, 0.001, limit);
  }

  static constexpr int kFramesAfterInput = 3;
  static constexpr int kTooltipChecks = 4;  // 0.6 s: ImGui's longer tooltip delay
  static constexpr double kTooltipStep = 0.15;
  static constexpr double kLongest = 3600;

 private:
  int frames_left_ = kFramesAfterInput;
  int tooltip_checks_left_ = 0;
};

}  // namespace castboard
