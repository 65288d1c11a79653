// The strip: what of a character's versions is listed, in what order, and which are chosen.
#include <algorithm>
#include <utility>

#include "board.h"
#include "texts.h"

namespace castboard {
namespace {

std::vector<VersionId> ids_of(const VersionListPtr& list) {
  std::vector<VersionId> ids;
  if (list == nullptr) return ids;
  ids.reserve(list->versions.size());
  for (const Version& version : list->versions) ids.push_back(version.id);
  return ids;
}

}  // namespace

// --- What is listed ------------------------------------------------------------------------------

void Board::refresh_strip() {
  const std::uint64_t before = order_.shown().revision;
  order_.update(listed(), opened_.get(), filter_, grouping_);
  if (order_.shown().revision != before && listed() != nullptr) chosen_.keep(ids_of(listed()));
}

void Board::set_filter(VersionFilter filter) {
  filter_ = std::move(filter);
  refresh_strip();
}

void Board::set_grouping(VersionGrouping grouping) {
  grouping_ = std::move(grouping);
  refresh_strip();
}

void Board::show_trash(bool shown) {
  if (in_trash_ == shown) return;
  in_trash_ = shown;
  trash_stale_ = shown;
  trash_.reset();
  trash_ticket_ = {};
  viewed_in_trash_.clear();
  chosen_.clear();
  refresh_strip();
}

bool Board::take_trash(const Reply& reply) {
  const auto* result = reply.to(trash_ticket_);
  if (result == nullptr) return false;
  trash_ticket_ = {};
  if (!*result) {
    say_error(result->error(), text("strip.trash_unreadable"));
    return true;
  }
  if (!in_trash_ || (**result)->character_id != character_id_) return true;
  trash_ = **result;
  choose_viewed_in_trash();
  return true;
}

void Board::choose_viewed_in_trash() {
  if (viewed() != nullptr) return;
  const VersionId heir = std::exchange(viewed_next_, {});
  viewed_in_trash_.clear();
  if (trash_->versions.empty()) return;
  const bool inherits = find_version(heir) != nullptr && find_version(heir)->trashed();
  set_viewed(inherits ? heir : VersionId(trash_->versions.back().id), cell_, single_);
}

// --- Looking -------------------------------------------------------------------------------------

void Board::view_version(const VersionId& id) {
  ++steps_;
  leave_files();
  wanted_version_.clear();
  chosen_.choose_only(id);
  const Version* version = find_version(id);
  if (in_trash_ && version != nullptr && !version->trashed()) show_trash(false);
  set_viewed(VersionId(id), cell_, single_);
}

void Board::show_version(const CharacterId& character, const VersionId& version) {
  show_character(character);
  show_trash(false);
  if (find_version(version) != nullptr) {
    reveal(version);
    set_viewed(version, 0, false);
  } else {
    wanted_version_ = version;
    versions_stale_ = true;
  }
}

void Board::step_version(int by) {
  const Version* shown = viewed();
  if (shown == nullptr) return;
  const VersionId next = stepped(order_.shown(), listed()->versions, shown->id, by);
  if (!next.empty() && next != shown->id) view_version(next);
}

void Board::view_first() {
  const auto& ids = order_.shown().ids;
  if (!ids.empty()) view_version(VersionId(ids.front()));
}

void Board::view_last() {
  const auto& ids = order_.shown().ids;
  if (!ids.empty()) view_version(VersionId(ids.back()));
}

void Board::reveal(const VersionId& id) {
  refresh_strip();
  if (order_.shown().index_of(id) >= 0) return;
  const Version* version = find_version(id);
  if (version == nullptr) return;
  grouping_.folded.erase(version->template_type);
  refresh_strip();
  if (order_.shown().index_of(id) >= 0) return;
  const VersionFilter before = std::exchange(filter_, {});
  refresh_strip();
  say_undoable(text("strip.filter_cleared", {version_label(version->version_number)}),
               [this, before] { set_filter(before); });
}

void Board::jump_to_number(int number) {
  if (listed() == nullptr) return;
  const auto& all = listed()->versions;
  const auto found = std::find_if(all.begin(), all.end(), [number](const Version& version) {
    return version.version_number == number;
  });
  if (found != all.end()) {
    const VersionId id = found->id;
    reveal(id);
    view_version(id);
    return;
  }
  Error error;
  error.message = text("strip.no_such", {version_label(number)});
  const Character* shown = character();
  if (in_trash_) {
    error.hint = text("strip.not_in_trash");
  } else if (shown != nullptr && number <= shown->last_version_number) {
    error.hint = text("strip.maybe_trashed");
  } else if (!all.empty()) {
    error.hint = text("strip.newest", {version_label(all.back().version_number)});
  }
  say_error(error, "");
  toasts_.back().stays = false;
}

void Board::go_to_version(const VersionId& id) {
  const Version* version = find_version(id);
  if (version == nullptr) {
    find_version_ticket_ = session_.find_version(id);
    return;
  }
  const bool leaves_trash = in_trash_ && !version->trashed();
  if (leaves_trash) show_trash(false);
  reveal(id);
  view_version(VersionId(id));
}

// --- Choosing several ----------------------------------------------------------------------------

void Board::choose_version(const VersionId& id, SelectKeys keys) {
  if (!keys.ctrl && !keys.shift) {
    view_version(id);
    return;
  }
  ++steps_;
  const Version* shown = viewed();
  if (chosen_.empty() && shown != nullptr) chosen_.choose_only(shown->id);
  chosen_.choose(id, order_.shown().ids, keys);
}

void Board::choose_all_versions() {
  ++steps_;
  chosen_.choose_all(order_.shown().ids);
}

void Board::clear_chosen() {
  const Version* shown = viewed();
  if (shown != nullptr) {
    chosen_.choose_only(shown->id);
  } else {
    chosen_.clear();
  }
}

std::vector<VersionId> Board::targets() const {
  if (chosen_.size() > 1) {
    // Those that a filter hides are not meant: nobody sees them.
    std::vector<VersionId> ids = chosen_.in_order(order_.shown().ids);
    if (ids.size() > 1) return ids;
  }
  const Version* shown = viewed();
  return shown != nullptr ? std::vector{shown->id} : std::vector<VersionId>{};
}

// --- Editing several -----------------------------------------------------------------------------

void Board::set_status(const std::vector<VersionId>& ids, Status status) {
  if (!ids.empty()) count_edit(session_.set_status(ids, status));
}

void Board::toggle_star(const std::vector<VersionId>& ids) {
  if (ids.empty()) return;
  const bool all = std::all_of(ids.begin(), ids.end(), [this](const VersionId& id) {
    const Version* version = find_version(id);
    return version != nullptr && version->starred;
  });
  count_edit(session_.set_star(ids, !all));
}

void Board::trash_versions(const std::vector<VersionId>& ids) {
  if (ids.empty()) return;
  viewed_next_ = neighbour_of(order_.shown(), viewed_, ids);
  count_edit(session_.trash_versions(ids));
}

void Board::restore_versions(const std::vector<VersionId>& ids) {
  if (ids.empty()) return;
  viewed_next_ = neighbour_of(order_.shown(), viewed_in_trash_, ids);
  count_edit(session_.restore_versions(ids));
}

void Board::purge_versions(const std::vector<VersionId>& ids) {
  if (ids.empty()) return;
  viewed_next_ = neighbour_of(order_.shown(), viewed_in_trash_, ids);
  count_edit(session_.purge_versions(ids));
}

}  // namespace castboard
