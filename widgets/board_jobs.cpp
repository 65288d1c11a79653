// Generating, and what the user does to jobs.
#include <algorithm>
#include <utility>

#include "board.h"
#include "texts.h"

namespace castboard {

void Board::quote(const GenerationRequest& request) {
  quote_ticket_ = session_.quote(request);
}

void Board::generate(const GenerationRequest& request) {
  presses_.push_back({session_.generate(request), request.character_id, steps_});
}

bool Board::take_generating(const Reply& reply) {
  if (const auto* answer = reply.to(quote_ticket_)) {
    quote_ticket_ = {};
    quote_.reset();
    quote_error_.reset();
    if (*answer) {
      quote_ = **answer;
    } else {
      quote_error_ = answer->error();
    }
    return true;
  }
  if (const auto* answer = reply.to(again_ticket_)) {
    again_ticket_ = {};
    if (*answer) {
      again_.limit = (*answer)->ask;
    } else {
      again_.refused = answer->error().message;
    }
    return true;
  }
  if (const auto* pushed = reply.to(push_ticket_)) {
    push_ticket_ = {};
    if (!*pushed) {
      say_error(pushed->error(), "");
    } else {
      say(text((*pushed)->empty() ? "toast.nothing_to_push" : "toast.pushing"));
    }
    return true;
  }
  if (const auto* jobs = reply.to(history_ticket_)) {
    history_ticket_ = {};
    if (*jobs) {
      history_ = **jobs;
    } else {
      say_error(jobs->error(), "");
    }
    return true;
  }
  if (job_tickets_.erase(reply.ticket) != 0) {
    // Of whatever kind the answer is: what it changed comes as JobsChanged.
    if (const Error* error = reply.value.error()) say_error(*error, "");
    return true;
  }
  const auto press = std::find_if(presses_.begin(), presses_.end(),
                                  [&](const Press& p) { return p.ticket.number == reply.ticket; });
  if (press == presses_.end()) return false;
  const auto* jobs = reply.to(press->ticket);
  if (jobs != nullptr && *jobs) {
    const std::uint64_t batch = press->character.empty() ? reply.ticket : 0;
    for (const Job& job : **jobs) watched_[job.id] = {job.character_id, press->steps, batch};
    if (batch != 0) batches_[batch].pictures = static_cast<int>((*jobs)->size());
  } else if (jobs != nullptr) {
    say_error(jobs->error(), text("toast.nothing_generated"));
  }
  presses_.erase(press);
  const std::vector<JobOutcome> early = std::exchange(early_, {});
  for (const JobOutcome& outcome : early) apply_finished({outcome});
  return true;
}

void Board::cancel_job(const JobId& id) {
  job_tickets_.insert(session_.cancel(id).number);
}
void Board::check_job(const JobId& id) {
  job_tickets_.insert(session_.check(id).number);
}
void Board::resume_job(const JobId& id) {
  job_tickets_.insert(session_.resume(id).number);
}

void Board::cancel_current_job() {
  const Job* current = nullptr;
  const auto rank = [this](const Job& job) {
    return std::pair(job.character_id != character_id_, job.state == JobState::queued);
  };
  for (const Job& job : jobs_) {
    if (is_final(job.state) || job.elsewhere) continue;
    if (current == nullptr || rank(job) < rank(*current)) current = &job;
  }
  if (current != nullptr) cancel_job(JobId(current->id));
}

void Board::cancel_queued_jobs() {
  job_tickets_.insert(session_.cancel_queued().number);
}
void Board::cancel_all_jobs() {
  job_tickets_.insert(session_.cancel_all().number);
}
void Board::submit_again(const JobId& id, bool soft_limit_accepted) {
  job_tickets_.insert(session_.submit_again(id, soft_limit_accepted).number);
}
const AgainQuestion& Board::question_again(const JobId& id) {
  if (id == again_id_) return again_;
  again_id_ = id;
  again_ = {};
  again_ticket_ = id.empty() ? Ticket<GenerationQuote>() : session_.quote_again(id);
  return again_;
}
void Board::move_job(const JobId& id, QueueMove move) {
  job_tickets_.insert(session_.move_job(id, move).number);
}
void Board::move_job_to(const JobId& id, const JobId& place_of) {
  job_tickets_.insert(session_.move_job_to(id, place_of).number);
}
void Board::pause_queue(bool paused) {
  job_tickets_.insert(session_.pause_queue(paused).number);
}
void Board::start_provider(const std::string& name) {
  job_tickets_.insert(session_.start_provider(name).number);
}

void Board::watch_history(std::optional<JobHistoryQuery> query) {
  if (query == history_query_) return;
  history_query_ = std::move(query);
  history_ticket_ = {};  // the answer under way is to another question
  history_stale_ = history_query_.has_value();
  if (!history_query_) history_.reset();
}

void Board::push_now() {
  push_ticket_ = session_.push(false, false);
}

}  // namespace castboard
