#pragma once

#include <imgui.h>

#include "picture_fit.h"
#include "theme.h"
#include "thumbnail.h"

// A picture in a box: there, still loading, or failed, at the same size in every case.
namespace castboard {

enum class PictureCrop {
  face,   // fills the box, cut to the upper middle
  whole,  // all of it, centred
};

// Draws into the list only; the item under it is the caller's InvisibleButton.
void draw_picture(const Look& look, ImDrawList* list, const FitBox& box, const Thumbnail& picture,
                  PictureCrop crop, float radius,
                  ImDrawFlags corners = ImDrawFlags_RoundCornersAll);

// A head and shoulders where there is no picture yet.
void draw_silhouette(const Look& look, ImDrawList* list, const FitBox& box, float radius,
                     ImDrawFlags corners = ImDrawFlags_RoundCornersAll);

}  // namespace castboard
