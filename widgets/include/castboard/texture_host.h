#pragma once

#include <functional>
#include <optional>

#include <imgui.h>

#include "castboard/image.h"

namespace castboard {

// How pictures become textures of the host's renderer. Both are needed, and called on the drawing
// thread inside `Panel::update()`; `destroy` at the start of a later frame than the last one that
// drew it, and for what is left when the panel is destroyed.
struct TextureHost {
  // RGBA8, sRGB-encoded, straight alpha, tightly packed, at display size. nullopt: no memory; the
  // panel shows a placeholder and tries again later.
  std::function<std::optional<ImTextureID>(const Image& image)> create = {};
  std::function<void(ImTextureID texture)> destroy = {};
};

}  // namespace castboard
