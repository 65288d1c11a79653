#include "jobs/wishes.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "castboard/job_questions.h"
#include "os/digest.h"

namespace castboard {

namespace {

bool stands(const Job& job) {
  if (!is_final(job.state) || job.state == JobState::done) return true;
  return leaves_a_question(job) && job.submitted_again_as.empty();
}

}  // namespace

std::string batch_of_wish(std::string_view wish) {
  const std::vector<std::uint8_t> bytes(wish.begin(), wish.end());
  return "wish-" + lower_hex(sha256(bytes));
}

std::vector<Job> standing_jobs(std::vector<Job> of_wish, int count) {
  std::erase_if(of_wish,
                [count](const Job& job) { return job.batch_index >= count || !stands(job); });
  std::stable_sort(of_wish.begin(), of_wish.end(),
                   [](const Job& a, const Job& b) { return a.batch_index < b.batch_index; });
  return of_wish;
}

int missing_pictures(const std::vector<Job>& standing, int count) {
  std::set<int> indices;
  for (const Job& job : standing) indices.insert(job.batch_index);
  return count - static_cast<int>(indices.size());
}

void leave_missing(std::vector<Job>& wanted, const std::vector<Job>& standing) {
  std::erase_if(wanted, [&standing](const Job& job) {
    return std::any_of(standing.begin(), standing.end(),
                       [&job](const Job& other) { return other.batch_index == job.batch_index; });
  });
}

}  // namespace castboard
