#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace castboard {

// How many equal columns `count` items get in `width` when each wants at least `smallest` and there
// is `gap` between them: as many as fit, then as few as the same number of rows needs, so that no
// row is left with one straggler.
inline int even_columns(int count, float width, float smallest, float gap) {
  if (count <= 0) return 1;
  const int fitting = std::clamp(static_cast<int>((width + gap) / (smallest + gap)), 1, count);
  const int rows = (count + fitting - 1) / fitting;
  return (count + rows - 1) / rows;
}

// The width of one of `columns` in `width`.
inline float column_width(int columns, float width, float gap) {
  return std::max(1.0F,
                  (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
}

// Which of `count` choices show when only `places` do, the last of them being "More...": the first
// ones, and the chosen one in any case. Indices in order.
inline std::vector<int> shown_choices(int count, int places, int chosen, bool all) {
  std::vector<int> shown;
  const int room = all || count <= places ? count : std::max(1, places - 1);
  for (int i = 0; i < room; ++i) shown.push_back(i);
  if (chosen >= room && chosen < count) shown.back() = chosen;
  return shown;
}

// "Cinematic Realistic" -> "Cinematic": what a narrow button says.
inline std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

}  // namespace castboard
