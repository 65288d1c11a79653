#include "character_rows.h"

#include <algorithm>

namespace castboard {
namespace {

// Rows kept beyond those painted; scrolling back and forth should not flicker.
constexpr std::size_t kKeptRows = 1000;

}  // namespace

const Character* CharacterRows::get(const CharacterId& id) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) {
    if (!unknown_.contains(id)) wanted_.insert(id);
    return nullptr;
  }
  found->second.wished = asks_;
  if (found->second.stale) wanted_.insert(id);
  return &found->second.character;
}

const Character* CharacterRows::peek(const CharacterId& id) const {
  const auto found = rows_.find(id);
  return found == rows_.end() ? nullptr : &found->second.character;
}

void CharacterRows::ask(Session& session) {
  ++asks_;
  std::vector<CharacterId> ids;
  for (const CharacterId& id : wanted_) {
    if (!asked_.contains(id)) ids.push_back(id);
  }
  wanted_.clear();
  if (ids.empty()) return;
  asked_.insert(ids.begin(), ids.end());
  for (const CharacterId& id : ids) {
    // What changes from now on makes the coming answer stale again.
    if (const auto found = rows_.find(id); found != rows_.end()) found->second.stale = false;
  }
  const auto ticket = session.load_characters(ids);
  tickets_.push_back({ticket, std::move(ids)});
  drop_old_rows();
}

bool CharacterRows::apply(const Reply& reply) {
  const auto request = std::find_if(tickets_.begin(), tickets_.end(), [&](const Request& r) {
    return r.ticket.number == reply.ticket;
  });
  if (request == tickets_.end()) return false;
  for (const CharacterId& id : request->ids) asked_.erase(id);
  if (const auto* result = reply.to(request->ticket); result != nullptr && *result) {
    std::set<CharacterId> missing(request->ids.begin(), request->ids.end());
    for (const Character& character : **result) {
      missing.erase(character.id);
      Row& row = rows_[character.id];
      row.character = character;
      row.wished = asks_;
    }
    for (const CharacterId& id : missing) rows_.erase(id);
    unknown_.insert(missing.begin(), missing.end());
  }
  tickets_.erase(request);
  return true;
}

void CharacterRows::mark_stale(const CharacterId& id) {
  unknown_.erase(id);
  if (const auto found = rows_.find(id); found != rows_.end()) found->second.stale = true;
}

void CharacterRows::mark_all_stale() {
  unknown_.clear();
  for (auto& [id, row] : rows_) row.stale = true;
}

void CharacterRows::put(Character row) {
  const CharacterId id = row.id;
  unknown_.erase(id);
  rows_[id] = {std::move(row), false, asks_};
}

void CharacterRows::drop_old_rows() {
  if (rows_.size() <= kKeptRows) return;
  std::erase_if(rows_, [this](const auto& entry) { return entry.second.wished + 60 < asks_; });
}

}  // namespace castboard
