#pragma once

#include <filesystem>
#include <string>

#include "castboard/events.h"
#include "session_workers.h"

namespace castboard {

// The user's own presets as files. Blocking; file pool. What was changed can be undone by
// `undo_file_changes`. Throw Failure.

// `directory`: the user's configuration. `ambiguous` where the name is taken and not `overwrite`.
Edit save_preset(const OpenLibrary& library, const std::filesystem::path& directory,
                 const Preset& preset, bool overwrite);
// `not_found` suggests the nearest; one that is not the user's is `invalid_input`.
Edit delete_preset(const OpenLibrary& library, const std::string& name);

// Puts the files back; refused where one was changed since.
Edit undo_file_changes(const Edit& edit);

}  // namespace castboard
