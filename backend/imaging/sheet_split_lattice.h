#pragma once

#include <array>
#include <vector>

#include "imaging/sheet_split_evidence.h"

// Three cells in a row, fitted to the evidence.
namespace castboard::sheet_splitting {

struct Border {
  float at = 0;  // pixels of the reduced copy
  float lean = 0;
};

struct Lattice {
  std::array<Border, 6> borders;  // both borders of the three cells
  float score = 0;
  std::array<float, 6> evidence{};  // of each border, 0..1
};

// Evidence of every straight line: for each place its best lean.
struct Lines {
  std::vector<float> strength;  // 0..1, one a pixel; 0 is what any line has here
  std::vector<float> lean;
};
// The lean of all borders together that explains most; level borders lean the other way.
float common_lean(const Evidence& upright, const Evidence& level);
Lines find_lines(const Evidence& evidence, const std::vector<float>& weights, float lean);
// The strongest sure ones of a part, strongest first.
std::vector<int> lines_between(const Lines& lines, float from, float to);

// `least_gap`: what the gutters of the other direction measure, where they are sure; captions make
// gaps wider, hardly anything makes them narrower. 0: not known.
Lattice fit_lattice(const Evidence& evidence, const Lines& lines, const std::vector<float>& weights,
                    float least_gap = 0);
// The narrower of the two gaps, where all of their borders are sure; else 0.
float gutter_of(const Lattice& lattice);

}  // namespace castboard::sheet_splitting
