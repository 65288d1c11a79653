#include "selection.h"

#include <algorithm>
#include <unordered_set>

namespace castboard {

void Selection::choose(const std::string& id, std::span<const std::string> order, SelectKeys keys) {
  const auto here = std::find(order.begin(), order.end(), id);
  if (here == order.end()) return;
  ++revision_;
  if (!keys.shift) {
    if (!keys.ctrl) {
      choose_only(id);
      return;
    }
    if (ids_.erase(id) == 0) ids_.insert(id);
    anchor_ = id;
    return;
  }
  auto from = std::find(order.begin(), order.end(), anchor_);
  // The anchor may be gone, or filtered away: the range starts where the user is now.
  if (from == order.end()) {
    anchor_ = id;
    from = here;
  }
  if (!keys.ctrl) ids_.clear();
  ids_.insert(std::min(from, here), std::max(from, here) + 1);
}

void Selection::choose_all(std::span<const std::string> order) {
  ++revision_;
  ids_ = {order.begin(), order.end()};
  if (ids_.count(anchor_) == 0) anchor_ = order.empty() ? std::string() : order.front();
}

void Selection::choose_unless_chosen(const std::string& id) {
  if (!contains(id)) choose_only(id);
}

void Selection::choose_only(const std::string& id) {
  ++revision_;
  // By way of a copy: `id` may be one of ours.
  std::string only = id;
  ids_.clear();
  ids_.insert(only);
  anchor_ = std::move(only);
}

void Selection::clear() {
  ++revision_;
  ids_.clear();
  anchor_.clear();
}

bool Selection::keep(std::span<const std::string> present) {
  if (ids_.empty() && anchor_.empty()) return false;
  const std::unordered_set<std::string> there(present.begin(), present.end());
  if (there.count(anchor_) == 0) anchor_.clear();
  const bool is_another =
      std::erase_if(ids_, [&](const std::string& id) { return there.count(id) == 0; }) != 0;
  if (is_another) ++revision_;
  return is_another;
}

std::vector<std::string> Selection::in_order(std::span<const std::string> order) const {
  std::vector<std::string> chosen;
  if (ids_.empty()) return chosen;
  chosen.reserve(ids_.size());
  std::copy_if(order.begin(), order.end(), std::back_inserter(chosen),
               [this](const std::string& id) { return contains(id); });
  return chosen;
}

}  // namespace castboard
