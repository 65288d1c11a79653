#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "castboard/model.h"

// Which pictures a character has of its poses, and which it lacks: what the expression board shows
// and what is written to files.
namespace castboard {

// Where a pose's picture is taken from.
enum class PoseSource {
  production,  // as `Character::image_poses`: the most recently activated version that has it
  viewed,      // the version this user looked at last
};

// One picture of a pose and where it comes from.
struct PosePicture {
  std::string pose = {};  // "fear"
  std::string url = {};   // of the library
  VersionId version_id = {};
  int version_number = 0;
  std::string template_type = {};
  int cell = 0;                  // 1..9 of a sheet; 0: the version is this one picture
  Status status = Status::none;  // the cell's, else the version's; omitted when either is

  bool operator==(const PosePicture&) const = default;
};

struct CharacterPoses {
  CharacterId character_id = {};
  std::vector<PosePicture> pictures = {};  // by pose key; also the omitted ones

  // nullptr: there is none.
  [[nodiscard]] const PosePicture* find(std::string_view pose) const;
};

// Poses beyond this many are not looked at.
inline constexpr std::size_t kMaxPosesAtOnce = 64;

// Who of a cast lacks which pose. An omitted picture counts as lacking.
struct PoseGaps {
  std::vector<std::string> poses = {};  // as asked
  struct Row {
    CharacterId id = {};
    std::uint64_t missing = 0;  // bit i: poses[i]

    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows = {};  // in the order of the cast
  int missing = 0;             // all together
};
using PoseGapsPtr = std::shared_ptr<const PoseGaps>;

}  // namespace castboard
