#pragma once

#include <map>
#include <string>
#include <vector>

#include "castboard/events.h"

// What a version was made from and what was made of it. Pure; no ImGui, no thread.
namespace castboard {

// One version another was made from, and as what.
struct Origin {
  enum class Kind { settings, character_reference, background_reference, cells };
  VersionId id;
  Kind kind = Kind::settings;

  bool operator==(const Origin&) const = default;
};

// "settings", "character reference", ...
[[nodiscard]] const char* origin_title(Origin::Kind kind);

// Each version once, references first: they are what it looks like.
[[nodiscard]] std::vector<Origin> origins_of(const Version& version);

// The children of each version of one list; worked out again when the list is another. Owned by the
// board, drawing thread only.
class VersionLineage {
 public:
  void update(const VersionListPtr& list);
  // Oldest first; those of the list only.
  [[nodiscard]] const std::vector<VersionId>& made_of(const VersionId& id) const;

 private:
  VersionListPtr list_;
  std::map<VersionId, std::vector<VersionId>> children_;
};

}  // namespace castboard
