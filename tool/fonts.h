#pragma once

#include <imgui.h>

#include <string>

#include "castboard/session.h"

namespace castboard {

// A font file of this machine; `face` counts within a collection (.ttc).
struct FontFile {
  std::string path;
  int face = 0;

  explicit operator bool() const { return !path.empty(); }
};

// What the window writes with. `text` is never null; `icons`: both have Font Awesome's glyphs.
struct Fonts {
  ImFont* text = nullptr;
  ImFont* heading = nullptr;
  bool icons = false;
};

// Asks fontconfig for Inter, Noto CJK and Font Awesome and puts what is there into the atlas, each
// as a fallback of the one before; without any, Dear ImGui's own font. Needs a current context;
// glyphs are rasterised when they are first drawn.
Fonts load_fonts(ImFontAtlas& atlas);

// The file of `family` in `style` ("SemiBold"); empty when this machine has no such family, where
// fontconfig itself would answer with some other font.
[[nodiscard]] FontFile find_font(const char* family, const char* style, const char* language);

// The same families as files, for contact sheets: text first, then what it lacks.
void add_caption_fonts(SessionOptions& options);

}  // namespace castboard
