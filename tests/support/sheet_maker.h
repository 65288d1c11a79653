#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "castboard/image.h"

// Expression sheets as generators really make them, with their true borders known: to measure what
// finds the cells. Pure: one seed, one sheet. Makers that share nothing but some pictures of the
// cells, so that what suits only the habits of one of them shows.
namespace castboard::testing {

// The middles of a cell's four borders, in pixels of the sheet; clipped to it.
struct TrueBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

struct MadeSheet {
  Image image;
  std::array<TrueBox, 9> cells;
  bool gutterless = false;         // neither a gutter nor a line between the cells
  bool unseen = false;             // the gutter has the very colour of all cells' ground
  std::vector<std::string> kinds;  // "photographs", "rotated", "captions", "white gutter" ...
};

// Pictures for cells, made once and cut differently for every sheet.
struct CellPictures {
  std::vector<std::array<Image, 9>> drawings;  // a character's nine expressions
  std::vector<Image> photographs;
};
// `characters`: how many the sketch artist draws.
CellPictures make_cell_pictures(int characters, int photographs, std::uint64_t seed);

// Rectangles laid out on a sheet that is turned as a whole.
MadeSheet make_laid_out_sheet(const CellPictures& pictures, std::uint64_t seed);
// Every border a line of its own, tilted by itself; frames, shadows, shaded gutters.
MadeSheet make_ruled_sheet(const CellPictures& pictures, std::uint64_t seed);
// Pictures pasted on a page with rounded corners, soft shadows, captions of any size, paper that
// fades or has a grain; grounds and vignettes of the page's own colour.
MadeSheet make_pasted_sheet(const CellPictures& pictures, std::uint64_t seed);

}  // namespace castboard::testing
