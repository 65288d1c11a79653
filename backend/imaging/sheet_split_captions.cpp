#include "imaging/sheet_split_captions.h"

#include <algorithm>
#include <cmath>

namespace castboard::sheet_splitting {

namespace {

constexpr float kLowest = 0.04F;  // a caption's height, of a cell
constexpr float kHighest = 0.24F;
constexpr float kUnlike = 0.025F;       // captions of one sheet differ in height by that, of a cell
constexpr float kLeastWriting = 0.02F;  // of a bar: a short word in a tall one
constexpr float kMostWriting = 0.5F;
constexpr float kPadded = 0.75F;  // letters may reach below their line
constexpr float kSame = 14;       // levels within a bar, and between bars
constexpr int kLeftOut = -1;  // instead of a line: the row's border leaves the caption out already

struct Bar {
  float from = 0;
  float to = 0;
  float lean = 0;
};

// What a bar looks like in one cell: its ground, how much of it is writing, and where.
struct Look {
  Colour ground{};
  float even = 0;  // share of the emptier end that has the ground's colour: text keeps clear of one
  float written = 0;  // share of all that has not
  float padded = 0;   // share of the lines above and below the writing that has the ground's colour
  float parted = 0;   // share of the ends where the picture beside the bar has another colour
};

using Colours = std::vector<const Colour*>;

Colour median_of(Colours colours) {
  Colour median{};
  const auto half = colours.begin() + static_cast<std::ptrdiff_t>(colours.size() / 2);
  for (std::size_t i = 0; i < kChannels; ++i) {
    std::nth_element(colours.begin(), half, colours.end(),
                     [i](const Colour* a, const Colour* b) { return (*a)[i] < (*b)[i]; });
    median[i] = (**half)[i];
  }
  return median;
}

float share_like(const Colours& colours, const Colour& ground) {
  const auto same = std::count_if(colours.begin(), colours.end(), [&](const Colour* colour) {
    return difference(*colour, ground) < kSame;
  });
  return static_cast<float>(same) / static_cast<float>(std::max<std::size_t>(1, colours.size()));
}

Look look_at(const Evidence& level, const Bar& bar, bool under, float left, float right,
             float width) {
  Colours all;
  std::array<Colours, 2> ends;
  Colours beside;
  Colours padding;
  for (int block = 0; block < level.blocks(); ++block) {
    const float place = (level.along(block) + width / 2 - left) / std::max(1.0F, right - left);
    if (place < 0.04F || place > 0.96F) continue;
    const bool end = place < 0.16F || place > 0.84F;
    const float shift = bar.lean * level.along(block);
    const int from = std::max(0, static_cast<int>(std::ceil(bar.from + shift + 1.5F)));
    const int to = std::min(level.length(), static_cast<int>(std::floor(bar.to + shift - 1.5F)));
    const float inner = (under ? bar.from - 3 : bar.to + 3) + shift;
    if (end)
      beside.push_back(&level.colour(
          block, std::clamp(static_cast<int>(std::floor(inner)), 0, level.length() - 1)));
    if (from < to) padding.push_back(&level.colour(block, under ? from : to - 1));
    for (int at = from; at < to; ++at) {
      all.push_back(&level.colour(block, at));
      if (end) ends[place < 0.5F ? 0 : 1].push_back(all.back());
    }
  }
  Look look;
  if (ends[0].size() < 4 || ends[1].size() < 4) return look;
  look.ground = median_of(all);
  look.even = std::max(share_like(ends[0], look.ground), share_like(ends[1], look.ground));
  look.written = 1 - share_like(all, look.ground);
  look.padded = share_like(padding, look.ground);
  look.parted = 1 - share_like(beside, look.ground);
  return look;
}

bool is_caption(const Evidence& level, const std::array<Bar, 3>& bars, bool under,
                const Lattice& columns, float width) {
  int written = 0;
  int unlike = 0;
  int joined = 0;  // a picture's own ground that goes on to the border is no bar
  Colour ground{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      const Look look = look_at(level, bars[row], under, columns.borders[2 * column].at,
                                columns.borders[2 * column + 1].at, width);
      if (row == 0 && column == 0) ground = look.ground;
      if (look.parted < 0.5F) ++joined;
      if (look.even < 0.8F || difference(look.ground, ground) > 2 * kSame) ++unlike;
      if (look.written > kLeastWriting && look.written < kMostWriting && look.padded > kPadded)
        ++written;
    }
  }
  return unlike <= 1 && written >= 7 && joined <= 1;
}

bool leave_out(const Evidence& level, const Lines& lines, const Lattice& columns, float width,
               bool under, Lattice& rows) {
  std::array<std::vector<int>, 3> found;
  const float cell = (rows.borders[5].at - rows.borders[0].at) / 3;
  for (std::size_t row = 0; row < 3; ++row) {
    const float border = rows.borders[2 * row + (under ? 1 : 0)].at;
    found[row] = under ? lines_between(lines, border - kHighest * cell, border - kLowest * cell)
                       : lines_between(lines, border + kLowest * cell, border + kHighest * cell);
    found[row].push_back(kLeftOut);
  }
  const auto border_of = [&](std::size_t row) -> Border& {
    return rows.borders[2 * row + (under ? 1 : 0)];
  };
  const auto height = [&](std::size_t row, int inner) {
    return std::abs(static_cast<float>(inner) - border_of(row).at);
  };
  const auto bar = [&](std::size_t row, int inner, float usual) {
    const Border& border = border_of(row);
    const float other =
        inner == kLeftOut ? border.at + (under ? usual : -usual) : static_cast<float>(inner);
    const float lean =
        inner == kLeftOut ? border.lean : lines.lean[static_cast<std::size_t>(inner)];
    return Bar{std::min(border.at, other), std::max(border.at, other), lean};
  };
  for (const int one : found[0])
    for (const int two : found[1])
      for (const int three : found[2]) {
        const std::array<int, 3> inner{one, two, three};
        float low = cell;
        float high = 0;
        for (std::size_t row = 0; row < 3; ++row) {
          if (inner[row] == kLeftOut) continue;
          low = std::min(low, height(row, inner[row]));
          high = std::max(high, height(row, inner[row]));
        }
        if (high == 0 || high - low > kUnlike * cell) continue;
        std::array<Bar, 3> bars;
        for (std::size_t row = 0; row < 3; ++row) bars[row] = bar(row, inner[row], low);
        if (!is_caption(level, bars, under, columns, width)) continue;
        for (std::size_t row = 0; row < 3; ++row)
          if (inner[row] != kLeftOut)
            border_of(row) = {static_cast<float>(inner[row]), bars[row].lean};
        return true;
      }
  return false;
}

}  // namespace

void leave_captions_out(const Evidence& level, const Lines& lines, const Lattice& columns,
                        float width, Lattice& rows) {
  if (!leave_out(level, lines, columns, width, true, rows))
    leave_out(level, lines, columns, width, false, rows);
}

}  // namespace castboard::sheet_splitting
