#pragma once

#include <string>
#include <vector>

#include "castboard/session.h"

namespace castboard {

struct WindowOptions {
  int width = 0;  // of the window; 0: as it was last time, else 1440 x 900
  int height = 0;
  float scale = 0;         // of text and everything else; 0: the screen's own
  std::string screenshot;  // PNG to write, then exit; empty: stay open
  int frames = 3;          // at least so many before the screenshot
  std::string frame_log;   // file for the time each frame took; empty: none
  std::string project;     // name or id to show first; empty: what was viewed last
  std::string character;
  std::string title;  // empty: "Castboard" and the library's directory
};

// Opens the window, draws the panel until the user closes it and returns the exit code. Must be
// called on the main thread; the session's `wake` should be `wake_window`. A machine without a
// display or OpenGL 3.3 is a message on stderr and 1.
int run_window(Session& session, const WindowOptions& options);

// The same for `castboard preview`: pictures as sheets, no library. With `watch` the files are
// looked at once a second and shown again when they change.
int run_preview(Session& session, std::vector<std::string> files, const WindowOptions& options,
                bool watch);

// Makes the window draw a frame; any thread, nothing when none is open.
void wake_window();

}  // namespace castboard
