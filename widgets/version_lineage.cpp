#include "version_lineage.h"

#include "texts.h"

#include <algorithm>

namespace castboard {

const char* origin_title(Origin::Kind kind) {
  switch (kind) {
    case Origin::Kind::character_reference:
      return text("origin.character_reference");
    case Origin::Kind::background_reference:
      return text("origin.background_reference");
    case Origin::Kind::cells:
      return text("origin.cells");
    case Origin::Kind::settings:
      break;
  }
  return text("origin.settings");
}

std::vector<Origin> origins_of(const Version& version) {
  std::vector<Origin> origins;
  const auto add = [&](const VersionId& id, Origin::Kind kind) {
    const bool known = std::any_of(origins.begin(), origins.end(),
                                   [&id](const Origin& each) { return each.id == id; });
    if (!id.empty() && id != version.id && !known) origins.push_back({id, kind});
  };
  for (const VersionId& parent : version.parent_ids) {
    if (parent == version.character_ref_url) add(parent, Origin::Kind::character_reference);
  }
  for (const VersionId& parent : version.parent_ids) {
    if (parent == version.background_ref_url) add(parent, Origin::Kind::background_reference);
  }
  for (const Cell& cell : version.cells) add(cell.source_version_id, Origin::Kind::cells);
  for (const VersionId& parent : version.parent_ids) add(parent, Origin::Kind::settings);
  return origins;
}

void VersionLineage::update(const VersionListPtr& list) {
  if (list == list_) return;
  list_ = list;
  children_.clear();
  if (list == nullptr) return;
  for (const Version& version : list->versions) {
    for (const Origin& origin : origins_of(version)) children_[origin.id].push_back(version.id);
  }
}

const std::vector<VersionId>& VersionLineage::made_of(const VersionId& id) const {
  static const std::vector<VersionId> kNone;
  const auto found = children_.find(id);
  return found == children_.end() ? kNone : found->second;
}

}  // namespace castboard
