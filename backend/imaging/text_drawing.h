#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/image.h"

// Text on pictures without a window system: captions of contact sheets. One line, left to right,
// one glyph a character (no joined scripts). Needs no GUI and no font library of a host.
namespace castboard {

// A font file's bytes; `face` counts within a collection (.ttc).
struct FontBytes {
  std::vector<std::uint8_t> bytes;
  int face = 0;
};

// Fonts in the order they are asked for a character's glyph. Used by one thread at a time.
class TextWriter {
 public:
  // What cannot be read as a font is left out. `size`: pixels of the em.
  TextWriter(std::vector<FontBytes> fonts, float size);
  ~TextWriter();
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  [[nodiscard]] bool has_font() const;
  [[nodiscard]] float line_height() const;  // pixels
  [[nodiscard]] float width(std::string_view utf8) const;
  // Shortened with "..." to fit into `width` pixels.
  [[nodiscard]] std::string elided(std::string_view utf8, float width) const;
  // `top` of the line; `colour` 0xRRGGBB; what lies outside of `image` is left out.
  void draw(Image& image, float left, float top, std::uint32_t colour, std::string_view utf8) const;

 private:
  struct Face;
  struct Glyph;
  [[nodiscard]] std::vector<Glyph> glyphs_of(std::string_view utf8) const;

  std::vector<std::unique_ptr<Face>> faces_;
  float size_;
};

}  // namespace castboard
