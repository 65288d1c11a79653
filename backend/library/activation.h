#pragma once

#include <map>
#include <string>

#include "library/database.h"
#include "library/store.h"

// Which version of a character is active, and what follows from it. Part of the store's writer:
// every function runs inside the transaction of an edit.
namespace castboard {

// What the production sees of a character, computed from its versions.
struct CharacterFace {
  VersionId active_id;  // empty: none
  Status active_status = Status::none;
  std::string image_url;
  std::map<std::string, std::string> image_poses;

  bool operator==(const CharacterFace&) const = default;
};

// image_poses: pose key -> URL of the most recently activated, untrashed version that has the pose;
// versions that never were active give none.
CharacterFace face_of(Database& database, const CharacterId& character);
void write_face(Database& database, const CharacterId& character, const CharacterFace& face);

// Makes `version` the only active one of its character. Its activated_at is later than that of
// every other version of the character, even within one millisecond or when the clock was set back.
void make_active(Database& database, const CharacterId& character, const VersionId& version,
                 std::string now);
void make_inactive(Database& database, const VersionId& version, std::string_view now);

// The untrashed version that takes over when the active one goes: the previously active one, else
// the newest; empty when none is left.
VersionId successor(Database& database, const CharacterId& character);

// Whether a finished version becomes the active one: the policy, and for several asked for at once
// the order of the request. A version whose batch already has a later one (batch_index, then
// output_index) in the library never displaces it, so the order of arrival does not matter.
bool may_activate(Database& database, const Version& version, ActivatePolicy policy);

}  // namespace castboard
