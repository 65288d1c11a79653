#pragma once

#include <string>

#include "castboard/model.h"
#include "theme.h"
#include "version_menu.h"

namespace castboard {

// What the header of the viewer is drawn from; everything is only read.
struct ViewerHeaderInput {
  const Look& look;
  const Character* character = nullptr;
  const Version* version = nullptr;
  int cell = 0;  // that fills the view; 0: the whole version
  std::string cell_title;
  bool push_on = false;
};

struct ViewerHeaderResult {
  VersionRequest request;
  bool fit = false;
};

// One line: who, which version, its state, and what to do with it. What does not fit is left out
// from the left; the context menu and the keys still do it.
ViewerHeaderResult viewer_header(const char* id, const ViewerHeaderInput& input);

// "1:1 Square, 1536x1536, Anime, sketch, seed 77, cropped": one quiet line under the picture.
std::string version_caption(const Version& version, std::string_view style_title);

}  // namespace castboard
