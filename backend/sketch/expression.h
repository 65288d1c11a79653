#pragma once

#include <array>
#include <optional>
#include <string_view>

// An expression as the numbers of a face. Offsets in head units (a head is about 250 high).
namespace castboard::sketch {

enum class MouthForm { line, smile_open, frown_open, snarl, round, wavy, gritted, grin };

struct Expression {
  std::string_view key;
  double brow_inner = 0;  // inner ends up; negative: down and together
  double brow_outer = 0;
  double brow_skew = 0;  // one brow higher than the other
  double eye_open = 1;   // 0 closed
  double lower_lid = 0;  // 0..1: how far the cheek pushes the lower lid up
  bool eyes_laughing = false;
  double pupil = 1;
  double gaze_x = 0, gaze_y = 0;
  MouthForm mouth = MouthForm::line;
  double corners = 0;     // up positive
  double skew = 0;        // one corner higher: a smirk
  double mouth_open = 0;  // height of the opening
  double mouth_width = 1;
  double blush = 0.35;
  double tears = 0;
  double sweat = 0;
  bool nose_wrinkled = false;
  bool brow_furrowed = false;
  double roll = 0;   // head tilt, degrees
  double pitch = 0;  // features up (looking up) positive
  double pale = 0;
};

// The nine of a sheet, in cell order: happy, sad, angry, surprised, fear, disgust, neutral,
// smirk, laugh.
const std::array<Expression, 9>& sheet_expressions();

// By shot key; a few common words besides the nine ("fearful", "laughing"). Unknown: nullptr.
const Expression* find_expression(std::string_view key);
const Expression& neutral_expression();

}  // namespace castboard::sketch
