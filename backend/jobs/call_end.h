#pragma once

#include <chrono>

#include "castboard/model.h"
#include "castboard/result.h"

namespace castboard {

// How the call of a provider for one job ended without a picture.
struct CallEnd {
  Error error;
  JobState state = JobState::queued;  // how far it came; `queued`: nothing was sent
  bool at_provider = false;           // the provider was told to us how to ask for it again
  bool answered = false;              // it said that it did what was asked
  bool cost_named = false;            // and what that cost
  bool broke_down = false;            // it failed over it, and said nothing of the bill
  bool free = false;
  bool stopping = false;         // this program ends: it is not the user's cancel
  bool cancelled_there = false;  // the provider said that it stopped it, before it was made
  bool was_billed = false;       // known from an earlier call for the same job
  // The provider bills once for the job's key: what is uncertain may be asked for with it.
  bool key_counts = false;
  bool repeats = false;      // this call was such a question
  int attempts = 1;          // calls so far, this one included
  std::int64_t credits = 0;  // the estimate
};

// What becomes of it.
struct Verdict {
  enum class Next {
    settle,         // write state, billing and error: it is over
    leave,          // the row stays as it is: a later start goes on with it
    try_again,      // after `delay`; by asking only when it is at its provider
    stop_provider,  // back into the queue, and with it all of its provider until the user says so
  };
  Next next = Next::settle;
  JobState state = JobState::failed;
  Billing billing = Billing::not_billed;
  std::int64_t credits = 0;
  Error error;
  std::chrono::milliseconds delay{0};
};

// Whether the picture exists at the provider by all that is known: there is nothing to stop there
// any more, and a provider that says it stopped something did not stop this.
[[nodiscard]] bool is_made(const CallEnd& end);

// The rules of money: tried again is only what cannot have been billed, or what is merely asked
// for; what may have been billed and cannot be asked for is uncertain. Pure, but for the jitter.
Verdict judge(const CallEnd& end);

// Doubles with each attempt up to `longest`; half of it is chance, so that many do not come back
// at once.
std::chrono::milliseconds back_off(std::chrono::milliseconds first,
                                   std::chrono::milliseconds longest, int attempt);

}  // namespace castboard
