#include "font_metrics.h"

#include <array>
#include <cstdint>
#include <fstream>
#include <string_view>

namespace castboard {
namespace {

constexpr std::uint32_t kMostTables = 256;
constexpr int kUnitsPerEmOffset = 18;  // in `head`
constexpr int kAscenderOffset = 4;     // in `hhea`
constexpr int kDescenderOffset = 6;

// A font file's big-endian numbers by their place.
class Numbers {
 public:
  explicit Numbers(const std::string& path) : in_(path, std::ios::binary) {}

  std::uint32_t u32(std::uint64_t at) { return u16(at) << 16U | u16(at + 2); }
  std::uint32_t u16(std::uint64_t at) {
    std::array<char, 2> bytes{};
    in_.seekg(static_cast<std::streamoff>(at));
    in_.read(bytes.data(), bytes.size());
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0])) << 8U |
           static_cast<unsigned char>(bytes[1]);
  }
  int i16(std::uint64_t at) { return static_cast<std::int16_t>(u16(at)); }
  [[nodiscard]] bool good() const { return in_.good(); }

 private:
  std::ifstream in_;
};

constexpr std::uint32_t tag(std::string_view name) {
  std::uint32_t value = 0;
  for (const char c : name) value = value << 8U | static_cast<unsigned char>(c);
  return value;
}

std::uint64_t table(Numbers& numbers, std::uint64_t font, std::uint32_t wanted) {
  const std::uint32_t count = numbers.u16(font + 4);
  for (std::uint32_t i = 0; i < count && i < kMostTables; ++i) {
    const std::uint64_t entry = font + 12 + 16ULL * i;
    if (numbers.u32(entry) == wanted) return numbers.u32(entry + 8);
  }
  return 0;
}

}  // namespace

std::optional<float> line_height_in_em(const FontFile& file) {
  Numbers numbers(file.path);
  std::uint64_t font = 0;
  if (numbers.u32(0) == tag("ttcf")) {
    font = numbers.u32(12 + 4 * static_cast<std::uint64_t>(file.face));
  }
  const std::uint64_t head = table(numbers, font, tag("head"));
  const std::uint64_t hhea = table(numbers, font, tag("hhea"));
  if (head == 0 || hhea == 0) return std::nullopt;
  const auto em = static_cast<float>(numbers.u16(head + kUnitsPerEmOffset));
  const int height = numbers.i16(hhea + kAscenderOffset) - numbers.i16(hhea + kDescenderOffset);
  if (!numbers.good() || em <= 0 || height <= 0) return std::nullopt;
  return static_cast<float>(height) / em;
}

}  // namespace castboard
