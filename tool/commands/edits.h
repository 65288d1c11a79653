#pragma once

#include <vector>

#include "commands/console.h"

// What commands that change something have in common.
namespace castboard {

// Prints what the edit did and the changed versions or character as they are now, then tells the
// studio API. The exit code.
int finish_edit(Console& console, const Edit& edit, const std::vector<VersionId>& versions);
int finish_character_edit(Console& console, const Edit& edit);

// Sends what waits in the outbox, for a short while; what is left waits there. Quiet when push is
// off.
void send_pushes(Console& console);

}  // namespace castboard
