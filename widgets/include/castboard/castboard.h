#pragma once

// Everything a host needs; OpenGL hosts also include <castboard/gl_textures.h>.
#include "castboard/drag_drop.h"
#include "castboard/panel.h"
#include "castboard/session.h"
#include "castboard/texture_host.h"
