#pragma once

#include <span>
#include <string>

#include "castboard/model.h"
#include "theme.h"
#include "thumbnail.h"

namespace castboard {

enum class ReferenceSlot { character, background };

struct ReferenceFieldInput {
  const Look& look;
  ReferenceSlot slot = ReferenceSlot::character;
  std::span<const Version> versions;  // to choose from, oldest first
  VersionId viewed;
  VersionId active;
  bool can_browse = false;
  std::string disabled_reason;  // not empty: the field only says so
  bool has_problem = false;     // said below it; the box is outlined in its colour
  const ThumbnailFn& thumbnail;
  std::string file_payload;  // the host's own drag payload of a path; empty: it has none
};

struct ReferenceFieldResult {
  bool browse = false;
  bool text_active = false;
};

// One reference: a box that shows what is set, takes a dropped version, and opens a menu to browse,
// type a path or URL, use a version or clear. Changes `reference` in place. `typed` is the caller's
// text of the menu's field; `size` in pixels.
ReferenceFieldResult reference_field(const char* id, const ReferenceFieldInput& input,
                                     Reference& reference, std::string& typed, ImVec2 size);

// What the box says of a reference: its first and second line. "v008" / "active version".
struct ReferenceWords {
  std::string title;
  std::string detail;
};
[[nodiscard]] ReferenceWords reference_words(const Reference& reference,
                                             std::span<const Version> versions,
                                             const VersionId& active);

}  // namespace castboard
