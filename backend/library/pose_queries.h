#pragma once

#include <string>
#include <vector>

#include "castboard/poses.h"
#include "library/database.h"

// Which pictures characters have of their poses. Part of library/, as queries.h.
namespace castboard {

// In the order asked; a character without pictures has an empty row.
std::vector<CharacterPoses> load_poses(Database& database, const std::vector<CharacterId>& ids,
                                       PoseSource source, const UserId& user);
// Of the characters `ids`, in that order.
PoseGaps load_pose_gaps(Database& database, const std::vector<CharacterId>& ids,
                        const std::vector<std::string>& poses, PoseSource source,
                        const UserId& user);

}  // namespace castboard
