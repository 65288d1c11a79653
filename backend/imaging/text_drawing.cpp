#include "imaging/text_drawing.h"

#include <algorithm>
#include <cmath>

// Only seen here: a host may have an stb_truetype of its own (Dear ImGui does).
#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_truetype.h>
#pragma GCC diagnostic pop

namespace castboard {

namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : -1;
  if (more < 0) return kReplacement;
  std::uint32_t point = lead & (0x3FU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U)
      return kReplacement;
    point = point << 6U | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  return point;
}

// Joiners and selectors change glyphs in shaped text; here they are nothing.
bool is_invisible(std::uint32_t point) {
  return point < 0x20 || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

void blend(Image& image, int x, int y, std::uint32_t colour, std::uint8_t coverage) {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height || coverage == 0) return;
  std::uint8_t* pixel =
      image.pixels.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x)) *
                                4;
  for (unsigned channel = 0; channel < 3; ++channel) {
    const unsigned ink = colour >> (16 - 8 * channel) & 0xFFU;
    const unsigned under = pixel[channel];
    pixel[channel] =
        static_cast<std::uint8_t>((ink * coverage + under * (255U - coverage) + 127U) / 255U);
  }
  pixel[3] = std::max(pixel[3], coverage);
}

}  // namespace

struct TextWriter::Face {
  std::vector<std::uint8_t> bytes;
  stbtt_fontinfo info{};
  float scale = 0;  // font units to pixels
};

struct TextWriter::Glyph {
  const Face* face = nullptr;
  int index = 0;
  float advance = 0;         // pixels
  std::size_t text_end = 0;  // bytes of the text up to and with it
};

TextWriter::TextWriter(std::vector<FontBytes> fonts, float size) : size_(size) {
  for (FontBytes& font : fonts) {
    auto face = std::make_unique<Face>();
    face->bytes = std::move(font.bytes);
    if (face->bytes.size() < 12) continue;
    const int offset = stbtt_GetFontOffsetForIndex(face->bytes.data(), font.face);
    if (offset < 0 || stbtt_InitFont(&face->info, face->bytes.data(), offset) == 0) continue;
    face->scale = stbtt_ScaleForMappingEmToPixels(&face->info, size);
    faces_.push_back(std::move(face));
  }
}

TextWriter::~TextWriter() = default;

bool TextWriter::has_font() const {
  return !faces_.empty();
}

float TextWriter::line_height() const {
  constexpr float kLineOfEm = 1.3F;
  return std::ceil(size_ * kLineOfEm);
}

std::vector<TextWriter::Glyph> TextWriter::glyphs_of(std::string_view utf8) const {
  std::vector<Glyph> glyphs;
  if (faces_.empty()) return glyphs;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::uint32_t point = next_code_point(utf8, at);
    if (is_invisible(point)) continue;
    Glyph glyph;
    glyph.face = faces_.front().get();  // and its box for what no font has
    for (const auto& face : faces_) {
      const int index = stbtt_FindGlyphIndex(&face->info, static_cast<int>(point));
      if (index == 0) continue;
      glyph.face = face.get();
      glyph.index = index;
      break;
    }
    int advance = 0;
    int bearing = 0;
    stbtt_GetGlyphHMetrics(&glyph.face->info, glyph.index, &advance, &bearing);
    glyph.advance = static_cast<float>(advance) * glyph.face->scale;
    glyph.text_end = at;
    glyphs.push_back(glyph);
  }
  return glyphs;
}

float TextWriter::width(std::string_view utf8) const {
  float width = 0;
  for (const Glyph& glyph : glyphs_of(utf8)) width += glyph.advance;
  return width;
}

std::string TextWriter::elided(std::string_view utf8, float room) const {
  constexpr std::string_view kEllipsis = "...";
  const std::vector<Glyph> glyphs = glyphs_of(utf8);
  float whole = 0;
  for (const Glyph& glyph : glyphs) whole += glyph.advance;
  if (whole <= room) return std::string(utf8);
  float used = width(kEllipsis);
  std::size_t end = 0;
  for (const Glyph& glyph : glyphs) {
    used += glyph.advance;
    if (used > room) break;
    end = glyph.text_end;
  }
  return std::string(utf8.substr(0, end)) + std::string(kEllipsis);
}

void TextWriter::draw(Image& image, float left, float top, std::uint32_t colour,
                      std::string_view utf8) const {
  if (faces_.empty()) return;
  // One baseline for all fonts of the line.
  const float baseline = std::round(top + (line_height() - size_) / 2 + size_ * 0.8F);
  std::vector<std::uint8_t> coverage;
  for (const Glyph& glyph : glyphs_of(utf8)) {
    const float whole = std::floor(left);
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;
    const float scale = glyph.face->scale;
    stbtt_GetGlyphBitmapBoxSubpixel(&glyph.face->info, glyph.index, scale, scale, left - whole, 0,
                                    &x0, &y0, &x1, &y1);
    const int across = x1 - x0;
    const int down = y1 - y0;
    if (across > 0 && down > 0) {
      coverage.assign(static_cast<std::size_t>(across) * static_cast<std::size_t>(down), 0);
      stbtt_MakeGlyphBitmapSubpixel(&glyph.face->info, coverage.data(), across, down, across, scale,
                                    scale, left - whole, 0, glyph.index);
      for (int y = 0; y < down; ++y)
        for (int x = 0; x < across; ++x)
          blend(image, static_cast<int>(whole) + x0 + x, static_cast<int>(baseline) + y0 + y,
                colour,
                coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(across) +
                         static_cast<std::size_t>(x)]);
    }
    left += glyph.advance;
  }
}

}  // namespace castboard
