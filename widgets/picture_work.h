#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "board.h"

namespace castboard {

// A cell that was made again, beside the one it may replace.
struct RedoReview {
  CharacterId character_id;
  VersionId old_version;
  int cell = 0;  // 1..9
  VersionId new_version;

  bool operator==(const RedoReview&) const = default;
};

// What is asked of the session about whole pictures, until its answer: files to be written, a cell
// to be made again, a composite. Says on the board what came of it. Owned by a panel, drawing
// thread only, knows no Dear ImGui.
class PictureWork {
 public:
  explicit PictureWork(Session& session) : session_(session) {}

  // True when the event was an answer of ours; a redone cell that is done is noticed as well.
  bool apply(const Event& event, Board& board);
  [[nodiscard]] bool waiting() const {
    return preview_ticket_ || export_ticket_ || offer_ticket_ || composite_ticket_ ||
           !batch_tickets_.empty();
  }

  // --- Files ---
  // Which names a request would write; asked again only when the request changed.
  void preview(const ExportRequest& request);
  [[nodiscard]] const ExportReport* previewed() const { return report_ ? &*report_ : nullptr; }
  [[nodiscard]] const Error* preview_error() const {
    return report_error_ ? &*report_error_ : nullptr;
  }
  void forget_preview();
  void write(const ExportRequest& request);
  [[nodiscard]] bool writing() const { return bool(export_ticket_); }

  // --- One cell again ---
  void ask_redo(const VersionId& sheet, int cell, bool new_seed);
  [[nodiscard]] bool redo_asked() const { return redo_asked_; }
  [[nodiscard]] const RedoOffer* offer() const { return offer_ ? &*offer_ : nullptr; }
  [[nodiscard]] const Error* offer_error() const { return offer_error_ ? &*offer_error_ : nullptr; }
  void forget_offer();
  // The one to be looked at; none: nothing.
  std::optional<RedoReview> review;

  // --- Missing poses: one batch a pose ---
  // Asked again only when the batches changed; an empty list forgets.
  void quote_missing(std::vector<BatchRequest> batches);
  [[nodiscard]] const std::vector<BatchRequest>& missing_batches() const { return batches_; }
  // All of them together; nullptr until the last one is answered.
  [[nodiscard]] const BatchQuote* missing_quote() const;
  [[nodiscard]] const Error* missing_error() const {
    return missing_error_ ? &*missing_error_ : nullptr;
  }

  // --- Composite ---
  void make_composite(const CompositeRequest& request, const CharacterId& character);
  [[nodiscard]] bool making_composite() const { return bool(composite_ticket_); }
  // What was made since the last call.
  std::optional<Version> take_composite() { return std::exchange(composite_, std::nullopt); }

 private:
  bool apply_reply(const Reply& reply, Board& board);

  Session& session_;
  std::optional<ExportRequest> previewed_request_;
  Ticket<ExportReport> preview_ticket_;
  std::optional<ExportReport> report_;
  std::optional<Error> report_error_;
  Ticket<ExportReport> export_ticket_;
  bool redo_asked_ = false;
  Ticket<RedoOffer> offer_ticket_;
  std::optional<RedoOffer> offer_;
  std::optional<Error> offer_error_;
  std::vector<BatchRequest> batches_;
  std::vector<Ticket<BatchQuote>> batch_tickets_;  // those still waited for
  BatchQuote missing_quote_;
  std::optional<Error> missing_error_;
  Ticket<Version> composite_ticket_;
  CharacterId composite_character_;
  std::optional<Version> composite_;
};

}  // namespace castboard
