#pragma once

#include "castboard/model.h"

namespace castboard {

// What the user asks to do with one version, from the strip, the viewer's buttons or a menu.
struct VersionRequest {
  enum class What {
    none,
    view,
    activate,
    set_status,
    star,
    rename,
    trash,
    copy_path,
    copy_id,
    copy_command,
    show_in_folder,
    save_files,
    push
  };
  What what = What::none;
  VersionId id;
  Status status = Status::none;

  explicit operator bool() const { return what != What::none; }
};

// The entries of a version's context menu; call inside an open popup.
VersionRequest version_menu(const Version& version, bool can_show_in_folder);

}  // namespace castboard
