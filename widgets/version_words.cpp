#include "version_words.h"

#include "texts.h"

namespace castboard {

std::string style_title(const Catalogue* catalogue, const std::string& key) {
  const ArtStyle* style = catalogue != nullptr ? catalogue->find_style(key) : nullptr;
  return style != nullptr ? style->title : key;
}

std::string pose_title(const Catalogue* catalogue, const Version& version,
                       const std::string& pose) {
  const Shot* shot =
      catalogue != nullptr ? catalogue->find_shot(version.template_type, pose) : nullptr;
  return shot != nullptr ? shot->title : pose;
}

std::vector<SheetCell> cells_of(const Catalogue* catalogue, const Version& version) {
  std::vector<SheetCell> cells;
  if (!version.is_sheet()) return cells;
  for (const Cell& cell : version.cells) {
    cells.push_back(
        {pose_title(catalogue, version, cell.pose), cell.box, cell.image_url, cell.status});
  }
  return cells;
}

std::string compare_caption(const Catalogue* catalogue, const Version& version) {
  std::string words;
  const auto add = [&words](const std::string& part) {
    if (part.empty()) return;
    if (!words.empty()) words += ", ";
    words += part;
  };
  add(style_title(catalogue, version.art_style));
  add(version.provider);
  if (version.seed) add(text("version.seed", {std::to_string(*version.seed)}));
  add(version.additional_description);
  return words;
}

std::vector<PictureSetting> settings_of(const Catalogue* catalogue, const Version& version) {
  std::vector<PictureSetting> settings;
  const auto add = [&settings](std::string_view key, std::string value) {
    settings.push_back({text(key), std::move(value)});
  };
  const Template* used =
      catalogue != nullptr ? catalogue->find_template(version.template_type) : nullptr;
  add("setting.template", used != nullptr ? used->title : version.template_type);
  add("setting.shot", pose_title(catalogue, version, version.shot));
  add("setting.style", style_title(catalogue, version.art_style));
  add("setting.description", version.additional_description);
  add("setting.provider", version.provider);
  add("setting.model", version.model_used);
  add("setting.seed", version.seed ? std::to_string(*version.seed) : "");
  add("setting.size", version.aspect_ratio);
  add("setting.pixels", version.width > 0
                            ? std::to_string(version.width) + " x " + std::to_string(version.height)
                            : "");
  add("setting.character_reference", version.character_ref_url);
  add("setting.background_reference", version.background_ref_url);
  add("setting.credits", std::to_string(version.credit_cost));
  add("setting.prompt", version.prompt_used);
  return settings;
}

}  // namespace castboard
