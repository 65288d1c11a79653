#pragma once

#include <string>
#include <vector>

#include "castboard/model.h"
#include "keymap.h"

namespace castboard {

// What the user asks to do with one version, or several, from the strip, the viewer's buttons, the
// details or a menu.
struct VersionRequest {
  enum class What {
    none,
    view,
    go_to,    // wherever it lives: another character's, the trash
    compare,  // with the viewed one
    activate,
    set_status,
    star,
    rename,
    trash,
    restore,
    purge,  // asks first
    use_as_character,
    use_as_background,
    recall_all,
    recall_prompt,
    recall_seed,
    remix,  // all but the seed
    details,
    copy_path,
    copy_id,
    copy_command,
    show_in_folder,
    save_files,
    contact_sheet,
    push
  };
  What what = What::none;
  VersionId id;
  Status status = Status::none;
  std::vector<VersionId> ids = {};  // of several; empty: `id` alone

  explicit operator bool() const { return what != What::none; }
  [[nodiscard]] std::vector<VersionId> all() const { return ids.empty() ? std::vector{id} : ids; }
};

// Another version a menu or the details lead to.
struct RelatedVersion {
  VersionId id;
  std::string label;  // "v003"
  std::string as;     // "character reference"; empty of children
};

struct VersionMenuInput {
  const Keymap& keymap;
  bool can_show_in_folder = false;
  bool is_viewed = false;  // there is nothing to compare it with by itself
  std::vector<RelatedVersion> made_from = {};
  std::vector<RelatedVersion> led_to = {};
};

// The entries of a version's context menu; call inside an open popup.
VersionRequest version_menu(const Version& version, const VersionMenuInput& input);

// The same for several at once; `ids` are put into the request. `trashed`: they are in the trash.
VersionRequest versions_menu(const std::vector<VersionId>& ids, bool trashed, const Keymap& keymap);

}  // namespace castboard
