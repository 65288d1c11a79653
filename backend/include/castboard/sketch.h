#pragma once

#include "castboard/session.h"

namespace castboard {

// The built-in offline picture maker as a provider inside this process: an HTTP server on loopback
// with a random port and token, started when first needed, stopped with the last copy of the
// returned value. Own target `castboard::sketch`; hosts need not link it.
LocalProvider sketch_provider();

}  // namespace castboard
