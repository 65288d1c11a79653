#pragma once

#include <functional>
#include <optional>
#include <string>

#include "castboard/contact_sheet.h"
#include "castboard/export.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

// What the sheet is drawn from; tiles are asked for only where they are painted.
struct ContactSheetInput {
  const Look& look;
  std::string subject;  // "8 characters"
  ContactOf of = ContactOf::poses;
  bool one_character = false;  // then its versions can be shown too
  int count = 0;
  std::function<std::optional<ContactTile>(int index)> tile;  // nullopt: still loading
  ThumbnailFn thumbnail;
};

struct ContactSheetState {
  ContactSheetOptions options{.columns = 0, .tile_side = 168};
};

struct ContactSheetResult {
  std::optional<int> open;  // tile that was clicked
  std::optional<ContactOf> of;
  bool save = false;
  bool close = false;
  int submitted = 0;
};

// Pictures with captions, laid out as in the file that `save` writes. Draws into the current
// region.
ContactSheetResult contact_sheet_view(const char* id, const ContactSheetInput& input,
                                      ContactSheetState& state);

}  // namespace castboard
