#pragma once

#include <string>
#include <vector>

#include "commands/batch_lines.h"

namespace castboard {

// Makes the lines' jobs, or takes up those that are there, and prints each line when it is over.
// Ctrl+C prints the lines that are not, with their jobs, and stops. The exit code. `file` is what
// they were read from.
int generate_lines(Console& console, const std::string& file, const std::vector<BatchLine>& lines);

// For --dry-run: what each line would cost.
int print_cost(Console& console, const std::vector<BatchLine>& lines);

}  // namespace castboard
