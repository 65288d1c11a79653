#include "library/export_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "castboard/model.h"

namespace castboard {

namespace {

// File systems allow 255 bytes; what follows the name of a character needs about a hundred.
constexpr std::size_t kMaxSlugLength = 120;
constexpr std::size_t kIdPartLength = 8;

// Letters of U+00C0 to U+017F without their marks, "_" where there is none (× and ÷).
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo_ouuuuyps"   // À..ß (Æ: a, Þ: p, ß: s)
    "aaaaaaaceeeeiiiidnooooo_ouuuuypy"   // à..ÿ
    "aaaaaaccccccccddddeeeeeeeeeegggg"   // Ā..ğ
    "gggghhhhiiiiiiiiiiiijjkkklllllll"   // Ġ..Ŀ
    "lllnnnnnnnnnoooooooorrrrrrssssss"   // ŀ..ş
    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // Š..ſ
constexpr std::uint32_t kFirstLatin = 0xC0;
static_assert(kLatin.size() == 0x180 - kFirstLatin);

// The ASCII form of the character that begins at `at`, which moves past it; 0: it has none.
char ascii_of(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) {
    if (lead >= 'A' && lead <= 'Z') return static_cast<char>(lead - 'A' + 'a');
    const bool plain = (lead >= 'a' && lead <= 'z') || (lead >= '0' && lead <= '9');
    return plain ? static_cast<char>(lead) : '\0';
  }
  std::uint32_t point = lead & 0x1FU;
  const bool two_bytes = lead >= 0xC2 && lead < 0xE0;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
    point = point << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  if (!two_bytes || point < kFirstLatin || point - kFirstLatin >= kLatin.size()) return '\0';
  const char letter = kLatin[point - kFirstLatin];
  return letter == '_' ? '\0' : letter;
}

}  // namespace

std::string ascii_slug(std::string_view name, std::string_view otherwise) {
  std::string slug;
  bool gap = false;
  for (std::size_t at = 0; at < name.size() && slug.size() < kMaxSlugLength;) {
    const char letter = ascii_of(name, at);
    if (letter == '\0') {
      gap = !slug.empty();
      continue;
    }
    if (gap) slug += '_';
    gap = false;
    slug += letter;
  }
  return slug.empty() ? std::string(otherwise) : slug;
}

std::string picture_stem(std::string_view character, std::string_view character_id,
                         std::string_view template_type, int version_number) {
  const std::string nameless = fmt::format("character_{}", character_id.substr(0, kIdPartLength));
  return fmt::format("{}_{}_{}", ascii_slug(character, nameless),
                     ascii_slug(template_type, "picture"), version_label(version_number));
}

std::string cell_stem(std::string_view sheet_stem, int cell, std::string_view pose) {
  return fmt::format("{}_{:02}_{}", sheet_stem, cell, ascii_slug(pose, "cell"));
}

std::string numbered_name(std::string_view stem, int attempt, std::string_view extension) {
  return attempt == 0 ? fmt::format("{}.{}", stem, extension)
                      : fmt::format("{}-{}.{}", stem, attempt, extension);
}

}  // namespace castboard
