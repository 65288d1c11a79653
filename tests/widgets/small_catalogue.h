#pragma once

#include <utility>

#include "castboard/catalogue.h"

namespace castboard::testing {

inline Template make_template(const char* key, const char* title, std::vector<Shot> shots) {
  Template made;
  made.key = key;
  made.title = title;
  made.short_title = title;
  made.shots = std::move(shots);
  if (!made.shots.empty()) made.default_shot = made.shots.front().key;
  return made;
}

inline Shot make_shot(const char* key, const char* title, int cells = 1) {
  Shot shot;
  shot.key = key;
  shot.title = title;
  shot.cells = cells;
  return shot;
}

// Two styles, three templates, two sizes; `free` can do everything, `paid` little.
inline Catalogue small_catalogue() {
  Catalogue catalogue;
  catalogue.templates.push_back(
      make_template("portrait", "Portrait",
                    {make_shot("headshot", "Headshot"), make_shot("medium_shot", "Medium Shot")}));
  catalogue.templates.push_back(make_template(
      "expression_sheet", "Expression Sheet",
      {make_shot("all", "All nine", 9), make_shot("happy", "Happy"), make_shot("sad", "Sad")}));
  catalogue.templates.push_back(make_template("custom", "Custom", {}));
  for (const auto& [key, title] :
       {std::pair{"cinematic_realistic", "Cinematic Realistic"}, std::pair{"anime", "Anime"}}) {
    ArtStyle style;
    style.key = key;
    style.title = title;
    catalogue.styles.push_back(style);
  }
  for (const auto& [key, title] : {std::pair{"1:1", "Square"}, std::pair{"16:9", "Widescreen"}}) {
    ImageSize size;
    size.key = key;
    size.title = title;
    catalogue.sizes.push_back(size);
  }
  ProviderInfo free;
  free.name = "free";
  free.title = "Free";
  free.free = true;
  catalogue.providers.push_back(free);
  ProviderInfo paid;
  paid.name = "paid";
  paid.title = "Paid";
  paid.models = {"large", "small"};
  paid.default_model = "large";
  paid.takes_seed = false;
  paid.max_background_references = 0;
  paid.sizes = {"1:1"};
  catalogue.providers.push_back(paid);
  ProviderInfo locked;
  locked.name = "locked";
  locked.title = "Locked";
  locked.usable = false;
  locked.unusable_reason = "no key: set LOCKED_KEY";
  catalogue.providers.push_back(locked);
  catalogue.default_provider = "free";
  return catalogue;
}

}  // namespace castboard::testing
