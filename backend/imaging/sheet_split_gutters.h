#pragma once

#include "imaging/sheet_split_lattice.h"

// What is known of a sheet's gutters and outer borders once a lattice is found, put to use where
// its borders can hardly be seen.
namespace castboard::sheet_splitting {

// One direction of the sheet with all that was found out about it.
struct Direction {
  const Evidence& evidence;
  const Lines& lines;
  Lattice& lattice;
};

// Strips of the gutters' colour at the upper or lower border of a row are no part of the pictures:
// left where a caption's bar was taken for the whole gap.
void leave_gutters_out(const Direction& columns, const Direction& rows);

// Where only one border of a gap could be seen (the pictures have the gutter's colour on the other
// side) the gap gets the width of the gutters that cross it.
void complete_gaps(const Direction& crossing, const Direction& direction);

// A margin goes on past the ends of the gutters that meet it. Where these run through it to the
// picture's edge, it is a part of the pictures, and the border goes back to the edge.
void leave_no_false_margins(const Reduced& picture, bool upright, const Direction& crossing,
                            const Direction& direction);

// The outer border of a turned sheet may cross the picture's corner only: it is looked for with the
// lean of the other borders, also where it passes the middle of the picture outside of it.
void find_corners(const std::vector<float>& weights, const Direction& direction);

}  // namespace castboard::sheet_splitting
