#pragma once

namespace castboard {

// What the viewer pane shows. Each mode is one function of panel_viewer*.cpp; Esc leads from every
// other mode back to the version.
enum class ViewerMode {
  version,        // the viewed version: a picture, or the nine cells of a sheet, or one of them
  compare,        // the viewed version beside another one
  cells,          // the viewed sheet with the borders of its cells to move
  files,          // picture files that belong to no library
  board,          // characters x poses
  contact_sheet,  // many pictures with captions
  composite,      // a sheet being put together from cells of several versions
  redo,           // a cell that was made again beside the old one
};

}  // namespace castboard
