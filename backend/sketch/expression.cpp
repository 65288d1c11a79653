#include "sketch/expression.h"

#include <algorithm>
#include <string>
#include <utility>

namespace castboard::sketch {
namespace {

constexpr std::array<Expression, 9> kExpressions = {{
    {.key = "happy",
     .brow_inner = 4,
     .brow_outer = 5,
     .eye_open = 0.94,
     .lower_lid = 0.36,
     .mouth = MouthForm::smile_open,
     .corners = 17,
     .mouth_open = 17,
     .mouth_width = 1.14,
     .blush = 1,
     .roll = -3},
    {.key = "sad",
     .brow_inner = 13,
     .brow_outer = -7,
     .eye_open = 0.66,
     .pupil = 1.08,
     .gaze_y = 0.35,
     .mouth = MouthForm::line,
     .corners = -14,
     .mouth_width = 0.82,
     .blush = 0.25,
     .tears = 1,
     .roll = 4,
     .pitch = -5},
    {.key = "angry",
     .brow_inner = -17,
     .brow_outer = 9,
     .eye_open = 0.72,
     .lower_lid = 0.22,
     .pupil = 0.8,
     .mouth = MouthForm::snarl,
     .corners = -13,
     .mouth_open = 21,
     .mouth_width = 1.12,
     .blush = 0.6,
     .brow_furrowed = true,
     .pitch = -4},
    {.key = "surprised",
     .brow_inner = 19,
     .brow_outer = 19,
     .eye_open = 1.4,
     .pupil = 0.72,
     .mouth = MouthForm::round,
     .mouth_open = 40,
     .mouth_width = 0.62,
     .blush = 0.4,
     .pitch = 4},
    {.key = "fear",
     .brow_inner = 21,
     .brow_outer = -1,
     .eye_open = 1.3,
     .pupil = 0.55,
     .gaze_x = -0.25,
     .mouth = MouthForm::gritted,
     .corners = -9,
     .mouth_open = 17,
     .mouth_width = 1.02,
     .blush = 0,
     .sweat = 1,
     .roll = -2,
     .pitch = -2,
     .pale = 0.28},
    {.key = "disgust",
     .brow_inner = -11,
     .brow_outer = 2,
     .brow_skew = 7,
     .eye_open = 0.48,
     .lower_lid = 0.45,
     .gaze_x = 0.4,
     .gaze_y = 0.2,
     .mouth = MouthForm::wavy,
     .corners = -12,
     .skew = 5,
     .mouth_width = 0.95,
     .blush = 0.1,
     .nose_wrinkled = true,
     .roll = 6,
     .pitch = 2},
    {.key = "neutral", .blush = 0.3},
    {.key = "smirk",
     .brow_inner = -3,
     .brow_outer = 3,
     .brow_skew = 12,
     .eye_open = 0.72,
     .lower_lid = 0.2,
     .gaze_x = 0.35,
     .mouth = MouthForm::line,
     .corners = 6,
     .skew = 13,
     .mouth_width = 0.95,
     .blush = 0.4,
     .roll = -6},
    {.key = "laugh",
     .brow_inner = 11,
     .brow_outer = 11,
     .eye_open = 0.1,
     .eyes_laughing = true,
     .mouth = MouthForm::grin,
     .corners = 15,
     .mouth_open = 44,
     .mouth_width = 1.26,
     .blush = 1.2,
     .tears = 0.5,
     .roll = 5,
     .pitch = 6},
}};

// Between the nine: faces that poses and scenes ask for.
constexpr Expression kMoods[] = {
    {.key = "calm", .brow_outer = 2, .eye_open = 0.95, .corners = 7, .blush = 0.3},
    {.key = "determined",
     .brow_inner = -10,
     .brow_outer = 6,
     .eye_open = 0.86,
     .lower_lid = 0.12,
     .corners = 3,
     .skew = 3,
     .blush = 0.3},
    {.key = "sinister",
     .brow_inner = -17,
     .brow_outer = 11,
     .eye_open = 0.78,
     .pupil = 0.7,
     .mouth = MouthForm::grin,
     .corners = 13,
     .skew = 5,
     .mouth_open = 16,
     .mouth_width = 1.15,
     .blush = 0},
    {.key = "grief",
     .brow_inner = 17,
     .brow_outer = -9,
     .eye_open = 0.1,
     .eyes_laughing = true,
     .mouth = MouthForm::frown_open,
     .corners = -14,
     .mouth_open = 26,
     .mouth_width = 0.95,
     .blush = 0.7,
     .tears = 1},
    {.key = "weary",
     .brow_inner = 9,
     .brow_outer = -7,
     .eye_open = 0.36,
     .gaze_y = 0.6,
     .corners = -7,
     .mouth_width = 0.85,
     .blush = 0.2,
     .sweat = 1},
};

constexpr std::pair<std::string_view, std::string_view> kOtherWords[] = {
    {"joy", "happy"},         {"smile", "happy"},        {"smiling", "happy"},
    {"crying", "sad"},        {"sadness", "sad"},        {"anger", "angry"},
    {"furious", "angry"},     {"surprise", "surprised"}, {"shocked", "surprised"},
    {"scared", "fear"},       {"afraid", "fear"},        {"fearful", "fear"},
    {"disgusted", "disgust"}, {"smirking", "smirk"},     {"sly", "smirk"},
    {"laughing", "laugh"},    {"laughter", "laugh"},     {"calm", "neutral"}};

}  // namespace

const std::array<Expression, 9>& sheet_expressions() {
  return kExpressions;
}

const Expression& neutral_expression() {
  return kExpressions[6];
}

const Expression* find_expression(std::string_view key) {
  for (const auto& [word, meaning] : kOtherWords) {
    if (word == key) return find_expression(meaning);
  }
  const auto found = std::find_if(kExpressions.begin(), kExpressions.end(),
                                  [&](const Expression& e) { return e.key == key; });
  if (found != kExpressions.end()) return &*found;
  const auto mood = std::find_if(std::begin(kMoods), std::end(kMoods),
                                 [&](const Expression& e) { return e.key == key; });
  return mood == std::end(kMoods) ? nullptr : &*mood;
}

}  // namespace castboard::sketch
