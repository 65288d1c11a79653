#pragma once

#include "castboard/catalogue.h"
#include "castboard/events.h"
#include "library/library.h"

namespace castboard {

// From a picture file of elsewhere to a version ready for the store, as `store_picture` does of a
// provider's answer. Blocking; file pool. Throws Failure naming the file (`not_found`,
// `bad_picture`, `invalid_input` for keys the catalogue does not have).
NewVersion imported_picture(Library& library, const Catalogue& catalogue, const PictureImport& wish,
                            const UserId& user);

}  // namespace castboard
