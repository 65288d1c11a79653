#include "imaging/sheet_split_gutters.h"

#include <algorithm>
#include <cmath>

namespace castboard::sheet_splitting {

namespace {

constexpr float kSame = 14;  // levels within a gutter, and between gutters

struct Strip {
  float from = 0;
  float to = 0;
  float lean = 0;
};

float length_of(const Direction& direction) {
  return static_cast<float>(direction.evidence.length());
}

// What the gutters of a direction measure, also where they can hardly be seen but are of one width;
// 0: not known.
float likely_gutter_of(const Lattice& lattice) {
  constexpr float kFaint = 0.12F;  // strength of each border
  constexpr float kAlike = 0.6F;   // the narrower's share of the wider
  const float sure = gutter_of(lattice);
  if (sure > 0) return sure;
  for (std::size_t i = 1; i < 5; ++i)
    if (lattice.evidence[i] < kFaint) return 0;
  const float one = lattice.borders[2].at - lattice.borders[1].at;
  const float other = lattice.borders[4].at - lattice.borders[3].at;
  return std::min(one, other) < kAlike * std::max(one, other) ? 0 : (one + other) / 2;
}

// The colour of the gutters of a direction, where they have one.
bool gutter_colour(const Direction& direction, Colour& colour) {
  const Lattice& lattice = direction.lattice;
  if (likely_gutter_of(lattice) < 3) return false;
  std::vector<Colour> seen;
  for (const std::size_t gap : {std::size_t{1}, std::size_t{3}}) {
    const Border& border = lattice.borders[gap];
    const float middle = (border.at + lattice.borders[gap + 1].at) / 2;
    for (int block = 0; block < direction.evidence.blocks(); ++block)
      seen.push_back(direction.evidence.colour(
          block,
          std::clamp(static_cast<int>(middle + border.lean * direction.evidence.along(block)), 0,
                     direction.evidence.length() - 1)));
  }
  for (std::size_t i = 0; i < kChannels; ++i) {
    const auto half = seen.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2);
    std::nth_element(seen.begin(), half, seen.end(),
                     [i](const Colour& a, const Colour& b) { return a[i] < b[i]; });
    colour[i] = (*half)[i];
  }
  const auto same = std::count_if(
      seen.begin(), seen.end(), [&](const Colour& one) { return difference(one, colour) < kSame; });
  return static_cast<float>(same) > 0.8F * static_cast<float>(seen.size());
}

// Whether a strip along a direction's borders has this colour nearly everywhere in the cells of the
// other direction.
bool has_colour(const Direction& direction, const Strip& strip, const Direction& crossing,
                const Colour& colour) {
  const Evidence& evidence = direction.evidence;
  int same = 0;
  int all = 0;
  for (int block = 0; block < evidence.blocks(); ++block) {
    const float place = evidence.along(block) + length_of(crossing) / 2;
    bool inside = false;
    for (std::size_t cell = 0; cell < 3; ++cell)
      inside = inside || (place > crossing.lattice.borders[2 * cell].at + 4 &&
                          place < crossing.lattice.borders[2 * cell + 1].at - 4);
    if (!inside) continue;
    const float shift = strip.lean * evidence.along(block);
    const int from = std::max(0, static_cast<int>(std::ceil(strip.from + shift + 1)));
    const int to = std::min(evidence.length(), static_cast<int>(std::floor(strip.to + shift - 1)));
    for (int at = from; at < to; ++at) {
      ++all;
      same += difference(evidence.colour(block, at), colour) < kSame ? 1 : 0;
    }
  }
  return all > 0 && same > all * 9 / 10;
}

// A stretch of what a gutter may measure: in pixels or in shares of a cell it is that of the
// others.
struct Span {
  float least = 0;
  float most = 0;
};

// Where at a distance from a border the strongest line is, however faint; what is off the span
// must be the more worth it.
float second_border(const Lines& lines, float from, float direction, const Span& span) {
  constexpr float kUnlike = 0.3F;  // gutters of one sheet differ by that
  constexpr float kPenalty = 1.5F;
  const float middle = (span.least + span.most) / 2;
  float best = -1;
  float found = from + direction * middle;
  const int last = static_cast<int>(lines.strength.size()) - 1;
  for (float width = (1 - kUnlike) * span.least; width <= (1 + kUnlike) * span.most;
       width += 0.5F) {
    const int at = static_cast<int>(std::lround(from + direction * width));
    if (at < 1 || at > last) continue;
    const float off = std::max({0.0F, span.least - width, width - span.most}) / middle;
    const float score = lines.strength[static_cast<std::size_t>(at)] - kPenalty * off -
                        0.01F * std::abs(width - middle);
    if (score <= best) continue;
    best = score;
    found = static_cast<float>(at);
  }
  return found;
}

// A border of this lean somewhere outside of the middle, of which the part inside stands out.
bool corner_between(const Evidence& evidence, const std::vector<float>& weights, float lean,
                    float from, float to, float& found) {
  constexpr float kSure = 0.5F;
  constexpr float kLeastPart = 0.12F;  // of the border's length that lies in the picture
  constexpr float kEdge = 2.5F;        // pixels: nearer to the picture's edge nothing can be seen
  float best = 0;
  float total = 0;
  for (const float weight : weights) total += weight;
  for (float at = from; at <= to; at += 0.5F) {
    float sum = 0;
    float seen = 0;
    for (int block = 0; block < evidence.blocks(); ++block) {
      const float weight = weights[static_cast<std::size_t>(block)];
      const float place = at + lean * evidence.along(block);
      if (weight == 0 || place < kEdge || place > static_cast<float>(evidence.length()) - kEdge)
        continue;
      const int whole = static_cast<int>(place);
      const float late = place - static_cast<float>(whole);
      sum += weight * std::lerp(evidence.edge(block, whole), evidence.edge(block, whole + 1), late);
      seen += weight;
    }
    if (seen < kLeastPart * total || sum < kSure * seen) continue;
    // The longer the surer.
    if (sum / std::sqrt(seen) <= best) continue;
    best = sum / std::sqrt(seen);
    found = at;
  }
  return best > 0;
}

}  // namespace

