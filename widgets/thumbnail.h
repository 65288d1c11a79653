#pragma once

#include <functional>
#include <optional>
#include <string>

#include <imgui.h>

namespace castboard {

// What is known of a small picture now.
struct Thumbnail {
  std::optional<ImTextureID> texture;  // none: still loading, or failed
  int width = 0;                       // pixels of the texture
  int height = 0;
  int full_width = 0;  // of the picture before scaling
  int full_height = 0;
  bool opaque = true;   // nothing shows through it
  float differing = 0;  // of a difference: the part of the pixels, 0..1
  bool exact = false;   // the very one that was asked for, nothing that stands in
  std::string failure;  // why there never will be one; empty: loading or there
};

// Answers with what is resident now and remembers the wish, so ask only for what is painted. `url`
// is the library's (`Version::thumbnail_url`) or an absolute path; `longest_side` is in pixels.
using ThumbnailFn = std::function<Thumbnail(const std::string& url, int longest_side)>;

}  // namespace castboard
