#include "fonts.h"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <string_view>

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

// Inter's private-use glyphs would hide the icons.
constexpr ImWchar kPrivateUse[] = {0xE000, 0xF8FF, 0};

ImFont* add(ImFontAtlas& atlas, const FontFile& file, bool merge, float shift = 0) {
  if (!file) return nullptr;
  ImFontConfig config;
  config.MergeMode = merge;
  config.FontNo = static_cast<ImU32>(file.face);
  config.GlyphOffset.y = shift;
  if (!merge) config.GlyphExcludeRanges = kPrivateUse;
  return atlas.AddFontFromFileTTF(file.path.c_str(), 0, &config);
}

struct Fallbacks {
  FontFile japanese;
  FontFile chinese;
  FontFile icons;
};

// `text` with its fallbacks merged into it; nullptr when there is no such file.
ImFont* add_with_fallbacks(ImFontAtlas& atlas, const FontFile& text, const Fallbacks& fallbacks) {
  ImFont* font = add(atlas, text, false);
  if (font == nullptr) font = atlas.AddFontDefault();
  add(atlas, fallbacks.japanese, true);
  add(atlas, fallbacks.chinese, true);
  add(atlas, fallbacks.icons, true);
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
