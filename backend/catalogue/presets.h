#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/preset.h"
#include "catalogue/read_catalogue.h"

namespace castboard {

// Presets on disk: `presets/*.json` of each layer. Blocking; file pool.

// All layers' presets by name; a later layer's stands in for an earlier one of the same name. What
// has an error becomes a warning. References of a library's presets are left out: opening a
// stranger's library must not send files anywhere.
PresetList read_presets(const std::vector<ConfigurationLayer>& layers);

// One file of any place, to be imported. Throws Failure(configuration) with file, line and field.
Preset read_preset_file(const std::filesystem::path& file);

// The preset as a file's text, for people to read and to hand on.
std::string preset_text(const Preset& preset);

// Where a preset of that name is kept in `directory`: the file that has it already, else a new one
// named after it.
std::filesystem::path preset_path(const std::filesystem::path& directory, std::string_view name);

}  // namespace castboard
