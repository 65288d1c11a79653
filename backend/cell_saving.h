#pragma once

#include "castboard/events.h"

namespace castboard {

// Writes the nine cells of a picture as PNG files; `path` is where its URL lies. Nothing that is
// there is ever overwritten: the name gets "-1", "-2" ... Reads and encodes: on a worker. Throws
// Failure.
SavedCells save_cells(const CellsToSave& wanted, const std::string& path);

// "mira_05_fear", "mira_05" where nobody knows the expression: small ASCII letters, digits and "_".
std::string cell_file_stem(std::string_view sheet, int cell, std::string_view pose);

}  // namespace castboard
