#include "frame_clock.h"

#include <gtest/gtest.h>

namespace castboard {
namespace {

FrameClock quiet_clock() {
  FrameClock clock;
  for (int i = 0; i < 20; ++i) clock.drawn(false);
  return clock;
}

TEST(FrameClock, sleeps_as_long_as_it_can_when_nothing_moves) {
  EXPECT_EQ(quiet_clock().sleep(-1), FrameClock::kLongest);
}

TEST(FrameClock, wakes_for_what_moves_by_itself) {
  EXPECT_EQ(quiet_clock().sleep(0.7), 0.7);
}

TEST(FrameClock, draws_some_frames_after_input_and_waits_for_tooltips_then) {
  FrameClock clock = quiet_clock();
  clock.drawn(true);
  for (int i = 0; i < FrameClock::kFramesAfterInput; ++i) {
    EXPECT_LT(clock.sleep(-1), 0.01) << i;
    clock.drawn(false);
  }
  for (int i = 0; i < FrameClock::kTooltipChecks; ++i) {
    EXPECT_EQ(clock.sleep(-1), FrameClock::kTooltipStep) << i;
    clock.drawn(false);
  }
  EXPECT_EQ(clock.sleep(-1), FrameClock::kLongest);
}

TEST(FrameClock, gives_every_key_of_a_burst_a_frame_of_its_own) {
  FrameClock clock = quiet_clock();
  clock.drawn(true, 40);
  for (int i = 0; i < 40; ++i) clock.drawn(false);
  EXPECT_LT(clock.sleep(-1), 0.01);
}

TEST(FrameClock, never_spins_even_when_asked_to_draw_at_once) {
  EXPECT_GT(quiet_clock().sleep(0), 0);
}

}  // namespace
}  // namespace castboard
