#include "imaging/sheet_split_lattice.h"

#include <algorithm>
#include <cmath>

#include "imaging/sheet_split_faint.h"

namespace castboard::sheet_splitting {

namespace {

// Weights of what speaks for and against a lattice, in units of one perfect border.
constexpr float kLeanPenalty = 0.2F;    // per degree that a border leans from the others
constexpr float kSecondBorder = 0.25F;  // a gutter has two borders: the second must be worth it
constexpr float kSeamWorth = 1.3F;      // and a seam, which has only one, must not lose for it
constexpr float kOuterBorder = 0.38F;   // a margin must be worth it too
constexpr float kFaintWorth = 0.7F;     // of one that only its whole length shows
constexpr float kUnevenness = 0.06F;    // of cells, usual
constexpr float kMostMargin = 0.13F;    // of the picture
constexpr float kWidestGap = 0.27F;     // of a cell: gutter and caption
constexpr std::size_t kKeptGaps = 90;
constexpr std::size_t kKeptOuter = 14;

constexpr float kDegree = 0.01746F;

struct Gap {
  int from = 0;
  int to = 0;  // `from`: a seam
  float score = 0;
};

// How far a strip goes on unchanged along its length, of 0 to 1: a gutter does, with its lines and
// shadows, a picture does not. Changes count in proportion to the step at its borders.
struct Strip {
  float uniformity = 0.75F;
  float balance = 1;  // the fainter of the steps at its two borders, as a share of the other
};

Strip look_along(const Evidence& evidence, float from, float to, float lean,
                 const std::vector<float>& weights) {
  constexpr float kSame = 9;          // levels
  constexpr float kSameShare = 0.3F;  // of the step from the strip to what is beside it
  const float inset = to - from > 4 ? 1.5F : (to - from) / 2 - 0.25F;
  float even = 0;
  float total = 0;
  float steps_before = 0;
  float steps_after = 0;
  int previous = -1;
  std::array<int, 3> before{};
  for (int block = 0; block < evidence.blocks(); ++block) {
    const float weight = weights[static_cast<std::size_t>(block)];
    if (weight == 0) continue;
    const float shift = lean * evidence.along(block);
    const auto column = [&](float at) {
      return std::clamp(static_cast<int>(std::floor(at + shift)), 0, evidence.length() - 1);
    };
    if (to + shift < 1 || from + shift > static_cast<float>(evidence.length() - 1)) continue;
    const std::array<int, 3> columns{column(from + inset), column((from + to) / 2),
                                     column(to - inset)};
    if (previous >= 0) {
      const Colour& middle = evidence.colour(block, columns[1]);
      const float step_before = difference(middle, evidence.colour(block, column(from - 3)));
      const float step_after = difference(middle, evidence.colour(block, column(to + 3)));
      steps_before += step_before;
      steps_after += step_after;
      const float step = std::max(step_before, step_after);
      const float same = std::max(kSame, kSameShare * step);
      for (std::size_t i = 0; i < 3; ++i) {
        total += weight;
        if (difference(evidence.colour(block, columns[i]), evidence.colour(previous, before[i])) <
            same)
          even += weight;
      }
    }
    previous = block;
    before = columns;
  }
  Strip strip;
  if (total > 0) strip.uniformity = even / total;
  const float larger = std::max(steps_before, steps_after);
  if (larger > 0) strip.balance = std::min(steps_before, steps_after) / larger;
  return strip;
}

class Fit {
 public:
  Fit(const Evidence& evidence, const Lines& lines, const std::vector<float>& weights,
      float least_gap)
      : evidence_(evidence),
        lines_(lines),
        weights_(weights),
        length_(static_cast<float>(evidence.length())),
        cell_(length_ / 3),
        least_gap_(least_gap) {}

  Lattice search();

 private:
  [[nodiscard]] float strength(int at) const {
    if (at <= 0 || at >= evidence_.length()) return 0;
    return lines_.strength[static_cast<std::size_t>(at)];
  }
  [[nodiscard]] float strip(int from, int to) const;
  [[nodiscard]] std::vector<Gap> gaps(float earliest, float latest) const;
  [[nodiscard]] std::vector<Gap> outer(bool first) const;
  [[nodiscard]] float prior(int start, const Gap& one, const Gap& two, int end) const;
  [[nodiscard]] std::vector<int> peaks(float from, float to) const;

