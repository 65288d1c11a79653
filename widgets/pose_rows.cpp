#include "pose_rows.h"

#include <algorithm>

namespace castboard {
namespace {

constexpr std::size_t kKeptRows = 500;
constexpr std::uint64_t kFramesKept = 120;
constexpr const char* kExpressions = "expression_sheet";

int count_bits(std::uint64_t bits) {
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

}  // namespace

std::vector<PoseSet> pose_sets(const Catalogue& catalogue) {
  std::vector<PoseSet> sets;
  for (const Template& each : catalogue.templates) {
    PoseSet set{each.key, each.key == kExpressions ? each.shot_label : each.title, {}};
    for (const Shot& shot : each.shots) {
      if (shot.cells == 1 && set.columns.size() < kMaxPosesAtOnce)
        set.columns.push_back({shot.key, shot.title});
    }
    if (set.columns.size() > 1) sets.push_back(std::move(set));
  }
  std::stable_partition(sets.begin(), sets.end(),
                        [](const PoseSet& set) { return set.template_type == kExpressions; });
  return sets;
}

bool passes(const PoseFilter& filter, std::uint64_t missing, int column) {
  switch (filter.who) {
    case PoseFilter::Who::everybody:
      return true;
    case PoseFilter::Who::lacks_any:
      return missing != 0;
    case PoseFilter::Who::lacks_nothing:
      return missing == 0;
    case PoseFilter::Who::lacks_pose:
      return column >= 0 && (missing >> static_cast<unsigned>(column) & 1U) != 0;
  }
  return true;
}

void PoseRows::show(const CastQuery& query, const PoseSet& set, PoseSource source) {
  wanted_ = true;
  if (query == query_ && set == set_ && source == source_) return;
  const bool other_pictures = source != source_ || query.project_id != query_.project_id;
  if (set.template_type != set_.template_type && filter_.who == PoseFilter::Who::lacks_pose) {
    filter_ = {};
  }
  query_ = query;
  set_ = set;
  source_ = source;
  gaps_.reset();
  gaps_ticket_ = {};
  stale_ = true;
  if (other_pictures) {
    rows_.clear();
    tickets_.clear();
  }
  choose_shown();
}

void PoseRows::filter(const PoseFilter& filter) {
  if (filter == filter_) return;
  filter_ = filter;
  choose_shown();
}

void PoseRows::choose_shown() {
  ++edition_;
  shown_.clear();
  missing_of_shown_ = 0;
  if (!gaps_) return;
  const auto& poses = gaps_->poses;
  const auto found = std::find(poses.begin(), poses.end(), filter_.pose);
  const int column = found == poses.end() ? -1 : static_cast<int>(found - poses.begin());
  for (const PoseGaps::Row& row : gaps_->rows) {
    if (!passes(filter_, row.missing, column)) continue;
    shown_.push_back(row);
    missing_of_shown_ += count_bits(row.missing);
  }
}

void PoseRows::ask(Session& session) {
  ++frame_;
  if (!std::exchange(wanted_, false)) return;
  if (stale_ && !gaps_ticket_ && !query_.project_id.empty()) {
    stale_ = false;
    std::vector<std::string> poses;
    for (const PoseSet::Column& column : set_.columns) poses.push_back(column.pose);
    gaps_ticket_ = session.query_pose_gaps(query_, std::move(poses), source_);
  }
  std::vector<CharacterId> ids;
  for (const CharacterId& id : wishes_) {
    const bool asked = std::any_of(tickets_.begin(), tickets_.end(), [&](const Request& request) {
      return std::find(request.ids.begin(), request.ids.end(), id) != request.ids.end();
    });
    if (!asked) ids.push_back(id);
  }
  wishes_.clear();
  if (ids.empty()) return;
  for (const CharacterId& id : ids) {
    if (const auto row = rows_.find(id); row != rows_.end()) row->second.stale = false;
  }
  const auto ticket = session.load_poses(ids, source_);
  tickets_.push_back({ticket, std::move(ids)});
  if (rows_.size() > kKeptRows) {
    std::erase_if(rows_,
                  [this](const auto& row) { return row.second.wished + kFramesKept < frame_; });
  }
}

bool PoseRows::apply(const Event& event) {
  if (const auto* changed = std::get_if<LibraryChanged>(&event)) {
    for (const Change& change : changed->changes) {
      if (change.kind == "project" || change.kind == "job" || change.kind == "outbox") continue;
      // Looking at a version changes what is shown only where that is what is shown.
      if (change.kind == "view" && source_ == PoseSource::production) continue;
      stale_ = true;
      for (auto& [id, row] : rows_) row.stale = true;
      break;
    }
    return false;
  }
  const auto* reply = std::get_if<Reply>(&event);
  if (reply == nullptr) return false;
  if (const auto* answer = reply->to(gaps_ticket_)) {
    gaps_ticket_ = {};
    error_.reset();
    if (*answer) {
      gaps_ = **answer;
    } else {
      error_ = answer->error();
    }
    choose_shown();
    return true;
  }
  const auto request = std::find_if(tickets_.begin(), tickets_.end(), [&](const Request& r) {
    return r.ticket.number == reply->ticket;
  });
  if (request == tickets_.end()) return false;
  if (const auto* answer = reply->to(request->ticket); answer != nullptr && *answer) {
    for (const CharacterPoses& poses : **answer) {
      Row& row = rows_[poses.character_id];
      row.poses = poses;
      row.wished = frame_;
    }
  }
  tickets_.erase(request);
  return true;
}

const CharacterPoses* PoseRows::get(const CharacterId& id) {
  const auto row = rows_.find(id);
  if (row == rows_.end()) {
    wishes_.insert(id);
    return nullptr;
  }
  row->second.wished = frame_;
  if (row->second.stale) wishes_.insert(id);
  return &row->second.poses;
}

}  // namespace castboard
