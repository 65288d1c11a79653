#pragma once

#include <string>
#include <vector>

namespace castboard {

// Runs `castboard ARGUMENTS...` and returns the exit code. Errors are printed here, as text on
// stderr and, with --json, as an object on stdout. Throws nothing.
int run_command_line(const std::vector<std::string>& arguments);

}  // namespace castboard
