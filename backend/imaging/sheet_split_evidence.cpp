#include "imaging/sheet_split_evidence.h"

#include <algorithm>
#include <cmath>

namespace castboard::sheet_splitting {

namespace {

constexpr int kShortSide = 450;  // of the reduced copy, at least where the sheet has as much
constexpr int kBlock = 8;
// What an edge is compared with: this far beside it, on the quieter side. Near enough to be the
// same texture, far enough to be clear of the edge itself.
constexpr int kBesideFrom = 4;
constexpr int kBesideTo = 14;
constexpr int kReach = 2;       // pixels over which one edge is seen
constexpr int kEchoReach = 16;  // pixels of the sheet: a block of colour in a JPEG
// Levels of 255 below which a step may be a trace of compression, and of mere rounding.
constexpr float kFaintest = 1.2F;
constexpr float kRounding = 0.2F;
constexpr float kEchoMargin = 2;  // echoes are that much louder than half of them

// How much flat ground beside strong edges moves, as a share of the edge: half of all edges have
// less. Only lines at some distance are looked at, to and fro, every pixel on them.
float echo_of(const Image& sheet) {
  constexpr int kStrong = 60;  // levels
  constexpr int kFrom = 4;     // pixels beside the edge, clear of its own softness
  constexpr int kTo = 13;      // a block of compression and a half
  constexpr int kLines = 48;
  std::vector<float> shares;
  const auto look = [&](std::ptrdiff_t start, std::ptrdiff_t pitch, int length) {
    const auto at = [&](int place, std::size_t channel) {
      return static_cast<int>(
          sheet.pixels[static_cast<std::size_t>(start + place * pitch) * 4 + channel]);
    };
    for (int place = kTo + 2; place + kTo + 2 < length; ++place) {
      std::size_t channel = 0;
      int step = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        const int own = std::abs(at(place + 1, i) - at(place - 1, i));
        if (own > step) {
          step = own;
          channel = i;
        }
      }
      if (step < kStrong) continue;
      int flattest = 255;
      for (const int side : {-1, 1}) {
        int low = 255;
        int high = 0;
        for (int away = kFrom; away <= kTo; ++away) {
          const int value = at(place + side * away, channel);
          low = std::min(low, value);
          high = std::max(high, value);
        }
        flattest = std::min(flattest, high - low);
      }
      shares.push_back(static_cast<float>(flattest) / static_cast<float>(step));
      place += kFrom;
    }
  };
  for (int line = 0; line < kLines; ++line) {
    look(static_cast<std::ptrdiff_t>(sheet.height) * line / kLines * sheet.width, 1, sheet.width);
    look(static_cast<std::ptrdiff_t>(sheet.width) * line / kLines, sheet.width, sheet.height);
  }
  if (shares.empty()) return 0;
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
  std::nth_element(shares.begin(), middle, shares.end());
  return std::min(kLoudestEcho, kEchoMargin * *middle);
}

}  // namespace

float difference(const Colour& a, const Colour& b) {
  float most = 0;
  for (std::size_t i = 0; i < kChannels; ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

Reduced reduce(const Image& sheet) {
  Reduced reduced;
  reduced.factor = std::max(1, std::min(sheet.width, sheet.height) / kShortSide);
  const int factor = reduced.factor;
  reduced.width = sheet.width / factor;
  reduced.height = sheet.height / factor;
  reduced.echo = echo_of(sheet);
  reduced.pixels.resize(static_cast<std::size_t>(reduced.width) *
                        static_cast<std::size_t>(reduced.height));
  const std::size_t row_bytes = static_cast<std::size_t>(sheet.width) * 4;
  const float share = 1.0F / static_cast<float>(factor * factor);
  for (int y = 0; y < reduced.height; ++y) {
    for (int x = 0; x < reduced.width; ++x) {
      std::array<unsigned, kChannels> sum{};
      for (int dy = 0; dy < factor; ++dy) {
        const std::uint8_t* pixel = sheet.pixels.data() +
                                    static_cast<std::size_t>(y * factor + dy) * row_bytes +
                                    static_cast<std::size_t>(x * factor) * 4;
        for (int dx = 0; dx < factor; ++dx, pixel += 4) {
          const unsigned alpha = pixel[3];
          for (std::size_t i = 0; i < 3; ++i)
            sum[i] += alpha == 255 ? pixel[i] : pixel[i] * alpha / 255;
          sum[3] += alpha;
        }
      }
      Colour& to =
          reduced.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(reduced.width) +
                         static_cast<std::size_t>(x)];
      for (std::size_t i = 0; i < kChannels; ++i) to[i] = static_cast<float>(sum[i]) * share;
    }
  }
  return reduced;
}

Evidence::Evidence(const Reduced& picture, bool upright)
    : length_(upright ? picture.width : picture.height),
      echo_reach_(kEchoReach / picture.factor),
      echo_(picture.echo) {
  const int depth = upright ? picture.height : picture.width;
  blocks_ = std::max(1, depth / kBlock);
  block_ = static_cast<float>(depth) / static_cast<float>(blocks_);
  colours_.resize(static_cast<std::size_t>(blocks_) * static_cast<std::size_t>(length_));
  const auto start = [&](int block) {
    return static_cast<int>(static_cast<float>(block) * block_);
  };
  for (int block = 0; block < blocks_; ++block) {
    const int from = start(block);
    const int to = block + 1 == blocks_ ? depth : start(block + 1);
    for (int across = 0; across < length_; ++across) {
      Colour sum{};
      for (int along = from; along < to; ++along) {
        const int x = upright ? across : along;
        const int y = upright ? along : across;
        const Colour& pixel =
            picture.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                           static_cast<std::size_t>(x)];
        for (std::size_t i = 0; i < kChannels; ++i) sum[i] += pixel[i];
      }
      for (float& channel : sum) channel /= static_cast<float>(to - from);
      colours_[index(block, across)] = sum;
    }
  }
  measure_edges();
}

