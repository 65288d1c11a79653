#include "imaging/sheet_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "imaging/imaging.h"

namespace castboard {

namespace {

constexpr std::size_t kCells = 9;
constexpr int kSide = 96;              // of the small copy of a cell that is looked at
constexpr int kBlock = 8;              // of that copy: about an eye or half a mouth
constexpr double kMovedSeam = 0.03;    // of a cell's side, from the third
constexpr double kFlat = 10;           // levels between nearly the darkest and the lightest
constexpr double kSameBlock = 7;       // mean levels by which a block of twins may differ
constexpr int kSameHash = 12;          // of 64 bits
constexpr double kOnGround = 40;       // levels: still the ground
constexpr double kPlainGround = 24;    // levels between the two upper corners of a plain ground
constexpr double kCutOffWidth = 0.14;  // of a cell's width at its upper border

std::string name_of(int cell, std::span<const std::string> names) {
  const auto index = static_cast<std::size_t>(cell - 1);
  if (index >= names.size() || names[index].empty()) return fmt::format("cell {}", cell);
  return fmt::format("cell {} ({})", cell, names[index]);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// Straight alpha over mid grey, so that transparent parts are a ground like any other.
double channel_of(const Image& image, int x, int y, std::size_t channel) {
  const std::uint8_t* pixel =
      image.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x)) *
                                4;
  return (pixel[channel] * pixel[3] + 128.0 * (255 - pixel[3])) / 255;
}

double difference(const Image& a, int ax, int ay, const Image& b, int bx, int by) {
  double most = 0;
  for (std::size_t channel = 0; channel < 3; ++channel)
    most =
        std::max(most, std::abs(channel_of(a, ax, ay, channel) - channel_of(b, bx, by, channel)));
  return most;
}

bool is_flat(const Image& cell) {
  for (std::size_t channel = 0; channel < 3; ++channel) {
    std::vector<double> values;
    // A border or a bit of the gutter is no content.
    for (int y = kSide / 12; y < kSide - kSide / 12; ++y)
      for (int x = kSide / 12; x < kSide - kSide / 12; ++x)
        values.push_back(channel_of(cell, x, y, channel));
    const auto at = [&values](double share) {
      const auto place = values.begin() + static_cast<std::ptrdiff_t>(
                                              share * static_cast<double>(values.size() - 1));
      std::nth_element(values.begin(), place, values.end());
      return *place;
    };
    if (at(0.995) - at(0.005) > kFlat) return false;
  }
  return true;
}

bool are_twins(const Image& a, const Image& b) {
  for (int top = 0; top < kSide; top += kBlock) {
    for (int left = 0; left < kSide; left += kBlock) {
      double sum = 0;
      for (int y = top; y < top + kBlock; ++y)
        for (int x = left; x < left + kBlock; ++x) sum += difference(a, x, y, b, x, y);
      if (sum > kSameBlock * kBlock * kBlock) return false;
    }
  }
  return true;
}

// Something that stands out of a plain ground, is wide, and meets the upper border.
bool is_cut_off(const Image& cell) {
  constexpr int kCorner = kSide / 10;
  constexpr int kTop = 1;  // the outermost line may hold a rest of the gutter
  if (difference(cell, kCorner / 2, kTop, cell, kSide - 1 - kCorner / 2, kTop) > kPlainGround)
    return false;
  const auto stands_out = [&](int x, int y) {
    return std::min(difference(cell, x, y, cell, kCorner / 2, y),
                    difference(cell, x, y, cell, kSide - 1 - kCorner / 2, y)) > kOnGround;
  };
  int run = 0;
  int longest = 0;
  int end = 0;
  int all = 0;
  for (int x = 0; x < kSide; ++x) {
    const bool out = stands_out(x, kTop) && stands_out(x, kTop + 1);
    run = out ? run + 1 : 0;
    all += out ? 1 : 0;
    if (run > longest) {
      longest = run;
      end = x + 1;
    }
  }
  // Hair or a hat is one piece in the middle that gets no narrower further down.
  if (longest < kCutOffWidth * kSide || all > longest + kSide / 16) return false;
  const int first = end - longest;
  if (first < kCorner || end > kSide - kCorner) return false;
  for (const int y : {kSide / 24, kSide / 12, kSide / 8}) {
    int inside = 0;
    for (int x = first; x < end; ++x) inside += stands_out(x, y) ? 1 : 0;
    if (inside < longest * 9 / 10) return false;
  }
  // The ground goes on at both sides, so it is a thing before a ground and not a band of scenery.
  return !stands_out(kCorner / 2 + 1, kSide / 8) && !stands_out(kSide - 2 - kCorner / 2, kSide / 8);
}

void check_seams(const SheetSplit& split, int width, int height,
                 std::vector<SheetFinding>& findings) {
  if (!split.found) return;
  const auto check = [&](const std::array<SheetBorder, 6>& borders, int length, bool columns) {
    for (std::size_t seam = 1; seam < 3; ++seam) {
      const double place = (borders[2 * seam - 1].at + borders[2 * seam].at) / 2;
      const double third = length * static_cast<double>(seam) / 3;
      const double off = (place - third) / (length / 3.0);
      if (std::abs(off) <= kMovedSeam) continue;
      SheetFinding finding{SheetFindingKind::seam_elsewhere, {}, {}};
      for (int i = 0; i < 3; ++i) {
        const int before = static_cast<int>(seam);
        finding.cells.push_back(columns ? 3 * i + before : 3 * (before - 1) + i + 1);
        finding.cells.push_back(columns ? 3 * i + before + 1 : 3 * before + i + 1);
      }
      std::sort(finding.cells.begin(), finding.cells.end());
      finding.message =
          fmt::format("The seam between {} {} and {} is {} px ({:.0f} % of a cell) {} of the third",
                      columns ? "columns" : "rows", seam, seam + 1,
                      static_cast<int>(std::lround(std::abs(place - third))), std::abs(off) * 100,
                      columns ? (off < 0 ? "left" : "right") : (off < 0 ? "above" : "below"));
      if (!columns) finding.message.erase(finding.message.rfind(" of the third"), 3);
      findings.push_back(std::move(finding));
    }
  };
  check(split.columns, width, true);
  check(split.rows, height, false);
}

}  // namespace