void leave_gutters_out(const Direction& columns, const Direction& rows) {
  constexpr float kWidest = 0.1F;  // of a cell
  Colour colour{};
  if (!gutter_colour(columns, colour)) return;
  std::array<Border, 6>& borders = rows.lattice.borders;
  const float cell = (borders[5].at - borders[0].at) / 3;
  for (std::size_t i = 0; i < 6; ++i) {
    const bool under = i % 2 == 1;
    Border& border = borders[i];
    const float reach = kWidest * cell;
    for (const int at : under ? lines_between(rows.lines, border.at - reach, border.at - 2)
                              : lines_between(rows.lines, border.at + 2, border.at + reach)) {
      const float inner = static_cast<float>(at);
      const float lean = rows.lines.lean[static_cast<std::size_t>(at)];
      const Strip strip{std::min(inner, border.at), std::max(inner, border.at), lean};
      if (!has_colour(rows, strip, columns, colour)) continue;
      border = {inner, lean};
      break;
    }
  }
}

void complete_gaps(const Direction& crossing, const Direction& direction) {
  constexpr float kNarrow = 0.6F;  // of the crossing gutters: below, a border is missing
  Colour colour{};
  const float width = likely_gutter_of(crossing.lattice);
  if (!gutter_colour(crossing, colour)) return;
  const float scaled = width * length_of(direction) / length_of(crossing);
  const Span span{std::min(width, scaled), std::max(width, scaled)};
  for (const std::size_t gap : {std::size_t{1}, std::size_t{3}}) {
    Border& before = direction.lattice.borders[gap];
    Border& after = direction.lattice.borders[gap + 1];
    if (after.at - before.at >= kNarrow * span.least) continue;
    const bool goes_on =
        has_colour(direction, {before.at, before.at + span.least, before.lean}, crossing, colour);
    const bool began =
        has_colour(direction, {after.at - span.least, after.at, after.lean}, crossing, colour);
    if (goes_on == began) continue;  // nothing to tell them apart
    if (goes_on)
      after = {second_border(direction.lines, before.at, 1, span), before.lean};
    else
      before = {second_border(direction.lines, after.at, -1, span), after.lean};
  }
}

void find_corners(const std::vector<float>& weights, const Direction& direction) {
  constexpr float kLeastLean = 0.004F;
  std::array<Border, 6>& borders = direction.lattice.borders;
  const float lean = (borders[1].lean + borders[2].lean + borders[3].lean + borders[4].lean) / 4;
  if (std::abs(lean) < kLeastLean) return;
  const float length = length_of(direction);
  const float reach = std::abs(lean * direction.evidence.along(0));
  float found = 0;
  if (borders[0].at <= 0 &&
      corner_between(direction.evidence, weights, lean, -reach, 0.5F * reach, found))
    borders[0] = {found, lean};
  if (borders[5].at >= length && corner_between(direction.evidence, weights, lean,
                                                length - 0.5F * reach, length + reach, found))
    borders[5] = {found, lean};
}

}  // namespace castboard::sheet_splitting
