#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "castboard/image.h"
#include "castboard/model.h"

// The sketch artist: draws a character offline. Pure: the same request gives the same pixels, on
// any thread.
namespace castboard::sketch {

// Ways in which a sheet can miss the clean 3x3 grid, to test what cuts it apart.
struct SheetFlaws {
  double uneven = 0;      // gutters and cells differ, as a share of a cell
  double off_centre = 0;  // the whole grid shifted, as a share of the picture
  double rotated = 0;     // degrees
  bool captions = false;  // names in the cells
  int missing = 0;        // cell 1..9 left empty
  int gutter_width = -1;  // pixels; -1: the usual, 0: none
  std::uint32_t gutter_colour = 0xffffff;
};

struct SketchRequest {
  std::string character_name;
  std::string character_description;
  std::vector<Trait> traits;
  std::string template_type = "portrait";
  std::string shot;  // empty: the template's first; an unknown one draws the template's first
  std::string art_style = "cinematic_realistic";
  std::string aspect_ratio = "1:1";
  std::string additional_description;
  std::uint64_t seed = 0;      // varies tilt, backdrop and details, never who it is
  Image background_reference;  // becomes the backdrop when it is not empty
  SheetFlaws flaws;
  int width = 0;  // 0: the size of the aspect ratio; else a tile of this size
  int height = 0;
};

struct PictureSize {
  int width = 0;
  int height = 0;
};
// Pixels of an aspect ratio key; sheets are larger. Unknown ratios draw as 1:1.
PictureSize picture_size(std::string_view aspect_ratio, bool sheet);
bool is_sheet(const SketchRequest& request);

Image sketch_picture(const SketchRequest& request);

}  // namespace castboard::sketch
