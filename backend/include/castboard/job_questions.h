#pragma once

#include "castboard/model.h"

namespace castboard {

// Whether it is not known what became of the picture of a job that is over: it may be, or was,
// billed, and there is none. Also of one that was cancelled too late, that failed after it was
// made, or that was given up as lost.
[[nodiscard]] inline bool leaves_a_question(const Job& job) {
  if (!is_final(job.state) || job.state == JobState::done) return false;
  return job.state == JobState::uncertain || job.billing == Billing::uncertain ||
         job.billing == Billing::billed;
}

// And whether `Session::check` can find it out: the provider can be asked, or has its key, or what
// was received lies ready.
[[nodiscard]] inline bool can_be_checked(const Job& job) {
  return leaves_a_question(job) && (job.known_to_provider() || job.repeatable ||
                                    !job.picture_hashes.empty() || !job.kept_files.empty());
}

}  // namespace castboard
