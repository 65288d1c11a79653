#pragma once

#include "castboard/session.h"

namespace castboard {

// The built-in offline picture maker as a provider inside this process: an HTTP server on loopback
// with a random port and token, started when first needed, stopped with the last copy of the
// returned value. Own target `castboard::sketch`; hosts need not link it.
LocalProvider sketch_provider();

// A small square picture for a tile of the form, `what` being "template/portrait" or "style/anime":
// everywhere the same character. Empty where the artist knows nothing by that key, as of a studio's
// own style. Pure, any thread; for `SessionOptions::draw_tile`.
Image sketch_tile(std::string_view what, int side);

}  // namespace castboard
