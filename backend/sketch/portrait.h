#pragma once

#include "sketch/backdrop.h"
#include "sketch/expression.h"
#include "sketch/look.h"

// Heads and shoulders on a surface, without the backdrop.
namespace castboard::sketch {

struct PortraitPose {
  double yaw = 0;                  // degrees
  double roll = 0;                 // degrees
  double zoom = 1;                 // 1: the head is a little under half of the picture's height
  Point offset;                    // shares of the short side
  bool shoulder_in_front = false;  // somebody's shoulder close to the camera
};

void draw_portrait(Brush& brush, const CharacterLook& look, const Expression& expression,
                   const PortraitPose& pose, Dice dice);

}  // namespace castboard::sketch
