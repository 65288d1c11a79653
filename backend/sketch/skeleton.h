#pragma once

#include "sketch/figure.h"

// Where the joints of a posed figure are, and how thick it is there. Figure units.
namespace castboard::sketch {

inline constexpr double kHeadScale = 0.56;  // figure units a head unit
inline constexpr double kNeckInHead = 172;  // where the neck meets the shoulders, head units
inline constexpr double kHeadDrop = 17;     // heads of figures sit closer to the shoulders

struct Joints {
  Point root, middle, end;  // shoulder, elbow, wrist; hip, knee, ankle
};

struct Skeleton {
  Point pelvis, neck;
  Joints arm_left, arm_right, leg_left, leg_right;
  double shoulder = 88;  // half widths
  double waist = 58;
  double hip = 60;
  double girth = 1;    // of limbs
  double torso = 232;  // length of the spine
  double head = 1;     // size of the head
};

Skeleton make_skeleton(const CharacterLook& look, const Pose& pose);

// Parts in the order a figure is drawn (figure_limbs.cpp, figure_torso.cpp).
void draw_leg(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Joints& leg,
              double toe, bool shaded);
void draw_arm(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Joints& arm,
              Hand hand, double side, bool shaded);
void draw_hips(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Pose& pose);
void draw_skirt(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Pose& pose);
void draw_cape(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Pose& pose);
void draw_torso(Brush& brush, const CharacterLook& look, const Skeleton& bones, const Pose& pose);

}  // namespace castboard::sketch