  const Evidence& evidence_;
  const Lines& lines_;
  const std::vector<float>& weights_;
  float length_;
  float cell_;
  float least_gap_;
};

// What a strip between two borders says: a gutter is even.
float Fit::strip(int from, int to) const {
  if (to - from < 3) return 0;
  // A border at the picture's edge has no lean of its own.
  const int stronger = strength(from) >= strength(to) ? from : to;
  const float lean =
      lines_.lean[static_cast<std::size_t>(std::clamp(stronger, 0, evidence_.length() - 1))];
  const Strip seen =
      look_along(evidence_, static_cast<float>(from), static_cast<float>(to), lean, weights_);
  // Compression leaves a faint line beside a strong one; between the two it looks like a gutter.
  const bool inside = from > 0 && to < evidence_.length();
  const float loudest = evidence_.echo();
  const float echo = inside && seen.balance < loudest ? 0.4F * (1 - seen.balance / loudest) : 0;
  return std::clamp(0.8F * (seen.uniformity - 0.75F), -0.5F, 0.2F) - echo;
}

std::vector<int> Fit::peaks(float from, float to) const {
  std::vector<int> found;
  for (int at = std::max(1, static_cast<int>(from)); at <= static_cast<int>(to); ++at) {
    const float here = strength(at);
    if (here > 0.04F && here >= strength(at - 1) && here >= strength(at + 1)) found.push_back(at);
  }
  return found;
}

std::vector<Gap> Fit::gaps(float earliest, float latest) const {
  std::vector<Gap> found;
  const int widest = static_cast<int>(kWidestGap * cell_);
  const auto consider = [&](int from, int to) {
    if (from < earliest || static_cast<float>(to) > latest || to < from || to - from > widest)
      return;
    Gap gap{from, to, 0};
    gap.score = from == to ? kSeamWorth * strength(from)
                           : strength(from) + strength(to) - kSecondBorder + strip(from, to);
    found.push_back(gap);
  };
  for (int at = static_cast<int>(earliest); at <= static_cast<int>(latest); ++at) consider(at, at);
  for (const int peak : peaks(earliest, latest)) {
    for (int width = 2; width <= widest; ++width) {
      consider(peak, peak + width);
      if (strength(peak - width) < strength(peak)) consider(peak - width, peak);
    }
  }
  const std::size_t kept = std::min(kKeptGaps, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(),
                    [](const Gap& a, const Gap& b) { return a.score > b.score; });
  found.resize(kept);
  // Where there is nothing to see, the place decides.
  for (int at = static_cast<int>(earliest); at <= static_cast<int>(latest); at += 2)
    found.push_back({at, at, kSeamWorth * strength(at)});
  return found;
}

std::vector<Gap> Fit::outer(bool first) const {
  const int last = evidence_.length();
  const int edge = first ? 0 : last;
  std::vector<Gap> found;
  const float most = kMostMargin * length_;
  for (const int at : peaks(first ? 1 : length_ - most, first ? most : length_ - 1)) {
    const float score = strength(at) - kOuterBorder + strip(std::min(at, edge), std::max(at, edge));
    found.push_back({at, at, score});
  }
  std::sort(found.begin(), found.end(),
            [](const Gap& a, const Gap& b) { return a.score > b.score; });
  if (found.size() > kKeptOuter) found.resize(kKeptOuter);
  found.push_back({edge, edge, 0});
  return found;
}

float Fit::prior(int start, const Gap& one, const Gap& two, int end) const {
  const std::array<float, 3> cells{static_cast<float>(one.from - start),
                                   static_cast<float>(two.from - one.to),
                                   static_cast<float>(end - two.to)};
  const float mean = (cells[0] + cells[1] + cells[2]) / 3;
  if (mean <= 0) return -100;
  float score = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    float off = (cells[i] / mean - 1) / kUnevenness;
    // A cell that the picture's edge cuts is short without being uneven.
    const bool cut = (i == 0 && start == 0) || (i == 2 && end == evidence_.length());
    if (cut && off < 0) off *= 0.6F;
    score -= 0.06F * off * off;
  }
  const float one_width = static_cast<float>(one.to - one.from);
  const float two_width = static_cast<float>(two.to - two.from);
  const float unlike = (one_width - two_width) / (0.03F * mean);
  score -= std::min(0.5F, 0.1F * unlike * unlike);
  score -= 0.5F * (one_width + two_width) / mean;
  for (const float width : {one_width, two_width})
    if (width < least_gap_) score -= 0.25F * (1 - width / least_gap_);
  // Pictures that meet hardly ever have a margin around them.
  if (one_width + two_width == 0) {
    if (start > 0) score -= 0.1F;
    if (end < evidence_.length()) score -= 0.1F;
  }
  const float off_centre =
      (static_cast<float>(one.from + one.to + two.from + two.to) / 4 - length_ / 2) /
      (0.05F * mean);
  score -= std::min(0.8F, 0.04F * off_centre * off_centre);
  return score;
}

Lattice Fit::search() {
  const std::vector<Gap> first = outer(true);
  const std::vector<Gap> last = outer(false);
  const std::vector<Gap> left = gaps(0.23F * length_, 0.46F * length_);
  const std::vector<Gap> right = gaps(0.54F * length_, 0.77F * length_);
  float best = -1e9F;
  std::array<int, 6> at{};
  for (const Gap& one : left)
    for (const Gap& two : right)
      for (const Gap& start : first)
        for (const Gap& end : last) {
          const float borders = one.score + two.score + start.score + end.score;
          if (borders <= best) continue;
          const float score = borders + prior(start.from, one, two, end.from);
          if (score <= best) continue;
          best = score;
          at = {start.from, one.from, one.to, two.from, two.to, end.from};
        }
  Lattice lattice;
  lattice.score = best;
  for (std::size_t i = 0; i < 6; ++i) {
    lattice.borders[i].at = static_cast<float>(at[i]);
    lattice.evidence[i] = strength(at[i]);
    if (at[i] > 0 && at[i] < evidence_.length())
      lattice.borders[i].lean = lines_.lean[static_cast<std::size_t>(at[i])];
  }
  return lattice;
}

}  // namespace

