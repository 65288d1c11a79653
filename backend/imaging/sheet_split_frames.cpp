#include "imaging/sheet_split_frames.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "imaging/sheet_split_evidence.h"

namespace castboard::sheet_splitting {

namespace {

constexpr double kWidest = 0.028;    // of a cell: frames and shadows
constexpr int kNarrowest = 2;        // pixels of gutter that are needed for a look
constexpr double kAgreement = 0.6;   // share of the places that show the same step
constexpr double kSamePlace = 1.5;   // pixels
constexpr float kLeastStep = 12;     // levels
constexpr float kStepShare = 0.3F;   // of the largest difference on the way
constexpr float kEven = 20;          // levels within a frame or shadow
constexpr float kOneColour = 40;     // levels between its sides
constexpr std::size_t kPlaces = 14;  // looked at beside each cell

enum Side : std::size_t { kLeft, kRight, kTop, kBottom };

Side side_of(bool upright, std::size_t border) {
  if (upright) return border % 2 == 0 ? kLeft : kRight;
  return border % 2 == 0 ? kTop : kBottom;
}

// Steps of colour on the way from the gutter into the picture, in pixels outward from the border.
struct Sight {
  std::optional<double> first;   // where the gutter ends
  std::optional<double> second;  // where what comes next ends
  Colour gutter{};
  Colour strip{};     // what comes next
  bool even = false;  // it has one colour along the border
};

double median_of(std::vector<double> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

Colour median_of(std::vector<Colour> colours) {
  Colour median{};
  const auto half = colours.begin() + static_cast<std::ptrdiff_t>(colours.size() / 2);
  for (std::size_t i = 0; i < kChannels; ++i) {
    std::nth_element(colours.begin(), half, colours.end(),
                     [i](const Colour& a, const Colour& b) { return a[i] < b[i]; });
    median[i] = (*half)[i];
  }
  return median;
}

std::optional<double> agreed(const std::vector<double>& steps, std::size_t places) {
  if (static_cast<double>(steps.size()) < kAgreement * static_cast<double>(places)) return {};
  const double middle = median_of(steps);
  const auto same = std::count_if(steps.begin(), steps.end(), [middle](double step) {
    return std::abs(step - middle) <= kSamePlace;
  });
  if (static_cast<double>(same) < kAgreement * static_cast<double>(places)) return {};
  return middle;
}

// The next of these colours that clearly differs from one of them; their number: none.
std::size_t step_from(const std::vector<Colour>& way, std::size_t start) {
  float most = 0;
  for (std::size_t i = start; i < way.size(); ++i)
    most = std::max(most, difference(way[i], way[start]));
  const float least = std::max(kLeastStep, kStepShare * most);
  std::size_t at = start;
  while (at < way.size() && difference(way[at], way[start]) <= least) ++at;
  return at;
}

// Half of the gutter beside a border, all of the margin.
double room_beside(const std::array<SheetBorder, 6>& borders, std::size_t border, double length) {
  if (border == 0) return borders[0].at;
  if (border == 5) return length - borders[5].at;
  return std::abs(borders[border].at - borders[border % 2 == 0 ? border - 1 : border + 1].at) / 2;
}

class Look {
 public:
  Look(const Image& sheet, const SheetSplit& split) : sheet_(sheet), split_(split) {}
  [[nodiscard]] Sight at(bool upright, std::size_t border) const;

 private:
  [[nodiscard]] Colour mean(bool upright, double across, double along) const;

  const Image& sheet_;
  const SheetSplit& split_;
};

// Of a few pixels along the border, against grain.
Colour Look::mean(bool upright, double across, double along) const {
  constexpr int kBeside = 2;
  Colour sum{};
  for (int shift = -kBeside; shift <= kBeside; ++shift) {
    const double x = upright ? across : along + shift;
    const double y = upright ? along + shift : across;
    const int column = std::clamp(static_cast<int>(std::floor(x)), 0, sheet_.width - 1);
    const int row = std::clamp(static_cast<int>(std::floor(y)), 0, sheet_.height - 1);
    const std::uint8_t* pixel =
        sheet_.pixels.data() + (static_cast<std::ptrdiff_t>(row) * sheet_.width + column) * 4;
    for (std::size_t i = 0; i < 3; ++i)
      sum[i] += static_cast<float>(pixel[i]) * static_cast<float>(pixel[3]) / 255.0F;
    sum[3] += pixel[3];
  }
  for (float& channel : sum) channel /= 2 * kBeside + 1;
  return sum;
}

Sight Look::at(bool upright, std::size_t border) const {
  const std::array<SheetBorder, 6>& own = upright ? split_.columns : split_.rows;
  const std::array<SheetBorder, 6>& crossing = upright ? split_.rows : split_.columns;
  const double length = upright ? sheet_.width : sheet_.height;
  const double depth = upright ? sheet_.height : sheet_.width;
  const double outward = border % 2 == 0 ? -1 : 1;
  const double cell = (own[5].at - own[0].at) / 3;
  const int from = static_cast<int>(std::min(kWidest * cell, room_beside(own, border, length) - 1));
  Sight sight;
  if (from < kNarrowest) return sight;
  const int to = -static_cast<int>(kWidest * cell);
  std::vector<double> firsts;
  std::vector<double> seconds;
  std::vector<Colour> strips;
  std::vector<Colour> gutters;
  std::size_t places = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t place = 0; place < kPlaces; ++place) {
      const double share = 0.12 + 0.76 * static_cast<double>(place) / (kPlaces - 1);
      const double along = std::lerp(crossing[2 * i].at, crossing[2 * i + 1].at, share);
      const double at = own[border].at + own[border].lean * (along - depth / 2);
      if (at + outward * from < 0 || at + outward * from > length) continue;
      ++places;
      std::vector<Colour> way;
      for (int off = from; off >= to; --off)
        way.push_back(mean(upright, at + outward * (off + 0.5 * outward), along));
      const std::size_t one = step_from(way, 0);
      gutters.push_back(way[0]);
      if (one + 1 >= way.size()) continue;
      firsts.push_back(from - static_cast<double>(one) + 1);
      // The first pixel of a thin line is half gutter.
      const bool soft = difference(way[one], way[0]) < difference(way[one + 1], way[0]);
      strips.push_back(way[soft ? one + 1 : one]);
      const std::size_t two = step_from(way, one + 1);
      if (two < way.size()) seconds.push_back(from - static_cast<double>(two) + 1);
    }
  if (places < kPlaces) return sight;
  sight.first = agreed(firsts, places);
  if (!sight.first) return sight;
  sight.second = agreed(seconds, places);
  sight.strip = median_of(strips);
  sight.gutter = median_of(gutters);
  const auto same = std::count_if(strips.begin(), strips.end(), [&sight](const Colour& colour) {
    return difference(colour, sight.strip) < kEven;
  });
  sight.even = static_cast<double>(same) >= kAgreement * static_cast<double>(places);
  return sight;
}

struct Sides {
  std::array<bool, 4> even{};  // a strip of one colour beside most of its borders
  std::array<Colour, 4> strip{};
  std::array<Colour, 4> gutter{};
  std::array<bool, 4> seen{};
  std::array<bool, 4> alike{};  // the strips of all its borders have one colour and one width
};

Sides sides_of(const std::array<std::array<Sight, 6>, 2>& sights) {
  std::array<std::vector<Colour>, 4> strips;
  std::array<std::vector<Colour>, 4> gutters;
  std::array<std::vector<double>, 4> widths;
  std::array<int, 4> seen{};
  for (const bool upright : {false, true})
    for (std::size_t i = 0; i < 6; ++i) {
      const Sight& sight = sights[upright ? 1 : 0][i];
      if (!sight.first) continue;
      const Side side = side_of(upright, i);
      ++seen[side];
      if (!sight.even) continue;
      strips[side].push_back(sight.strip);
      gutters[side].push_back(sight.gutter);
      if (sight.second) widths[side].push_back(*sight.first - *sight.second);
    }
  Sides sides;
  for (std::size_t side = 0; side < 4; ++side) {
    sides.seen[side] = seen[side] > 0;
    sides.even[side] =
        !strips[side].empty() && 2 * static_cast<int>(strips[side].size()) > seen[side];
    if (!sides.even[side]) continue;
    sides.strip[side] = median_of(strips[side]);
    sides.gutter[side] = median_of(gutters[side]);
    const auto unlike = std::count_if(
        strips[side].begin(), strips[side].end(),
        [&](const Colour& one) { return difference(one, sides.strip[side]) > kEven; });
    const auto [least, most] = std::minmax_element(widths[side].begin(), widths[side].end());
    sides.alike[side] = unlike == 0 && seen[side] >= 2 &&
                        static_cast<int>(widths[side].size()) == seen[side] &&
                        *most - *least <= 2 * kSamePlace;
  }
  return sides;
}

bool is_framed(const Sides& sides) {
  std::size_t framed = 0;
  std::optional<Colour> colour;
  for (std::size_t side = 0; side < 4; ++side) {
    if (!sides.seen[side]) continue;
    if (!sides.even[side]) return false;
    if (!colour) colour = sides.strip[side];
    if (difference(*colour, sides.strip[side]) > kOneColour) return false;
    ++framed;
  }
  return framed >= 3;
}

// A darker version of the gutter that the opposite side has not.
bool is_shaded(const Sides& sides, Side side) {
  const std::size_t opposite = side ^ 1U;
  if (!sides.alike[side] || !sides.seen[opposite]) return false;
  for (std::size_t i = 0; i < 3; ++i)
    if (sides.strip[side][i] > sides.gutter[side][i] + 2) return false;
  return !sides.even[opposite] || difference(sides.strip[side], sides.strip[opposite]) > kOneColour;
}

}  // namespace

void settle_frames(const Image& sheet, SheetSplit& split) {
  const Look look(sheet, split);
  std::array<std::array<Sight, 6>, 2> sights;
  for (const bool upright : {false, true})
    for (std::size_t i = 0; i < 6; ++i) sights[upright ? 1 : 0][i] = look.at(upright, i);
  const Sides sides = sides_of(sights);
  const bool framed = is_framed(sides);
  for (const bool upright : {false, true})
    for (std::size_t i = 0; i < 6; ++i) {
      const Sight& sight = sights[upright ? 1 : 0][i];
      if (!sight.first || !sight.even) continue;
      const double outward = i % 2 == 0 ? -1 : 1;
      SheetBorder& border = upright ? split.columns[i] : split.rows[i];
      const bool at_first = std::abs(*sight.first) <= 2 * kSamePlace;
      if (framed)
        border.at += outward * *sight.first;
      else if (at_first && sight.second && is_shaded(sides, side_of(upright, i)))
        border.at += outward * *sight.second;
    }
}

}  // namespace castboard::sheet_splitting
