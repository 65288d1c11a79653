#pragma once

#include <functional>

#include "library/picture_files.h"
#include "library/store.h"

namespace castboard {

// Writes that a version's thumbnail lies at another URL now. Takes a transaction of its own: nobody
// else is kept from writing while a large library is read.
using MoveThumbnail = std::function<void(const VersionId& id, const std::string& url)>;

// Compares rows and files: every picture is there, has its hash and decodes; poses and references
// are there; files cut off while being written are listed once they are older than an hour. With
// `move_thumbnail` (repair) derived files that are missing or damaged are made again from the
// picture, and the cut off ones removed. Blocking; throws Failure when rows cannot be read or files
// not written.
VerifyReport verify_library(StoreReader& reader, PictureFiles& files,
                            const MoveThumbnail& move_thumbnail = {});

}  // namespace castboard
