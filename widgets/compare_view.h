#pragma once

#include <array>
#include <string>
#include <vector>

#include "compare_view_layout.h"
#include "keymap.h"
#include "theme.h"
#include "zoomed_picture.h"

namespace castboard {

// One of the two, as plain data: a version, a cell, a file, a cell made again.
struct ComparedPicture {
  std::string url;
  PixelRect part;  // of the file at `url`; empty: all of it
  int width = 0;   // of that part in pixels; 0: not known until it is loaded
  int height = 0;
  std::string thumbnail_url;             // stands in while it loads; may be empty
  std::string name;                      // "v003"
  std::string caption;                   // "Anime, sketch, seed 41"
  std::vector<PictureSetting> settings;  // what it was made with, for the list of differences
};

// What the view is drawn from; everything is only read.
struct CompareViewInput {
  const Look& look;
  const Keymap& keymap;
  ComparedPicture a;
  ComparedPicture b;
  PictureFn picture;
  bool flash = false;  // B alone, as long as a key is held
};

// What the caller keeps between frames.
struct CompareViewState {
  CompareMode mode = CompareMode::wipe;
  Viewpoint viewpoint;  // in the pixels of A, linked for both
  float wipe = 0.5F;    // 0..1 of the picture in sight
  WipeAxis axis = WipeAxis::upright;
  float opacity = 0.5F;  // of B in the overlay
  int gain_step = 3;     // of the difference
  bool show_settings = true;
  bool pixel_grid = true;
  // Keys the panel saw for this view; used up by the next frame.
  bool fit = false;
  bool full_size = false;

  // The widget's own.
  std::array<ZoomedPictureState, 3> layers;  // A, B, their difference
};

struct CompareViewResult {
  bool flashing = false;  // B is shown alone
  float zoom = 1;         // screen pixels per pixel of A
  float differing = -1;   // in the difference: the part of the pixels, 0..1; negative: not known
  int settings_listed = 0;
};

// Two pictures, compared by a wipe, side by side, by their difference or laid over each other. The
// smaller is scaled to match A. Wheel and dragging look at the same place of both. Below them their
// captions, the mode's own knob and the settings that differ. Fills the current region; "picture"
// is the item of the canvas.
CompareViewResult compare_view(const char* id, const CompareViewInput& input,
                               CompareViewState& state);

// The key for the next mode, for the wipe (again: its other axis).
void next_compare_mode(CompareViewState& state);
void wipe_or_turn(CompareViewState& state);

}  // namespace castboard
