#pragma once

#include "castboard/texture_host.h"

namespace castboard {

// The TextureHost for OpenGL 3.3 and later (target `castboard_gl`). Loads its GL functions on first
// use from the current context, restores the bindings it changes.
TextureHost gl_textures();

}  // namespace castboard
