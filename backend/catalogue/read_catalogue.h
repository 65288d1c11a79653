#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "castboard/catalogue.h"
#include "castboard/result.h"

namespace castboard {

// One place configuration is read from; later ones win by key.
struct ConfigurationLayer {
  std::string name;  // "built-in", "studio", "user", "library"
  std::filesystem::path directory;
  // A library's files must not make anything run or send a key anywhere, so they bring templates,
  // styles and sizes only.
  bool trusted = true;
};

// The `*.json` files of a directory in name order; empty when there is none.
std::vector<std::filesystem::path> json_files(const std::filesystem::path& directory);

// Adds the layer's templates, styles and sizes. A file with an error is left out and becomes a
// warning (file, line, field).
void read_catalogue_layer(const ConfigurationLayer& layer, Catalogue& catalogue,
                          std::vector<Error>& warnings);

}  // namespace castboard
