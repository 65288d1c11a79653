#pragma once

#include "castboard/catalogue.h"
#include "castboard/composite.h"
#include "library/library.h"

namespace castboard {

// Puts the sheet together, writes its files and its row; the version as it is then. Blocking, any
// thread but the library's own. Throws Failure: `invalid_input` (what cannot be put together),
// `not_found`, `bad_picture`, and those of PictureFiles.
Version make_composite(Library& library, const CompositeRequest& request, const UserId& user);

// The version a cell's pixels were generated for: of a composite, where the cell was taken from;
// else the sheet itself. Throws Failure (`not_found`) when that one is gone.
Version maker_of_cell(StoreReader& reader, const Version& sheet, int cell, const UserId& user);

// What makes cell 1..9 of `sheet` again, with the settings of `maker`; without its seed when
// `new_seed`. Throws Failure (`invalid_input`) when there is no such cell.
GenerationRequest redo_request(const Version& sheet, int cell, const Version& maker,
                               const Catalogue& catalogue, bool new_seed);

}  // namespace castboard
