#pragma once

#include <string>

namespace castboard {

// Opens the directory of `path` in the desktop's file manager; does nothing where there is none.
// Never waits.
void show_in_folder(const std::string& path);

}  // namespace castboard
