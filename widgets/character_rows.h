#pragma once

#include <cstdint>
#include <set>
#include <unordered_map>
#include <vector>

#include "castboard/session.h"

namespace castboard {

// The character rows that are painted, by id: the cast itself is only a list of ids, and rows are
// asked for as their tiles come into view. A changed row stays on screen until its new one is here.
// Owned by the Board, drawing thread only.
class CharacterRows {
 public:
  // nullptr: not here yet; asked for with the next `ask`.
  const Character* get(const CharacterId& id);
  // The same without a wish.
  [[nodiscard]] const Character* peek(const CharacterId& id) const;

  // Once a frame: one request for all rows wished since the last call, if there are any.
  void ask(Session& session);
  // True when the reply was one of ours.
  bool apply(const Reply& reply);

  void mark_stale(const CharacterId& id);
  void mark_all_stale();
  void put(Character row);
  [[nodiscard]] bool waiting() const { return !tickets_.empty(); }

 private:
  struct Row {
    Character character;
    bool stale = false;
    std::uint64_t wished = 0;  // the `ask` before which it was last wished for
  };
  struct Request {
    Ticket<std::vector<Character>> ticket;
    std::vector<CharacterId> ids;
  };

  void drop_old_rows();

  std::unordered_map<CharacterId, Row> rows_;
  std::set<CharacterId> wanted_;   // painted without a fresh row
  std::set<CharacterId> asked_;    // under way
  std::set<CharacterId> unknown_;  // the library has none by that id (any more)
  std::vector<Request> tickets_;
  std::uint64_t asks_ = 1;
};

}  // namespace castboard
