#pragma once

#include "castboard/catalogue.h"
#include "castboard/export.h"
#include "castboard/session.h"
#include "library/library.h"

namespace castboard {

// What exporting needs of a session. Lives for one call.
struct ExportContext {
  Library& library;
  const Catalogue& catalogue;  // titles of poses, for captions
  UserId user;
  const std::vector<CaptionFont>& fonts;  // of captions; none: left out, and said
};

// Writes pictures of the library as files, each whole or not at all (temporary name, fsync,
// rename), byte for byte as the library has them; only a contact sheet is drawn. Blocking, any
// thread but the library's own. Throws Failure: `invalid_input`, `not_found`, `disk_full`,
// `read_only`; what was written before stays, and the message counts it.
ExportReport export_pictures(const ExportContext& context, const ExportRequest& request);

}  // namespace castboard
