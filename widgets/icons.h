#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "imgui_compat.h"
#include "theme.h"

// Glyphs of Font Awesome 4.7 with a text for hosts without it. Catalogue files name icons by
// `name`.
namespace castboard {

struct Icon {
  std::string_view name;
  const char* glyph;
  const char* text;
};

namespace icons {
inline constexpr Icon kPortrait{"portrait", "\xef\x80\x87", "[o]"};  // f007 user
inline constexpr Icon kSheet{"sheet", "\xef\x80\x8a", "3x3"};        // f00a th
inline constexpr Icon kBody{"body", "\xef\x86\x83", "|"};            // f183 male
inline constexpr Icon kAction{"action", "\xef\x83\xa7", "/>"};       // f0e7 bolt
inline constexpr Icon kScene{"scene", "\xef\x80\x88", "[=]"};        // f008 film
inline constexpr Icon kCustom{"custom", "\xef\x81\x80", "..."};      // f040 pencil
inline constexpr Icon kCast{"cast", "\xef\x83\x80", "Cast"};         // f0c0 users
inline constexpr Icon kGenerate{"generate", "\xef\x83\x90", "New"};  // f0d0 magic
inline constexpr Icon kSearch{"search", "\xef\x80\x82", "?"};        // f002
inline constexpr Icon kFolder{"folder", "\xef\x81\xbc", "..."};      // f07c
inline constexpr Icon kClose{"close", "\xef\x80\x8d", "x"};          // f00d times
inline constexpr Icon kWarning{"warning", "\xef\x81\xb1", "!"};      // f071
inline constexpr Icon kUndo{"undo", "\xef\x83\xa2", "Undo"};         // f0e2
inline constexpr Icon kPicture{"picture", "\xef\x80\xbe", "[ ]"};    // f03e
inline constexpr Icon kMenu{"menu", "\xef\x83\x89", "..."};          // f0c9 bars
inline constexpr Icon kTrash{"trash", "\xef\x80\x94", "Trash"};      // f014 trash-o
inline constexpr Icon kCopy{"copy", "\xef\x83\x85", "Copy"};         // f0c5
inline constexpr Icon kWindow{"window", "\xef\x8b\x90", "[^]"};      // f2d0 window-maximize
inline constexpr Icon kAll[] = {kPortrait, kSheet,    kBody,   kAction, kScene, kCustom,
                                kCast,     kGenerate, kSearch, kFolder, kClose, kWarning,
                                kUndo,     kPicture,  kMenu,   kTrash,  kCopy,  kWindow};

// Whether a font has every one of them.
inline bool in_font(ImFont* font) {
  return std::all_of(std::begin(kAll), std::end(kAll), [&](const Icon& icon) {
    unsigned int character = 0;
    for (const char* byte = icon.glyph; *byte != '\0'; ++byte) {
      const auto bits = static_cast<unsigned char>(*byte);
      character = byte == icon.glyph ? bits & 0x0FU : (character << 6) | (bits & 0x3FU);
    }
    return compat::has_glyph(font, static_cast<ImWchar>(character));
  });
}
}  // namespace icons

// What to print for an icon under this look.
inline const char* icon_text(const Look& look, const Icon& icon) {
  return look.icons ? icon.glyph : icon.text;
}

// By the name an asset file gives; a picture frame for names nobody knows.
inline const Icon& find_icon(std::string_view name) {
  for (const Icon& icon : icons::kAll) {
    if (icon.name == name) return icon;
  }
  return icons::kPicture;
}

}  // namespace castboard
