#pragma once

#include <filesystem>

#include "castboard/events.h"
#include "castboard/sheet.h"
#include "library/library.h"

// What the session does with sheets, on a worker of the file pool. Throws Failure.
namespace castboard {

// The cells of a picture anywhere on disk, found and checked.
SheetReport split_picture_file(const std::filesystem::path& path);
// Those of a version's picture; `stored` is what the library has. `invalid_input`: no sheet.
SheetReport split_version(Library& library, const VersionId& id, const UserId& user);
// Cuts the cells whose boxes changed again and writes them into the library. The nine boxes must
// lie in the picture and have 3 x 3 pixels at least (`invalid_input`).
Edit move_cell_boxes(Library& library, const VersionId& id, const std::vector<PixelRect>& boxes,
                     const UserId& user, bool push);

}  // namespace castboard
