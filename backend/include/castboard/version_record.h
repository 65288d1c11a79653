#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "castboard/model.h"

// A version as text for people and other programs. Pure; any thread.
namespace castboard {

// One JSON object, indented, as `castboard versions show --json` has it (docs/cli.md lists the
// keys). `absolute_path` is the session's; text that is not there is null.
std::string version_json(const Version& version, const std::string& character_name,
                         const std::function<std::string(std::string_view url)>& absolute_path);

// What `Version::character_snapshot` says: the character when the version was asked for. Empty
// where it says nothing readable.
struct CharacterSnapshot {
  std::string name = {};
  std::string description = {};
  std::vector<Trait> traits = {};
};
CharacterSnapshot read_character_snapshot(const std::string& json);

// Where the library may keep its copy of a reference, by the hash of its bytes: one URL for each
// format, the likeliest first; exactly one of them is there. None without a hash.
std::vector<std::string> reference_copies(std::string_view hash);

}  // namespace castboard
