// What is compared: A, the viewed version or cell, with B.
#include <algorithm>
#include <utility>

#include "board.h"
#include "texts.h"

namespace castboard {
namespace {

// -1: not there.
int index_of(const VersionListPtr& list, const VersionId& id) {
  if (list == nullptr) return -1;
  const auto& all = list->versions;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Version& v) { return v.id == id; });
  return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

}  // namespace

void Board::show(ViewerMode mode) {
  if (mode == ViewerMode::compare && !choose_compared()) {
    say(text("compare.nothing"));
    return;
  }
  viewer_mode_ = mode;
}

// Who picks a version or a character wants to see it.
void Board::leave_files() {
  if (viewer_mode_ == ViewerMode::files) viewer_mode_ = ViewerMode::version;
}

// Keeps the B there is, if it still makes sense.
bool Board::choose_compared() {
  const Version* a = viewed();
  if (a == nullptr) return false;
  const bool is_other_cell = compared_ == viewed_ && single_ && compared_cell_ != 0;
  if (compared() != nullptr && (compared_ != viewed_ || is_other_cell)) return true;
  compared_cell_ = 0;
  const int at = index_of(versions_, viewed_);
  const auto count = versions_ != nullptr ? static_cast<int>(versions_->versions.size()) : 0;
  const auto id_at = [this](int index) {
    return versions_->versions[static_cast<std::size_t>(index)].id;
  };
  if (active() != nullptr && active()->id != viewed_) {
    compared_ = active()->id;
  } else if (at > 0) {
    compared_ = id_at(at - 1);
  } else if (at == 0 && count > 1) {
    compared_ = id_at(1);
  } else if (a->is_sheet()) {
    compared_ = a->id;
    if (!single_) show_cell(std::max(cell_, 1));
    compared_cell_ = cell_ % kCellsPerSheet + 1;
  } else {
    return false;
  }
  return true;
}

int Board::compared_cell() const {
  const Version* b = compared();
  if (b == nullptr || !b->is_sheet() || !single_) return 0;
  return compared_cell_ != 0 ? compared_cell_ : cell_;
}

void Board::compare_with(const VersionId& id) {
  if (find_version(id) == nullptr) return;
  compared_ = id;
  compared_cell_ = 0;
  show(ViewerMode::compare);
}

void Board::step_compared(int by) {
  if (viewer_mode_ != ViewerMode::compare) show(ViewerMode::compare);
  const int at = index_of(versions_, compared_);
  if (at < 0 || by == 0) return;
  const auto& all = versions_->versions;
  const auto there = [&](int index) { return index >= 0 && index < static_cast<int>(all.size()); };
  int next = at + by;
  if (there(next) && all[static_cast<std::size_t>(next)].id == viewed_ && compared_cell_ == 0)
    next += by > 0 ? 1 : -1;
  if (there(next)) compared_ = all[static_cast<std::size_t>(next)].id;
}

void Board::step_compared_cell(int by) {
  if (viewer_mode_ != ViewerMode::compare) show(ViewerMode::compare);
  const Version* b = compared();
  if (b == nullptr || !b->is_sheet()) return;
  if (!single_) show_cell(std::max(cell_, 1));
  compared_cell_ = (compared_cell() - 1 + by + kCellsPerSheet) % kCellsPerSheet + 1;
}

void Board::compare_cell(int cell) {
  compared_cell_ = std::clamp(cell, 0, kCellsPerSheet);
}

void Board::swap_compared() {
  const Version* b = compared();
  if (b == nullptr || viewed() == nullptr) return;
  const VersionId a = viewed_;
  const int cell_of_a = cell_;
  const int cell_of_b = compared_cell();
  ++steps_;
  if (compared_cell_ != 0) compared_cell_ = cell_of_a;
  set_viewed(VersionId(b->id), cell_of_b != 0 ? cell_of_b : cell_, single_);
  compared_ = a;
}

}  // namespace castboard
