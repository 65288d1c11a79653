#pragma once

#include "imaging/sheet_split_lattice.h"

namespace castboard::sheet_splitting {

// Bars with writing at the lower or upper border of every cell are no part of the pictures: `rows`
// is narrowed to leave them out. Told from a picture's own floor by what all nine have in common:
// one height, one colour, even at both ends and not in the middle.
void leave_captions_out(const Evidence& level, const Lines& lines, const Lattice& columns,
                        float width, Lattice& rows);

}  // namespace castboard::sheet_splitting
