#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands/console.h"
#include "commands/generation_options.h"

// What `batch` is given: the file of wishes, and what an earlier run printed of them.
namespace castboard {

// One line of the file, understood.
struct BatchLine {
  int number = 0;
  std::string key;            // the line's own, else its number
  GenerationRequest request;  // its `wish` says what makes it the same line in a later run
  // What an earlier run printed as sent and not over (`leave_out_printed`): never sent again.
  std::vector<Job> printed_jobs;
};

// All lines, or CommandFailure naming the one that is wrong. `file` "-" is standard input.
std::vector<BatchLine> read_batch(Console& console, const std::string& file,
                                  const GenerationOptions& defaults);

// Takes out the lines that `printed_file` calls done, and gives those that it calls under way or
// uncertain their jobs as they are now. How many were taken out. CommandFailure when a line of it
// is nothing that `batch` prints, or names a job that is not in the library.
std::size_t leave_out_printed(Console& console, const std::string& printed_file,
                              std::vector<BatchLine>& lines);

}  // namespace castboard
