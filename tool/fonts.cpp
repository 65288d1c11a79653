#include "fonts.h"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <string_view>

#include "font_metrics.h"

namespace castboard {
namespace {

struct DestroyPattern {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
using Pattern = std::unique_ptr<FcPattern, DestroyPattern>;

const FcChar8* fc(const char* text) {
  return reinterpret_cast<const FcChar8*>(text);
}

std::string text_of(FcPattern* pattern, const char* field, int index = 0) {
  FcChar8* text = nullptr;
  if (FcPatternGetString(pattern, field, index, &text) != FcResultMatch) return {};
  return reinterpret_cast<const char*>(text);
}

bool has_family(FcPattern* pattern, std::string_view family) {
  for (int i = 0;; ++i) {
    const std::string name = text_of(pattern, FC_FAMILY, i);
    if (name.empty()) return false;
    if (name == family) return true;
  }
}

// Dear ImGui fits ascender to descender into a font's size, which makes 14 px of Inter a text of
// 11.6 px. The look means the em, so fonts are merged into an empty first one at a size of their
// own that undoes this; it also brings fonts of different proportions to one size.
constexpr float kReferenceSize = 14;
// A little less than the line, so that lines of running text keep a distance.
constexpr float kEmOfLine = 0.96F;
constexpr ImWchar kEverything[] = {0x1, 0xFFFF, 0};
// Inter's private-use glyphs would hide the icons.
constexpr ImWchar kPrivateUse[] = {0xE000, 0xF8FF, 0};

ImFont* add(ImFontAtlas& atlas, const FontFile& file, bool merge, const ImWchar* without,
            float size) {
  ImFontConfig config;
  config.MergeMode = merge;
  config.FontNo = static_cast<ImU32>(file.face);
  config.GlyphExcludeRanges = without;
  return atlas.AddFontFromFileTTF(file.path.c_str(), size, &config);
}

void merge(ImFontAtlas& atlas, const FontFile& file, const ImWchar* without) {
  if (!file) return;
  add(atlas, file, true, without,
      kReferenceSize * kEmOfLine * line_height_in_em(file).value_or(1.2F));
}

struct Fallbacks {
  FontFile japanese;
  FontFile chinese;
  FontFile icons;
};

// `text` with its fallbacks merged into it; Dear ImGui's own font when there is no such file.
ImFont* add_with_fallbacks(ImFontAtlas& atlas, const FontFile& text, const Fallbacks& fallbacks) {
  ImFont* font = nullptr;
  if (text) font = add(atlas, text, false, kEverything, kReferenceSize);
  if (font != nullptr) {
    merge(atlas, text, kPrivateUse);
  } else {
    font = atlas.AddFontDefault();
  }
  merge(atlas, fallbacks.japanese, nullptr);
  merge(atlas, fallbacks.chinese, nullptr);
  merge(atlas, fallbacks.icons, nullptr);
  return font;
}

FontFile first_of(const FontFile& wanted, const FontFile& otherwise) {
  return wanted ? wanted : otherwise;
}

}  // namespace

FontFile find_font(const char* family, const char* style, const char* language) {
  const Pattern wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, fc(family));
  if (*style != '\0') FcPatternAddString(wanted.get(), FC_STYLE, fc(style));
  if (*language != '\0') FcPatternAddString(wanted.get(), FC_LANG, fc(language));
  FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  const Pattern found(FcFontMatch(nullptr, wanted.get(), &result));
  if (!found || !has_family(found.get(), family)) return {};
  int face = 0;
  FcPatternGetInteger(found.get(), FC_INDEX, 0, &face);
  return {text_of(found.get(), FC_FILE), face & 0xFFFF};
}

void add_caption_fonts(SessionOptions& options) {
  if (FcInit() != FcTrue) return;
  for (const FontFile& font :
       {find_font("Inter", "Regular", ""), find_font("Noto Sans", "Regular", ""),
        find_font("DejaVu Sans", "Book", ""), find_font("Noto Sans CJK JP", "Regular", "ja"),
        find_font("Noto Sans CJK SC", "Regular", "zh-cn")}) {
    if (font) options.caption_fonts.push_back({font.path, font.face});
  }
}

Fonts load_fonts(ImFontAtlas& atlas) {
  if (FcInit() != FcTrue) return {atlas.AddFontDefault(), nullptr, false};
  const FontFile regular = first_of(
      find_font("Inter", "Regular", ""),
      first_of(find_font("Noto Sans", "Regular", ""), find_font("DejaVu Sans", "Book", "")));
  const FontFile strong =
      first_of(find_font("Inter", "Semi Bold", ""),
               first_of(find_font("Noto Sans", "Bold", ""), find_font("DejaVu Sans", "Bold", "")));
  const FontFile icons = find_font("FontAwesome", "", "");
  Fonts fonts;
  // Japanese forms first; the Chinese face adds the characters only it has.
  fonts.text = add_with_fallbacks(atlas, regular,
                                  {find_font("Noto Sans CJK JP", "Regular", "ja"),
                                   find_font("Noto Sans CJK SC", "Regular", "zh-cn"), icons});
  fonts.heading = strong
                      ? add_with_fallbacks(atlas, strong,
                                           {find_font("Noto Sans CJK JP", "Bold", "ja"),
                                            find_font("Noto Sans CJK SC", "Bold", "zh-cn"), icons})
                      : fonts.text;
  fonts.icons = static_cast<bool>(icons);
  return fonts;
}

}  // namespace castboard
