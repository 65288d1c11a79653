#pragma once

#include "sketch/expression.h"
#include "sketch/look.h"
#include "sketch/pose.h"

// A whole person in a pose. Figure units: the ground is y = 0, up is negative.
namespace castboard::sketch {

inline constexpr double kStandingHeight = 800;

struct FigureFrame {
  Point ground;      // pixels: where the feet stand
  double scale = 1;  // pixels a figure unit
};

// The frame that shows all of the pose, the ground near the bottom.
FigureFrame fit_figure(const Pose& pose, const CharacterLook& look, int width, int height);

void draw_figure(Brush& brush, const CharacterLook& look, const Pose& pose,
                 const Expression& expression, const FigureFrame& frame, Dice dice);

}  // namespace castboard::sketch
