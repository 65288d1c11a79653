#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "castboard/image.h"

// What a picture says about straight borders through it, in one direction. Everything here is in
// pixels of a reduced copy. For upright borders "across" is x and "along" is y; for level ones the
// other way round, so that all that follows is written once.
namespace castboard::sheet_splitting {

inline constexpr int kChannels = 4;  // red, green, blue premultiplied with alpha, and alpha
using Colour = std::array<float, kChannels>;
float difference(const Colour& a, const Colour& b);  // of the channel that differs most

// The sheet scaled down by a whole factor.
struct Reduced {
  int width = 0;
  int height = 0;
  int factor = 1;
  // The faint lines that compression and sharpening left beside strong edges, as a share of those:
  // 0 in clean pictures, at most kLoudestEcho.
  float echo = 0;
  std::vector<Colour> pixels;
};
inline constexpr float kLoudestEcho = 1.0F / 6;
Reduced reduce(const Image& sheet);

// Leans that are tried: -kSteepest..kSteepest, about 2.3 degrees.
inline constexpr int kSteepest = 13;
inline constexpr float kLeanStep = 0.003F;

// Where an edge stands out of what is beside it, of 0 (not at all) to 1. The picture is cut along
// the border into blocks: inside a block texture averages out while a border does not.
class Evidence {
 public:
  Evidence(const Reduced& picture, bool upright);

  [[nodiscard]] int length() const { return length_; }
  [[nodiscard]] int blocks() const { return blocks_; }
  // Distance of a block's middle from the middle of the picture.
  [[nodiscard]] float along(int block) const {
    return (static_cast<float>(block) + 0.5F) * block_ -
           0.5F * static_cast<float>(blocks_) * block_;
  }
  [[nodiscard]] float block_size() const { return block_; }
  [[nodiscard]] float echo() const { return echo_; }
  [[nodiscard]] int echo_reach() const { return echo_reach_; }
  [[nodiscard]] const Colour& colour(int block, int across) const {
    return colours_[index(block, across)];
  }
  [[nodiscard]] float edge(int block, int across) const { return edges_[index(block, across)]; }
  // Mean of `edge` along every border of this lean, by where it crosses the middle of the picture;
  // only of the blocks that `weights` (one a block) counts.
  [[nodiscard]] std::vector<float> borders(float lean, const std::vector<float>& weights) const;

 private:
  [[nodiscard]] std::size_t index(int block, int across) const {
    return static_cast<std::size_t>(block) * static_cast<std::size_t>(length_) +
           static_cast<std::size_t>(across);
  }
  void measure_edges();

  int length_ = 0;
  int blocks_ = 0;
  int echo_reach_ = 0;
  float echo_ = 0;
  float block_ = 8;
  std::vector<Colour> colours_;
  std::vector<float> edges_;
};

}  // namespace castboard::sheet_splitting
