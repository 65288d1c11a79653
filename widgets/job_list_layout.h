#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace castboard {

// Milliseconds since 1970 of "2026-01-31T12:00:00.000Z"; nullopt for anything else.
inline std::optional<std::int64_t> read_time(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milliseconds = 0;
  const std::string copy(text);
  const int read = std::sscanf(copy.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &year, &month, &day,
                               &hour, &minute, &second, &milliseconds);
  if (read < 6 || month < 1 || month > 12) return std::nullopt;
  // Days since 1970 of a date in the Gregorian calendar; years begin in March, so that the leap
  // day is the last of its year.
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = y / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  const std::int64_t days = era * 146097 + day_of_era - 719468;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

// "0:14", "12:03", "1:02:03".
inline std::string elapsed_text(std::int64_t milliseconds) {
  const std::int64_t seconds = std::max<std::int64_t>(0, milliseconds) / 1000;
  char text[32];
  if (seconds < 3600) {
    std::snprintf(text, sizeof text, "%d:%02d", static_cast<int>(seconds / 60),
                  static_cast<int>(seconds % 60));
  } else {
    std::snprintf(text, sizeof text, "%d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  }
  return text;
}

// Seconds until the text of `elapsed` changes.
inline double until_next_second(std::int64_t elapsed) {
  const std::int64_t rest = 1000 - ((elapsed % 1000) + 1000) % 1000;
  return static_cast<double>(rest) / 1000.0;
}

// "1st", "2nd", "3rd", "4th", "11th".
inline std::string ordinal(int number) {
  const int last_two = number % 100;
  const int last = number % 10;
  const char* ending = "th";
  if (last_two < 11 || last_two > 13) {
    if (last == 1) ending = "st";
    if (last == 2) ending = "nd";
    if (last == 3) ending = "rd";
  }
  return std::to_string(number) + ending;
}

// The share of the usual time that has passed, never more than nineteen twentieths: only the
// picture itself ends a job. Negative where no usual time is known.
inline double usual_fraction(std::int64_t elapsed, std::int64_t usual) {
  if (usual <= 0) return -1;
  constexpr double kAlmost = 0.95;
  return std::min(kAlmost, static_cast<double>(elapsed) / static_cast<double>(usual));
}

// Cards of a strip: how many stand in `rows` of `width`, and how wide each is. When not all fit,
// one `rest_width` at the end is kept free for "+ 3 queued".
struct JobCards {
  int shown = 0;
  float card_width = 0;
};

inline JobCards place_job_cards(int count, int rows, float width, float smallest, float largest,
                                float gap, float rest_width) {
  if (count <= 0 || rows <= 0) return {};
  const auto columns = [&](float room) {
    return std::max(1, static_cast<int>((room + gap) / (smallest + gap)));
  };
  const bool all_fit = columns(width) * rows >= count;
  const float room = all_fit ? width : std::max(smallest, width - rest_width - gap);
  const int shown = all_fit ? count : std::min(count, columns(room) * rows);
  const int per_row = std::min(columns(room), (shown + rows - 1) / rows);
  const float card = (room - gap * static_cast<float>(per_row - 1)) / static_cast<float>(per_row);
  return {shown, std::clamp(card, std::min(smallest, width), largest)};
}

}  // namespace castboard
