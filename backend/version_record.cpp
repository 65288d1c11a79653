#include "castboard/version_record.h"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace castboard {
namespace {

using Json = nlohmann::ordered_json;
using AbsolutePath = std::function<std::string(std::string_view url)>;

constexpr int kIndent = 2;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json path_or_null(const std::string& url, const AbsolutePath& absolute_path) {
  return url.empty() ? Json() : Json(absolute_path(url));
}

Json box_json(const PixelRect& box) {
  return {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}};
}

Json cell_json(const Cell& cell, const AbsolutePath& absolute_path) {
  return {{"cell", cell.number},
          {"pose", cell.pose},
          {"x", cell.box.x},
          {"y", cell.box.y},
          {"width", cell.box.width},
          {"height", cell.box.height},
          {"image_url", text_or_null(cell.image_url)},
          {"path", path_or_null(cell.image_url, absolute_path)},
          {"status", to_string(cell.status)},
          {"source_version_id", text_or_null(cell.source_version_id)},
          {"source_cell", cell.source_cell == 0 ? Json() : Json(cell.source_cell)}};
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string version_json(const Version& version, const std::string& character_name,
                         const AbsolutePath& absolute_path) {
  Json cells = Json::array();
  for (const Cell& cell : version.cells) cells.push_back(cell_json(cell, absolute_path));
  Json snapshot;
  if (!version.character_snapshot.empty()) {
    snapshot = Json::parse(version.character_snapshot, nullptr, false);
    if (snapshot.is_discarded()) snapshot = version.character_snapshot;
  }
  const Json object{{"id", version.id},
                    {"label", version_label(version.version_number)},
                    {"character_id", version.character_id},
                    {"character_name", text_or_null(character_name)},
                    {"project_id", version.project_id},
                    {"user_id", version.user_id},
                    {"version_name", version.version_name},
                    {"version_number", version.version_number},
                    {"is_active", version.is_active},
                    {"status", to_string(version.status)},
                    {"starred", version.starred},
                    {"viewed", version.viewed},
                    {"image_url", text_or_null(version.image_url)},
                    {"path", path_or_null(version.image_url, absolute_path)},
                    {"thumbnail_url", text_or_null(version.thumbnail_url)},
                    {"thumbnail_path", path_or_null(version.thumbnail_url, absolute_path)},
                    {"original_url", text_or_null(version.original_url)},
                    {"crop", version.crop ? box_json(*version.crop) : Json()},
                    {"width", version.width},
                    {"height", version.height},
                    {"content_hash", text_or_null(version.content_hash)},
                    {"template_type", text_or_null(version.template_type)},
                    {"shot", text_or_null(version.shot)},
                    {"art_style", text_or_null(version.art_style)},
                    {"aspect_ratio", text_or_null(version.aspect_ratio)},
                    {"prompt_used", text_or_null(version.prompt_used)},
                    {"prompt_edited", version.prompt_edited},
                    {"additional_description", text_or_null(version.additional_description)},
                    {"character_ref_url", text_or_null(version.character_ref_url)},
                    {"character_ref_hash", text_or_null(version.character_ref_hash)},
                    {"background_ref_url", text_or_null(version.background_ref_url)},
                    {"background_ref_hash", text_or_null(version.background_ref_hash)},
                    {"provider", text_or_null(version.provider)},
                    {"model_used", text_or_null(version.model_used)},
                    {"seed", version.seed ? Json(*version.seed) : Json()},
                    {"credit_cost", version.credit_cost},
                    {"provider_cost", version.provider_cost},
                    {"provider_cost_unit", text_or_null(version.provider_cost_unit)},
                    {"generation_time_ms", version.generation_time_ms},
                    {"job_id", text_or_null(version.job_id)},
                    {"output_index", version.output_index},
                    {"parent_ids", version.parent_ids},
                    {"character_snapshot", snapshot},
                    {"drive_file_id", text_or_null(version.drive_file_id)},
                    {"notes", text_or_null(version.notes)},
                    {"redo_of_version", text_or_null(version.redo_of_version)},
                    {"redo_of_cell", version.redo_of_cell == 0 ? Json() : Json(version.redo_of_cell)},
                    {"created_at", version.created_at},
                    {"updated_at", version.updated_at},
                    {"activated_at", text_or_null(version.activated_at)},
                    {"deleted_at", text_or_null(version.deleted_at)},
                    {"cells", cells}};
  // A foreign program may have written bytes that are no UTF-8.
  return object.dump(kIndent, ' ', false, Json::error_handler_t::replace);
}

CharacterSnapshot read_character_snapshot(const std::string& json) {
  CharacterSnapshot snapshot;
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return snapshot;
  snapshot.name = text_of(object, "name");
  snapshot.description = text_of(object, "description");
  const auto traits = object.find("traits");
  if (traits == object.end() || !traits->is_object()) return snapshot;
  for (const auto& trait : traits->items()) {
    if (trait.value().is_string()) {
      snapshot.traits.push_back({trait.key(), trait.value().get<std::string>()});
    }
  }
  return snapshot;
}

std::vector<std::string> reference_copies(std::string_view hash) {
  std::vector<std::string> urls;
  if (hash.size() < 2) return urls;
  for (const char* extension : {"png", "jpg", "webp"}) {
    urls.push_back(fmt::format("images/references/{}/{}.{}", hash.substr(0, 2), hash, extension));
  }
  return urls;
}

}  // namespace castboard
