#pragma once

#include "commands/commands.h"

namespace castboard {

// `versions composite` and `versions redo`: what is made of single cells.
void add_cell_commands(CLI::App& versions, Action& action);

}  // namespace castboard
