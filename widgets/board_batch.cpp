// The same settings for several characters at once: the third part of Board.
#include "board.h"
#include "texts.h"

namespace castboard {

void Board::quote_batch(const BatchRequest& batch) {
  batch_quote_.reset();
  batch_error_.reset();
  batch_quote_ticket_ = session_.quote_batch(batch);
}

void Board::generate_batch(const BatchRequest& batch) {
  presses_.push_back({session_.generate_batch(batch), {}, steps_});
}

bool Board::take_batch(const Reply& reply) {
  const auto* answer = reply.to(batch_quote_ticket_);
  if (answer == nullptr) return false;
  batch_quote_ticket_ = {};
  if (*answer) {
    batch_quote_ = **answer;
  } else {
    batch_error_ = answer->error();
  }
  return true;
}

void Board::count_of_batch(std::uint64_t batch, bool is_made) {
  const auto found = batches_.find(batch);
  if (found == batches_.end()) return;
  BatchProgress& progress = found->second;
  ++progress.over;
  progress.made += is_made ? 1 : 0;
  if (progress.over < progress.pictures) return;
  const bool is_all = progress.made == progress.pictures;
  std::string message = text(is_all ? "batch.made" : "batch.made_not_all",
                             {std::to_string(progress.made), std::to_string(progress.pictures)});
  batches_.erase(found);
  say(std::move(message));
}

}  // namespace castboard
