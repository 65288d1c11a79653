#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace castboard {

// The modifier keys held while an item was clicked or stepped to.
struct SelectKeys {
  bool ctrl = false;   // toggles; with shift: adds the range to what is chosen already
  bool shift = false;  // from the anchor to here
};

// Which items of a list are chosen, by their ids, so that sorting, filtering and reloading the list
// changes nothing. The anchor is where a range starts: the item last chosen without Shift. Owned by
// whoever shows the list, drawing thread only; knows no Dear ImGui, whose own multi-select is newer
// than what is supported. `order` is always all ids as they are displayed now.
class Selection {
 public:
  // The user clicked this item, or stepped to it with the keyboard.
  void choose(const std::string& id, std::span<const std::string> order, SelectKeys keys = {});
  void choose_all(std::span<const std::string> order);
  // Of an item that a context menu or a drag starts on: what it is about. One that is not chosen
  // becomes the only chosen one.
  void choose_unless_chosen(const std::string& id);
  void choose_only(const std::string& id);
  void clear();
  // After a reload: forgets what is not there any more. True when something was.
  bool keep(std::span<const std::string> present);

  [[nodiscard]] bool contains(const std::string& id) const { return ids_.count(id) != 0; }
  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] bool empty() const { return ids_.empty(); }
  [[nodiscard]] const std::string& anchor() const { return anchor_; }  // empty: none
  // Another number after every change, for what is derived from the chosen ones.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }
  // The chosen ones that are displayed, in that order.
  [[nodiscard]] std::vector<std::string> in_order(std::span<const std::string> order) const;

 private:
  std::set<std::string> ids_;
  std::string anchor_;
  std::uint64_t revision_ = 0;
};

}  // namespace castboard
