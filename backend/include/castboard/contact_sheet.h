#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "castboard/model.h"

// Many pictures on one sheet, each with a caption: what it may look like and where everything is.
// The window and the file use the same arithmetic.
namespace castboard {

struct ContactSheetOptions {
  int columns = 0;                      // 0: about as wide as it is high
  int tile_side = 256;                  // pixels: the square each picture is fitted into
  std::uint32_t background = 0x14161a;  // 0xRRGGBB
  bool captions = true;

  bool operator==(const ContactSheetOptions&) const = default;
};

inline constexpr int kMinContactTile = 32;
inline constexpr int kMaxContactTile = 2048;
inline constexpr int kMaxContactColumns = 200;

// A picture on the sheet and what is written under it.
struct ContactTile {
  std::string url = {};  // of the library
  int width = 0;         // of the picture; 0: not known
  int height = 0;
  std::string title = {};  // "Kaito 海斗"
  std::string note = {};   // "v003  Fear"
  Status status = Status::none;
};

// Pixels at a scale of 1.
struct ContactBox {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
};

// Where tiles and captions are on a sheet of `count` pictures. `caption_height` is that of the
// lines under each picture, `gap` lies around everything.
struct ContactSheetLayout {
  int columns = 1;
  int rows = 0;
  float tile = 0;
  float caption_height = 0;
  float gap = 0;
  float width = 0;
  float height = 0;

  // The square of picture `index`, row by row.
  [[nodiscard]] ContactBox picture(int index) const {
    const auto column = static_cast<float>(index % columns);
    const auto row = static_cast<float>(index / columns);
    return {gap + column * (tile + gap), gap + row * (tile + caption_height + gap), tile, tile};
  }
  [[nodiscard]] ContactBox caption(int index) const {
    ContactBox box = picture(index);
    box.y += tile;
    box.height = caption_height;
    return box;
  }
  // The first index of each painted row and one past the last, for a window `top` to `bottom`.
  [[nodiscard]] std::pair<int, int> visible(float top, float bottom, int count) const {
    const float step = tile + caption_height + gap;
    if (step <= 0 || count <= 0) return {0, 0};
    const int first = std::max(0, static_cast<int>(std::floor((top - gap) / step)));
    const int last = std::max(first, static_cast<int>(std::ceil((bottom - gap) / step)));
    return {std::min(count, first * columns), std::min(count, last * columns)};
  }
};

// Columns that make a sheet of `count` tiles about as wide as it is high, never more than `count`.
inline int contact_columns(int count, int wanted) {
  if (wanted > 0) return std::clamp(wanted, 1, kMaxContactColumns);
  const auto square = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count))));
  return std::clamp(square, 1, kMaxContactColumns);
}

inline ContactSheetLayout lay_out_contact_sheet(int count, int columns, float tile,
                                                float caption_height, float gap) {
  ContactSheetLayout out;
  out.columns = std::max(1, columns);
  out.rows = (std::max(0, count) + out.columns - 1) / out.columns;
  out.tile = tile;
  out.caption_height = caption_height;
  out.gap = gap;
  const auto across = static_cast<float>(std::min(out.columns, std::max(1, count)));
  const auto down = static_cast<float>(out.rows);
  out.width = gap + across * (tile + gap);
  out.height = gap + down * (tile + caption_height + gap);
  return out;
}

}  // namespace castboard
