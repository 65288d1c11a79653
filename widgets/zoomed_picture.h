#pragma once

#include <functional>
#include <string>

#include "castboard/events.h"
#include "theme.h"
#include "thumbnail.h"
#include "viewpoint.h"

struct ImDrawList;

// A large picture to look at closely: what the sheet view, the compare view and the preview share.
namespace castboard {

// Answers with what is resident now and remembers the wish; asked again in every frame.
using PictureFn = std::function<Thumbnail(const PictureRequest&)>;

// What is looked at: a picture, a part of it, or the difference of two.
struct PictureSource {
  std::string url;
  PixelRect part;   // of the file at `url`; empty: all of it
  float width = 0;  // of that part, in pixels
  float height = 0;
  std::string other_url;  // not empty: the difference to this one
  PixelRect other_part;
  float gain = 1;
  std::string thumbnail_url;  // stands in while the picture loads; may be empty

  bool operator==(const PictureSource&) const = default;
};

// What the caller keeps between frames for each source on screen.
struct ZoomedPictureState {
  PictureSource source;
  PictureRequest seen;  // the last close part that was there
  bool has_seen = false;
};

// What came of drawing.
struct ZoomedPicture {
  bool is_there = false;  // in whatever size
  std::string failure;
  float differing = 0;  // of a difference
};

// Draws the part of `source` that is in `view`, the whole of it lying at `box`. Pixels come at
// display size from a worker; until they do what was seen before, or the whole, stands in. Behind
// what is not opaque lies a checkerboard. `alpha` below 1 lets shine through what is below it.
ZoomedPicture draw_zoomed_picture(const Look& look, ImDrawList* list, const PictureSource& source,
                                  const FitBox& view, const FitBox& box, const PictureFn& picture,
                                  ZoomedPictureState& state, float alpha = 1);

// Asks for what `draw_zoomed_picture` would need, so that it is there when its turn comes.
void keep_at_hand(const PictureSource& source, const FitBox& view, const FitBox& box,
                  const PictureFn& picture);

// Lines between pixels, from the zoom on at which they help.
void draw_pixel_grid(ImDrawList* list, const FitBox& view, const FitBox& box, float width,
                     float height);

// Lets the wheel over the item before it zoom to the pointer, and dragging it pan; the middle
// button pans wherever in the view it went down. `view` is where the pointer is looking, of several
// linked ones the one under it. `fit` and `full_size`: the user asked for it otherwise.
// `is_hovered`: the pointer is over something that lies on the item, and the wheel is for it all
// the same.
void look_around(Viewpoint& viewpoint, float width, float height, const FitBox& view, bool fit,
                 bool full_size, bool is_hovered = false);

// A small label on a picture of any colour: light on dark. Returns its size.
ImVec2 draw_chip(const Look& look, ImDrawList* list, ImVec2 at, const std::string& text);
ImVec2 chip_size(const Look& look, const std::string& text);

}  // namespace castboard
