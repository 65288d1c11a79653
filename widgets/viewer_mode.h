#pragma once

namespace castboard {

// What the viewer pane shows. Each mode is one function of panel_viewer*.cpp; Esc leads from every
// other mode back to the version.
enum class ViewerMode {
  version,  // the viewed version: a picture, or the nine cells of a sheet, or one of them
  compare,  // the viewed version beside another one
  files,    // picture files that belong to no library
};

}  // namespace castboard
