#pragma once

#include <vector>

#include "imaging/sheet_split_evidence.h"

namespace castboard::sheet_splitting {

// Evidence, of 0 to 1 for each place, of borders too faint for any part of them to stand out of
// grain and compression: cells whose ground is nearly the gutter's. Such a border still is a step
// of the same colour on most of its length, which chance is not.
std::vector<float> faint_borders(const Evidence& evidence, const std::vector<float>& weights,
                                 float lean);

}  // namespace castboard::sheet_splitting
