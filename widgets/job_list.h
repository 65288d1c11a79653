#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>

#include "again_question.h"
#include "castboard/model.h"
#include "theme.h"

namespace castboard {

// What the caller keeps between frames.
struct JobListState {
  std::set<JobId> dismissed;  // failures the user has put away
  JobId submitting_again;     // the user is asked whether it may be billed twice; empty: nobody is
  AgainQuestion again;        // of that one, as far as the caller knows
};

struct JobListResult {
  JobId cancel;                // empty: none
  JobId check;                 // of one whose picture may be at its provider: ask again
  JobId resume;                // a queued job of a process that is gone
  JobId submit_again;          // of an uncertain one: the user accepts that it may be billed twice
  bool accepts_limit = false;  // and goes over the soft limit, which was asked in the same place
  JobId move;                  // a queued one goes to
  QueueMove move_to = QueueMove::first;
  JobId place_of;              // it was dropped on this one instead; empty: `move_to` says where
  std::optional<bool> pause;   // the queue, or let it go on
  std::string start_provider;  // its credit is back: take up its queue
  JobId show;                  // the card was clicked: show its character
  JobId retry;                 // of a failure: put its settings into the form
  bool history = false;        // show the jobs that are over
  bool cancel_queued = false;
  bool cancel_all = false;
  double next_frame_in = -1;  // seconds until an elapsed time changes; negative: nothing moves
};

// The strip at the bottom edge: a card for each job under way and each failure not dismissed, in
// queue order; what does not fit is counted ("+ 3 queued"). Fills the current region; several rows
// when it is high enough. `now` is UTC in milliseconds since 1970.
JobListResult job_list(const char* id, std::span<const Job> jobs, const QueueState& queue,
                       JobListState& state, const Look& look, std::int64_t now);

// The wall clock as `now` above.
[[nodiscard]] std::int64_t now_in_milliseconds();

}  // namespace castboard