std::vector<SheetFinding> check_sheet(const Image& sheet, const SheetSplit& split,
                                      std::span<const PixelRect> boxes,
                                      std::span<const std::string> names) {
  std::vector<SheetFinding> findings;
  check_seams(split, sheet.width, sheet.height, findings);
  // Of a picture too small for nine cells there is nothing to say about each.
  const bool all_there =
      boxes.size() == kCells && std::all_of(boxes.begin(), boxes.end(), [](const PixelRect& box) {
        return box.width > 0 && box.height > 0;
      });
  if (!all_there) return findings;
  std::vector<Image> cells;
  std::vector<std::uint64_t> hashes;
  std::vector<bool> empty;
  for (const PixelRect& box : boxes) {
    cells.push_back(scale_picture(crop_picture(sheet, box), kSide, kSide));
    hashes.push_back(perceptual_hash(cells.back()));
    empty.push_back(is_flat(cells.back()));
  }
  const auto add = [&](SheetFindingKind kind, std::vector<int> about, std::string message) {
    findings.push_back({kind, std::move(about), std::move(message)});
  };
  const bool blank = std::count(empty.begin(), empty.end(), true) == static_cast<int>(kCells);
  for (std::size_t i = 0; i < kCells; ++i) {
    const int number = static_cast<int>(i) + 1;
    if (empty[i]) {
      if (!blank)
        add(SheetFindingKind::empty_cell, {number},
            capitalised(fmt::format("{} is empty: one flat colour", name_of(number, names))));
      continue;
    }
    for (std::size_t other = i + 1; other < kCells; ++other) {
      if (empty[other] || hash_distance(hashes[i], hashes[other]) > kSameHash) continue;
      if (!are_twins(cells[i], cells[other])) continue;
      const int second = static_cast<int>(other) + 1;
      add(SheetFindingKind::twins, {number, second},
          capitalised(fmt::format("{} and {} show nearly the same", name_of(number, names),
                                  name_of(second, names))));
    }
    if (is_cut_off(cells[i]))
      add(SheetFindingKind::cut_off, {number},
          capitalised(fmt::format("The head in {} is cut off by its upper border",
                                  name_of(number, names))));
  }
  if (blank) add(SheetFindingKind::empty_cell, {}, "The sheet is empty: one flat colour");
  if (sheet.width % 3 != 0 || sheet.height % 3 != 0)
    add(SheetFindingKind::odd_size, {},
        fmt::format("{} x {} px is not divisible by 3: thirds differ by a pixel", sheet.width,
                    sheet.height));
  return findings;
}

}  // namespace castboard
