#include "imaging/sheet_split_faint.h"

#include <algorithm>
#include <cmath>

namespace castboard::sheet_splitting {

namespace {

constexpr int kReach = 3;                // pixels on each side that are compared
constexpr std::size_t kNeighbours = 20;  // places on each side that say what is usual here
constexpr std::size_t kBeside = 6;       // pixels: a border is over there, shading goes on
constexpr float kLeast = 0.12F;          // levels: less moves by rounding alone
constexpr float kChance = 4;             // of what is usual: as much may be chance
constexpr float kCertain = 10;
constexpr float kLoudest = 25;   // levels: more is seen on every part of a border
constexpr float kFlat = 4;       // levels that flat ground varies by: grain
constexpr float kAlike = 1.4F;   // what a border varies by, of what its ground does
constexpr float kUnlike = 0.5F;  // and of its step
constexpr float kLeastShare = 0.1F;
constexpr float kDull = 0.5F;       // a border's share of the step beside it, at most
constexpr std::size_t kFewest = 8;  // blocks

float median_of(std::vector<float>& values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

// The step, in levels and with its sign, that a border has on most of its length.
struct Step {
  float size = 0;
  float spread = 0;  // from one part of the length to another: of the middle half
  float error = 0;   // how far chance alone moves it
};

// Of the middle half of the values: outlines and textures move the others.
Step common_step(std::vector<float>& values) {
  const std::size_t quarter = values.size() / 4;
  const auto low = values.begin() + static_cast<std::ptrdiff_t>(quarter);
  const auto high = values.end() - static_cast<std::ptrdiff_t>(quarter) - 1;
  std::nth_element(values.begin(), low, values.end());
  const float least = *low;
  std::nth_element(low, high, values.end());
  float sum = 0;
  for (auto at = low; at <= high; ++at) sum += *at;
  return {sum / static_cast<float>(high - low + 1), *high - least,
          (*high - least) / std::sqrt(static_cast<float>(values.size()))};
}

class Steps {
 public:
  Steps(const Evidence& evidence, const std::vector<float>& weights, float lean)
      : evidence_(evidence) {
    for (int block = 0; block < evidence.blocks(); ++block) {
      if (weights[static_cast<std::size_t>(block)] == 0) continue;
      blocks_.push_back(block);
      shifts_.push_back(static_cast<int>(std::lround(lean * evidence.along(block))));
    }
  }

  // One for each place.
  [[nodiscard]] std::vector<Step> of(std::size_t channel) const {
    const int length = evidence_.length();
    const auto width = static_cast<std::size_t>(length);
    std::vector<float> steps(blocks_.size() * width, 0);
    std::vector<float> sums(width + 1, 0);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      for (int x = 0; x < length; ++x)
        sums[static_cast<std::size_t>(x) + 1] =
            sums[static_cast<std::size_t>(x)] + evidence_.colour(blocks_[i], x)[channel];
      for (int x = kReach; x + kReach <= length; ++x) {
        const auto at = static_cast<std::size_t>(x);
        steps[i * width + at] = (sums[at + kReach] - 2 * sums[at] + sums[at - kReach]) / kReach;
      }
    }
    std::vector<Step> common(width);
    if (std::all_of(steps.begin(), steps.end(), [](float step) { return step == 0; }))
      return common;
    std::vector<float> here;
    for (int x = 0; x < length; ++x) {
      here.clear();
      for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const int at = x + shifts_[i];
        if (at >= kReach && at + kReach <= length)
          here.push_back(steps[i * width + static_cast<std::size_t>(at)]);
      }
      if (here.size() >= kFewest && 2 * here.size() >= blocks_.size())
        common[static_cast<std::size_t>(x)] = common_step(here);
    }
    return common;
  }

 private:
  const Evidence& evidence_;
  std::vector<int> blocks_;
  std::vector<int> shifts_;  // of the border's crossing, one a block
};

// The steps of one channel, and where in them a border is.
class Channel {
 public:
  Channel(std::vector<Step> steps, float echo, int echo_reach)
      : steps_(std::move(steps)),
        least_share_(std::max(kLeastShare, 2 * echo)),
        reach_(static_cast<std::size_t>(kReach + echo_reach)) {}

  // How sure a border is there, 0..1.
  [[nodiscard]] float border(std::size_t at) const;

 private:
  [[nodiscard]] float size(std::size_t at) const { return std::abs(steps_[at].size); }
  [[nodiscard]] bool is_peak(std::size_t at) const;
  [[nodiscard]] float loudest_near(std::size_t at) const;
  template <typename Value>
  [[nodiscard]] std::vector<float> around(std::size_t at, const Value& value) const {
    std::vector<float> values;
    for (std::size_t near = at > kNeighbours ? at - kNeighbours : 0;
         near < std::min(steps_.size(), at + kNeighbours + 1); ++near)
      values.push_back(value(steps_[near]));
    return values;
  }

  std::vector<Step> steps_;
  float least_share_;  // of a louder step near by: less is an echo of it
  std::size_t reach_;
};

bool Channel::is_peak(std::size_t at) const {
  if (size(at) < kLeast * kChance || size(at) > kLoudest) return false;
  if (size(at) < size(at - 1) || size(at) < size(at + 1)) return false;
  const float beside = (steps_[at - kBeside].size + steps_[at + kBeside].size) / 2;
  return (steps_[at].size < 0 ? -beside : beside) <= kDull * size(at);
}

float Channel::loudest_near(std::size_t at) const {
  float loudest = 0;
  for (std::size_t near = at > reach_ ? at - reach_ : 0;
       near < std::min(steps_.size(), at + reach_ + 1); ++near)
    loudest =
        std::max(loudest, size(near) * (1 - static_cast<float>(near > at ? near - at : at - near) /
                                                static_cast<float>(reach_ + 1)));
  return loudest;
}

float Channel::border(std::size_t at) const {
  if (!is_peak(at) || size(at) < least_share_ * loudest_near(at)) return 0;
  std::vector<float> spreads = around(at, [](const Step& step) { return step.spread; });
  const auto quiet = spreads.begin() + static_cast<std::ptrdiff_t>(spreads.size() / 5);
  std::nth_element(spreads.begin(), quiet, spreads.end());
  if (*quiet > kFlat || steps_[at].spread > kAlike * *quiet + kUnlike * size(at) + kLeast) return 0;
  std::vector<float> sizes = around(at, [](const Step& step) { return step.size; });
  const float usual = median_of(sizes);
  for (float& one : sizes) one = std::abs(one - usual);
  const float chance = std::max({kLeast, 1.5F * median_of(sizes), steps_[at].error});
  return std::clamp((std::abs(steps_[at].size - usual) / chance - kChance) / (kCertain - kChance),
                    0.0F, 1.0F);
}

}  // namespace

std::vector<float> faint_borders(const Evidence& evidence, const std::vector<float>& weights,
                                 float lean) {
  const auto length = static_cast<std::size_t>(evidence.length());
  const Steps steps(evidence, weights, lean);
  std::vector<float> found(length, 0);
  for (std::size_t i = 0; i < kChannels; ++i) {
    const Channel channel(steps.of(i), evidence.echo(), evidence.echo_reach());
    for (std::size_t at = kBeside; at + kBeside < length; ++at)
      found[at] = std::max(found[at], channel.border(at));
  }
  return found;
}

}  // namespace castboard::sheet_splitting
