#pragma once

#include <cstdint>
#include <string_view>

// Colours and the deterministic dice of the sketch artist. Pure values; no state.
namespace castboard::sketch {

// Straight alpha, 0..1 a channel, sRGB.
struct Colour {
  double r = 0, g = 0, b = 0, a = 1;

  bool operator==(const Colour&) const = default;
};

constexpr Colour rgb(std::uint32_t hex) {
  return {((hex >> 16) & 255) / 255.0, ((hex >> 8) & 255) / 255.0, (hex & 255) / 255.0, 1};
}

Colour mix(Colour from, Colour to, double amount);
Colour with_alpha(Colour colour, double alpha);
double luminance(Colour colour);
Colour saturate(Colour colour, double factor);  // 0 grey, 1 as it is
// Hue in degrees, saturation and lightness 0..1.
Colour hsl(double hue, double saturation, double lightness);
// Towards black with a shift to a cooler hue, as shadows do; `amount` 0..1.
Colour shadow_of(Colour colour, double amount);
// Towards white with a warm shift.
Colour light_of(Colour colour, double amount);

std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0);
std::uint64_t scramble(std::uint64_t value);

// A stream of numbers that depends on its seed and a topic only, so that a new feature elsewhere
// never changes what this one draws.
class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view topic) : state_(hash_text(topic, seed)) {}

  std::uint64_t next();
  double unit();                            // 0 <= x < 1
  double between(double low, double high);  // low <= x < high
  int below(int count);                     // 0 .. count-1
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace castboard::sketch
