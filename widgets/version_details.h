#pragma once

#include <string>
#include <vector>

#include "castboard/model.h"
#include "keymap.h"
#include "theme.h"
#include "thumbnail.h"
#include "version_facts.h"
#include "version_menu.h"

namespace castboard {

// A picture something was made with, as the library keeps it.
struct UsedReference {
  std::string label;              // "Character"
  std::string words;              // the user's own, or "v003"
  std::string hash;               // of the copy; empty: none was made
  std::vector<std::string> urls;  // where the copy may be; see `reference_copies`
  VersionId version;              // when it is one: a click leads there
};

struct DetailedCell {
  int number = 0;
  std::string title;  // "Happy"
  Status status = Status::none;
  std::string from;  // "from v004, cell 5" of a composite
};

struct VersionDetailsInput {
  const Look& look;
  const Keymap& keymap;
  const Version* version = nullptr;  // none: says so
  std::vector<FactGroup> facts = {};
  std::vector<UsedReference> references = {};
  std::vector<RelatedVersion> made_from = {};
  std::vector<RelatedVersion> led_to = {};
  std::vector<DetailedCell> cells = {};
  ThumbnailFn thumbnail = {};
};

struct VersionDetailsResult {
  VersionRequest request;
  std::string copy;       // into the clipboard
  std::string copied;     // what that was, for the message
  bool copy_all = false;  // as text
  bool copy_json = false;
  int show_cell = 0;
  bool close = false;
  bool text_active = false;
};

// Every setting of a version, readable without touching the form. Fills the current region and
// scrolls. A click on a value copies it; the prompt can be selected.
VersionDetailsResult version_details(const char* id, const VersionDetailsInput& input);

}  // namespace castboard
