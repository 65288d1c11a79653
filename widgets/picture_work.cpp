#include "picture_work.h"

#include <utility>

#include "texts.h"

namespace castboard {

void PictureWork::preview(const ExportRequest& request) {
  if (previewed_request_ == request) return;
  previewed_request_ = request;
  ExportRequest dry = request;
  dry.dry_run = true;
  report_error_.reset();
  if (dry.directory.empty()) {
    report_.reset();
    preview_ticket_ = {};
    return;
  }
  // An answer to the request before is dropped: its ticket is forgotten.
  preview_ticket_ = session_.export_pictures(std::move(dry));
}

void PictureWork::forget_preview() {
  previewed_request_.reset();
  preview_ticket_ = {};
  report_.reset();
  report_error_.reset();
}

void PictureWork::write(const ExportRequest& request) {
  export_ticket_ = session_.export_pictures(request);
}

void PictureWork::ask_redo(const VersionId& sheet, int cell, bool new_seed) {
  redo_asked_ = true;
  offer_.reset();
  offer_error_.reset();
  offer_ticket_ = session_.offer_redo(sheet, cell, new_seed);
}

void PictureWork::forget_offer() {
  redo_asked_ = false;
  offer_ticket_ = {};
  offer_.reset();
  offer_error_.reset();
}

void PictureWork::quote_missing(std::vector<BatchRequest> batches) {
  if (batches == batches_) return;
  batches_ = std::move(batches);
  batch_tickets_.clear();  // answers to earlier ones are dropped
  missing_quote_ = {};
  missing_error_.reset();
  for (const BatchRequest& batch : batches_) batch_tickets_.push_back(session_.quote_batch(batch));
}

const BatchQuote* PictureWork::missing_quote() const {
  const bool known = !batches_.empty() && batch_tickets_.empty() && !missing_error_;
  return known ? &missing_quote_ : nullptr;
}

void PictureWork::make_composite(const CompositeRequest& request, const CharacterId& character) {
  composite_character_ = character;
  composite_ticket_ = session_.make_composite(request);
}

bool PictureWork::apply(const Event& event, Board& board) {
  if (const auto* reply = std::get_if<Reply>(&event)) return apply_reply(*reply, board);
  const auto* finished = std::get_if<JobFinished>(&event);
  if (finished == nullptr) return false;
  const Job& job = finished->outcome.job;
  const bool redone = job.state == JobState::done && !job.request.redo_of_version.empty() &&
                      !finished->outcome.versions.empty();
  // In place where it was asked for; elsewhere the board says that it is there.
  if (redone && board.character_id() == job.character_id) {
    review = RedoReview{job.character_id, job.request.redo_of_version, job.request.redo_of_cell,
                        finished->outcome.versions.back().id};
  }
  return false;
}

bool PictureWork::apply_reply(const Reply& reply, Board& board) {
  if (const auto* answer = reply.to(preview_ticket_)) {
    preview_ticket_ = {};
    report_.reset();
    if (*answer) {
      report_ = **answer;
    } else {
      report_error_ = answer->error();
    }
    return true;
  }
  if (const auto* answer = reply.to(export_ticket_)) {
    export_ticket_ = {};
    if (!*answer) {
      board.say_error(answer->error(), "");
      return true;
    }
    const ExportReport& report = **answer;
    std::string message = counted("export.saved", static_cast<std::int64_t>(report.files.size())) +
                          " " + report.directory;
    for (const std::string& note : report.notes) message += "\n" + note;
    board.say_saved_files(std::move(message),
                          report.files.empty() ? report.directory : report.files.front().path);
    return true;
  }
  if (const auto* answer = reply.to(offer_ticket_)) {
    offer_ticket_ = {};
    if (*answer) {
      offer_ = **answer;
    } else {
      offer_error_ = answer->error();
    }
    return true;
  }
  for (auto ticket = batch_tickets_.begin(); ticket != batch_tickets_.end(); ++ticket) {
    const auto* answer = reply.to(*ticket);
    if (answer == nullptr) continue;
    batch_tickets_.erase(ticket);
    if (!*answer) {
      missing_error_ = answer->error();
      return true;
    }
    const BatchQuote& quote = **answer;
    missing_quote_.items.insert(missing_quote_.items.end(), quote.items.begin(), quote.items.end());
    missing_quote_.pictures += quote.pictures;
    missing_quote_.credits += quote.credits;
    if (quote.refused) missing_quote_.refused = quote.refused;
    if (missing_quote_.ask.empty()) missing_quote_.ask = quote.ask;
    return true;
  }
  if (const auto* answer = reply.to(composite_ticket_)) {
    composite_ticket_ = {};
    if (!*answer) {
      board.say_error(answer->error(), "");
      return true;
    }
    composite_ = **answer;
    std::string message = text("composite.saved", {version_label(composite_->version_number)});
    if (!composite_->notes.empty()) message += "\n" + composite_->notes;
    board.say(std::move(message));
    return true;
  }
  return false;
}

}  // namespace castboard
