#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/database.h"
#include "library/store.h"

namespace castboard {

// Notes rows before an edit changes them and makes the Edit that undoes it: only rows that did
// change are in it. Lives inside the transaction of one edit. Stars are those of `user`.
class EditRecord {
 public:
  EditRecord(Database& database, UserId user) : database_(database), user_(std::move(user)) {}

  // Call before changing the row; again for the same row does nothing. Throws `not_found`.
  const VersionFields& version(const VersionId& id);
  const Character& character(const CharacterId& id);

  [[nodiscard]] Edit finish(std::string message, CharacterId character) const;

 private:
  Database& database_;
  UserId user_;
  std::vector<VersionFields> versions_;
  std::vector<Character> characters_;
};

std::optional<VersionFields> load_version_fields(Database& database, const VersionId& id,
                                                 const UserId& user);
// The fields of a character an edit may change are the same.
bool same_edited_fields(const Character& a, const Character& b);

}  // namespace castboard
