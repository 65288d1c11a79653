#pragma once

#include <string>
#include <vector>

#include "commands/console.h"

// What `generate`, `versions remix` and `jobs resume` do once they know what to make.
namespace castboard {

// Makes the jobs, waits until they are over and prints the versions. The exit code.
int run_generation(Console& console, const GenerationRequest& request);

// The same for jobs that exist. Ctrl+C prints their ids and stops.
int wait_for_jobs(Console& console, const std::vector<Job>& jobs);

// What became of a job that is not done, with what to do about it.
Error error_of(const Job& job);
// What a command ends with that made this job alone.
int exit_code_of(const Job& job);
// The one whose exit code several end with; nullptr: all are done.
const Job* worst_job(const std::vector<JobOutcome>& outcomes);

// For --dry-run: prompt, cost and request; `would_create` names what --create would make first.
int print_quote(Console& console, const GenerationRequest& request,
                const std::vector<std::string>& would_create);

}  // namespace castboard
