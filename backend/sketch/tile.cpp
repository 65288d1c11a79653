#include <algorithm>
#include <array>
#include <string>

#include "castboard/sketch.h"
#include "sketch/sketch_picture.h"
#include "sketch/style.h"

namespace castboard {
namespace {

// Lines thinner than a pixel vanish: a small tile is drawn larger and scaled down by who asked.
constexpr int kSmallestSide = 160;

struct TilePicture {
  std::string_view template_type;
  std::string_view shot;
  std::string_view words;
};
constexpr std::array kTemplates = {
    TilePicture{"portrait", "headshot", ""},
    TilePicture{"expression_sheet", "all", ""},
    TilePicture{"full_body", "front", ""},
    TilePicture{"action_pose", "running", ""},
    TilePicture{"scene", "hero_shot", "sunset"},
    TilePicture{"custom", "", "laughing in a forest at night"},
};

}  // namespace

Image sketch_tile(std::string_view what, int side) {
  const auto slash = what.find('/');
  const std::string_view kind = what.substr(0, slash);
  const std::string_view key = slash == std::string_view::npos ? "" : what.substr(slash + 1);
  sketch::SketchRequest request;
  request.character_name = "Mira";
  request.traits = {
      {"skin", "fair"}, {"hair", "auburn bob"}, {"eyes", "green"}, {"clothes", "teal sweater"}};
  request.width = request.height = std::max(side, kSmallestSide);
  request.art_style = "comic_book";
  if (kind == "style") {
    if (sketch::find_drawing_style(key).key != key) return {};
    request.art_style = key;
    return sketch::sketch_picture(request);
  }
  const auto* tile = std::find_if(kTemplates.begin(), kTemplates.end(),
                                  [&](const TilePicture& t) { return t.template_type == key; });
  if (kind != "template" || tile == kTemplates.end()) return {};
  request.template_type = tile->template_type;
  request.shot = tile->shot;
  request.additional_description = tile->words;
  return sketch::sketch_picture(request);
}

}  // namespace castboard