void Evidence::measure_edges() {
  edges_.assign(colours_.size(), 0);
  const auto length = static_cast<std::size_t>(length_);
  std::vector<float> step(length);
  std::vector<float> sums(length + 1);
  const float faintest = std::lerp(kRounding, kFaintest, echo_ / kLoudestEcho);
  for (int block = 0; block < blocks_; ++block) {
    for (int x = 0; x < length_; ++x) {
      // Over two pixels on each side: a border between pixels is soft after scaling and turning.
      if (x < 1 || x >= length_) {
        step[static_cast<std::size_t>(x)] = 0;
        continue;
      }
      Colour before = colour(block, x - 1);
      Colour after = colour(block, x);
      if (x >= 2 && x + 1 < length_) {
        for (std::size_t i = 0; i < kChannels; ++i) {
          before[i] = (before[i] + colour(block, x - 2)[i]) / 2;
          after[i] = (after[i] + colour(block, x + 1)[i]) / 2;
        }
      }
      step[static_cast<std::size_t>(x)] = difference(before, after);
    }
    for (std::size_t x = 0; x < length; ++x) sums[x + 1] = sums[x] + step[x];
    const auto mean = [&](int from, int to, float otherwise) {
      from = std::max(from, 0);
      to = std::min(to, length_);
      if (to - from < 3) return otherwise;
      return (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) /
             static_cast<float>(to - from);
    };
    constexpr float kNone = 1e9F;
    for (int x = 1; x < length_; ++x) {
      float beside = std::min(mean(x - kBesideTo, x - kBesideFrom, kNone),
                              mean(x + kBesideFrom + 1, x + kBesideTo + 1, kNone));
      if (beside >= kNone) beside = 0;
      beside += faintest;
      const float here = step[static_cast<std::size_t>(x)];
      float most = here;
      for (int near = std::max(1, x - kReach); near <= std::min(length_ - 1, x + kReach); ++near)
        most = std::max(most, step[static_cast<std::size_t>(near)]);
      if (here <= beside) continue;
      float around = most;
      for (int near = std::max(1, x - echo_reach_); near <= std::min(length_ - 1, x + echo_reach_);
           ++near)
        around = std::max(around, step[static_cast<std::size_t>(near)]);
      // Beside the sharpest place the same edge counts less, so that borders have one place; and
      // compression leaves faint echoes beside a strong edge.
      const float echo = echo_ * around;
      edges_[index(block, x)] =
          (here - beside) / (here + beside) * (here / most) * (here < echo ? here / echo : 1.0F);
    }
  }
}

std::vector<float> Evidence::borders(float lean, const std::vector<float>& weights) const {
  std::vector<float> sums(static_cast<std::size_t>(length_), 0);
  std::vector<float> seen(static_cast<std::size_t>(length_), 0);
  float total = 0;
  for (int block = 0; block < blocks_; ++block) {
    const float weight = weights[static_cast<std::size_t>(block)];
    if (weight == 0) continue;
    total += weight;
    const float shift = lean * along(block);
    const int whole = static_cast<int>(std::floor(shift));
    const float late = weight * (shift - static_cast<float>(whole));
    const float early = weight - late;
    const float* edges = edges_.data() + index(block, 0);
    const int first = std::max(0, -whole);
    const int last = std::min(length_, length_ - 1 - whole);
    for (int at = first; at < last; ++at) {
      const float* edge = edges + at + whole;
      sums[static_cast<std::size_t>(at)] += early * edge[0] + late * edge[1];
      seen[static_cast<std::size_t>(at)] += weight;
    }
  }
  // A border of which most lies outside proves little.
  for (std::size_t at = 0; at < sums.size(); ++at)
    sums[at] = total > 0 ? sums[at] / std::max(seen[at], total / 2) : 0;
  return sums;
}

}  // namespace castboard::sheet_splitting
