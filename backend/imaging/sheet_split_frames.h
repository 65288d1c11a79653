#pragma once

#include "castboard/image.h"
#include "imaging/sheet_split.h"

namespace castboard::sheet_splitting {

// A line drawn around every picture belongs to it: borders that were found at its inner side move
// to its outer one. A shadow beside pictures does not: borders found at its outer side move to the
// picture. A frame has one colour on all four sides; a shadow is missing on one side at least.
// Looks at the sheet in full size, since frames and shadows are a few pixels wide.
void settle_frames(const Image& sheet, SheetSplit& split);

}  // namespace castboard::sheet_splitting
