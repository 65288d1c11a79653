#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

// Where the details are beside the picture: pure arithmetic, no ImGui. Lengths are in pixels.
namespace castboard {

struct DetailsLayout {
  float view = 0;     // width left for the picture; 0: the details have all of the room
  float details = 0;  // width
};

// `wanted` is the width the user dragged them to. Where a picture beside them would be too small to
// judge, they cover it.
inline DetailsLayout lay_out_details(float room, float wanted, float scale) {
  constexpr float kMinDetails = 230;
  constexpr float kMinView = 250;
  const float most = room - kMinView * scale;
  if (most < kMinDetails * scale) return {0, room};
  const float details = std::round(std::clamp(wanted, kMinDetails * scale, most));
  return {room - details, details};
}

// A label and its value on one line: the label's column is as wide as the widest one, within
// reason.
inline float label_column(float widest, float room, float scale) {
  constexpr float kMost = 112;
  return std::min({widest + 12 * scale, kMost * scale, room * 0.45F});
}

// `words` with line breaks so that no line is wider than `width`: at blanks, and inside of what has
// none, such as a path. For text fields, which before Dear ImGui 1.92.3 cannot wrap. `width_of`
// gives the width of a std::string_view.
template <class WidthOf>
std::string with_line_breaks(std::string_view words, float width, const WidthOf& width_of) {
  std::string out;
  float line = 0;
  const auto next_character = [](std::string_view from) {
    std::size_t end = 1;
    while (end < from.size() && (static_cast<unsigned char>(from[end]) & 0xC0) == 0x80) ++end;
    return from.substr(0, end);
  };
  const auto put = [&](std::string_view piece) {
    out += piece;
    line += width_of(piece);
  };
  const auto break_line = [&] {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
    line = 0;
  };
  while (!words.empty()) {
    if (words.front() == '\n') {
      out += '\n';
      line = 0;
      words.remove_prefix(1);
      continue;
    }
    const std::string_view word =
        words.substr(0, std::min(words.find_first_of(" \n"), words.size()));
    if (word.empty()) {  // a blank
      put(words.substr(0, 1));
      words.remove_prefix(1);
      continue;
    }
    const float needed = width_of(word);
    if (line > 0 && line + needed > width) break_line();
    if (needed <= width) {
      put(word);
    } else {
      for (std::string_view rest = word; !rest.empty();) {
        const std::string_view character = next_character(rest);
        if (line > 0 && line + width_of(character) > width) break_line();
        put(character);
        rest.remove_prefix(character.size());
      }
    }
    words.remove_prefix(word.size());
  }
  return out;
}

}  // namespace castboard
