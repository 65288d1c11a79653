#pragma once

#include <optional>

#include "fonts.h"

namespace castboard {

// How high a line of a font is, in its em: (ascender - descender) / units per em, 1.21 for Inter.
// Read from the file's `head` and `hhea` tables
// (https://learn.microsoft.com/typography/opentype/spec/otff); nullopt when they cannot be found.
[[nodiscard]] std::optional<float> line_height_in_em(const FontFile& file);

}  // namespace castboard
