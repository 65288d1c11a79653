#pragma once

#include "library/picture_files.h"
#include "library/store.h"

namespace castboard {

// Compares rows and files: every picture is there, has its hash and decodes; with `repair` (and a
// writer) derived files that are missing are made again. Blocking; throws Failure.
VerifyReport verify_library(StoreReader& reader, StoreWriter* writer, PictureFiles& files,
                            bool repair);

}  // namespace castboard
