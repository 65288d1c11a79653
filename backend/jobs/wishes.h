#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "castboard/model.h"

// What `GenerationRequest::wish` is in the rows: the jobs of one wish share a `batch_id`, in which
// each has its `batch_index`. Pure; any thread.
namespace castboard {

// Never that of a request without a wish.
[[nodiscard]] std::string batch_of_wish(std::string_view wish);

// Of all jobs of a wish those that stand for its first `count` pictures, in order: they are under
// way, done, or may have been billed, so that only the user may send them again. What failed or was
// cancelled and cost nothing is left out, and so is what was submitted again.
[[nodiscard]] std::vector<Job> standing_jobs(std::vector<Job> of_wish, int count);

// How many of the first `count` pictures nothing stands for.
[[nodiscard]] int missing_pictures(const std::vector<Job>& standing, int count);

// Takes out what stands already.
void leave_missing(std::vector<Job>& wanted, const std::vector<Job>& standing);

}  // namespace castboard
