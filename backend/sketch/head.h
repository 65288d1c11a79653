#pragma once

#include "sketch/brush.h"
#include "sketch/expression.h"
#include "sketch/look.h"

// A head in head units: the origin between the eyes' height and the skull's centre, chin at about
// y = 125, crown at about y = -125, half a face about 92 wide. The brush's user space is set up by
// the caller. Layers are separate so that necks, collars and hands go in between.
namespace castboard::sketch {

enum class View { front, three_quarter, side, back };

struct HeadPose {
  View view = View::front;
  double yaw = 0;    // degrees, to the picture's right
  double pitch = 0;  // features up, head units
};

// The measures of a face that hair, hats and beards have to fit.
struct HeadShape {
  double width;  // half, at the eyes
  double jaw;    // half, at the mouth
  double chin;   // control width of the chin
  double chin_y;
  double top;  // crown, negative
};
HeadShape head_shape(const CharacterLook& look);

// Where a feature at `x` of a head turned by `yaw` degrees shows, and how much it is narrowed.
double turned_x(double x, double yaw);
double turned_scale(double x, double yaw);

// Hair, ears and hood behind neck and shoulders.
void draw_head_back(Brush& brush, const CharacterLook& look, const HeadPose& pose);
// Skull, face, hair and what is worn on the head.
void draw_head_front(Brush& brush, const CharacterLook& look, const Expression& expression,
                     const HeadPose& pose, Dice dice);

// --- parts, used by the two above ----------------------------------------------------------
void trace_face(Brush& brush, const HeadShape& shape, double yaw);
void trace_profile(Brush& brush, const CharacterLook& look, const HeadShape& shape,
                   double mouth_open);
void draw_features(Brush& brush, const CharacterLook& look, const Expression& expression,
                   const HeadPose& pose);
void draw_profile_features(Brush& brush, const CharacterLook& look, const Expression& expression);
void draw_eyes(Brush& brush, const CharacterLook& look, const Expression& expression,
               const HeadPose& pose);
void draw_brows(Brush& brush, const CharacterLook& look, const Expression& expression,
                const HeadPose& pose);
void draw_mouth(Brush& brush, const CharacterLook& look, const Expression& expression,
                const HeadPose& pose);
void draw_beard(Brush& brush, const CharacterLook& look, const Expression& expression,
                const HeadPose& pose);
void draw_worn(Brush& brush, const CharacterLook& look, const HeadPose& pose);
void draw_glasses(Brush& brush, const CharacterLook& look, const HeadPose& pose);
void draw_ear(Brush& brush, const CharacterLook& look, Point centre, double side);
void draw_hair_back(Brush& brush, const CharacterLook& look, const HeadPose& pose);
void draw_hair_front(Brush& brush, const CharacterLook& look, const HeadPose& pose);

}  // namespace castboard::sketch
