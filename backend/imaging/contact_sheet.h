#pragma once

#include <functional>
#include <vector>

#include "castboard/contact_sheet.h"
#include "imaging/text_drawing.h"

namespace castboard {

struct ContactSheetDrawing {
  ContactSheetOptions options;
  std::vector<ContactTile> tiles;
  std::vector<FontBytes> fonts;  // none: no captions
  // The decoded picture of a URL; throws Failure.
  std::function<Image(const std::string& url)> picture;
};

// All tiles on one opaque picture, laid out by `lay_out_contact_sheet`. A picture that cannot be
// read leaves its place marked. Throws Failure (`invalid_input`) above the limits of
// castboard/image.h. Pure but for `picture`; any thread.
Image draw_contact_sheet(const ContactSheetDrawing& drawing);

}  // namespace castboard
