#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/model.h"
#include "castboard/result.h"

namespace castboard {

// Settings of the generation form under a name, kept as one JSON file that can be handed on. What
// is empty it does not say: applying it leaves that part of the form as it is, but for the prompt.
struct Preset {
  std::string name =
      {};  // "House sheet"; unique ignoring case, a later layer's stands in for others
  std::string template_type = {};
  std::string shot = {};
  std::string art_style = {};
  std::string aspect_ratio = {};
  Reference character_reference = {};  // never another version: that is one character's
  Reference background_reference = {};
  std::string additional_description = {};
  std::string prompt =
      {};  // the user's own; empty: it is made, also where another was edited before
  std::string provider = {};
  std::string model = {};
  std::optional<std::int64_t> seed = {};
  std::optional<int> count = {};
  std::optional<ActivatePolicy> activate = {};

  std::string layer = {};  // "built-in", "studio", "user" or "library": where it was read from
  std::string file = {};   // its path

  bool operator==(const Preset&) const = default;
};

// What can be chosen from, by name, and what is wrong with files that were left out (file, line,
// field).
struct PresetList {
  std::vector<Preset> presets = {};
  std::vector<Error> warnings = {};

  // Ignoring case; nullptr when there is none.
  [[nodiscard]] const Preset* find(std::string_view name) const;
};
using PresetListPtr = std::shared_ptr<const PresetList>;

// The lasting part of a request: everything but whom it draws, its version name, its limits. A
// reference to a version is left out: it is one character's.
Preset preset_of(const GenerationRequest& request, std::string name);
// Puts the preset's settings in the place of the request's.
void apply_preset(const Preset& preset, GenerationRequest& request);

}  // namespace castboard
