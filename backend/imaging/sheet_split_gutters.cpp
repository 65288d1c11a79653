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

Colour median_of(std::vector<Colour>& colours) {
  Colour median{};
  const auto half = colours.begin() + static_cast<std::ptrdiff_t>(colours.size() / 2);
  for (std::size_t i = 0; i < kChannels; ++i) {
    std::nth_element(colours.begin(), half, colours.end(),
                     [i](const Colour& a, const Colour& b) { return a[i] < b[i]; });
    median[i] = (*half)[i];
  }
  return median;
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
  colour = median_of(seen);
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

// The colours on a line of the picture between two places across a direction's borders, at a
// distance along them from the picture's middle.
struct Sampling {
  const Reduced& picture;
  bool upright;

  void collect(float along, float from, float to, std::vector<Colour>& colours) const {
    const int length = upright ? picture.width : picture.height;
    const int depth = upright ? picture.height : picture.width;
    const int beside = static_cast<int>(along + static_cast<float>(depth) / 2);
    if (beside < 0 || beside >= depth) return;
    for (int at = std::max(0, static_cast<int>(from)); at < std::min(length, static_cast<int>(to));
         ++at) {
      const int x = upright ? at : beside;
      const int y = upright ? beside : at;
      colours.push_back(
          picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                         static_cast<std::size_t>(x)]);
    }
  }
};

float narrowest_gap(const Lattice& lattice) {
  return std::min(lattice.borders[2].at - lattice.borders[1].at,
                  lattice.borders[4].at - lattice.borders[3].at);
}

// Whether a gutter that crosses the strip between a border and the picture's edge goes on in it,
// 1: yes, -1: it ends at the border, 0: nothing to tell.
int runs_through(const Sampling& sampling, const Direction& crossing, std::size_t gap,
                 const Border& border, bool first, float length, const Colour& strip) {
  constexpr float kReach = 24;      // pixels of the gutter inside of the border
  constexpr float kStandsOut = 18;  // levels between gutter and strip
  constexpr float kNear = 0.35F;    // of that
  const Border& before = crossing.lattice.borders[gap];
  const Border& after = crossing.lattice.borders[gap + 1];
  if (after.at - before.at < 2) return 0;
  const float centre = (before.at + after.at) / 2 - length_of(crossing) / 2;
  const auto at_gutter = [&](float from, float to) {
    const float middle = (from + to) / 2 - length / 2;
    std::vector<Colour> colours;
    sampling.collect(centre + (before.lean + after.lean) / 2 * middle, from, to, colours);
    return colours;
  };
  std::vector<Colour> inside = first ? at_gutter(border.at + 3, border.at + 3 + kReach)
                                     : at_gutter(border.at - 3 - kReach, border.at - 3);
  std::vector<Colour> outside =
      first ? at_gutter(0, border.at - 1.5F) : at_gutter(border.at + 1.5F, length);
  if (inside.empty() || outside.empty()) return 0;
  const Colour gutter = median_of(inside);
  const float stands_out = difference(gutter, strip);
  if (stands_out < kStandsOut) return 0;
  return difference(median_of(outside), gutter) < kNear * stands_out ? 1 : -1;
}

// The colour of a strip of this width on the outer side of a border, along the cells.
bool colour_beside(const Sampling& sampling, const Direction& crossing, const Border& border,
                   bool before, float width, Colour& colour) {
  std::vector<Colour> strip;
  for (std::size_t cell = 0; cell < 3; ++cell) {
    const Lattice& cells = crossing.lattice;
    const float left = cells.borders[2 * cell].at;
    const float right = cells.borders[2 * cell + 1].at;
    for (float place = left + 4; place < right - 4; place += 3) {
      const float along = place - length_of(crossing) / 2;
      const float at = border.at + border.lean * along;
      sampling.collect(along, before ? at - width : at + 1.5F, before ? at - 1.5F : at + width,
                       strip);
    }
  }
  if (strip.empty()) return false;
  colour = median_of(strip);
  return true;
}

// Whether what lies between an outer border and the picture's edge lies beside the inner borders of
// that side too: a caption, then, and no part of the pictures.
bool is_beside_all(const Sampling& sampling, const Direction& crossing, const Lattice& lattice,
                   bool first, float margin, const Colour& colour) {
  const float width = std::min(margin, narrowest_gap(lattice) / 2);
  for (const std::size_t border : {std::size_t{1}, std::size_t{3}}) {
    Colour beside{};
    if (!colour_beside(sampling, crossing, lattice.borders[first ? border + 1 : border], first,
                       width, beside) ||
        difference(beside, colour) > kSame)
      return false;
  }
  return true;
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

void leave_no_false_margins(const Reduced& picture, bool upright, const Direction& crossing,
                            const Direction& direction) {
  constexpr float kNarrowest = 3;  // pixels
  constexpr float kCaption = 0.4F;
  const float length = length_of(direction);
  const Sampling sampling{picture, upright};
  for (const bool first : {true, false}) {
    Border& border = direction.lattice.borders[first ? 0 : 5];
    const float margin = first ? border.at : length - border.at;
    if (margin < kNarrowest) continue;
    // Captions lie beside the outer cells as they do in the gaps; gutters are alike in pixels or in
    // shares of a cell.
    const float gutter =
        narrowest_gap(crossing.lattice) * std::max(1.0F, length / length_of(crossing));
    if (narrowest_gap(direction.lattice) - gutter > kCaption * margin) continue;
    Colour colour{};
    if (!colour_beside(sampling, crossing, border, first, margin, colour)) continue;
    if (is_beside_all(sampling, crossing, direction.lattice, first, margin, colour)) continue;
    int through = 0;
    for (const std::size_t gap : {std::size_t{1}, std::size_t{3}})
      through += runs_through(sampling, crossing, gap, border, first, length, colour);
    if (through > 0) border = {first ? 0 : length, 0};
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
