#pragma once

#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/model.h"
#include "compare_view_layout.h"
#include "sheet_view.h"

// A version in the words and shapes that views show. `catalogue` may be null: keys then.
namespace castboard {

std::string style_title(const Catalogue* catalogue, const std::string& key);
std::string pose_title(const Catalogue* catalogue, const Version& version, const std::string& pose);

// Nine of a sheet, else none.
std::vector<SheetCell> cells_of(const Catalogue* catalogue, const Version& version);

// "Anime, sketch, seed 41, battle armor": what it was made with, most telling first.
std::string compare_caption(const Catalogue* catalogue, const Version& version);

// Everything it was made with, for listing what differs from another.
std::vector<PictureSetting> settings_of(const Catalogue* catalogue, const Version& version);

}  // namespace castboard
