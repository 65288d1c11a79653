#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "castboard/session.h"

namespace castboard {

// The poses that stand side by side on the expression board: the single pictures of one template.
struct PoseSet {
  std::string template_type;
  std::string title;  // "Expressions"
  struct Column {
    std::string pose;   // "fear"
    std::string title;  // "Fear"

    bool operator==(const Column&) const = default;
  };
  std::vector<Column> columns;

  bool operator==(const PoseSet&) const = default;
};

// Expressions first, then the other templates that have several poses.
std::vector<PoseSet> pose_sets(const Catalogue& catalogue);

// Whom the board shows.
struct PoseFilter {
  enum class Who {
    everybody,
    lacks_any,      // at least one pose of the set
    lacks_nothing,  // complete
    lacks_pose,     // `pose`
  } who = Who::everybody;
  std::string pose;

  bool operator==(const PoseFilter&) const = default;
};

// Whether somebody who lacks these poses (bit i: column i) is shown; `column`: of the filter's
// pose, negative when it is none of them.
bool passes(const PoseFilter& filter, std::uint64_t missing, int column);

// Who has which picture of a pose: the whole cast as bits, painted rows with their pictures. Asked
// of the session while it is shown, again after every change. Drawing thread only, no Dear ImGui.
class PoseRows {
 public:
  // What is to be shown from now on; called each frame while it is.
  void show(const CastQuery& query, const PoseSet& set, PoseSource source);
  void filter(const PoseFilter& filter);
  [[nodiscard]] const PoseFilter& filter() const { return filter_; }

  // Once a frame: asks for what is missing or changed.
  void ask(Session& session);
  // True when the event was an answer of ours.
  bool apply(const Event& event);

  [[nodiscard]] const PoseGaps* gaps() const { return gaps_.get(); }  // nullptr: not here yet
  // Of everybody in the cast.
  [[nodiscard]] int missing() const { return gaps_ ? gaps_->missing : 0; }
  // Who passes the filter, in the order of the cast, and how much they lack together.
  [[nodiscard]] const std::vector<PoseGaps::Row>& shown() const { return shown_; }
  [[nodiscard]] int missing_of_shown() const { return missing_of_shown_; }
  // The pictures of a painted row; nullptr while they load.
  const CharacterPoses* get(const CharacterId& id);

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] bool waiting() const { return bool(gaps_ticket_) || !tickets_.empty(); }
  // Changes with every answer: what is derived from this is made again.
  [[nodiscard]] std::uint64_t edition() const { return edition_; }

 private:
  struct Row {
    CharacterPoses poses;
    bool stale = false;
    std::uint64_t wished = 0;
  };
  struct Request {
    Ticket<std::vector<CharacterPoses>> ticket;
    std::vector<CharacterId> ids;
  };
  void choose_shown();

  CastQuery query_;
  PoseSet set_;
  PoseSource source_ = PoseSource::production;
  PoseFilter filter_;
  bool wanted_ = false;  // shown in this frame
  bool stale_ = true;
  PoseGapsPtr gaps_;
  Ticket<PoseGapsPtr> gaps_ticket_;
  std::vector<PoseGaps::Row> shown_;
  int missing_of_shown_ = 0;
  std::unordered_map<CharacterId, Row> rows_;
  std::set<CharacterId> wishes_;
  std::vector<Request> tickets_;
  std::optional<Error> error_;
  std::uint64_t frame_ = 1;
  std::uint64_t edition_ = 0;
};

}  // namespace castboard
