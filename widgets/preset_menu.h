#pragma once

#include <optional>
#include <string>

#include "castboard/model.h"
#include "castboard/preset.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct PresetMenuState {
  std::string name;       // being typed: to save as
  std::string replacing;  // the name that was asked about: Save says Replace for it
};

struct PresetMenuInput {
  const Look& look;
  const PresetList* presets = nullptr;  // none while they are read
  const GenerationRequest& request;     // what Save keeps
  bool can_browse = false;              // Import is there
};

struct PresetMenuResult {
  bool opened = false;  // read them again: others may have saved some
  std::optional<Preset> apply;
  std::optional<Preset> save;
  bool overwrite = false;  // with `save`: the user said yes
  std::string remove;      // by name; can be undone
  bool import_file = false;
  std::string show_file;  // a preset's file, to be handed on
  bool text_active = false;
};

// A button that opens the list of presets: a click applies one; the settings of the form are saved
// under a name, with a question where it is taken. `width` in pixels.
PresetMenuResult preset_menu(const char* id, const PresetMenuInput& input, PresetMenuState& state,
                             float width);

}  // namespace castboard