float common_lean(const Evidence& upright, const Evidence& level) {
  const std::vector<float> all_up(static_cast<std::size_t>(upright.blocks()), 1);
  const std::vector<float> all_level(static_cast<std::size_t>(level.blocks()), 1);
  const auto sharpness = [](const Evidence& evidence, const std::vector<float>& weights,
                            float lean) {
    float sum = 0;
    for (const float strength : evidence.borders(lean, weights)) {
      const float here = std::max(0.0F, strength - 0.12F);
      sum += here * here * here;
    }
    return sum;
  };
  float best = -1;
  float found = 0;
  for (int step = -kSteepest; step <= kSteepest; ++step) {
    const float lean = kLeanStep * static_cast<float>(step);
    const float score = (sharpness(upright, all_up, lean) + sharpness(level, all_level, -lean)) *
                        (1 - 0.004F * std::abs(static_cast<float>(step)));
    if (score > best) {
      best = score;
      found = lean;
    }
  }
  return found;
}

Lines find_lines(const Evidence& evidence, const std::vector<float>& weights, float lean) {
  Lines lines;
  const auto length = static_cast<std::size_t>(evidence.length());
  lines.strength.assign(length, 0);
  lines.lean.assign(length, lean);
  for (int step = -kSteepest; step <= kSteepest; ++step) {
    const float own = kLeanStep * static_cast<float>(step);
    const float penalty = kLeanPenalty * std::abs(own - lean) / kDegree;
    const std::vector<float> borders = evidence.borders(own, weights);
    for (std::size_t at = 1; at < length; ++at) {
      if (borders[at] - penalty <= lines.strength[at]) continue;
      lines.strength[at] = borders[at] - penalty;
      lines.lean[at] = own;
    }
  }
  // What any line has, by chance and by texture, counts for nothing.
  std::vector<float> sorted = lines.strength;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float usual = std::min(0.3F, *middle + 0.04F);
  for (float& strength : lines.strength)
    strength = std::max(0.0F, (strength - usual) / (0.8F - usual));
  const std::vector<float> faint = faint_borders(evidence, weights, lean);
  for (std::size_t at = 1; at < length; ++at) {
    if (kFaintWorth * faint[at] <= lines.strength[at]) continue;
    lines.strength[at] = kFaintWorth * faint[at];
    lines.lean[at] = lean;
  }
  return lines;
}

float gutter_of(const Lattice& lattice) {
  constexpr float kSure = 0.6F;
  for (std::size_t i = 1; i < 5; ++i)
    if (lattice.evidence[i] < kSure) return 0;
  return std::min(lattice.borders[2].at - lattice.borders[1].at,
                  lattice.borders[4].at - lattice.borders[3].at);
}

std::vector<int> lines_between(const Lines& lines, float from, float to) {
  constexpr float kSure = 0.4F;
  constexpr std::size_t kTries = 6;
  std::vector<int> found;
  const int last = static_cast<int>(lines.strength.size()) - 2;
  for (int at = std::max(1, static_cast<int>(from)); at <= std::min(last, static_cast<int>(to));
       ++at) {
    const auto here = static_cast<std::size_t>(at);
    if (lines.strength[here] >= kSure && lines.strength[here] >= lines.strength[here - 1] &&
        lines.strength[here] >= lines.strength[here + 1])
      found.push_back(at);
  }
  std::sort(found.begin(), found.end(), [&](int a, int b) {
    return lines.strength[static_cast<std::size_t>(a)] >
           lines.strength[static_cast<std::size_t>(b)];
  });
  if (found.size() > kTries) found.resize(kTries);
  return found;
}

Lattice fit_lattice(const Evidence& evidence, const Lines& lines, const std::vector<float>& weights,
                    float least_gap) {
  return Fit(evidence, lines, weights, least_gap).search();
}

}  // namespace castboard::sheet_splitting
