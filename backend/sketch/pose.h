#pragma once

#include <string_view>

#include "sketch/head.h"

// Poses of a whole figure as joint angles. Degrees as `polar` takes them: 0 hangs down, 90 points
// to the picture's right, 180 up. Lengths in figure units (a person stands about 790 high).
namespace castboard::sketch {

enum class Hand { relaxed, fist, open, pointing };
// Which is drawn first: a limb behind the body (in its shadow), one beside it, one across it.
enum class Depth { beside, behind, before };

struct Limb {
  double upper = 0;  // arm or thigh
  double lower = 0;  // forearm or shin
  Depth depth = Depth::beside;
};

struct Pose {
  std::string_view key;
  View view = View::front;  // of the body
  View head_view = View::front;
  double yaw = 0;            // of the head
  double lean = 0;           // of the spine, to the right
  double nod = 0;            // head roll, degrees, to the right
  double pitch = 0;          // features up
  double spin = 0;           // the whole figure
  double lift = 0;           // of somebody in the air
  Limb arm_left, arm_right;  // the picture's left and right
  Limb leg_left, leg_right;
  double toe_left = -24, toe_right = 24;
  Hand hand_left = Hand::relaxed, hand_right = Hand::relaxed;
  bool seated = false;  // on a crate
  bool low = false;     // near the ground: coats and skirts lie differently
  std::string_view expression = "neutral";
};

// By shot key of any template ("three_quarter", "running", "hero_shot"); common variants are
// known ("fighting", "3_4", "defeated"). Unknown: standing.
const Pose& find_pose(std::string_view shot);

}  // namespace castboard::sketch
