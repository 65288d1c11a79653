#include "sketch/colour.h"

#include <algorithm>
#include <cmath>

namespace castboard::sketch {

Colour mix(Colour from, Colour to, double amount) {
  const double t = std::clamp(amount, 0.0, 1.0);
  return {from.r + (to.r - from.r) * t, from.g + (to.g - from.g) * t, from.b + (to.b - from.b) * t,
          from.a + (to.a - from.a) * t};
}

Colour with_alpha(Colour colour, double alpha) {
  colour.a = alpha;
  return colour;
}

double luminance(Colour colour) {
  return 0.2126 * colour.r + 0.7152 * colour.g + 0.0722 * colour.b;
}

Colour saturate(Colour colour, double factor) {
  const double grey = luminance(colour);
  const auto channel = [&](double value) {
    return std::clamp(grey + (value - grey) * factor, 0.0, 1.0);
  };
  return {channel(colour.r), channel(colour.g), channel(colour.b), colour.a};
}

Colour hsl(double hue, double saturation, double lightness) {
  const auto channel = [&](double n) {
    const double k = std::fmod(n + hue / 30 + 24, 12);
    const double a = saturation * std::min(lightness, 1 - lightness);
    return lightness - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
  };
  return {channel(0), channel(8), channel(4), 1};
}

Colour shadow_of(Colour colour, double amount) {
  const Colour dark = saturate({colour.r * 0.34, colour.g * 0.26, colour.b * 0.38, colour.a}, 1.25);
  return mix(colour, dark, amount);
}

Colour light_of(Colour colour, double amount) {
  return mix(colour, {1, 0.98, 0.92, colour.a}, amount);
}

std::uint64_t scramble(std::uint64_t value) {  // the finaliser of SplitMix64
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325u ^ scramble(seed);  // FNV-1a
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return scramble(hash);
}

std::uint64_t Dice::next() {
  state_ += 0x9e3779b97f4a7c15u;
  return scramble(state_);
}

double Dice::unit() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Dice::between(double low, double high) {
  return low + (high - low) * unit();
}

int Dice::below(int count) {
  return count < 1 ? 0 : static_cast<int>(next() % static_cast<std::uint64_t>(count));
}

}  // namespace castboard::sketch
