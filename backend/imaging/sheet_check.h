#pragma once

#include <span>
#include <string>
#include <vector>

#include "castboard/sheet.h"
#include "imaging/sheet_split.h"

namespace castboard {

// What may be wrong with a sheet that is cut into these nine boxes; `names` of the cells may be
// empty. Pure; for worker threads. Rather silent than wrong: a cell counts as empty when it is one
// flat colour, two as the same when no part of them differs, a head as cut off when it stands out
// of a plain ground and meets the upper border.
std::vector<SheetFinding> check_sheet(const Image& sheet, const SheetSplit& split,
                                      std::span<const PixelRect> boxes,
                                      std::span<const std::string> names = {});

}  // namespace castboard
